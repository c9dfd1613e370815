/** What an operator allows holds whatever tool asks, before anything leaves, and over restarts. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { accountOf } from "../../src/accounts/source.ts";
import { createJournal } from "../../src/memory/journal.ts";
import { openLedger } from "../../src/memory/ledger.ts";
import { readSettings } from "../../src/settings/index.ts";
import type { Limits } from "../../src/settings/limits.ts";
import { UsageError } from "../../src/settings/usage-error.ts";
import { nameOf, writes } from "../faults/writes.ts";
import { unwritable } from "../memory/ledgers.ts";
import type { Answer, Data } from "../support/answer.ts";
import { draft } from "../support/draft.ts";
import { newFolder } from "../support/folder.ts";
import type { Gate } from "../support/gate.ts";
import { runToEnd } from "../support/program.ts";
import { onStdio } from "../support/program-session.ts";
import { attempted, openSandbox, written } from "../support/sandbox.ts";
import { type Environment, openSession, type Session } from "../support/session.ts";

const campaigns = "WOODPECKER_CAMPAIGNS";
const mailboxes = "WOODPECKER_MAILBOXES";
const perCall = "WOODPECKER_MAX_PROSPECTS_PER_CALL";
const perDay = "WOODPECKER_MAX_PROSPECTS_PER_DAY";
const runs = "WOODPECKER_MAX_RUNS_PER_DAY";
const enroll = "WOODPECKER_MAX_DAILY_ENROLL";

const people = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => ({ email: `person${from + index}@example.com` }));

function expectLimit({ failed, text }: Answer, variable: string): void {
  expect(failed).toBe(true);
  expect(text).toContain("is not allowed here");
  expect(text).toContain(variable);
  expect(text).toMatch(/\nNothing was sent and nothing was changed\.\nNext: .*operator/);
}

const DAY = 24 * 60 * 60 * 1000;
/** The time of reset in a refusal, as milliseconds. */
const resetIn = (text: string) => Date.parse(/free at (\S+?Z)/.exec(text)?.[1] ?? "");

describe("settings", () => {
  it.each([
    [campaigns, "2101, 2104", { campaigns: [2101, 2104] }],
    [mailboxes, "501", { mailboxes: [501] }],
    [perCall, "10", { prospectsPerCall: 10 }],
    [perDay, "0", { prospectsPerDay: 0 }],
    [runs, " 3 ", { runsPerDay: 3 }],
    [enroll, "200", { dailyEnroll: 200 }],
  ] as [string, string, Limits][])("%s=%s is a limit", (name, value, limits) => {
    expect(readSettings([], { [name]: value }).limits).toEqual(limits);
  });

  it.each(["", "  ", `\${user_config.limit}`])("%j is not a limit", (value) => {
    const env = Object.fromEntries(
      [campaigns, mailboxes, perCall, perDay, runs, enroll].map((name) => [name, value]),
    );
    expect(readSettings([], env).limits).toEqual({});
  });

  const malformed = ["ten", "-1", "1.5", "1e3", "0x10", "5 people", "∞", "9999999999999"];
  const lists = [",", "2101,", "2101;2102", "2101 2102", "all", "*"];
  const wrong = [
    ...[perCall, perDay, runs, enroll].flatMap((name) => malformed.map((value) => [name, value])),
    ...[campaigns, mailboxes].flatMap((name) => [...malformed, ...lists].map((value) => [name, value])),
    ...["WOODPECKER_DRY_RUN", "WOODPECKER_LEDGER_STRICT"].flatMap((name) =>
      ["yes", "2", "on"].map((value) => [name, value]),
    ),
  ] as [string, string][];

  it.each(wrong)("%s=%s is refused by name, never ignored", (name, value) => {
    expect(() => readSettings([], { [name]: value })).toThrow(UsageError);
    expect(() => readSettings([], { [name]: value })).toThrow(name);
  });

  it.each([
    campaigns,
    mailboxes,
    perCall,
    perDay,
    runs,
    enroll,
    "WOODPECKER_DRY_RUN",
    "WOODPECKER_LEDGER_STRICT",
  ])("a malformed %s ends the program with 2 and one line", async (name) => {
    const { code, stdout, stderr } = await runToEnd(["--sandbox"], { [name]: "many" });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr.trim().split("\n")).toEqual([expect.stringContaining(name)]);
  });
});

