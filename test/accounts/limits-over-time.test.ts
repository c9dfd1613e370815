/** Limits of a day hold over 24 hours and over restarts, with a ledger and without one. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { accountOf } from "../../src/accounts/source.ts";
import { createJournal } from "../../src/memory/journal.ts";
import { openLedger } from "../../src/memory/ledger.ts";
import { readSettings } from "../../src/settings/index.ts";
import { unwritable } from "../memory/ledgers.ts";
import { newFolder } from "../support/folder.ts";
import { onStdio } from "../support/program-session.ts";
import { attempted, openSandbox, written } from "../support/sandbox.ts";
import { type Environment, openSession, type Session } from "../support/session.ts";
import { expectLimit, people, perCall, perDay, runOf, runs } from "./limited.ts";

const DAY = 24 * 60 * 60 * 1000;

/** The time of reset in a refusal, as milliseconds. */
const resetIn = (text: string) => Date.parse(/free at (\S+?Z)/.exec(text)?.[1] ?? "");

const newPath = () => join(newFolder(), "ledger.jsonl");

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
