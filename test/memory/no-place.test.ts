/** Places where nothing can be kept: the brake works, writes go on, and nobody waits for ever. Root may write everywhere by its rights. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeFolder } from "../../src/memory/make-folder.ts";
import { newFolder } from "../support/folder.ts";
import { onStdio } from "../support/program-session.ts";
import { openSandbox } from "../support/sandbox.ts";
import { openSession } from "../support/session.ts";

function file(): string {
  const path = join(newFolder(), "file");
  writeFileSync(path, "not a folder");
  return path;
}

const places: [string, () => string][] = [
  ["a file", file],
  ["below a file", () => join(file(), "a", "b")],
];
if (existsSync("/proc/self"))
  places.push(["/proc", () => "/proc"], ["below /proc", () => "/proc/woodpecker/state/deep"]);

describe.each(places)("a state folder and a ledger in %s", (_name, path) => {
  it("keep nobody from stopping, changing or starting", async () => {
    const sandbox = await openSandbox();
    const place = path();
    const env = { WOODPECKER_STATE_DIR: place, WOODPECKER_LEDGER: join(place, "ledger.jsonl") };
    const session = await openSession({ sandbox, env });
    const stopped = await session.call("stop_prospects", { domains: ["oakandfern.example"], block: true });
    expect(stopped.failed).toBe(false);
    for (const [tool, args] of [
      ["update_campaign", { campaign_id: 2104, settings: { daily_enroll: 31 } }],
      ["pause_all_campaigns", {}],
    ] as const)
      expect((await session.call(tool, args)).data.outcome).toBe("done");
    expect((await session.agree("run_campaign", { campaign_id: 2104 })).data.outcome).toBe("done");
  });

  it("are a failure to make, not a wait", () => {
    const place = path();
    if (place !== "/proc") expect(() => makeFolder(join(place, "more"))).toThrow();
  });
});

it("folders are made with all those above them, for their owner alone, and told", () => {
  const folder = newFolder();
  const deep = join(folder, "a", "b", "c");
  expect(makeFolder(deep)).toEqual([deep, join(folder, "a", "b"), join(folder, "a")]);
  expect(makeFolder(deep)).toEqual([]);
});

describe.skipIf(process.platform === "win32")("in place of a file that is kept", () => {
  const odd: [string, (path: string) => unknown][] = [
    ["a pipe", (path) => execFileSync("mkfifo", [path])],
    ["a device without an end", (path) => symlinkSync("/dev/zero", path)],
    ["a folder", (path) => mkdirSync(join(path, "deep"), { recursive: true })],
  ];
  it.each(odd)("%s keeps nobody waiting: the brake works, and a word counts once", async (_name, put) => {
    const sandbox = await openSandbox();
    const place = newFolder();
    const ledger = join(place, "ledger.jsonl");
    const env = { WOODPECKER_STATE_DIR: place, WOODPECKER_LEDGER: ledger };
    for (const path of [ledger, `${ledger}.key`, join(place, "secret")]) put(path);
    const session = await onStdio(sandbox, env);
    expect((await session.call("pause_all_campaigns", {})).data.outcome).toBe("done");
    const { confirmation } = (await session.call("run_campaign", { campaign_id: 2104 })).data;
    const start = { campaign_id: 2104, confirmation };
    expect((await session.call("run_campaign", start)).data.outcome).toBe("done");
    expect((await session.call("pause_campaign", { campaign_id: 2104 })).data.outcome).toBe("done");
    expect((await session.call("run_campaign", start)).data.outcome).toBe("confirmation_required");
    // What stands where a halt is noted down, too.
    rmSync(join(place, "halted"), { recursive: true, force: true });
    writeFileSync(join(place, "halted"), "");
    const braked = await session.call("pause_all_campaigns", {});
    expect([braked.failed, braked.text]).toEqual([false, expect.stringContaining("could not be told")]);
  });
});
