/** docs/faults.md, D: what arrives on stdin is broken, and nobody reads stdout. The process stays, or ends and says so. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect } from "vitest";
import { draft } from "../support/draft.ts";
import { waitFor } from "../support/patience.ts";
import { greet, type Program } from "../support/program.ts";
import { gate } from "../support/upstream.ts";
import { fault, preload } from "./fault.ts";

const pause = { name: "pause_campaign", arguments: { campaign_id: 2101 } };
const line = (message: object) => `${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`;

/** Answers the next call, with nothing but JSON-RPC on stdout. */
async function expectAlive(program: Program): Promise<void> {
  expect((await program.call("list_mailboxes")).data.total).toBe(4);
  program.messages();
}

describe("a broken line", () => {
  const broken = {
    "cut off": '{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"pause_cam',
    "another protocol": "POST /mcp HTTP/1.1",
    "a secret": '{"password": "hunter2-hunter2",}',
    "a number": "42",
    "a text": '"tools/list"',
    null: "null",
  };
  for (const [name, text] of Object.entries(broken)) {
    fault("F091", `the next call is answered (${name})`, async (_open, { start, upstream }) => {
      const woodpecker = await upstream();
      const program = await start({ upstream: woodpecker, env: { LOG_LEVEL: "debug" } });
      program.write(`${text}\n`);
      await expectAlive(program);
      expect(program.stderr()).not.toMatch(/hunter2|pause_cam|POST/);
      expect(woodpecker.requests(/^(?!GET)/)).toEqual([]);
    });
  }

  fault("F092", "none of the calls in it is carried out", async (_open, { start, upstream }) => {
    const woodpecker = await upstream();
    const program = await start({ upstream: woodpecker });
    const batch = [1, 2].map((id) => ({ jsonrpc: "2.0", id, method: "tools/call", params: pause }));
    program.write(`${JSON.stringify(batch)}\n`);
    await expectAlive(program);
    expect(woodpecker.commits()).toEqual([]);
  });

  for (const id of [null, { a: 1 }, [1], true]) {
    fault("F093", `${JSON.stringify(id)} is not carried out`, async (_open, { start, upstream }) => {
      const woodpecker = await upstream();
      const program = await start({ upstream: woodpecker });
      program.write(line({ id, method: "tools/call", params: pause }));
      await expectAlive(program);
      expect(woodpecker.commits()).toEqual([]);
    });
  }

  fault(
    "F093",
    "a float is not carried out, or once and answered under it",
    async (_open, { start, upstream }) => {
      const woodpecker = await upstream();
      const program = await start({ upstream: woodpecker });
      program.write(line({ id: 1.5, method: "tools/call", params: pause }));
      await expectAlive(program);
      const answers = program.messages().filter(({ id }) => id === 1.5 || id === undefined || id === null);
      expect(woodpecker.commits().length).toBe(
        answers.filter(({ result }) => result && !result.isError).length,
      );
      expect(woodpecker.commits().length).toBeLessThanOrEqual(1);
    },
  );

  fault("F094", "the second is refused, the first answered", async (_open, { start, upstream }) => {
    const woodpecker = await upstream({ serviceMs: 100 });
    const program = await start({ upstream: woodpecker });
    program.write(line({ id: "twice", method: "tools/call", params: pause }));
    program.write(
      line({ id: "twice", method: "tools/call", params: { name: "list_campaigns", arguments: {} } }),
    );
    await expectAlive(program);
    await waitFor(() => {
      const answers = program.messages().filter(({ id }) => id === "twice");
      const ends = answers.map(({ error, result }) => error?.code ?? result.structuredContent.outcome);
      expect(ends).toEqual([-32600, "done"]);
    });
    expect(woodpecker.commits()).toEqual(["POST /rest/v2/campaigns/2101/pause"]);
  });

  fault("F095", "the create is refused", async (_open, { start, upstream }) => {
    const woodpecker = await upstream();
    const program = await start({ upstream: woodpecker });
    const call = line({
      id: "bad",
      method: "tools/call",
      params: { name: "create_campaign", arguments: draft },
    });
    const [before = "", after = ""] = call.split("Still interested?");
    program.write(Buffer.concat([Buffer.from(before), Buffer.from([0xc3, 0x28, 0xff]), Buffer.from(after)]));
    await expectAlive(program);
    const [answer] = program.messages().filter(({ id }) => id === "bad");
    expect(answer.result.isError).toBe(true);
    expect(answer.result.content[0].text).toContain("damaged");
    expect(woodpecker.requests(/^(?!GET)/)).toEqual([]);
  });

  fault("F096", "the calls between them are answered", async (_open, { start, upstream }) => {
    const program = await start({ upstream: await upstream() });
    const ping = (id: string) => line({ id, method: "ping" }).trim();
    program.write(`\r\n\n  \n${ping("a")}\r\n\r\n\uFEFF${ping("bom")}\n${ping("b")}\n`);
    await expectAlive(program);
    const ids = program.messages().map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(["a", "b"]));
  });

  for (const [name, ending] of [
    ["a line", "\n"],
    ["without an end", ""],
  ] as const) {
    fault("F097", `ends with 1 and one line (${name})`, async (_open, { start }) => {
      const program = await start({ args: ["--sandbox"] });
      program.write(`${"x".repeat(9 * 1024 * 1024)}${ending}`);
      expect(await program.ended()).toBe(1);
      expect(program.stderr().trim().split("\n")).toEqual([expect.stringContaining("8 MiB")]);
    });
  }

  fault("F098", "both are answered", async (_open, { start, upstream }) => {
    const program = await start({ upstream: await upstream() });
    program.write(line({ id: "one", method: "ping" }) + line({ id: "two", method: "ping" }));
    for (const byte of Buffer.from(line({ id: "bytes äöü", method: "ping" }))) {
      program.write(Buffer.from([byte]));
      await sleep(1);
    }
    await waitFor(() => {
      const ids = program.messages().map(({ id }) => id);
      expect(ids).toEqual(expect.arrayContaining(["one", "two", "bytes äöü"]));
    });
  });

  fault("F099", "no write, and the session can still begin", async (_open, { start, upstream }) => {
    const woodpecker = await upstream();
    const program = await start({ upstream: woodpecker, silent: true });
    const run = { name: "run_campaign", arguments: { campaign_id: 2102 } };
    const early = await program.request("tools/call", run);
    expect(early.error ?? early.result.structuredContent.outcome).toBeDefined();
    await greet(program);
    await expectAlive(program);
    expect(woodpecker.requests(/^(?!GET)/)).toEqual([]);
  });
});

