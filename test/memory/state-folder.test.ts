/** What outlives a process: a person's word, brought to another process than the one that asked for it, or to what stands for it. */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { accountOf } from "../../src/accounts/source.ts";
import { openApprovals, type Waiting } from "../../src/memory/approvals.ts";
import { keepConfirmations } from "../../src/memory/kept-confirmations.ts";
import { lockInFolder } from "../../src/memory/process-lock.ts";
import { openStateFolder } from "../../src/memory/state-folder.ts";
import type { Sandbox } from "../../src/sandbox/index.ts";
import { readSettings } from "../../src/settings/index.ts";
import type { Data } from "../support/answer.ts";
import { atEnd } from "../support/at-end.ts";
import { newFolder } from "../support/folder.ts";
import { onStdio } from "../support/program-session.ts";
import { openSandbox, written } from "../support/sandbox.ts";
import { openSession } from "../support/session.ts";

const run = { campaign_id: 2104 };
const runs = (sandbox: Sandbox) => written(sandbox).filter((line) => line.endsWith("/run"));
const newState = () => join(newFolder(), "state");
const at = (folder: string) => ({ WOODPECKER_STATE_DIR: folder });

/** As a process of its own opens it: two of them share the folder and nothing else. */
const open = (sandbox: Sandbox, folder: string) => openSession({ sandbox, env: at(folder) });

/** As a client that starts a process for each call. */
async function once(sandbox: Sandbox, folder: string, tool: string, args: Data) {
  const session = await open(sandbox, folder);
  const answer = await session.call(tool, args);
  await session.close();
  return answer;
}

describe("a confirmation", () => {
  it("is good in the next process, once", async () => {
    const [sandbox, folder] = [await openSandbox(), newState()];
    const first = await onStdio(sandbox, at(folder));
    const { confirmation } = (await first.call("run_campaign", run)).data;
    first.kill();
    const second = await onStdio(sandbox, at(folder));
    const done = await second.call("run_campaign", { ...run, confirmation });
    expect(done.data).toMatchObject({ outcome: "done", status: "RUNNING" });
    await once(sandbox, folder, "pause_campaign", run);
    const again = await once(sandbox, folder, "run_campaign", { ...run, confirmation });
    expect(again.data.outcome).toBe("confirmation_required");
    expect(runs(sandbox)).toHaveLength(1);
  });

  it("brought by two processes at once starts one run", async () => {
    const [sandbox, folder] = [await openSandbox(), newState()];
    const sessions = await Promise.all([1, 2].map(() => onStdio(sandbox, at(folder))));
    for (const [round, campaign_id] of [2104, 2102, 2104].entries()) {
      const { confirmation } = (await sessions[0]?.call("run_campaign", { campaign_id }))?.data ?? {};
      await Promise.all(sessions.map(({ call }) => call("run_campaign", { campaign_id, confirmation })));
      expect(runs(sandbox)).toHaveLength(round + 1);
      await sessions[0]?.call("pause_campaign", { campaign_id });
    }
  });

  it("whose secret is gone is told so, not that something has changed", async () => {
    const sandbox = await openSandbox();
    const { confirmation } = (await once(sandbox, "off", "run_campaign", run)).data;
    for (const folder of ["off", newState()]) {
      const { data, text } = await once(sandbox, folder, "run_campaign", { ...run, confirmation });
      expect(data.outcome).toBe("confirmation_required");
      expect(text).toContain("made before a restart, or by another server");
      expect(text).not.toContain("has changed");
    }
    expect(runs(sandbox)).toEqual([]);
  });

  it("works by itself where the folder cannot be written, and the log says so", async () => {
    const [sandbox, folder] = [await openSandbox(), join(newFolder(), "file")];
    writeFileSync(folder, "not a folder");
    const session = await open(sandbox, folder);
    const done = await session.agree("run_campaign", run);
    expect(done.data.outcome).toBe("done");
    expect(session.events.map(({ event }) => event)).toContain("state folder cannot be written");
  });

  it("does not count when its use cannot be recorded; the next one does", async () => {
    const [sandbox, folder] = [await openSandbox(), newState()];
    const session = await open(sandbox, folder);
    const { confirmation } = (await session.call("run_campaign", run)).data;
    writeFileSync(join(folder, "used"), "not a folder");
    const { failed, text } = await session.call("run_campaign", { ...run, confirmation });
    expect(failed).toBe(true);
    expect(text).toContain("cannot be written into the state folder");
    expect(runs(sandbox)).toEqual([]);
    expect((await session.agree("run_campaign", run)).data.outcome).toBe("done");
  });

  it("given in a terminal is good once, also for a process that read it before another took it up", async () => {
    const folder = openStateFolder(newState());
    const confirmations = keepConfirmations(folder, () => undefined);
    const approvals = openApprovals(folder, confirmations);
    const now = Date.now();
    await approvals.wait("this call", { expiry: now + 60_000, tool: "run_campaign", lines: [] });
    const [waiting] = approvals.waiting(now);
    await approvals.decide(waiting as Waiting, true);
    const word = folder.read(`approved/${waiting?.id}`) as Buffer;
    expect(await approvals.takeUp("this call", now)).toBe(true);
    folder.create(`approved/${waiting?.id}`, word);
    expect(await approvals.takeUp("this call", now)).toBe(false);
  });

  it.each(["", "short", "x".repeat(33)])("is safe with a damaged secret: %j", async (damaged) => {
    const [sandbox, folder] = [await openSandbox(), newState()];
    mkdirSync(folder);
    writeFileSync(join(folder, "secret"), damaged);
    const { confirmation } = (await once(sandbox, folder, "run_campaign", run)).data;
    const done = await once(sandbox, folder, "run_campaign", { ...run, confirmation });
    expect(done.data.outcome).toBe("done");
  });
});

