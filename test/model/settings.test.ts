/** Settings of a campaign: what is sent, and what is left as it was. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { settings, settingsFrom } from "../../src/model/settings.ts";
import type { Data } from "../support/answer.ts";
import { draft } from "../support/draft.ts";
import { openSession, type Session } from "../support/session.ts";

const statuses = "auto_pause_prospect_from_domain_statuses";
const old = "auto_pause_prospect_from_domain";
const required = { timezone: "UTC", daily_enroll: 5 };

const all = {
  ...required,
  prospect_timezone: true,
  gdpr_unsubscribe: true,
  list_unsubscribe: true,
  open_disabled_list: ["google.com", "outlook.com", "OTHER_PROVIDER"],
  [statuses]: ["REPLIED", "BOUNCED"],
  catch_all_verification_mode: "MAXIMUM",
  count_followup_delay_in_working_days: true,
};

/** Of the one create that was sent. */
function sentSettings({ sandbox }: Session): unknown {
  const bodies = sandbox.writes().map((write) => write.body as Data);
  expect(bodies).toHaveLength(1);
  return bodies[0].settings;
}

/** The account shows the campaign with these forms, whatever it keeps. */
function showing(session: Session, forms: Data, id = 2104, times = 9): void {
  const campaign = session.sandbox.campaign(id) as Data;
  const { [old]: _boolean, [statuses]: _list, ...rest } = campaign.settings;
  const body = { ...campaign, settings: { ...rest, ...forms } };
  session.sandbox.failNext({
    method: "GET",
    path: new RegExp(`campaigns/${id}$`),
    status: 200,
    body,
    times,
  });
}

const patched = (session: Session): unknown =>
  session.sandbox.requests
    .filter(({ method }) => method === "PATCH")
    .map(({ body }) => (body as Data).settings);

const [yes, no, onReply, onBoth, never] = [
  { [old]: true },
  { [old]: false },
  { [statuses]: ["REPLIED"] },
  { [statuses]: ["REPLIED", "BOUNCED"] },
  { [statuses]: [] },
];

describe("pausing colleagues of the same domain", () => {
  it.each([
    ["the boolean", yes, yes],
    ["the list", onBoth, onBoth],
    ["the list beside null", { [old]: null, ...onReply }, onReply],
    ["both", { ...no, ...never }, { ...no, ...never }],
    ["null alone", { [old]: null }, {}],
    ["neither", {}, {}],
  ])("is shown, and goes into a copy, as it was read: %s", async (_form, forms, meant) => {
    const session = await openSession();
    showing(session, forms);
    const shown = await session.call("get_campaign", { campaign_id: 2104 });
    const both = { [old]: undefined, [statuses]: undefined, ...meant };
    expect(shown.data.settings).toMatchObject(meant);
    for (const [field, value] of Object.entries(both)) expect(shown.data.settings[field]).toEqual(value);
    const copy = await session.call("duplicate_campaign", { campaign_id: 2104 });
    expect([copy.failed, copy.text]).toEqual([false, copy.text]);
    const sent = sentSettings(session) as Data;
    for (const [field, value] of Object.entries(both)) expect(sent[field]).toEqual(value);
  });

  it.each([
    ["the boolean", no, onReply, yes],
    ["the boolean, the same asked as a boolean", no, yes, yes],
    ["the boolean, after a bounce, too", no, onBoth, { ...yes, ...onBoth }],
    ["the list", { [old]: null, ...never }, yes, onReply],
    ["the list, switched off", onBoth, no, never],
    ["both", { ...no, ...never }, onReply, { ...yes, ...onReply }],
    ["neither", {}, onReply, yes],
    ["neither, after a bounce, too", {}, onBoth, onBoth],
  ])("is changed in the form that the campaign has: %s", async (_form, forms, asked, sent) => {
    const session = await openSession();
    showing(session, forms);
    await session.call("update_campaign", { campaign_id: 2104, settings: asked });
    expect(patched(session)).toEqual([sent]);
  });

  it.each([
    ["the boolean", yes, onReply],
    ["the list", onReply, yes],
    ["both", { ...yes, ...onReply }, onReply],
  ])(
    "that is so already sends nothing, in whichever form it is asked for: %s",
    async (_form, forms, asked) => {
      const session = await openSession();
      showing(session, forms);
      const { data } = await session.call("update_campaign", { campaign_id: 2104, settings: asked });
      expect(data.outcome).toBe("already");
      expect(session.attempted()).toEqual([]);
    },
  );

  it.each([
    ["a reply, as a list", onReply, yes],
    ["a reply, as the documents have it", yes, yes],
    ["nothing", never, no],
    ["a bounce", { [statuses]: ["BOUNCED"] }, { [statuses]: ["BOUNCED"] }],
    ["both", onBoth, onBoth],
    ["a reply, read from a campaign with the list", { [old]: null, ...onReply }, onReply],
    ["not said", {}, {}],
  ])(
    "of a new campaign is the documented boolean where that can say it: after %s",
    async (_when, given, sent) => {
      const session = await openSession();
      const settings = { ...draft.settings, ...given };
      const { failed, text } = await session.call("create_campaign", { ...draft, settings });
      expect([failed, text]).toEqual([false, text]);
      expect(sentSettings(session)).toEqual({ ...draft.settings, ...sent });
      expect(text.includes("this list, which others have seen, may be refused or left out")).toBe(
        statuses in sent,
      );
    },
  );

  it.each(["list", "boolean"] as const)("works on an account that has the %s", async (sameDomain) => {
    const session = await openSession({ sandbox: { sameDomain } });
    const created = await session.call("create_campaign", {
      ...draft,
      settings: { ...draft.settings, ...onReply },
    });
    const now = (session.sandbox.campaign(created.data.campaign_id) as Data).settings;
    expect(now).toMatchObject(sameDomain === "list" ? { [old]: null, ...onReply } : yes);
    expect(statuses in now).toBe(sameDomain === "list");
    const id = { campaign_id: created.data.campaign_id };
    const { data } = await session.call("update_campaign", { ...id, settings: never });
    expect(data.outcome).toBe("done");
    expect((session.sandbox.campaign(id.campaign_id) as Data).settings).toMatchObject(
      sameDomain === "list" ? never : no,
    );
  });

  it("after a bounce is doubted where the campaign does not show the list, and nowhere else", async () => {
    const session = await openSession();
    const doubt = "may be refused or left out";
    showing(session, yes, 2104, 1);
    const asked = { campaign_id: 2104, settings: onBoth };
    expect((await session.call("update_campaign", asked)).data.next).toContain(doubt);
    const other = await openSession();
    showing(other, onBoth, 2104, 1);
    const settings = { [statuses]: ["BOUNCED"] };
    const changed = await other.call("update_campaign", { campaign_id: 2104, settings });
    expect([changed.data.outcome, changed.text.includes(doubt)]).toEqual(["done", false]);
    expect((await other.call("duplicate_campaign", { campaign_id: 2104 })).text).not.toContain(doubt);
  });

  it("is no cause of a refusal that is about another setting", async () => {
    const session = await openSession();
    showing(session, onBoth);
    const settings = { daily_enroll: 900 };
    const { text } = await session.call("update_campaign", { campaign_id: 2104, settings });
    expect(text).toContain("900 is asked for");
    expect(text).not.toContain("auto_pause");
  });

  it("after a bounce is named as the likely cause where an account without the list refuses it", async () => {
    const session = await openSession({ sandbox: { sameDomain: "boolean" } });
    const { failed, text } = await session.call("update_campaign", {
      campaign_id: 2104,
      settings: { [statuses]: ["BOUNCED"] },
    });
    expect(failed).toBe(true);
    expect(text).toContain("INPUT_DATA_VALIDATION_FAILURE");
    expect(text).toContain("Woodpecker's pages know only auto_pause_prospect_from_domain");
  });

  it("is taken back in the form that was read", async () => {
    const session = await openSession({ sandbox: { sameDomain: "boolean" } });
    await session.call("update_campaign", { campaign_id: 2104, settings: onReply });
    const { data } = await session.call("list_recent_changes");
    const [undo] = data.changes[0].undo;
    expect((await session.call(undo.tool, undo.arguments)).data.outcome).toBe("done");
    expect((session.sandbox.campaign(2104) as Data).settings).toMatchObject(no);
  });
});

