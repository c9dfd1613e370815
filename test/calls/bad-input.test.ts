/** Arguments that do not fit: a clear error that names the place, nothing sent, and the server goes on. */
import { McpError } from "@modelcontextprotocol/sdk/types.js";
import { describe, expect, it } from "vitest";
import type { Data } from "../support/answer.ts";
import { draft, draftBody } from "../support/draft.ts";
import {
  bad,
  create,
  email,
  expectAlive,
  hello,
  node,
  type Row,
  refuseAll,
  step,
  tree,
} from "../support/refused.ts";
import { openSession } from "../support/session.ts";

const get = (campaign_id: unknown) => ["get_campaign", { campaign_id }] as const;
const settings = (more: object) => create({ settings: { ...draft.settings, ...more } });

/** JSON text, so that __proto__ is a key like any other. */
const parsed = (text: string): Data => JSON.parse(text);

const nested = (levels: number): unknown =>
  Array.from({ length: levels }).reduce<unknown>((inner) => ({ inner }), 1);

const ids: Row[] = [
  "12abc",
  "1e3",
  "",
  " ",
  "NaN",
  "Infinity",
  "null",
  "0x10",
  "-5",
  "9007199254740993",
  "１２",
  "١٢",
]
  .map((id): Row => bad(`the id ${JSON.stringify(id)}`, get(id), "campaign_id must be"))
  .concat([
    bad("the id 0", get(0), "campaign_id must be at least 1", "got 0"),
    bad("the id -1", get(-1), "campaign_id must be at least 1"),
    bad("the id 1.5", get(1.5), "campaign_id must be a whole number", "got 1.5"),
    bad("the id true", get(true), "campaign_id must be a whole number", "got true"),
    bad("the id [1]", get([1]), "campaign_id must be a whole number"),
    bad("the id {}", get({}), "campaign_id must be a whole number"),
    bad("an id beyond every integer", get(2 ** 53), "campaign_id must be at most"),
    bad("no id", ["get_campaign", {}], "campaign_id is required"),
    bad("the id null", get(null), "campaign_id must be a whole number"),
    bad('the id "12abc" for a launch', ["run_campaign", { campaign_id: "12abc" }], "campaign_id", '"12abc"'),
    bad("the id 1.5 for a pause", ["pause_campaign", { campaign_id: 1.5 }], "campaign_id"),
    bad("the id true for a deletion", ["delete_campaign", { campaign_id: true }], "campaign_id"),
    bad("the id -1 for a stop", ["stop_campaign", { campaign_id: -1 }], "campaign_id"),
  ]);

const unknownArguments: Row[] = [
  bad(
    "dryrun on a launch",
    ["run_campaign", { campaign_id: 2102, dryrun: true }],
    "dryrun is not known",
    "did you mean dry_run?",
    "campaign_id, despite_errors, campaign_ids, confirmation, dry_run",
  ),
  bad("dryrun on a draft", create({ dryrun: true }), "dryrun is not known", "dry_run"),
  bad("force on a deletion", ["delete_campaign", { campaign_id: 2104, force: true }], "force is not known"),
  bad(
    "confirmation on a change",
    ["update_campaign", { campaign_id: 2104, name: "x", confirmation: "x" }],
    "confirmation is not known",
  ),
  bad("a misspelt setting", settings({ time_zone: "UTC" }), "settings.time_zone is not known", "timezone"),
  bad(
    "a misspelt field of a version",
    step({ versions: [{ ...hello, subjekt: "x" }] }),
    "steps[0].versions[0].subjekt is not known",
    "subject",
  ),
  bad(
    "an unknown field of a step of the tree",
    tree(node({ condition: "opened" })),
    "steps[0].condition is not known",
  ),
  bad("company_id", ["list_campaigns", { company_id: 7 }], "company_id is not known"),
];

