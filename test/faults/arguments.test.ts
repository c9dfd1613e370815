/** docs/faults.md, C: what models and clients hand over. Everything wrong is refused by name before a request leaves. */
import { describe, expect } from "vitest";
import type { Answer } from "../support/answer.ts";
import { draft } from "../support/draft.ts";
import { type FaultySession, fault } from "./fault.ts";
import type { Id } from "./table.ts";

const hello = { subject: "Hello", message: "<p>Hello</p>" };
const email = (more: object = {}) => ({ type: "EMAIL", versions: [hello], ...more });
const create = (more: object) => ["create_campaign", { ...draft, ...more }] as const;
const steps = (...list: unknown[]) => create({ steps: list });
const windows = (...delivery_times: unknown[]) => create({ delivery_times });
const text = (message: string) => steps(email({ versions: [{ ...hello, message }] }));
const save = (...prospects: unknown[]) => ["save_prospects", { prospects }] as const;
const run = (campaign_id: unknown) => ["run_campaign", { campaign_id }] as const;
const monday = { days: ["MONDAY"], from: "08:00", to: "09:00" };
const hour = (from: number) => ({ days: ["MONDAY"], from: `0${from}:00`, to: `0${from}:30` });
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ email: `p${index}@example.com` }));
const nested = (levels: number) => JSON.parse(`${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`);

/** Id, what is handed over, and what the answer names. */
type Refused = [Id, string, readonly [string, unknown], ...string[]];

