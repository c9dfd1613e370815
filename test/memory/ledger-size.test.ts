/** A ledger that has become large: it is put aside at a size, read from its end, and counted over all its files. */
import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accountOf } from "../../src/accounts/source.ts";
import { createJournal, type Journal } from "../../src/memory/journal.ts";
import { openLedger } from "../../src/memory/ledger.ts";
import { readSettings } from "../../src/settings/index.ts";
import { draft } from "../support/draft.ts";
import { onStdio } from "../support/program-session.ts";
import { openSandbox } from "../support/sandbox.ts";
import { openSession } from "../support/session.ts";
import { entriesOf, filled, newPath, verify, withLedger } from "./ledgers.ts";

const MIB = 1024 * 1024;
const filesOf = (path: string) =>
  readdirSync(dirname(path)).filter((name) => name.startsWith(basename(path)) && !name.endsWith(".key"));

/** Of another account, chained as the server does it, and some time ago. */
function grow(path: string, bytes: number, hoursAgo: number): void {
  const scratch = newPath();
  const ledger = openLedger(scratch);
  const time = new Date(Date.now() - hoursAgo * 60 * 60 * 1000).toISOString();
  for (let index = 0; index < 1_000; index += 1) {
    ledger.append({
      kind: "intent",
      op: `0-${index}`,
      account: "another",
      time,
      tool: "run_campaign",
      people: 1,
    });
  }
  const lines = readFileSync(scratch, "utf8");
  for (let size = 0; size < bytes; size += lines.length) appendFileSync(path, lines);
}

/** How the server itself notes it. */
async function remember(
  path: string,
  account: { origin: string; key: string },
  hoursAgo: number,
): Promise<void> {
  const env = { WOODPECKER_API_KEY: account.key, WOODPECKER_API_URL: account.origin };
  const { tenant } = accountOf(readSettings([], env));
  const now = () => new Date(Date.now() - hoursAgo * 60 * 60 * 1000);
  const { end } = await createJournal({ ledger: openLedger(path), tenant, now }).begin({
    tool: "run_campaign",
  });
  await end({ outcome: "done" });
}

