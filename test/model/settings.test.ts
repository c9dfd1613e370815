import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { settings, settingsFrom, withStatusList } from "../../src/model/settings.ts";
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

describe("pausing colleagues of the same domain", () => {
  it.each([
    ["the old yes", { [old]: true }, { [statuses]: ["REPLIED"] }],
    ["the old no", { [old]: false }, { [statuses]: [] }],
    ["null, as live answers have it", { [old]: null }, {}],
    [
      "the old yes beside the new list",
      { [old]: true, [statuses]: ["BOUNCED"] },
      { [statuses]: ["BOUNCED"] },
    ],
    ["the old yes beside an empty list", { [old]: true, [statuses]: [] }, { [statuses]: ["REPLIED"] }],
    ["null beside the new list", { [old]: null, [statuses]: ["REPLIED"] }, { [statuses]: ["REPLIED"] }],
    ["the new list alone", { [statuses]: ["REPLIED", "BOUNCED"] }, { [statuses]: ["REPLIED", "BOUNCED"] }],
    ["neither", {}, {}],
  ])("given as %s is one thing: the list", (_form, given, meant) => {
    expect(settingsFrom({ ...required, ...given })).toEqual({ ...required, ...meant });
    expect(withStatusList({ ...required, ...given })).toEqual({ ...required, ...meant });
  });

  it.each([
    ["true", { [old]: true }, ["REPLIED"]],
    ["false", { [old]: false }, []],
    ["a list", { [statuses]: ["BOUNCED"] }, ["BOUNCED"]],
  ])("given as %s to create_campaign leaves as the list", async (_form, given, list) => {
    const session = await openSession();
    const { failed } = await session.call("create_campaign", {
      ...draft,
      settings: { ...draft.settings, ...given },
    });
    expect(failed).toBe(false);
    expect(sentSettings(session)).toEqual({ ...draft.settings, [statuses]: list });
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
