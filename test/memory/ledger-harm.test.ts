/** Whatever happens to the file of the ledger, or to a process that writes it: the next write goes on, and the brake works. */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { accountOf } from "../../src/accounts/source.ts";
import { createJournal } from "../../src/memory/journal.ts";
import { openLedger } from "../../src/memory/ledger.ts";
import { callKey } from "../../src/memory/repeats.ts";
import { readSettings } from "../../src/settings/index.ts";
import { draft } from "../support/draft.ts";
import { onStdio } from "../support/program-session.ts";
import { attempted, openSandbox, written } from "../support/sandbox.ts";
import { openSession, type Session } from "../support/session.ts";
import {
  entriesOf,
  filled,
  killedIn,
  linesOf,
  newPath,
  ofKind,
  unwritable,
  verify,
  withLedger,
} from "./ledgers.ts";

describe("several processes", () => {
  it("that write at once leave one whole chain, with every write in it", async () => {
    const path = newPath();
    const sandboxes = await Promise.all([openSandbox(), openSandbox()]);
    const sessions = await Promise.all(sandboxes.map((sandbox) => onStdio(sandbox, withLedger(path))));
    const times = 80;
    const save = async ({ call }: (typeof sessions)[0], from: number, who: number) => {
      for (let index = from; index < times; index += 10) {
        await call("save_prospects", { prospects: [{ email: `person${index}-${who}@example.com` }] });
      }
    };
    await Promise.all(
      sessions.flatMap((session, who) => Array.from({ length: 10 }, (_, from) => save(session, from, who))),
    );
    expect(sandboxes.map((sandbox) => written(sandbox).length)).toEqual([times, times]);
    const entries = entriesOf(path);
    expect(new Set(entries.filter(ofKind("intent")).map(({ op }) => op)).size).toBe(2 * times);
    expect(entries.filter(ofKind("outcome"))).toHaveLength(2 * times);
    expect(verify(path)).toMatchObject({ status: 0, said: expect.stringContaining(`${4 * times} lines`) });
  });

  it("one killed while its write is under way leaves it unknown, to be read by the next", async () => {
    const path = newPath();
    const sandbox = await openSandbox();
    await killedIn(sandbox, withLedger(path), "pause_campaign", { campaign_id: 2101 });
    expect(entriesOf(path).map(({ kind }) => kind)).toEqual(["intent"]);
    const next = await onStdio(sandbox, withLedger(path));
    const { data, text } = await next.call("list_recent_changes");
    expect(data.changes).toMatchObject([{ tool: "pause_campaign", campaign_id: 2101, outcome: "unknown" }]);
    expect(text).toContain("unknown");
    await next.call("stop_campaign", { campaign_id: 2102 });
    expect(verify(path)).toMatchObject({ status: 0, said: expect.stringContaining("3 lines") });
  });

  it("one killed in the middle of many writes leaves nothing that keeps others from writing", async () => {
    const path = newPath();
    const sandbox = await openSandbox();
    const [doomed, other] = [
      await onStdio(sandbox, withLedger(path)),
      await onStdio(sandbox, withLedger(path)),
    ];
    const save = (session: typeof doomed, index: number) =>
      session.call("save_prospects", { prospects: [{ email: `person${index}@example.com` }] });
    const cut = Array.from({ length: 100 }, (_, index) => save(doomed, index).catch(() => undefined));
    while (!existsSync(path) || linesOf(path).length < 20) await sleep(1);
    doomed.kill();
    expect((await save(other, 300)).data.outcome).toBe("done");
    await Promise.all(cut);
    const { data } = await other.call("list_recent_changes");
    expect(data.changes[0]).toMatchObject({ tool: "save_prospects", outcome: "done" });
    expect(verify(path).status).toBe(0);
  });

  it("what one killed during its write did is in doubt for ten minutes, for the same call of the same account", async () => {
    const path = newPath();
    const sandbox = await openSandbox();
    const held = await killedIn(sandbox, withLedger(path), "pause_campaign", { campaign_id: 2101 });
    const account = { WOODPECKER_API_KEY: held.key, WOODPECKER_API_URL: held.origin };
    const { tenant } = accountOf(readSettings([], account));
    const journal = (minutes: number, who = tenant) =>
      createJournal({
        ledger: openLedger(path),
        tenant: who,
        now: () => new Date(Date.now() + minutes * 60_000),
      });
    const [{ key: noted }] = entriesOf(path) as [{ key: string }];
    const doubt = { tool: "pause_campaign", campaign_id: 2101, outcome: "unknown" };
    expect(noted).toMatch(/^[\w-]{43}$/);
    expect(await journal(0).inDoubt(noted)).toMatchObject(doubt);
    expect(await journal(9).inDoubt(noted)).toMatchObject(doubt);
    expect(await journal(11).inDoubt(noted)).toBeUndefined();
    expect(await journal(0, "another-account").inDoubt(noted)).toBeUndefined();
    expect(
      await journal(0).inDoubt(callKey(tenant, "pause_campaign", { campaign_id: 2102 })),
    ).toBeUndefined();
    const again = journal(0);
    const { end } = await again.begin({ tool: "pause_campaign", key: "of this process" });
    expect(await again.inDoubt("of this process")).toBeUndefined();
    expect(await journal(0).inDoubt("of this process")).toMatchObject({ outcome: "unknown" });
    await end({ outcome: "done" });
    expect(await journal(0).inDoubt("of this process")).toBeUndefined();
  });
});