/** What a limit forbids, each before anything leaves. */
const forbidden: [string, Environment, string, object][] = [
  ["another campaign is run", { [campaigns]: "2104" }, "run_campaign", { campaign_id: 2102 }],
  [
    "a foreign mailbox is put into a new campaign",
    { [mailboxes]: "501" },
    "create_campaign",
    { ...draft, mailbox_ids: [501, 502] },
  ],
  [
    "a foreign mailbox is put into a draft",
    { [mailboxes]: "501" },
    "update_campaign",
    { campaign_id: 2104, mailbox_ids: [502] },
  ],
  [
    "a campaign with a foreign mailbox is copied",
    { [mailboxes]: "501" },
    "duplicate_campaign",
    { campaign_id: 2102 },
  ],
  [
    "a copy gets a foreign mailbox",
    { [mailboxes]: "501" },
    "duplicate_campaign",
    { campaign_id: 2104, mailbox_ids: [503] },
  ],
  [
    "a campaign made in the app with a foreign mailbox is run",
    { [mailboxes]: "501" },
    "run_campaign",
    { campaign_id: 2102 },
  ],
  [
    "a campaign whose mailboxes cannot be read is run",
    { [mailboxes]: "501,502" },
    "run_campaign",
    { campaign_id: 2103 },
  ],
  ["too many are added", { [perCall]: "3" }, "save_prospects", { prospects: people(4) }],
  [
    "too many are enrolled",
    { [perCall]: "3" },
    "save_prospects",
    { prospects: people(4), campaign_id: 2104 },
  ],
  ["too many for one call come in parts", { [perCall]: "150" }, "save_prospects", { prospects: people(250) }],
  ["too many for one day come in parts", { [perDay]: "150" }, "save_prospects", { prospects: people(250) }],
  ["anybody is added where nobody may be", { [perDay]: "0" }, "save_prospects", { prospects: people(1) }],
  ["anything is run where nothing may be", { [runs]: "0" }, "run_campaign", { campaign_id: 2102 }],
  ["a new campaign enrols too many", { [enroll]: "39" }, "create_campaign", draft],
  [
    "a draft is set to enrol too many",
    { [enroll]: "30" },
    "update_campaign",
    { campaign_id: 2104, settings: { daily_enroll: 31 } },
  ],
  [
    "a campaign that enrols too many is copied",
    { [enroll]: "20" },
    "duplicate_campaign",
    { campaign_id: 2104 },
  ],
  [
    "a copy is set to enrol too many",
    { [enroll]: "30" },
    "duplicate_campaign",
    { campaign_id: 2104, settings: { daily_enroll: 31 } },
  ],
  [
    "a campaign made in the app that enrols too many is run",
    { [enroll]: "20" },
    "run_campaign",
    { campaign_id: 2104 },
  ],
];

describe("nothing leaves when", () => {
  it.each(forbidden)("%s", async (_when, env, tool, args) => {
    const session = await openSession({ env });
    const answer = await session.agree(tool, args);
    const [variable = ""] = Object.keys(env);
    // What cannot be read is not within a limit either; then the reason is that it cannot be read.
    if ((args as Data).campaign_id === 2103) {
      expect(answer.failed).toBe(true);
      expect(answer.text).not.toContain("did not reach Woodpecker");
    } else expectLimit(answer, variable);
    expect(attempted(session.sandbox)).toEqual([]);
  });

  it.each(forbidden)("a dry run is told so too when %s", async (_when, env, tool, args) => {
    const session = await openSession({ env });
    const { failed, data } = await session.call(tool, { ...args, dry_run: true });
    expect([failed, data]).toEqual([true, undefined]);
    expect(attempted(session.sandbox)).toEqual([]);
  });

  /** One of each variable is enough: the rest is the same code. */
  const ofEach = [
    ...new Map(forbidden.toReversed().map((row) => [Object.keys(row[1]).join(), row] as const)).values(),
  ];

  it.each(ofEach)("in the built program %s", async (_when, env, tool, args) => {
    const sandbox = await openSandbox();
    const { agree } = await onStdio(sandbox, env);
    expectLimit(await agree(tool, args), Object.keys(env).join());
    expect(attempted(sandbox)).toEqual([]);
  });
});

