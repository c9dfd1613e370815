/** What an operator forbids does not leave, however it is asked for; what stops sending is never limited. */
import { describe, expect, it } from "vitest";
import { readSettings } from "../../src/settings/index.ts";
import type { Limits } from "../../src/settings/limits.ts";
import { UsageError } from "../../src/settings/usage-error.ts";
import { nameOf, writes } from "../faults/writes.ts";
import type { Data } from "../support/answer.ts";
import { draft } from "../support/draft.ts";
import type { Gate } from "../support/gate.ts";
import { runToEnd } from "../support/program.ts";
import { onStdio } from "../support/program-session.ts";
import { attempted, openSandbox, written } from "../support/sandbox.ts";
import { type Environment, openSession } from "../support/session.ts";
import { expectLimit, people, perCall, perDay, runOf, runs } from "./limited.ts";

const campaigns = "WOODPECKER_CAMPAIGNS";

const mailboxes = "WOODPECKER_MAILBOXES";

const enroll = "WOODPECKER_MAX_DAILY_ENROLL";

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

  // One of each kind of value.
  it.each([campaigns, perCall, "WOODPECKER_DRY_RUN"])(
    "a malformed %s ends the program with 2 and one line",
    async (name) => {
      const { code, stdout, stderr } = await runToEnd(["--sandbox"], { [name]: "many" });
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr.trim().split("\n")).toEqual([expect.stringContaining(name)]);
    },
  );
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

  /** Two are enough: the rest is the same code. */
  const ofEach = [
    ...new Map(forbidden.toReversed().map((row) => [Object.keys(row[1]).join(), row] as const)).values(),
  ];

  it.each(ofEach.slice(0, 2))("in the built program %s", async (_when, env, tool, args) => {
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