describe("the folder", () => {
  it("is made with the first write or token, is its owner's alone, and used confirmations are swept", async () => {
    const [sandbox, folder] = [await openSandbox(), newState()];
    const session = await open(sandbox, folder);
    await session.call("list_campaigns");
    await session.call("check_campaign", run);
    expect(existsSync(folder)).toBe(false);
    mkdirSync(join(folder, "used"), { recursive: true, mode: 0o700 });
    writeFileSync(join(folder, "used", "1-old"), "");
    await session.agree("run_campaign", run);
    expect(readdirSync(join(folder, "used"))).toHaveLength(1);
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      expect([name, statSync(join(folder, name)).mode & 0o077]).toEqual([name, 0]);
    }
  });
});

describe("whose turn it is to write", () => {
  /** The file that says whose turn it is in the account of this sandbox. */
  function turnOf({ origin, key }: Sandbox, folder: string): string {
    const env = { WOODPECKER_API_KEY: key, WOODPECKER_API_URL: origin };
    mkdirSync(join(folder, "writing"), { recursive: true, mode: 0o700 });
    return join(folder, "writing", accountOf(readSettings([], env)).tenant.slice(0, 16));
  }

  /** A process that is gone. */
  const deadPid = () =>
    new Promise<number>((resolve) => {
      const child = spawn(process.execPath, ["-e", ""]);
      child.once("exit", () => resolve(child.pid ?? 0));
    });

  it.each([
    ["a process that was killed", async () => String(await deadPid())],
    ["nobody", async () => ""],
    ["something else", async () => "not a process"],
  ])("left behind by %s, from the future, keeps nobody waiting", async (_name, holder) => {
    const [sandbox, folder] = [await openSandbox(), newState()];
    const file = turnOf(sandbox, folder);
    writeFileSync(file, await holder());
    utimesSync(file, new Date("2099-01-01"), new Date("2099-01-01"));
    const session = await open(sandbox, folder);
    const { data } = await session.call("update_campaign", { campaign_id: 2104, name: "Renamed" });
    expect(data.outcome).toBe("done");
    // It was taken over, and given back.
    expect(existsSync(file)).toBe(false);
  });

  it("is one at a time among two processes: what runs is what was shown", async () => {
    const people = Array.from({ length: 300 }, (_, index) => ({
      email: `p${index}@crowd.example`,
      company: "Crowd",
    }));
    for (const ms of [0, 20]) {
      const [sandbox, folder] = [await openSandbox(), newState()];
      const [one, two] = await Promise.all([1, 2].map(() => onStdio(sandbox, at(folder))));
      const asked = await one?.call("run_campaign", run);
      const shown = asked?.data.facts["people enrolled"];
      const running = one?.call("run_campaign", { ...run, confirmation: asked?.data.confirmation });
      await new Promise((resolve) => setTimeout(resolve, ms));
      await two?.call("save_prospects", { ...run, prospects: people });
      await running;
      const { data } = (await two?.call("get_campaign", run)) ?? {};
      if (data.status === "RUNNING")
        expect((await two?.call("search_prospects", run))?.data.total).toBe(shown);
      await Promise.all([one?.client.close(), two?.client.close()]);
    }
  });

  it("is waited for once when its holder never gives it back: the next has it at once", async () => {
    const folder = openStateFolder(newState());
    const name = `writing/${"t".repeat(16)}`;
    // A process that lives, and knows nothing of it.
    folder.create(name, String(process.ppid));
    const lock = lockInFolder(folder, "t".repeat(64), 60);
    expect(await lock.hold(async () => folder.read(name)?.toString())).toBe(String(process.pid));
    expect(folder.read(name)).toBeUndefined();
  });

  it("is nothing that a pause waits for", async () => {
    const [sandbox, folder] = [await openSandbox(), newState()];
    const sleeper = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"]);
    atEnd(() => sleeper.kill("SIGKILL"));
    writeFileSync(turnOf(sandbox, folder), String(sleeper.pid));
    const session = await open(sandbox, folder);
    expect((await session.call("pause_campaign", { campaign_id: 2101 })).data.status).toBe("PAUSED");
    expect(existsSync(turnOf(sandbox, folder))).toBe(true);
  });
});