describe("what Woodpecker does not say is not within a limit", () => {
  it.each([
    [mailboxes, "502", "email_account_ids"],
    [enroll, "50", "daily_enroll"],
  ])("%s=%s holds for a campaign that comes without %s", async (variable, value, field) => {
    const gate: Gate = {
      after: (json, { method, url }) =>
        method === "GET" && url.endsWith("/campaigns/2102") ? without(json as Data, field) : json,
    };
    const session = await openSession({ env: { [variable]: value }, gate });
    expectLimit(await session.agree("run_campaign", { campaign_id: 2102, despite_errors: true }), variable);
    expect(attempted(session.sandbox)).toEqual([]);
  });

  const without = ({ settings, ...campaign }: Data, field: string) => {
    const kept = { ...campaign, settings: { ...settings } };
    delete kept[field];
    delete kept.settings[field];
    return kept;
  };
});

describe("just within a limit it is done", () => {
  it.each([
    [{ [campaigns]: "2101,2102" }, "run_campaign", { campaign_id: 2102 }],
    [{ [mailboxes]: "501" }, "create_campaign", draft],
    [{ [mailboxes]: "502" }, "run_campaign", { campaign_id: 2102 }],
    [{ [perCall]: "3", [perDay]: "3" }, "save_prospects", { prospects: people(3) }],
    [{ [perCall]: "250", [perDay]: "250" }, "save_prospects", { prospects: people(250) }],
    [{ [runs]: "1" }, "run_campaign", { campaign_id: 2102 }],
    [{ [enroll]: "40" }, "create_campaign", draft],
    [{ [enroll]: "10" }, "run_campaign", { campaign_id: 2102 }],
    [{ [enroll]: "25" }, "duplicate_campaign", { campaign_id: 2104 }],
    [
      { [campaigns]: "2104" },
      "delete_prospects",
      { prospect_ids: [90_037], scope: "campaign", campaign_id: 2104 },
    ],
    [{ [campaigns]: "2104" }, "save_prospects", { prospects: people(1), campaign_id: 2104 }],
  ] as [Environment, string, object][])("%j: %s", async (env, tool, args) => {
    const session = await openSession({ env });
    expect((await session.agree(tool, args)).data).toMatchObject({ outcome: "done" });
    expect(written(session.sandbox).length).toBeGreaterThan(0);
  });
});

describe(`with ${campaigns} naming none of them`, () => {
  const env = { [campaigns]: "9" };
  const concerned = writes.filter(({ args, halts }) => args.campaign_id !== undefined && !halts);
  const changing = concerned.filter(({ tool }) => tool !== "duplicate_campaign");

  it.each(changing.map((write) => [nameOf(write), write] as const))(
    "%s does not leave",
    async (_name, { tool, args }) => {
      const session = await openSession({ env });
      expectLimit(await session.agree(tool, args), campaigns);
      expect(attempted(session.sandbox)).toEqual([]);
    },
  );

  it("people are not taken out of one of them", async () => {
    const session = await openSession({ env });
    const answer = await session.agree("delete_prospects", {
      prospect_ids: [90_037],
      scope: "campaign",
      campaign_id: 2104,
    });
    expectLimit(answer, campaigns);
    expect(attempted(session.sandbox)).toEqual([]);
  });

  it("people are not deleted from the account, which would take them out of all of them", async () => {
    const session = await openSession({ env });
    expectLimit(
      await session.agree("delete_prospects", { prospect_ids: [90_037], scope: "account" }),
      campaigns,
    );
    expect(attempted(session.sandbox)).toEqual([]);
  });

  it("a copy can be made, and not run", async () => {
    const session = await openSession({ env });
    const { data } = await session.call("duplicate_campaign", { campaign_id: 2102 });
    expect(data).toMatchObject({ outcome: "done", campaign_id: 2201 });
    await session.call("save_prospects", { prospects: people(1) });
    expectLimit(await session.agree("run_campaign", { campaign_id: 2201, despite_errors: true }), campaigns);
    expect(written(session.sandbox).filter((line) => line.endsWith("/run"))).toEqual([]);
  });
});

describe("what stops sending is never limited", () => {
  const nothing = {
    [campaigns]: "9",
    [mailboxes]: "9",
    [perCall]: "0",
    [perDay]: "0",
    [runs]: "0",
    [enroll]: "0",
  };
  const halting = writes.filter(({ halts }) => halts);

  it.each(halting.map((write) => [nameOf(write), write] as const))("%s", async (_name, { tool, args }) => {
    const session = await openSession({ env: nothing });
    expect((await session.call(tool, args)).data).toMatchObject({ outcome: "done" });
    expect(written(session.sandbox)).toHaveLength(1);
  });
});

