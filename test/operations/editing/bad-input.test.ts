/** Edits that cannot be: each says what is allowed instead, and changes nothing. */
import { describe, expect, it } from "vitest";
import type { Data } from "../../support/answer.ts";
import { expectExplained } from "../../support/failure.ts";
import { bad, expectRefused, type Row, refuseAll } from "../../support/refused.ts";
import { openSession, type Session } from "../../support/session.ts";

const update = (more: object) => ["update_campaign", { campaign_id: 2104, ...more }] as const;
const version = (more: object) =>
  ["update_step_version", { campaign_id: 2104, step: 1, version: "A", ...more }] as const;
const add = (step: object) => ["add_campaign_step", { campaign_id: 2104, step }] as const;
const windows = (delivery_times: unknown) =>
  ["update_campaign_step", { campaign_id: 2104, step: 1, delivery_times }] as const;
const from8 = { from: "08:00", to: "09:00" };
const email = { type: "EMAIL", versions: [{ message: "<div>More</div>" }] };

const shield: Row[] = [
  bad("a threshold of 0", update({ bounce_shield: 0 }), "bounce_shield must be at least 1", "got 0"),
  bad("a threshold of 100", update({ bounce_shield: 100 }), "bounce_shield must be at most 99", "got 100"),
  bad("a threshold of 1.5", update({ bounce_shield: 1.5 }), "bounce_shield must be a whole number", "1.5"),
  bad("a threshold of -5", update({ bounce_shield: -5 }), "bounce_shield must be at least 1"),
  bad('a threshold of "5 %"', update({ bounce_shield: "5 %" }), "bounce_shield must be a whole number"),
];

const settings: Row[] = [
  bad("no change at all", update({}), "need at least one of name, mailbox_ids, settings, bounce_shield"),
  bad("empty settings", update({ settings: {} }), "need at least one of"),
  bad("an empty name", update({ name: "  " }), "name must not be empty"),
  bad("no mailbox", update({ mailbox_ids: [] }), "mailbox_ids needs at least 1 entry"),
  bad("a mailbox twice", update({ mailbox_ids: [501, 501] }), "mailbox_ids", "twice"),
  bad("a misspelt setting", update({ settings: { daily_enrol: 5 } }), "did you mean daily_enroll?"),
  bad(
    "501 openings a day",
    update({ settings: { daily_enroll: 100_001 } }),
    "settings.daily_enroll must be at most 100000",
  ),
  bad(
    "a zone that is two",
    update({ settings: { timezone: "EST" } }),
    "settings.timezone could be America/New_York or America/Panama",
  ),
  bad("steps", update({ steps: [] }), "steps is not known"),
  bad("force", update({ name: "x", force: true }), "force is not known"),
];

const versions: Row[] = [
  bad("no change to a version", version({}), "need at least one of subject, message, text"),
  bad("message and text", version({ message: "<p>a</p>", text: "a" }), "text and message exclude each other"),
  bad("step 0", version({ step: 0, message: "x" }), "step must be at least 1"),
  bad("step 17", version({ step: 17, message: "x" }), "step must be at most 16"),
  bad("version F", version({ version: "F", message: "x" }), "version must be one of A, B, C, D, E", '"F"'),
  bad("a subject of two lines", version({ subject: "a\nb" }), "subject has damaged or control characters"),
  bad(
    "an unknown signature",
    version({ signature: "MINE" }),
    "signature must be one of SENDER, NO_SIGNATURE",
  ),
];

const steps: Row[] = [
  bad(
    "a wait for an appended step",
    add({ ...email, wait: { value: 3, range: "DAY" } }),
    "step.wait cannot be chosen",
    "duplicate_campaign",
  ),
  bad(
    "windows on a LINKEDIN step",
    add({
      type: "LINKEDIN",
      linkedin: { action: "VISIT_PROFILE", account_id: 77 },
      delivery_times: [{ days: ["MONDAY"], ...from8 }],
      versions: [{ message: "" }],
    }),
    "step.delivery_times belongs to EMAIL steps",
  ),
  bad(
    "six versions",
    add({ type: "EMAIL", versions: Array(6).fill({ message: "x" }) }),
    "step.versions may have at most 5 entries",
  ),
  bad("no version", add({ type: "EMAIL", versions: [] }), "step.versions needs at least 1 entry"),
  bad("a condition", add({ ...email, type: "IF" }), "step.type must be one of EMAIL, LINKEDIN"),
  bad("no windows", windows([]), "delivery_times needs at least 1 entry"),
  bad(
    "a window that ends before it begins",
    windows([{ days: ["MONDAY"], from: "10:00", to: "09:00" }]),
    "delivery_times[0].to must be later than from (10:00)",
  ),
  bad(
    "four windows on a day",
    windows(
      [8, 10, 12, 14].map((hour) => ({
        days: ["MONDAY"],
        from: `${hour}:00`.padStart(5, "0"),
        to: `${hour}:30`.padStart(5, "0"),
      })),
    ),
    "at most 3 a day",
  ),
];

/** No text of a caller gets into a path of the API. */
const paths: Row[] = [
  ...["../../agency", "a/b", "%2e%2e", "1\n2", "1?x=1"].map((step) =>
    bad(`the step ${JSON.stringify(step)}`, ["delete_campaign_step", { campaign_id: 2104, step }], "step"),
  ),
  bad("the version ../A", version({ version: "../A", subject: "x" }), "version must be one of A"),
];

refuseAll({ "a bounce shield": shield, settings, "a version": versions, steps, "a path": paths });