const refused: Refused[] = [
  ...[
    "12abc",
    "1e3",
    "",
    " ",
    "NaN",
    "Infinity",
    "-1",
    "0x10",
    "١٢",
    true,
    [1],
    { id: 1 },
    1.5,
    0,
    -1,
    2 ** 53,
    "9007199254740993",
  ].map((id): Refused => ["F062", JSON.stringify(id), run(id), "campaign_id"]),
  [
    "F063",
    "with the valid names",
    ["run_campaign", { campaign_id: 2102, dryrun: true }],
    "dryrun",
    "dry_run",
    "campaign_id",
  ],
  ["F063", "in the draft", create({ dryrun: true }), "dryrun", "dry_run"],
  ["F064", 'an id of "null"', run("null"), "campaign_id", '"null"'],
  ["F064", 'a list of "null"', create({ mailbox_ids: ["null"] }), "mailbox_ids[0]"],
  ["F064", "an empty status", ["list_campaigns", { status: [""] }], "status[0]", "RUNNING"],
  [
    "F066",
    "JSON text in JSON text",
    create({ steps: JSON.stringify(JSON.stringify(draft.steps)) }),
    "steps",
    "list",
  ],
  ["F066", "broken JSON", create({ steps: '[{"type": "EMAIL",' }), "steps", "text that is not valid JSON"],
  ["F067", "nothing", ["run_campaign", undefined], "campaign_id is missing"],
  ["F068", "no steps", steps(), "steps", "at least 1"],
  ["F068", "17 steps", steps(...Array.from({ length: 17 }, () => email())), "steps", "at most 16"],
  ["F068", "an unknown type", steps({ ...email(), type: "LETTER" }), "steps[0].type", "EMAIL, LINKEDIN"],
  ["F068", "SMS", steps(email(), { ...email(), type: "SMS" }), "steps[1].type", "EMAIL, LINKEDIN"],
  [
    "F069",
    "no subject",
    steps(email({ versions: [{ message: "<p>x</p>" }] })),
    "steps[0].versions[0].subject",
  ],
  [
    "F069",
    "in version B",
    steps(email({ versions: [hello, { message: "x" }] })),
    "steps[0].versions[1].subject",
  ],
  [
    "F070",
    "backwards",
    windows({ ...monday, from: "18:00", to: "09:00" }),
    "delivery_times[0].to",
    "later than from",
  ],
  ["F070", "25:00", windows({ ...monday, to: "25:00" }), "delivery_times[0].to", "HH:mm"],
  ["F070", "9", windows({ ...monday, from: "9" }), "delivery_times[0].from", "HH:mm"],
  ["F070", "7:0", windows({ ...monday, from: "7:0" }), "delivery_times[0].from", "HH:mm"],
  ["F070", "four a day", windows(hour(1), hour(2), hour(3), hour(4)), "delivery_times[3]", "at most 3 a day"],
  ["F070", "overlapping", windows(monday, { ...monday, to: "10:00" }), "overlap"],
  ["F070", "someday", windows({ ...monday, days: ["someday"] }), "delivery_times[0].days[0]", "MONDAY"],
  [
    "F071",
    "Mars/Base",
    create({ settings: { timezone: "Mars/Base", daily_enroll: 40 } }),
    "settings.timezone",
    "Europe/",
  ],
  [
    "F072",
    "0",
    create({ settings: { timezone: "Europe/Paris", daily_enroll: 0 } }),
    "settings.daily_enroll",
    "at least 1",
  ],
  [
    "F072",
    "1e9",
    create({ settings: { timezone: "Europe/Paris", daily_enroll: 1e9 } }),
    "settings.daily_enroll",
    "at most",
  ],
  ...[
    "anna",
    "anna example.com",
    "a@b.com, c@d.com",
    "a@b.com c@d.com",
    "a@@b.com",
    "a@b.com.",
    "",
    "a@b",
  ].map(
    (address): Refused => [
      "F073",
      JSON.stringify(address),
      [
        "save_prospects",
        { prospects: [{ email: "ok@example.com" }, { email: address }], all_or_nothing: true },
      ],
      "prospects[1].email",
    ],
  ),
  ["F074", "501", save(...many(501)), "prospects", "at most 500"],
  ["F074", "20,001", save(...many(20_001)), "20000"],
  [
    "F075",
    "ids",
    create({ mailbox_ids: Array.from({ length: 20_001 }, (_, id) => id + 1) }),
    "20000 elements",
  ],
  ...["../../agency", "a/b", "%2e%2e", "1\n2", "1?x=1"].map(
    (step): Refused => [
      "F076",
      JSON.stringify(step),
      ["delete_campaign_step", { campaign_id: 2104, step }],
      "step",
    ],
  ),
  [
    "F076",
    "a version",
    ["update_step_version", { campaign_id: 2104, step: 1, version: "../A", subject: "x" }],
    "version",
  ],
  ["F077", "10,000 characters", create({ name: "n".repeat(10_000) }), "name", "at most 255"],
  ["F077", "blank", create({ name: "   " }), "name", "must not be empty"],
  ["F077", "a control character", create({ name: "a\u0007b" }), "name", "control characters"],
  ["F077", "NUL", create({ name: "a\u0000b" }), "name", "control characters"],
  [
    "F078",
    "CR LF",
    steps(email({ versions: [{ ...hello, subject: "Hi\r\nBcc: all@example.com" }] })),
    "subject",
    "one line",
  ],
  ["F078", "LF", steps(email({ versions: [{ ...hello, subject: "Hi\nthere" }] })), "subject", "one line"],
  ["F079", "a replacement character", text("<p>caf\uFFFD</p>"), "steps[0].versions[0].message", "damaged"],
  ["F079", "a lone surrogate", text("<p>\uD83D</p>"), "steps[0].versions[0].message", "damaged"],
  ["F081", "at the top", ["save_prospects", { prospects: many(1), force: true }], "force is not known"],
  ["F081", "on a person", save({ email: "a@b.com", force: true }), "prospects[0].force is not known"],
  ["F082", "5,000 levels", create({ settings: nested(5_000) }), "nested more than 100 levels"],
  ["F082", "200,000 brackets as text", create({ steps: "[".repeat(200_000) }), "steps"],
  [
    "F082",
    "100,000 levels as text",
    create({ steps: `${"[".repeat(1e5)}${"]".repeat(1e5)}` }),
    "steps",
    "nested more than 100",
  ],
  [
    "F083",
    "__proto__",
    ["run_campaign", JSON.parse('{"campaign_id": 2102, "__proto__": {"dry_run": false}}')],
    "__proto__",
  ],
  ["F083", "constructor", create({ settings: { ...draft.settings, constructor: {} } }), "constructor"],
  [
    "F085",
    "both names of the mailboxes",
    create({ email_account_ids: [501] }),
    "email_account_ids",
    "mailbox_ids",
  ],
  [
    "F085",
    "message and text",
    ["update_step_version", { campaign_id: 2104, step: 1, version: "A", message: "x", text: "y" }],
    "exclude each other",
  ],
  [
    "F085",
    "everywhere, and one campaign",
    ["delete_prospects", { prospect_ids: [1], scope: "account", campaign_id: 2102 }],
    "campaign_id",
    "does not go with scope account",
  ],
  [
    "F085",
    "of one person, unread only",
    ["list_replies", { prospect_id: 1, unread_only: true }],
    "unread_only",
  ],
];