const shapes: Row[] = [
  bad("a number for the list of steps", create({ steps: 3 }), "steps must be a list", "got 3"),
  bad(
    "broken JSON text for steps",
    create({ steps: '[{"type":"EMAIL"' }),
    "steps must be a list",
    "not valid JSON",
  ),
  bad(
    "broken JSON text for settings",
    create({ settings: "{timezone: UTC}" }),
    "settings must be an object",
    "not valid JSON",
  ),
  bad(
    "JSON text inside JSON text",
    create({ steps: JSON.stringify(JSON.stringify(draft.steps)) }),
    "steps must be a list",
  ),
  bad(
    "an unknown status",
    ["list_campaigns", { status: ["ACTIVE"] }],
    "status[0] must be one of RUNNING, DRAFT",
  ),
  bad("an empty status", ["list_campaigns", { status: [""] }], "status[0] must be one of RUNNING, DRAFT"),
  bad('"null" in a list', create({ mailbox_ids: ["null"] }), "mailbox_ids[0] must be a whole number"),
  bad("a limit of 0", ["list_campaigns", { limit: 0 }], "limit must be at least 1"),
  bad("a limit of 101", ["list_campaigns", { limit: 101 }], "limit must be at most 100"),
  bad(
    "an unknown kind of mailbox",
    ["list_mailboxes", { type: "POP3" }],
    "type must be one of SMTP, IMAP, ALL",
  ),
  bad("step 17", ["get_campaign", { campaign_id: 2101, step: 17 }], "step must be at most 16"),
  bad(
    "an unknown part",
    ["get_campaign", { campaign_id: 2101, include: "all" }],
    "include must be one of summary, content",
  ),
];

const hostile: Row[] = [
  bad(
    "a dozen unknown settings, each of which is to be named,",
    settings(Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`setting_number_${index}`, 1]))),
    "settings.setting_number_0 is not known",
  ),
  bad(
    "__proto__ at the top",
    ["run_campaign", parsed('{"campaign_id":2102,"__proto__":{"dry_run":true}}')],
    "__proto__: this name is not allowed",
  ),
  bad(
    "constructor at the top",
    ["get_campaign", parsed('{"campaign_id":2102,"constructor":1}')],
    "constructor: this name is not allowed",
  ),
  bad(
    "__proto__ deep in a step",
    create({ steps: [parsed('{"type":"EMAIL","versions":[{"__proto__":{"subject":"x"},"message":"m"}]}')] }),
    "steps[0].versions[0].__proto__: this name is not allowed",
  ),
  bad(
    "__proto__ in JSON text",
    create({ steps: '[{"type":"EMAIL","versions":[{"subject":"s","message":"m","__proto__":{"a":1}}]}]' }),
    "steps[0].versions[0].__proto__: this name is not allowed",
  ),
  bad(
    "__proto__ in the JSON text of settings",
    create({ settings: '{"timezone":"UTC","daily_enroll":5,"__proto__":{}}' }),
    "settings.__proto__: this name is not allowed",
  ),
  bad(
    "prototype in a tree",
    tree(parsed('{"type":"EMAIL","prototype":{}}')),
    "steps.followup.prototype: this name is not allowed",
  ),
  bad("5,000 levels", create({ steps: nested(5_000) }), "nested more than 100 levels"),
  bad(
    "200,000 brackets in JSON text",
    create({ steps: `${"[".repeat(100_000)}${"]".repeat(100_000)}` }),
    "nested more than 100 levels",
  ),
  bad("brackets that nobody closes", create({ steps: "[".repeat(200_000) }), "steps"),
  bad(
    "20,001 elements",
    create({ mailbox_ids: Array.from({ length: 20_001 }, (_, index) => index + 1) }),
    "more than 20000 elements",
  ),
  bad(
    "an unknown name of 10,000 characters",
    ["get_campaign", { campaign_id: 2101, ["k".repeat(10_000)]: 1 }],
    "is not known",
  ),
];

refuseAll({
  "an id that is none": ids,
  "an argument nobody knows": unknownArguments,
  "a shape that does not fit": shapes,
  "a hostile shape": hostile,
});

describe("arguments that are not an object", () => {
  it.each([
    ["null", null],
    ["a list", [2101]],
    ["text", '{"campaign_id":2101}'],
    ["a number", 2101],
    ["true", true],
  ])("as %s are refused before anything is sent", async (_name, args) => {
    const session = await openSession();
    const failure = await session.call("pause_campaign", args).catch((error: unknown) => error);
    if (failure instanceof McpError) expect(failure.code).toBe(-32602);
    else expect(failure).toMatchObject({ failed: true, text: expect.stringContaining("must be an object") });
    expect(session.traffic()).toEqual([]);
    await expectAlive(session);
  });
});