describe("stdout", () => {
  fault(
    "F100",
    "memory stays, no leak is warned of, and all are answered at last",
    async (_open, { start, upstream }) => {
      const program = await start({ upstream: await upstream(), silent: true });
      await greet(program);
      await program.call("list_campaigns");
      program.child.stdout?.pause();
      const params = { name: "get_campaign", arguments: { campaign_id: 2101, include: "content" } };
      for (let id = 0; id < 2_000; id += 1) program.write(line({ id, method: "tools/call", params }));
      let most = 0;
      for (let look = 0; look < 15; look += 1) {
        await sleep(100);
        most = Math.max(most, memoryOf(program.child.pid as number));
      }
      expect(most).toBeLessThan(150);
      expect(program.stderr()).not.toContain("MaxListenersExceededWarning");
      program.child.stdout?.resume();
      await waitFor(() => expect(program.messages().length).toBeGreaterThanOrEqual(2_000));
      await expectAlive(program);
    },
  );

  fault("F101", "stays pure", async (_open, tools) => {
    const stray =
      'setInterval(() => { console.log("stray"); console.info("stray"); console.debug("stray") }, 5).unref()';
    const program = await tools.start({ node: preload(tools, stray), upstream: await tools.upstream() });
    await program.call("list_campaigns");
    await waitFor(() => expect(program.stderr()).toContain("stray"));
    await expectAlive(program);
    expect(program.stdout()).not.toContain("stray");
  });
});

describe("a call that is cancelled", () => {
  fault("F102", "while it waits: dropped, nothing is written", async (_open, { start, upstream }) => {
    const woodpecker = await upstream();
    const { opened, open } = gate();
    woodpecker.fault({ at: "after_request", method: "GET", until: opened, answer: { status: 204 } });
    const program = await start({ upstream: woodpecker });
    const reading = program.call("list_campaigns");
    await waitFor(() => expect(woodpecker.requests()).toHaveLength(1));
    program.write(
      line({ id: "gone", method: "tools/call", params: { name: "create_campaign", arguments: draft } }),
    );
    program.notify("notifications/cancelled", { requestId: "gone" });
    await program.request("ping");
    open();
    await reading;
    await expectAlive(program);
    expect(woodpecker.requests(/^(?!GET)/)).toEqual([]);
  });

  fault(
    "F102",
    "after its start: carried out once, and the journal has it",
    async (_open, { start, upstream }) => {
      const woodpecker = await upstream();
      const { opened, open } = gate();
      woodpecker.fault({ at: "after_commit", method: "POST", until: opened });
      const program = await start({ upstream: woodpecker });
      program.write(
        line({ id: "gone", method: "tools/call", params: { name: "create_campaign", arguments: draft } }),
      );
      await waitFor(() => expect(woodpecker.requests(/^POST/)).toHaveLength(1));
      program.notify("notifications/cancelled", { requestId: "gone" });
      await program.request("ping");
      open();
      await waitFor(async () => {
        const { data } = await program.call("list_recent_changes");
        expect(data.changes).toMatchObject([{ tool: "create_campaign", outcome: "done", campaign_id: 2201 }]);
      });
      expect(woodpecker.commits()).toEqual(["POST /rest/v2/campaigns"]);
      expect(program.messages().map(({ id }) => id)).not.toContain("gone");
    },
  );

  fault(
    "F102",
    "a cancelled read is broken off, and what waits behind it goes on",
    async (_open, { start, upstream }) => {
      const woodpecker = await upstream();
      woodpecker.fault({ at: "after_request", method: "GET", end: "silence" });
      const program = await start({ upstream: woodpecker });
      program.write(
        line({ id: "slow", method: "tools/call", params: { name: "list_campaigns", arguments: {} } }),
      );
      await waitFor(() => expect(woodpecker.requests()).toHaveLength(1));
      program.notify("notifications/cancelled", { requestId: "slow" });
      await expectAlive(program);
    },
  );
});

/** In MB. */
function memoryOf(pid: number): number {
  const status = readFileSync(join("/proc", String(pid), "status"), "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}