describe("an edit that the campaign does not allow", () => {
  const rows: [string, string, object, ...string[]][] = [
    [
      "step 9 of two",
      "update_step_version",
      { step: 9, version: "A", message: "x" },
      "step: the campaign has 2 steps; got 9",
    ],
    [
      "windows of step 9",
      "update_campaign_step",
      { step: 9, delivery_times: [{ days: ["MONDAY"], ...from8 }] },
      "the campaign has 2 steps; got 9",
    ],
    ["deleting step 9", "delete_campaign_step", { step: 9 }, "the campaign has 2 steps; got 9"],
    [
      "version D of one",
      "update_step_version",
      { step: 1, version: "D", message: "x" },
      'version: step 1 has 1 version (A); got "D"',
    ],
    ["deleting the first EMAIL step", "delete_campaign_step", { step: 1 }, "step 1 is the first EMAIL step"],
    [
      "no subject on the first e-mail",
      "update_step_version",
      { step: 1, version: "A", subject: "" },
      "subject must not be empty: this is the first EMAIL step",
    ],
    [
      "a blank subject on the first e-mail",
      "update_step_version",
      { step: 1, version: "A", subject: "  " },
      "subject must not be empty",
    ],
    [
      "an empty message",
      "update_step_version",
      { step: 2, version: "A", message: " " },
      "message must not be empty",
    ],
    ["an empty text", "update_step_version", { step: 2, version: "A", text: " \n" }, "must not be empty"],
  ];
  it.each(rows)("%s", async (_name, tool, args, ...says) => {
    const session = await openSession();
    const before = session.sandbox.campaign(2104);
    expectRefused(await session.call(tool, { campaign_id: 2104, ...args }), says);
    expect(session.traffic()).toEqual(["GET /rest/v2/campaigns/2104"]);
    expect(session.sandbox.campaign(2104)).toEqual(before);
  });

  it("step 9 of a campaign of three, version D of two", async () => {
    const session = await openSession();
    await session.call("make_campaign_editable", { campaign_id: 2101 });
    const writes = session.sandbox.writes().length;
    const edit = (step: number, letter: string) =>
      session.call("update_step_version", { campaign_id: 2101, step, version: letter, message: "<p>x</p>" });
    expectRefused(await edit(9, "A"), ["step: the campaign has 3 steps; got 9"]);
    expectRefused(await edit(1, "D"), ['version: step 1 has 2 versions (A, B); got "D"']);
    expect(session.sandbox.writes()).toHaveLength(writes);
  });

  it("a seventeenth step", async () => {
    const session = await openSession();
    const one = { type: "EMAIL", versions: [{ subject: "Hello", message: "<p>Hello</p>" }] };
    const { data } = await session.call("create_campaign", {
      name: "Long one",
      mailbox_ids: [501],
      settings: { timezone: "UTC", daily_enroll: 5 },
      delivery_times: [{ days: ["MONDAY"], ...from8 }],
      steps: Array(15).fill(one),
    });
    const append = (message: string) => {
      const step = { type: "EMAIL", versions: [{ message }] };
      return session.call("add_campaign_step", { campaign_id: data.campaign_id, step });
    };
    expect((await append("<p>Sixteen</p>")).data).toMatchObject({ outcome: "done", step: 16 });
    const writes = session.sandbox.writes().length;
    expectRefused(await append("<p>Seventeen</p>"), ["the campaign has 16 steps already; at most 16"]);
    expect(session.sandbox.writes()).toHaveLength(writes);
  });

  it("a step beside an e-mail is not counted as the first e-mail", async () => {
    const session = await openSession();
    await session.call("make_campaign_editable", { campaign_id: 2102 });
    const windowsOfVisit = { step: 2, delivery_times: [{ days: ["MONDAY"], ...from8 }] };
    const answer = await session.call("update_campaign_step", { campaign_id: 2102, ...windowsOfVisit });
    expectRefused(answer, ["step: step 2 is LINKEDIN; only EMAIL steps have windows"]);
    const subject = { campaign_id: 2102, step: 2, version: "A", subject: "Hi" };
    expectRefused(await session.call("update_step_version", subject), ["only INMAIL_MESSAGE has a subject"]);
    expect(session.sandbox.writes()).toHaveLength(1);
  });
});

describe("a step that somebody has got", () => {
  const opened = async (): Promise<Session> => {
    const session = await openSession();
    await session.call("make_campaign_editable", { campaign_id: 2101 });
    return session;
  };

  it.each([
    ["delete_campaign_step", { step: 2 }, "deletes only EMAIL steps that nobody has got yet"],
    ["add_campaign_step", { step: email }, "appends only after a step that nobody has got yet"],
  ])("cannot take %s, and it is said why", async (tool, args, says) => {
    const session = await opened();
    const before = session.sandbox.campaign(2101);
    const answer = await session.agree(tool, { campaign_id: 2101, ...args });
    expectExplained(session, answer, "no");
    expect(answer.text).toContain("VALIDATION_FAILURE");
    expect(answer.text).toContain(says);
    expect(session.sandbox.writes()).toHaveLength(1);
    expect(session.sandbox.campaign(2101)).toEqual(before);
  });

  it("can still get another text", async () => {
    const session = await opened();
    const args = { campaign_id: 2101, step: 3, version: "A", text: "Goodbye" };
    expect((await session.call("update_step_version", args)).data).toMatchObject({ outcome: "done" });
    const step = (session.sandbox.campaign(2101) as Data).steps.followup.followup.followup;
    expect(step.body.versions[0].message).toBe("<div>Goodbye</div>");
  });
});
