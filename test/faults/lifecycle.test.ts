/** docs/faults.md, F: the process starts with a wrong setting, loses its client, or is ended. It goes, and what it began is done or recorded. */
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect } from "vitest";
import { draft } from "../support/draft.ts";
import { newFolder } from "../support/folder.ts";
import { guarded } from "../support/json-rpc.ts";
import { waitFor } from "../support/patience.ts";
import { greet, main, type Program, speakTo } from "../support/program.ts";
import { gate, KEY } from "../support/upstream.ts";
import { fault, preload } from "./fault.ts";
import { created } from "./lines.ts";

const create = { name: "create_campaign", arguments: draft };
const call = (params: object) =>
  `${JSON.stringify({ jsonrpc: "2.0", id: "last", method: "tools/call", params })}\n`;
describe("the client goes", () => {
  fault("F131", "exit 0 (idle)", async (_open, { start, upstream }) => {
    const program = await start({ upstream: await upstream() });
    await program.call("list_campaigns");
    program.stdin.end();
    expect(await program.ended()).toBe(0);
  });

  fault("F131", "exit 0 (nothing on stdin)", async (_open, { start }) => {
    const program = await start({ silent: true });
    program.stdin.end();
    expect([await program.ended(), program.stdout(), program.stderr()]).toEqual([0, "", ""]);
  });

  fault("F132", "a read that never ends does not keep the process", async (_open, { start, upstream }) => {
    const woodpecker = await upstream();
    woodpecker.fault({ at: "after_request", end: "silence", times: 9 });
    const program = await start({ upstream: woodpecker });
    program.write(call({ name: "list_campaigns", arguments: {} }));
    await waitFor(() => expect(woodpecker.requests()).toHaveLength(1));
    program.stdin.end();
    expect(await program.ended()).toBe(0);
  });

  fault("F132", "a started write is carried out once, answered and recorded", async (_open, tools) => {
    const woodpecker = await tools.upstream();
    const { opened, open } = gate();
    woodpecker.fault({ at: "after_body", method: "POST", until: opened });
    const ledger = join(newFolder(tools.atEnd), "ledger.jsonl");
    const program = await tools.start({ upstream: woodpecker, env: { WOODPECKER_LEDGER: ledger } });
    program.write(call(create));
    await waitFor(() => expect(woodpecker.requests(/^POST/)).toHaveLength(1));
    program.stdin.end();
    setTimeout(open, 200);
    expect(await program.ended()).toBe(0);
    expect(program.stdout()).toContain("Created campaign 2201");
    expect(woodpecker.commits()).toEqual(created);
    expect(entries(ledger).map(({ kind, outcome }) => [kind, outcome])).toEqual([
      ["intent", undefined],
      ["outcome", "done"],
    ]);
  });

  fault("F132", "a write that gets no answer stands in the ledger as unknown", async (_open, tools) => {
    const woodpecker = await tools.upstream();
    woodpecker.fault({ at: "after_commit", method: "POST", end: "silence" });
    const env = { WOODPECKER_LEDGER: join(newFolder(tools.atEnd), "ledger.jsonl") };
    const program = await tools.start({ upstream: woodpecker, env });
    program.write(call(create));
    await waitFor(() => expect(woodpecker.requests(/^POST/)).toHaveLength(1));
    program.stdin.end();
    expect(await program.ended()).toBe(0);
    expect(woodpecker.commits()).toEqual(created);
    const next = await tools.start({ upstream: woodpecker, env });
    const { data } = await next.call("list_recent_changes");
    expect(data.changes).toMatchObject([{ tool: "create_campaign", outcome: "unknown" }]);
    expect(readFileSync(env.WOODPECKER_LEDGER, "utf8")).not.toMatch(/Fresh flour|Canary/);
  });

  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
    fault(
      "F133",
      `${signal}: exit 0, the write that is under way is done`,
      async (_open, { start, upstream }) => {
        const woodpecker = await upstream();
        const { opened, open } = gate();
        woodpecker.fault({ at: "after_body", method: "POST", until: opened });
        const program = await start({ upstream: woodpecker });
        program.write(call(create));
        await waitFor(() => expect(woodpecker.requests(/^POST/)).toHaveLength(1));
        program.child.kill(signal);
        setTimeout(open, 200);
        expect(await program.ended()).toBe(0);
        expect(program.stdout()).toContain("Created campaign");
        expect(woodpecker.commits()).toEqual(created);
      },
    );

    fault("F133", `${signal} twice: ends before one that got it once`, async (_open, { start, upstream }) => {
      const woodpecker = await upstream();
      woodpecker.fault({ at: "after_request", end: "silence", times: 2 });
      const begin = async () => {
        const program = await start({ upstream: woodpecker, env: { LOG_LEVEL: "info" } });
        program.write(call({ name: "list_campaigns", arguments: {} }));
        return program;
      };
      const [once, twice] = [await begin(), await begin()];
      await waitFor(() => expect(woodpecker.requests()).toHaveLength(2));
      for (const { child } of [once, twice]) child.kill(signal);
      await waitFor(() => expect(twice.stderr()).toContain(signal));
      twice.child.kill(signal);
      const ends = [once.ended().then(() => "once"), twice.ended().then(() => "twice")];
      expect(await Promise.race(ends)).toBe("twice");
      expect(await twice.ended()).toBe(0);
    });
  }

  fault("F134", "gone, although stdin stays open", async (_open, { atEnd }) => {
    const script = `exec 3<&0; "${process.execPath}" ${main} --sandbox <&3 & echo $! >&2; wait`;
    const shell = spawn("/bin/sh", ["-c", script], { stdio: ["pipe", "pipe", "pipe"] });
    atEnd(() => shell.kill("SIGKILL"));
    const program = speakTo(shell);
    await greet(program);
    const pid = Number(/^(\d+)$/m.exec(program.stderr())?.[1]);
    atEnd(() => isAlive(pid) && process.kill(pid, "SIGKILL"));
    expect(isAlive(pid)).toBe(true);
    shell.kill("SIGKILL");
    await waitFor(() => expect(isAlive(pid)).toBe(false), 100);
  });

  fault("F134", "gone, where stdin ends with it", async (_open, { start, upstream }) => {
    const program = await start({ upstream: await upstream() });
    program.stdin.destroy();
    expect(await program.ended()).toBe(0);
  });

  for (const broken of [["stdout"], ["stdout", "stderr"], ["stdin", "stdout", "stderr"]] as const) {
    fault("F135", `${broken.join(", ")}: exit`, async (_open, { start, upstream }) => {
      const program = await start({ upstream: await upstream(), env: { LOG_LEVEL: "debug" } });
      for (const name of broken) program.child[name]?.destroy();
      program.write(call({ name: "list_campaigns", arguments: {} }));
      expect(await guarded("exit", exitOf(program), () => program.stderr())).toBe(0);
    });
  }

  fault("F136", "exit 1, one line, nothing of its text", async (_open, tools) => {
    const code = `process.on("SIGUSR2", () => Promise.reject(new Error("secret ${KEY}")))`;
    const program = await tools.start({ node: preload(tools, code), args: ["--sandbox"] });
    program.child.kill("SIGUSR2");
    expect(await program.ended()).toBe(1);
    expect(program.stderr().trim().split("\n")).toEqual([expect.stringContaining("internal error")]);
    expect(program.stderr()).not.toContain("secret");
  });

  fault("F136", "an exception that nobody caught, too", async (_open, tools) => {
    const code = `process.on("SIGUSR2", () => { throw new TypeError("secret ${KEY}") })`;
    const program = await tools.start({ node: preload(tools, code), args: ["--sandbox"] });
    program.child.kill("SIGUSR2");
    expect(await program.ended()).toBe(1);
    expect(program.stderr().trim().split("\n")).toEqual([expect.stringContaining("internal error")]);
    expect(program.stderr()).not.toContain("secret");
  });
});