const newPath = () => join(newFolder(), "ledger.jsonl");
const runOf = (session: Session) => session.agree("run_campaign", { campaign_id: 2102 });
const pauseOf = (session: Session) => session.call("pause_campaign", { campaign_id: 2102 });
let next = 0;
const save = (session: Session, count: number, more: object = {}) => {
  next += 500;
  return session.agree("save_prospects", { prospects: people(count, next), ...more });
};
const runsIn = (session: Session) =>
  attempted(session.sandbox).filter((line) => line.endsWith("/run")).length;
const savesIn = (session: Session) =>
  attempted(session.sandbox).filter((line) => line.includes("add_prospects")).length;

describe.each([
  ["with a ledger", newPath],
  ["without one", () => "off"],
])("over 24 hours, %s", (_where, pathFor) => {
  it("so many runs and no more; the refusal names the time from which there is another", async () => {
    const session = await openSession({ env: { [runs]: "2", WOODPECKER_LEDGER: pathFor() } });
    const from = Date.now();
    for (let time = 0; time < 2; time += 1) {
      expect((await runOf(session)).data.outcome).toBe("done");
      await pauseOf(session);
    }
    const answer = await runOf(session);
    expectLimit(answer, runs);
    expect(resetIn(answer.text)).toBeGreaterThanOrEqual(from + DAY);
    expect(resetIn(answer.text)).toBeLessThanOrEqual(Date.now() + DAY);
    expect(runsIn(session)).toBe(2);
  });

  it("so many people and no more, and what is left can still be used", async () => {
    const session = await openSession({ env: { [perDay]: "5", WOODPECKER_LEDGER: pathFor() } });
    const from = Date.now();
    expect((await save(session, 3)).data.added).toBe(3);
    const refused = await save(session, 3);
    expectLimit(refused, perDay);
    expect(resetIn(refused.text)).toBeGreaterThanOrEqual(from + DAY);
    expect((await save(session, 2)).data.added).toBe(2);
    expectLimit(await save(session, 1), perDay);
    expect(savesIn(session)).toBe(2);
  });

  it("a dry run uses nothing up, and says when the real one would be refused", async () => {
    const session = await openSession({ env: { [runs]: "1", [perDay]: "5", WOODPECKER_LEDGER: pathFor() } });
    const tries: [string, object][] = [
      ["run_campaign", { campaign_id: 2102 }],
      ["save_prospects", { prospects: people(5) }],
    ];
    for (const [tool, args] of [...tries, ...tries]) {
      expect((await session.call(tool, { ...args, dry_run: true })).data.outcome).toBe("dry_run");
    }
    for (const [tool, args] of tries) expect((await session.agree(tool, args)).data.outcome).toBe("done");
    await pauseOf(session);
    expectLimit(await session.call("run_campaign", { campaign_id: 2102, dry_run: true }), runs);
    expectLimit(await session.call("save_prospects", { prospects: people(1, 90), dry_run: true }), perDay);
  });

  it("what Woodpecker refused uses nothing up", async () => {
    const session = await openSession({ env: { [runs]: "1", [perDay]: "5", WOODPECKER_LEDGER: pathFor() } });
    const body = { code: "MISSING_FEATURES", message: "no", details: null };
    session.sandbox.failNext({ method: "POST", status: 403, body });
    expect((await runOf(session)).failed).toBe(true);
    expect((await runOf(session)).data.outcome).toBe("done");
    session.sandbox.failNext({ method: "POST", status: 403, body });
    expect((await save(session, 5)).failed).toBe(true);
    expect((await save(session, 5)).data.added).toBe(5);
  });

  it("an import of which Woodpecker refused everybody uses nothing up", async () => {
    const session = await openSession({ env: { [perDay]: "2", WOODPECKER_LEDGER: pathFor() } });
    const gone = ["lena.brandt@quarrystone-logistik.example", "jonas.amsel@alpenkiste.example"];
    const prospects = gone.map((email) => ({ email }));
    const { failed } = await session.call("save_prospects", { campaign_id: 2104, prospects });
    expect(failed).toBe(true);
    expect((await save(session, 2)).data?.added).toBe(2);
  });

  it("what a limit refused uses nothing up", async () => {
    const session = await openSession({ env: { [perDay]: "5", WOODPECKER_LEDGER: pathFor() } });
    for (let time = 0; time < 3; time += 1) expectLimit(await save(session, 6), perDay);
    expect((await save(session, 5)).data.added).toBe(5);
  });

  it("the same import twice is one, and is counted once", async () => {
    const session = await openSession({ env: { [perDay]: "5", WOODPECKER_LEDGER: pathFor() } });
    const args = { prospects: people(3) };
    expect((await session.call("save_prospects", args)).data.outcome).toBe("done");
    expect((await session.call("save_prospects", args)).data.outcome).toBe("deduplicated");
    expect((await save(session, 2)).data.added).toBe(2);
    expect(savesIn(session)).toBe(2);
  });

  it("a write of which nobody knows whether it was done counts", async () => {
    const env = { [runs]: "1", [perDay]: "5", WOODPECKER_LEDGER: pathFor() };
    const session = await openSession({ env, hurry: true });
    session.sandbox.failNext({ method: "POST", path: /\/run$/, drop: true });
    expect((await runOf(session)).text).toContain("It may or may not have been carried out.");
    expectLimit(await runOf(session), runs);
    session.sandbox.failNext({ method: "POST", path: /add_prospects/, drop: true });
    expect((await save(session, 4)).text).toContain("It may or may not have been carried out.");
    expectLimit(await save(session, 2), perDay);
    expect([runsIn(session), savesIn(session)]).toEqual([1, 1]);
  });

  it("an import that broke off in the middle counts at least what was handled", async () => {
    const session = await openSession({ env: { [perDay]: "300", WOODPECKER_LEDGER: pathFor() } });
    const body = { status: { status: "ERROR", code: "E_WRONG_PARAM", msg: "no" } };
    const running = save(session, 200);
    while (savesIn(session) === 0) await new Promise((resolve) => setImmediate(resolve));
    session.sandbox.failNext({ method: "POST", status: 400, body });
    const { text } = await running;
    expect(text).toContain("stopped after 100 of 200");
    expectLimit(await save(session, 250), perDay);
  });

  it("calls made at once do not slip through together", async () => {
    const session = await openSession({ env: { [runs]: "1", [perDay]: "5", WOODPECKER_LEDGER: pathFor() } });
    const ids = [2102, 2104];
    const tokens = await Promise.all(ids.map((campaign_id) => session.call("run_campaign", { campaign_id })));
    const confirmed = ids.map((campaign_id, index) =>
      session.call("run_campaign", { campaign_id, confirmation: tokens[index]?.data.confirmation }),
    );
    expect((await Promise.all(confirmed)).filter(({ failed }) => !failed).length).toBeLessThanOrEqual(1);
    expect(runsIn(session)).toBeLessThanOrEqual(1);
    await Promise.all([save(session, 3), save(session, 3), save(session, 3)]);
    expect(savesIn(session)).toBeLessThanOrEqual(1);
  });
});