describe("what clients are known to garble is put right", () => {
  it.each([
    ["digits in a string for an id", { campaign_id: "2102" }],
    ["null for what was left out", { campaign_id: 2102, include: null, step: null }],
  ])("%s", async (_name, args) => {
    const session = await openSession();
    expect(await session.call("get_campaign", args)).toMatchObject({ failed: false, data: { id: 2102 } });
    expect(session.traffic()[0]).toBe("GET /rest/v2/campaigns/2102");
  });

  const parts: Record<string, unknown> = {
    steps: JSON.stringify(draft.steps),
    settings: JSON.stringify(draft.settings),
    mailbox_ids: "[501]",
    delivery_times: JSON.stringify(draft.delivery_times),
  };
  it.each(Object.keys(parts))("JSON text for %s", async (field) => {
    const session = await openSession();
    expect(await session.call(...create({ [field]: parts[field] }))).toMatchObject({ failed: false });
    expect(session.sandbox.writes().map(({ body }) => body)).toEqual([draftBody]);
  });

  it("JSON text for the people, and an empty subject for the thread of a follow-up", async () => {
    const session = await openSession();
    const prospects = JSON.stringify([{ email: "anna@example.com" }]);
    expect((await session.call("save_prospects", { prospects })).data).toMatchObject({ added: 1 });
    const steps = [email(), email({ versions: [{ subject: "", message: "<p>x</p>" }] })];
    expect((await session.call(...create({ steps }))).data.outcome).toBe("done");
  });

  it("no arguments at all, where none are needed", async () => {
    const session = await openSession();
    expect((await session.call("list_mailboxes", undefined)).data).toMatchObject({ total: 4 });
    expect(await session.call("run_campaign", undefined)).toMatchObject({
      failed: true,
      text: expect.stringContaining("campaign_id is missing"),
    });
    expect(session.attempted()).toEqual([]);
  });

  it("null for every option of a draft", async () => {
    const session = await openSession();
    const [first, second] = draft.steps;
    const steps = [
      { ...first, wait: null, delivery_times: null, linkedin: null },
      {
        ...second,
        versions: [{ ...second?.versions[0], subject: null, signature: null, track_opens: null }],
      },
    ];
    expect(await session.call(...create({ steps, dry_run: null }))).toMatchObject({ failed: false });
    expect(session.sandbox.writes().map(({ body }) => body)).toEqual([draftBody]);
  });
});

describe("a snippet that is none", () => {
  it.each(["{{FIRST_NAM}}", "{{ FIRST_NAME"])("%s is named with its place", async (tag) => {
    const session = await openSession();
    const versions = [{ subject: "Hello", message: `<p>Hi ${tag}</p>` }];
    const { data, text } = await session.call(...step({ versions }));
    const said = data?.warnings?.join(" ") ?? text;
    expect(said).toContain(tag);
    expect(said).toMatch(/Step 1 A|steps\[0\]\.versions\[0\]/);
  });
});

describe("a tool nobody knows", () => {
  it.each([
    ["RUN_CAMPAIGN", "run_campaign"],
    ["run-campaign", "run_campaign"],
    ["list_campaign", "list_campaigns"],
    ["__proto__", "list_campaigns"],
    ["constructor", "list_campaigns"],
    ["", "list_campaigns"],
  ])("%j is refused and %s is named instead", async (name, near) => {
    const session = await openSession();
    const failure = await session.call(name, { campaign_id: 2102 }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(McpError);
    expect(failure).toMatchObject({ code: -32602, message: expect.stringContaining(near) });
    expect(session.traffic()).toEqual([]);
    await expectAlive(session);
  });

  it("is not echoed beyond 100 characters", async () => {
    const session = await openSession();
    const failure: McpError = await session.call("n".repeat(10_000)).catch((error) => error);
    expect(failure.code).toBe(-32602);
    expect(failure.message).not.toContain("n".repeat(101));
  });
});