const notRecorded =
  /^The ledger of writes could not be written \((ENOTDIR|EISDIR|ENOSPC)\), so this call does not stand in it\.$/;

const someWrites: [string, object][] = [
  ["create_campaign", draft],
  ["run_campaign", { campaign_id: 2102 }],
  ["pause_campaign", { campaign_id: 2101 }],
  ["save_prospects", { prospects: [{ email: "anna@example.com" }] }],
  ["delete_campaign", { campaign_id: 2104 }],
];

const others = someWrites.filter(([tool]) => tool !== "pause_campaign");

const halts: [string, object, string][] = [
  ["pause_campaign", { campaign_id: 2101 }, "done"],
  ["stop_campaign", { campaign_id: 2101 }, "done"],
  ["make_campaign_editable", { campaign_id: 2102 }, "done"],
  ["pause_all_campaigns", {}, "done"],
  ["stop_prospects", { emails: ["sanne.maas@silberfracht.example"] }, "done"],
];

describe.each(unwritable)("a ledger that cannot be written (%s)", (_how, pathFor) => {
  it.each(someWrites)("%s is done all the same, and the log warns", async (tool, args) => {
    const session = await openSession({ env: withLedger(pathFor()) });
    const { data, text } = await session.agree(tool, args);
    expect([data?.outcome, text]).toEqual(["done", expect.any(String)]);
    expect(written(session.sandbox)).toHaveLength(1);
    expect(session.events.map(({ event }) => event)).toContain("ledger cannot be written");
    expect(session.events.map(({ event }) => event)).not.toContain("defect");
    expect(data.not_recorded).toMatch(notRecorded);
    expect(text).toContain(data.not_recorded);
  });

  it.each(halts)(
    "%s leaves in strict mode too, and says what is not recorded",
    async (tool, args, outcome) => {
      const session = await openSession({ env: withLedger(pathFor(), { WOODPECKER_LEDGER_STRICT: "1" }) });
      const { failed, data, text } = await session.call(tool, args);
      expect([failed, data.outcome]).toEqual([false, outcome]);
      expect(written(session.sandbox).length).toBeGreaterThan(0);
      expect(data.not_recorded).toMatch(notRecorded);
      expect(text.split("\n").filter((line) => line === data.not_recorded)).toHaveLength(1);
      const { data: known } = await session.call("list_recent_changes");
      expect(known.changes).toMatchObject([{ tool, outcome }]);
    },
  );

  it("a brake that fails says both why, and what is not recorded", async () => {
    const session = await openSession({ env: withLedger(pathFor(), { WOODPECKER_LEDGER_STRICT: "1" }) });
    session.sandbox.failNext({ method: "POST", status: 403, body: { code: "MISSING_FEATURES" } });
    const { failed, text } = await session.call("pause_campaign", { campaign_id: 2101 });
    expect(failed).toBe(true);
    expect(text).toMatch(/MISSING_FEATURES/);
    expect(text.split("\n").at(-1)).toMatch(notRecorded);
  });

  it.each(others)("%s is refused in strict mode, with nothing sent", async (tool, args) => {
    const env = withLedger(pathFor(), { WOODPECKER_LEDGER_STRICT: "1" });
    const session = await openSession({ env });
    const { failed, text } = await session.agree(tool, args);
    expect(failed).toBe(true);
    expect(text).toContain("ledger");
    expect(text).toMatch(/\nNothing was sent and nothing was changed\.\nNext: .*WOODPECKER_LEDGER/);
    expect(attempted(session.sandbox)).toEqual([]);
  });

  it("list_recent_changes still answers, with what this process did", async () => {
    const session = await openSession({ env: withLedger(pathFor()) });
    await session.call("pause_campaign", { campaign_id: 2101 });
    const { failed, data } = await session.call("list_recent_changes");
    expect(failed).toBe(false);
    expect(data.changes).toMatchObject([{ tool: "pause_campaign", campaign_id: 2101, outcome: "done" }]);
  });
});