/** What was done at some time before, as the server itself writes it down. */
async function remember(
  path: string,
  env: Environment,
  hoursAgo: number,
  tool: string,
  count?: number,
): Promise<void> {
  const { tenant } = accountOf(readSettings([], env));
  const now = () => new Date(Date.now() - hoursAgo * 60 * 60 * 1000);
  const journal = createJournal({ ledger: openLedger(path), tenant, now, strict: true });
  const { end } = await journal.begin({ tool, ...(count !== undefined && { people: count }) });
  await end({ outcome: "done" });
}

describe("over restarts", () => {
  it("the ledger remembers what was used up", async () => {
    const sandbox = await openSandbox();
    const env = { [runs]: "1", [perDay]: "5", WOODPECKER_LEDGER: newPath() };
    const first = await openSession({ sandbox, env });
    await runOf(first);
    await pauseOf(first);
    await save(first, 4);
    await first.close();
    const second = await openSession({ sandbox, env });
    expectLimit(await runOf(second), runs);
    expectLimit(await save(second, 2), perDay);
    expect((await save(second, 1)).data.added).toBe(1);
    expect([runsIn(second), savesIn(second)]).toEqual([1, 2]);
  });

  it("in the built program too", async () => {
    const sandbox = await openSandbox();
    const env = { [runs]: "1", WOODPECKER_LEDGER: newPath() };
    for (const outcome of ["done", undefined]) {
      const session = await onStdio(sandbox, env);
      const { data } = await session.agree("run_campaign", { campaign_id: 2102 });
      expect(data?.outcome).toBe(outcome);
      await session.call("pause_campaign", { campaign_id: 2102 });
      await session.client.close();
    }
    expect(written(sandbox).filter((line) => line.endsWith("/run"))).toHaveLength(1);
  });

  it.each([
    [25, true],
    [24.01, true],
    [23.9, false],
    [1, false],
  ])("what was done %f hours ago leaves room: %s", async (hours, free) => {
    const sandbox = await openSandbox();
    const path = newPath();
    const account = { WOODPECKER_API_KEY: sandbox.key, WOODPECKER_API_URL: sandbox.origin };
    await remember(path, account, hours, "run_campaign");
    await remember(path, account, hours, "save_prospects", 5);
    const session = await openSession({
      sandbox,
      env: { [runs]: "1", [perDay]: "5", WOODPECKER_LEDGER: path },
    });
    const [run, saved] = [await runOf(session), await save(session, 5)];
    expect([run.failed, saved.failed]).toEqual([!free, !free]);
    expect([runsIn(session), savesIn(session)]).toEqual(free ? [1, 1] : [0, 0]);
    if (free) return;
    expectLimit(run, runs);
    const minutes = (resetIn(run.text) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan((24 - hours) * 60 - 2);
    expect(minutes).toBeLessThan((24 - hours) * 60 + 2);
  });

  it("what another account did uses up nothing of this one", async () => {
    const sandbox = await openSandbox();
    const path = newPath();
    await remember(path, { WOODPECKER_API_KEY: "another-key-1234" }, 1, "run_campaign");
    const session = await openSession({ sandbox, env: { [runs]: "1", WOODPECKER_LEDGER: path } });
    expect((await runOf(session)).data.outcome).toBe("done");
  });
});

describe("limits hold where the ledger cannot be written", () => {
  it.each(unwritable)("%s: runs a day", async (_how, pathFor) => {
    const session = await openSession({ env: { [runs]: "1", WOODPECKER_LEDGER: pathFor() } });
    await runOf(session);
    await pauseOf(session);
    expectLimit(await runOf(session), runs);
    expect(runsIn(session)).toBe(1);
  });

  it.each(unwritable)("%s: people a day", async (_how, pathFor) => {
    const session = await openSession({ env: { [perDay]: "5", WOODPECKER_LEDGER: pathFor() } });
    await save(session, 3);
    expectLimit(await save(session, 3), perDay);
    expect(savesIn(session)).toBe(1);
  });

  it.each(unwritable)("%s: people a call, also in parts", async (_how, pathFor) => {
    const session = await openSession({ env: { [perCall]: "150", WOODPECKER_LEDGER: pathFor() } });
    expectLimit(await save(session, 250), perCall);
    expect(savesIn(session)).toBe(0);
  });
});

describe("a look that the limit itself needs", () => {
  /** How often the campaign is read before the run leaves, without a limit that has to read it once more. */
  async function looksBefore(): Promise<number> {
    const session = await openSession();
    const { data } = await session.call("run_campaign", { campaign_id: 2102 });
    session.sandbox.requests.splice(0);
    await session.call("run_campaign", { campaign_id: 2102, confirmation: data.confirmation });
    const lines = session.sandbox.requests.map(({ method, path }) => `${method} ${path}`);
    return lines
      .slice(0, lines.indexOf("POST /rest/v2/campaigns/2102/run"))
      .filter((line) => line.endsWith("/2102")).length;
  }

  it("and that fails sends nothing, says so, and uses no run up", async () => {
    const looks = await looksBefore();
    let [counting, seen, broken] = [false, 0, 0];
    const before = ({ method, url }: { method: string; url: string }) => {
      if (!counting || method !== "GET" || !url.endsWith("/campaigns/2102")) return undefined;
      seen += 1;
      if (seen <= looks) return undefined;
      broken += 1;
      return "break" as const;
    };
    const session = await openSession({
      env: { [enroll]: "50", [runs]: "1" },
      gate: { before },
      hurry: true,
    });
    const { data } = await session.call("run_campaign", { campaign_id: 2102 });
    counting = true;
    const { failed, text } = await session.call("run_campaign", {
      campaign_id: 2102,
      confirmation: data.confirmation,
    });
    counting = false;
    expect([failed, broken > 0, attempted(session.sandbox)]).toEqual([true, true, []]);
    expect(text).toMatch(/\nNothing was (sent and nothing was )?changed\.\n/);
    expect(text).not.toContain("may or may not");
    expect((await runOf(session)).data?.outcome).toBe("done");
  });
});
