/** A campaign that the API does not show (409): what every tool that meets it says, and what the list row still tells. */
import { describe, expect, it } from "vitest";
import { draft } from "../support/draft.ts";
import { business } from "../support/failure.ts";
import { person, yes } from "../support/person.ts";
import { openSession } from "../support/session.ts";

const CODE = "API_UNSUPPORTED_CAMPAIGN_FEATURES";
const causes = [
  "condition",
  "manual task",
  "call task",
  "LinkedIn task",
  "LinkedIn automation",
  "scheduled start",
  "AI video snippet",
];

const times = [{ days: ["MONDAY"], from: "09:00", to: "12:00" }];
const step = { type: "EMAIL", versions: [{ message: "Hi" }] };
const tools: [string, object][] = [
  ["update_campaign", { name: "Other" }],
  ["update_step_version", { step: 1, version: "A", subject: "Other" }],
  ["update_campaign_step", { step: 1, delivery_times: times }],
  ["add_campaign_step", { step }],
  ["delete_campaign_step", { step: 2 }],
  ["duplicate_campaign", {}],
  ["make_campaign_editable", {}],
  ["run_campaign", {}],
];

describe("a campaign that the API does not show", () => {
  it.each(tools)(
    "is refused by %s with the code, all causes and the same advice, and nobody is asked",
    async (tool, args) => {
      const { asked, elicit } = person(yes);
      const session = await openSession({ elicit });
      // The sandbox's own campaign of this kind, as if it had been stopped, so that it could be run.
      const { text, failed } = await session.call(tool, { campaign_id: 2103, ...args });
      expect(failed, text).toBe(true);
      for (const words of [CODE, ...causes, "in the Woodpecker app"]) expect(text).toContain(words);
      expect(text).toMatch(/\nNothing was changed\.\nNext: /);
      expect(asked).toEqual([]);
      expect(session.attempted()).toEqual([]);
    },
  );

  it.each(["get_campaign", "check_campaign", "preview_campaign"])(
    "is told by %s as far as the list row goes",
    async (tool) => {
      const session = await openSession();
      const { data, text, failed } = await session.call(tool, { campaign_id: 2103 });
      expect(failed).toBe(false);
      for (const words of [CODE, ...causes, "in the Woodpecker app"]) expect(text).toContain(words);
      expect(JSON.stringify(data)).toContain(CODE);
    },
  );

  it("shows senders, per_day, folder, opt-out and bcc of its row", async () => {
    const session = await openSession();
    const row = {
      id: 2103,
      name: "Old one",
      status: "PAUSED",
      from_emails: ["a@north.example", "b@north.example"],
      per_day: 37,
      folder_name: "Spring",
      gdpr_unsubscribe: true,
      bcc: "crm@north.example",
    };
    session.sandbox.failNext({ method: "GET", path: /campaign_list/, status: 200, body: [row], times: 9 });
    const { data, text } = await session.call("get_campaign", { campaign_id: 2103 });
    expect(data).toMatchObject({
      partial: true,
      settings: { daily_enroll: 37, gdpr_unsubscribe: true },
      from_emails: row.from_emails,
      folder: "Spring",
      bcc: row.bcc,
    });
    for (const words of [...row.from_emails, "37", "Spring", row.bcc, "gdpr_unsubscribe"])
      expect(text).toContain(words);
  });

  it("whose row has no stats is checked all the same, but for the counters", async () => {
    const session = await openSession();
    const row = { id: 2103, name: "Old one", status: "RUNNING" };
    session.sandbox.failNext({ method: "GET", path: /campaign_list/, status: 200, body: [row], times: 9 });
    const { data, failed, text } = await session.call("check_campaign", { campaign_id: 2103 });
    expect(failed, text).toBe(false);
    expect(data.verdict).toBe("incomplete");
  });
});

describe("under a refusal stand causes, not advice", () => {
  const plain = {
    ...draft,
    steps: [
      { type: "EMAIL", versions: [{ subject: "Hi", message: "Hello {{FIRST_NAME}}, see http://a.example" }] },
    ],
  };
  const advice = /opt-out|fallback|http:|unsubscribe/i;

  it.each([
    [403, "MISSING_FEATURES", "Upgrade your plan"],
    [409, CODE, "Campaign contains currently unsupported features"],
    [409, "VALIDATION_FAILURE", "Validation failure"],
    [400, "INPUT_DATA_VALIDATION_FAILURE", "Input data validation failure"],
  ])("%i %s", async (status, code, message) => {
    const session = await openSession();
    session.sandbox.failNext({ method: "POST", status, body: business("code", code, message) });
    const { text } = await session.call("create_campaign", plain);
    expect(text).toContain(code);
    expect(text).not.toMatch(advice);
    if (code.includes("VALIDATION")) expect(text).toContain("The check finds nothing that would be refused.");
  });

  it("403 MISSING_FEATURES does not point at the add-on that works", async () => {
    const session = await openSession();
    const body = business("type", "MISSING_FEATURES", "Upgrade your plan");
    session.sandbox.failNext({ method: "POST", path: /run$/, status: 403, body });
    const { text } = await session.agree("run_campaign", { campaign_id: 2102 });
    expect(text).toContain("plan");
    expect(text).not.toContain("add-on");
  });

  it("update_campaign names the broken mailbox", async () => {
    const session = await openSession();
    const { text, failed } = await session.call("update_campaign", { campaign_id: 2104, mailbox_ids: [504] });
    expect(failed).toBe(true);
    expect(text).toMatch(/- mailbox_ids\[0\]: .*504|- mailbox_ids\[0\]: \S/);
  });

  it("update_step_version names the snippet", async () => {
    const session = await openSession();
    const change = { campaign_id: 2104, step: 1, version: "A", message: "Hi {{FIRST_NAM}}" };
    const { text, failed } = await session.call("update_step_version", change);
    expect(failed).toBe(true);
    expect(text).toContain('"{{FIRST_NAM}}" is not a Woodpecker snippet');
  });

  it("delete_campaign_step lists only what can be", async () => {
    const session = await openSession();
    const body = business("code", "VALIDATION_FAILURE", "Validation failure");
    session.sandbox.failNext({ method: "DELETE", status: 409, body });
    const { text } = await session.agree("delete_campaign_step", { campaign_id: 2104, step: 2 });
    expect(text).toContain("nobody has got yet");
    expect(text).not.toMatch(/mailbox|time zone|first e-mail/);
  });
});