describe("settings that are read", () => {
  it("keep every field, known or not", () => {
    const future = fc.dictionary(fc.stringMatching(/^x_[a-z]{1,10}$/), fc.jsonValue({ maxDepth: 2 }));
    const property = fc.property(future, (more) => {
      expect(settingsFrom({ ...all, ...more })).toEqual({ ...all, ...more });
    });
    fc.assert(property);
  });

  it("are read from whatever comes", () => {
    const property = fc.property(fc.jsonValue(), (value) => {
      expect(settingsFrom(value)).toBeTypeOf("object");
    });
    fc.assert(property);
  });

  it("are shown by get_campaign with the unknown ones", async () => {
    const session = await openSession();
    const campaign = session.sandbox.campaign(2102) as Data;
    const body = { ...campaign, settings: { ...campaign.settings, [old]: null, send_on_holidays: true } };
    session.sandbox.failNext({ status: 200, body });
    const { data, text } = await session.call("get_campaign", { campaign_id: 2102 });
    expect(data.settings).toMatchObject({ timezone: "Europe/Stockholm", send_on_holidays: true });
    expect(data.settings).not.toHaveProperty(old);
    expect(text).toContain("send_on_holidays");
  });
});

describe("settings that are written", () => {
  it("may have all ten fields, and are sent as they were given", async () => {
    const session = await openSession();
    expect((await session.call("create_campaign", { ...draft, settings: all })).failed).toBe(false);
    expect(sentSettings(session)).toEqual(all);
  });

  it("are sent without the fields that were left out", async () => {
    const session = await openSession();
    await session.call("create_campaign", { ...draft, settings: required });
    expect(sentSettings(session)).toEqual(required);
  });

  it("take whole numbers from 1 to 500 as daily_enroll, and nothing else", () => {
    const property = fc.property(fc.oneof(fc.integer({ min: -5, max: 600 }), fc.double()), (daily_enroll) => {
      const good = Number.isInteger(daily_enroll) && daily_enroll >= 1 && daily_enroll <= 100_000;
      expect(settings.safeParse({ ...required, daily_enroll }).success).toBe(good);
    });
    fc.assert(property);
  });

  it("take no field that nobody knows", () => {
    const property = fc.property(fc.stringMatching(/^[a-z_]{1,20}$/), (name) => {
      fc.pre(!(name in all));
      expect(settings.safeParse({ ...all, [name]: true }).success).toBe(false);
    });
    fc.assert(property);
  });
});