describe("a wrong setting", () => {
  /** What else is not a key is shown in settings/api-key.test.ts, and told by doctor (cli/doctor.test.ts). */
  const keys = {
    missing: undefined,
    "a placeholder": ["$", "{user_config.api_key}"].join(""),
    "with a line break": "very-secret\nkey-1",
  };
  for (const [name, key] of Object.entries(keys)) {
    fault(
      "F137",
      `${name}: every call explains it, and nothing is asked`,
      async (_open, { start, upstream }) => {
        const woodpecker = await upstream();
        const env = {
          WOODPECKER_API_URL: woodpecker.origin,
          LOG_LEVEL: "debug",
          ...(key !== undefined && { WOODPECKER_API_KEY: key }),
        };
        const program = await start({ env });
        const { result } = await program.request("tools/list");
        expect(result.tools.length).toBeGreaterThan(20);
        for (const tool of ["list_campaigns", "pause_all_campaigns"]) {
          const { failed, text } = await program.call(tool);
          expect(failed).toBe(true);
          expect(text).toContain("WOODPECKER_API_KEY");
          expect(text).toContain("Nothing was sent and nothing was changed.");
        }
        expect(program.stdout() + program.stderr()).not.toMatch(/secret|user_config/);
        expect(woodpecker.requests()).toEqual([]);
      },
    );

    fault("F137", `${name}: HTTP does not start`, async (_open, { start }) => {
      const env: Record<string, string> = key === undefined ? {} : { WOODPECKER_API_KEY: key };
      const program = await start({ silent: true, args: ["--http", "--port", "0"], env });
      expect(await program.ended()).toBe(2);
      expect(program.stderr()).toContain("WOODPECKER_API_KEY");
      expect(program.stderr()).not.toMatch(/secret|user_config|listening/);
    });
  }

  const usage: [string, string[], Record<string, string>, string][] = [
    ["an option", ["--acess", "read"], {}, "--access"],
    ["a value", ["--access", "raed"], {}, "read, draft, full"],
    ["a toolset", [], { WOODPECKER_TOOLSETS: "campaigns,prospect" }, "prospects"],
    ["a command", ["docter"], {}, "doctor"],
  ];
  for (const [name, args, env, says] of usage) {
    fault("F138", `${name}: exit 2 and one line`, async (_open, { start }) => {
      const program = await start({ silent: true, args, env });
      expect(await program.ended()).toBe(2);
      expect(program.stderr().trim().split("\n")).toEqual([expect.stringContaining(says)]);
      expect(program.stdout()).toBe("");
    });
  }

  for (const strict of [true, false]) {
    const what = strict ? "strict: the write is refused" : "a warning, and the write is done";
    fault("F139", what, async (_open, tools) => {
      const { start, upstream } = tools;
      const woodpecker = await upstream();
      const file = join(newFolder(tools.atEnd), "file");
      writeFileSync(file, "no folder");
      const env = {
        WOODPECKER_LEDGER: join(file, "ledger.jsonl"),
        ...(strict && { WOODPECKER_LEDGER_STRICT: "1" }),
      };
      const program = await start({ upstream: woodpecker, env });
      const { failed, text } = await program.call("create_campaign", draft);
      expect(failed).toBe(strict);
      if (strict) expect(text).toMatch(/[Nn]othing was (sent|changed)/);
      else expect(program.stderr()).toContain("ledger");
      expect(woodpecker.commits()).toEqual(strict ? [] : created);
      expect((await program.call("list_campaigns")).failed).toBe(false);
    });
  }
});

const exitOf = ({ child }: Program) =>
  child.exitCode === null
    ? new Promise((resolve) => child.once("exit", resolve))
    : Promise.resolve(child.exitCode);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // One that ended and that nobody has waited for counts as gone.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

function entries(path: string): { kind: string; outcome?: string }[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((text) => JSON.parse(text));
}