function expectRefused(
  { upstream }: FaultySession,
  { failed, data, text: said }: Answer,
  words: string[],
): void {
  expect([failed, data]).toEqual([true, undefined]);
  for (const word of words) expect(said).toContain(word);
  expect(said).toContain("Nothing was sent and nothing was changed.");
  expect(said).not.toContain("call stack");
  expect(said.length).toBeLessThanOrEqual(2_000);
  expect(upstream.requests()).toEqual([]);
}

describe("refused before anything is sent", () => {
  for (const [id, name, [tool, args], ...words] of refused) {
    fault(id, name, async (open) => {
      const session = await open();
      const given = args === undefined ? {} : { arguments: args as Record<string, unknown> };
      const result = await session.client.callTool({ name: tool, ...given });
      const [block] = result.content as { text: string }[];
      const answer = {
        data: result.structuredContent,
        text: block?.text ?? "",
        failed: result.isError === true,
      };
      expectRefused(session, answer as Answer, words);
      expect((await session.call("list_mailboxes")).data.total).toBe(4);
    });
  }
});

describe("taken as it is meant", () => {
  fault("F061", "as 2101", async (open) => {
    const session = await open();
    expect((await session.call("pause_campaign", { campaign_id: "2101" })).data).toMatchObject({
      outcome: "done",
      campaign_id: 2101,
    });
    expect(session.upstream.commits()).toEqual(["POST /rest/v2/campaigns/2101/pause"]);
  });

  fault("F064", "null is as left out, and a follow-up may have an empty subject", async (open) => {
    const session = await open();
    const followUp = email({ versions: [{ subject: "", message: "<p>x</p>" }] });
    const args = { ...draft, steps: [email(), followUp], dry_run: null };
    expect((await session.call("create_campaign", args)).data.outcome).toBe("done");
    expect((await session.call("list_campaigns", { status: null, limit: null })).failed).toBe(false);
  });

  for (const field of ["steps", "settings", "mailbox_ids", "delivery_times"] as const) {
    fault("F065", `${field} makes the same request as the value itself`, async (open) => {
      const session = await open();
      const plain = await session.call("create_campaign", { ...draft, dry_run: true });
      const args = { ...draft, [field]: JSON.stringify(draft[field]), dry_run: true };
      const { data } = await session.call("create_campaign", args);
      expect(data.request).toEqual(plain.data.request);
    });
  }

  fault("F065", "prospects too", async (open) => {
    const session = await open();
    const { data } = await session.call("save_prospects", { prospects: JSON.stringify(many(2)) });
    expect(data).toMatchObject({ outcome: "done", added: 2 });
  });

  fault("F067", "nothing, where nothing is needed", async (open) => {
    const session = await open();
    const { structuredContent } = await session.client.callTool({ name: "list_mailboxes" });
    expect(structuredContent).toMatchObject({ total: 4 });
  });

  for (const args of ["2101", [2101], null, 2101, true]) {
    fault("F067", `${JSON.stringify(args)} is not an object`, async (open) => {
      const session = await open();
      const calling = session.client.callTool({ name: "pause_campaign", arguments: args as never });
      await expect(calling).rejects.toThrow(/-32602/);
      expect(session.upstream.requests()).toEqual([]);
    });
  }

  for (const tag of ["{{FIRST_NAM}}", "{{ FIRST_NAME"]) {
    fault("F080", `${tag} is named`, async (open) => {
      const session = await open();
      const versions = [{ subject: "Hello", message: `<p>Hi ${tag}</p>` }];
      const { data, text } = await session.call("create_campaign", {
        ...draft,
        steps: [email({ versions })],
      });
      const said = data?.warnings?.join(" ") ?? text;
      expect(said).toContain(tag);
      expect(said).toMatch(/Step 1 A|steps\[0\]\.versions\[0\]/);
    });
  }

  for (const name of [
    "RUN_CAMPAIGN",
    "run-campaign",
    "__proto__",
    "x".repeat(10_000),
    "run_campaign\u0000",
  ]) {
    fault("F084", `${JSON.stringify(name.slice(0, 20))} is unknown`, async (open) => {
      const session = await open();
      const calling = session.client.callTool({ name, arguments: {} });
      const said = await calling.catch((error: Error) => error.message);
      expect(said).toContain("Unknown tool");
      expect(said).toMatch(/did you mean [\w, ]*run_campaign|tools: list_campaigns/);
      expect(said).not.toContain("x".repeat(101));
      expect(session.upstream.requests()).toEqual([]);
    });
  }
});