/** What happens between two writes of a process, and what `ledger verify` then ends with. */
const damages: [string, (path: string) => void, number][] = [
  ["half a line at its end", (path) => appendFileSync(path, '{"writer":"0","seq":3,"kind":"int'), 0],
  ["nothing but half a line", (path) => writeFileSync(path, '{"writer":"0"'), 1],
  ["zeros after a power cut", (path) => appendFileSync(path, Buffer.alloc(5_000)), 0],
  ["the file cut in the middle", (path) => truncateSync(path, 500), 1],
  ["the file emptied", (path) => truncateSync(path, 0), 1],
  ["the file removed", (path) => rmSync(path), 1],
  ["the folder removed", (path) => rmSync(join(path, ".."), { recursive: true }), 1],
  ["the key emptied", (path) => writeFileSync(`${path}.key`, ""), 0],
  ["the key removed", (path) => rmSync(`${path}.key`), 0],
  [
    "a folder in place of the key",
    (path) => {
      rmSync(`${path}.key`);
      mkdirSync(`${path}.key`);
    },
    0,
  ],
  ["a lock left behind by an earlier version", (path) => writeFileSync(`${path}.lock`, ""), 0],
  ["a seal left behind by an earlier version", (path) => writeFileSync(`${path}.head`, "{}"), 0],
];

describe.each(damages)("%s", (_what, damage, status) => {
  const save = (session: Session, email: string) =>
    session.call("save_prospects", { prospects: [{ email }] });

  it("does not keep the running process or the next from writing, and is told as it is", async () => {
    const path = newPath();
    const env = withLedger(path, { WOODPECKER_LEDGER_STRICT: "1" });
    const sandbox = await openSandbox();
    const session = await openSession({ sandbox, env });
    await save(session, "anna@example.com");
    damage(path);
    expect((await save(session, "bruno@example.com")).data.outcome).toBe("done");
    const next = await openSession({ sandbox, env });
    expect((await save(next, "clara@example.com")).data).toMatchObject({ outcome: "done" });
    const { data } = await next.call("list_recent_changes");
    expect(data.changes.slice(0, 2)).toMatchObject([
      { tool: "save_prospects", outcome: "done", people: 1 },
      { tool: "save_prospects", outcome: "done", people: 1 },
    ]);
    expect(verify(path).status).toBe(status);
  });
});

describe("a ledger that cannot be written for a while", () => {
  it("is written again as soon as it can be, and is whole", async () => {
    const path = newPath();
    const session = await openSession({ env: withLedger(path, { WOODPECKER_LEDGER_STRICT: "1" }) });
    await session.call("pause_campaign", { campaign_id: 2101 });
    renameSync(path, `${path}.away`);
    mkdirSync(path);
    const refused = await session.call("save_prospects", { prospects: [{ email: "anna@example.com" }] });
    expect(refused.failed).toBe(true);
    rmSync(path, { recursive: true });
    renameSync(`${path}.away`, path);
    const { data } = await session.call("save_prospects", { prospects: [{ email: "anna@example.com" }] });
    expect(data).toMatchObject({ outcome: "done" });
    expect(data.not_recorded).toBeUndefined();
    expect(verify(path)).toMatchObject({ status: 0, said: expect.stringContaining("4 lines") });
  });

  it("says so when only the end of a call could not be written", async () => {
    const path = newPath();
    const before = ({ method }: { method: string }) => {
      if (method === "GET" || !existsSync(path)) return undefined;
      renameSync(path, `${path}.away`);
      mkdirSync(path);
      return undefined;
    };
    const session = await openSession({
      env: withLedger(path, { WOODPECKER_LEDGER_STRICT: "1" }),
      gate: { before },
    });
    const { data, text } = await session.agree("run_campaign", { campaign_id: 2102 });
    expect(data).toMatchObject({
      outcome: "done",
      not_recorded:
        "The ledger of writes could not be written (EISDIR), so it does not say how this call ended.",
    });
    expect(text).toContain(data.not_recorded);
  });

  it("with a disk that is full in the middle of a line: strict refuses, the brake works, the next goes on", async () => {
    const path = await filled();
    const sandbox = await openSandbox();
    // Ends somewhere in the next two lines: a file may have as many half kilobytes as the ledger has, and one more.
    const blocks = Math.ceil(linesOf(path).join("\n").length / 512) + 1;
    const limited = await onStdio(
      sandbox,
      withLedger(path, { WOODPECKER_LEDGER_STRICT: "1" }),
      undefined,
      blocks,
    );
    const said = [];
    for (const tool of ["pause_campaign", "stop_campaign"]) {
      const { data } = await limited.call(tool, { campaign_id: 2101 });
      said.push([data.outcome, data.not_recorded !== undefined]);
    }
    expect(said).toEqual([
      ["done", expect.any(Boolean)],
      ["done", true],
    ]);
    const refused = await limited.call("save_prospects", { prospects: [{ email: "anna@example.com" }] });
    expect([refused.failed, refused.text]).toEqual([true, expect.stringContaining("Nothing was sent")]);
    const next = await onStdio(sandbox, withLedger(path, { WOODPECKER_LEDGER_STRICT: "1" }));
    const { data } = await next.call("save_prospects", { prospects: [{ email: "anna@example.com" }] });
    expect(data.outcome).toBe("done");
    expect(verify(path)).toMatchObject({ status: 0, said: expect.stringContaining("was cut off") });
  });
});