describe("a large ledger", () => {
  it("is put aside at 5 MiB, for its owner alone, and verified and listed over both files", async () => {
    const path = await filled();
    const line = readFileSync(path, "utf8").split("\n")[0] ?? "";
    expect(filesOf(path)).toHaveLength(1);
    // What is not a line of its own is told, and takes room.
    appendFileSync(path, `${line.slice(0, 50)}${"x".repeat(5 * MIB)}`);
    const session = await openSession({ env: withLedger(path) });
    await session.call("pause_campaign", { campaign_id: 2101 });
    const [now = "", older = "", ...more] = filesOf(path).sort();
    expect([now, more]).toEqual(["ledger.jsonl", []]);
    expect(older).toMatch(/^ledger\.jsonl\.\d{4}-\d\d-\d\dT[\d-]+\.\d{3}Z-[0-9a-f]{12}$/);
    expect(statSync(`${dirname(path)}/${older}`).mode & 0o777).toBe(0o600);
    expect(entriesOf(path)).toHaveLength(2);
    const { data } = await session.call("list_recent_changes");
    expect([data.total, data.changes[0].tool]).toEqual([6, "pause_campaign"]);
    const { status, said } = verify(path);
    expect([status, said]).toEqual([
      0,
      expect.stringContaining(`13 lines.\n  line 11 of ${older} was cut off`),
    ]);
    writeFileSync(`${dirname(path)}/${older}`, "");
    const { status: cut, said: missing } = verify(path);
    expect([cut, missing]).toEqual([1, expect.stringContaining("line 1 of ledger.jsonl does not follow")]);
  });

  it("keeps nine older files, and more where they are younger than two days", async () => {
    const path = await filled();
    const old = Date.now() / 1000 - 3 * 24 * 60 * 60;
    for (let day = 10; day < 24; day += 1) {
      const older = `${path}.2026-01-${day}T10-11-12.123Z-${"0".repeat(12)}`;
      writeFileSync(older, "");
      if (day !== 11) utimesSync(older, old, old);
    }
    const other = `${path}.notes`;
    writeFileSync(other, "");
    utimesSync(other, old, old);
    appendFileSync(path, "x".repeat(5 * MIB));
    const session = await openSession({ env: withLedger(path) });
    await session.call("pause_campaign", { campaign_id: 2101 });
    const dated = filesOf(path).flatMap((name) => /2026-01-(\d\d)T10/.exec(name)?.[1] ?? []);
    expect(dated.sort()).toEqual(["11", "16", "17", "18", "19", "20", "21", "22", "23"]);
    expect(existsSync(other)).toBe(true);
    expect(verify(path)).toMatchObject({ status: 0, said: expect.stringContaining("no longer kept") });
  });

  it.each([
    [23, "is counted"],
    [25, "is not"],
  ])("what was done %d hours ago, behind 12 MiB of other accounts, %s", async (hours) => {
    const path = newPath();
    const sandbox = await openSandbox();
    await remember(path, sandbox, hours);
    grow(path, 6 * MIB, 20);
    await remember(path, { ...sandbox, key: "another-key-0001" }, 19);
    grow(path, 6 * MIB, 18);
    const session = await openSession({
      sandbox,
      env: withLedger(path, { WOODPECKER_MAX_RUNS_PER_DAY: "1" }),
    });
    const { failed, text } = await session.agree("run_campaign", { campaign_id: 2102 });
    expect(failed).toBe(hours < 24);
    if (failed) expect(text).toContain("WOODPECKER_MAX_RUNS_PER_DAY");
    expect(filesOf(path).length).toBeGreaterThan(1);
  });

  it("reads the same lines from its end as from its beginning, however long they are", () => {
    const length = fc.oneof(fc.nat(300), fc.nat(70_000), fc.nat(200_000));
    const unit = fc.constantFrom("a", "\u00fc", "\u{1f600}");
    const line = fc.oneof(fc.record({ length, unit }), fc.constant("cut off"), fc.constant(""));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.boolean(), (lines, ended) => {
        const path = newPath();
        const texts = lines.map((each, index) =>
          typeof each === "string" ? each : JSON.stringify({ index, text: each.unit.repeat(each.length) }),
        );
        writeFileSync(path, `${texts.join("\n")}${ended ? "\n" : ""}`);
        const whole = texts.filter((text) => text.startsWith("{")).map((text) => JSON.parse(text));
        expect([...openLedger(path).backwards()].flat().reverse()).toEqual(whole);
      }),
    );
  });

  // Of every process Linux knows how many bytes it has read.
  it.runIf(existsSync("/proc/self/io"))(
    "is not read by a write, a list or a limit further than they need",
    async () => {
      const read = async (bytes: number): Promise<number> => {
        const path = newPath();
        if (bytes > 0) grow(path, bytes, 48);
        const sandbox = await openSandbox();
        const env = withLedger(path, { WOODPECKER_MAX_RUNS_PER_DAY: "5", WOODPECKER_LEDGER_STRICT: "1" });
        const session = await onStdio(sandbox, env);
        await session.call("list_campaigns");
        const before = readSoFar(session.pid);
        expect((await session.agree("run_campaign", { campaign_id: 2102 })).data.outcome).toBe("done");
        expect((await session.call("list_recent_changes")).data.total).toBe(1);
        return readSoFar(session.pid) - before;
      };
      const [empty, large] = [await read(0), await read(40 * MIB)];
      // A list looks through at most 2 MiB for changes of its account.
      expect(large - empty).toBeLessThan(3 * MIB);
    },
  );

  it.runIf(existsSync("/proc/self/io"))(
    "of one day is read once by a process for the limits, and then only what was added",
    async () => {
      const read = async (bytes: number): Promise<number> => {
        const path = newPath();
        if (bytes > 0) grow(path, bytes, 2);
        const sandbox = await openSandbox();
        const session = await onStdio(sandbox, withLedger(path, { WOODPECKER_MAX_RUNS_PER_DAY: "5" }));
        await session.agree("run_campaign", { campaign_id: 2102 });
        await session.call("create_campaign", draft);
        const before = readSoFar(session.pid);
        await session.call("pause_campaign", { campaign_id: 2102 });
        await session.call("create_campaign", { ...draft, name: "Bakeries in Nice" });
        expect((await session.agree("run_campaign", { campaign_id: 2102 })).data.outcome).toBe("done");
        return readSoFar(session.pid) - before;
      };
      const [empty, large] = [await read(0), await read(20 * MIB)];
      expect(Math.abs(large - empty)).toBeLessThan(1024);
    },
  );

  it("is counted to the line, whatever is added, put aside or cut off between two looks", async () => {
    const step = fc.oneof(
      fc.record({
        by: fc.nat(1),
        tool: fc.constantFrom("run_campaign", "save_prospects"),
        ends: fc.boolean(),
      }),
      fc.constantFrom("look", "rotate", "half", "reopen"),
    );
    const property = fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const path = newPath();
      const open = () => createJournal({ ledger: openLedger(path), tenant: "a".repeat(8) });
      const writers = [open(), open()];
      let reader = open();
      const expected = { run_campaign: 0, save_prospects: 0 };
      const ended = { run_campaign: 0, save_prospects: 0 };
      let rotations = 0;
      const look = async () => {
        for (const tool of ["run_campaign", "save_prospects"] as const) {
          const seen = await reader.history(tool);
          expect([tool, seen.length]).toEqual([tool, expected[tool]]);
          expect(seen.filter(({ outcome }) => outcome === "done")).toHaveLength(ended[tool]);
        }
      };
      for (const each of steps) {
        if (each === "look") await look();
        else if (each === "reopen") reader = open();
        else if (each === "half" && existsSync(path)) appendFileSync(path, '{"kind":"int');
        else if (each === "rotate" && existsSync(path)) {
          rotations += 1;
          const stamp = `2026-01-0${1 + (rotations % 9)}T10-00-${String(rotations).padStart(2, "0")}.000Z`;
          renameSync(path, `${path}.${stamp}-0123456789ab`);
        } else if (typeof each === "object") {
          const { end } = await (writers[each.by] as Journal).begin({ tool: each.tool });
          if (each.ends) await end({ outcome: "done" });
          if (each.ends) ended[each.tool] += 1;
          expected[each.tool] += 1;
        }
      }
      await look();
    });
    await fc.assert(property, { numRuns: 60 });
  });
});

const readSoFar = (pid: number) =>
  Number(/^rchar: (\d+)/m.exec(readFileSync(`/proc/${pid}/io`, "utf8"))?.[1]);
