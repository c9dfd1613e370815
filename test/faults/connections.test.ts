/** Nothing leaves because nobody can be reached, and connections are kept, or opened again. */
import { connect } from "node:net";
import { Worker } from "node:worker_threads";
import { describe, expect } from "vitest";
import { draft } from "../support/draft.ts";
import { fault } from "./fault.ts";
import { create, created, notSent, receiving, tally } from "./lines.ts";

/** Nobody listens there, and no test is ever given this port. */
const closed = "http://127.0.0.1:1";

describe("nothing leaves", () => {
  fault("F001", "three attempts, and nothing was sent", async (open) => {
    const session = await open({ origin: closed });
    const { failed, text } = await session.call("list_campaigns");
    expect(failed).toBe(true);
    expect(text).toContain("did not reach Woodpecker");
    expect(text).toContain("connection refused");
    expect(text).toMatch(/nothing was (sent|changed)/i);
    expect(text).toContain("safe to call list_campaigns again");
  });

  fault("F001", "the client is told of each new attempt", async (open) => {
    const waits: string[] = [];
    const session = await open({ origin: closed });
    await session.account.call(
      "list_campaigns",
      {},
      {
        signal: new AbortController().signal,
        progress: (_done, _total, message) => waits.push(message),
      },
    );
    expect(waits).toHaveLength(2);
  });

  fault("F002", "no write, and it is safe to call again", async (open) => {
    const session = await open({ origin: closed });
    const { failed, text } = await session.call("create_campaign", draft);
    expect(failed).toBe(true);
    expect(text).toContain(notSent);
    expect(text).toContain("safe to call create_campaign again");
    expect(tally(session, /./)).toEqual([0, []]);
  });

  fault("F003", "the reason is said, no address", async (open) => {
    const session = await open({ origin: "https://woodpecker.invalid" });
    const { text } = await session.call("list_campaigns");
    expect(text).toContain("did not reach Woodpecker");
    expect(text).toContain("host name could not be resolved");
    expect(text).toContain("WOODPECKER_API_URL");
    expect(text).not.toMatch(/\d+\.\d+\.\d+\.\d+/);
  });

  fault("F004", "each attempt ends at the connect time-out", async (open) => {
    const hole = await blackHole();
    const session = await open({ origin: `http://127.0.0.1:${hole.port}` });
    const { text } = await session.call("list_campaigns");
    await hole.close();
    expect(text).toContain("did not reach Woodpecker");
    expect(text).toContain("no connection in time");
  });
});

describe("connections", () => {
  fault("F014", "the read is asked for again and succeeds", async (open) => {
    const session = await open();
    await session.call("list_mailboxes", receiving);
    session.upstream.fault({ at: "after_request", method: "GET" });
    const { failed } = await session.call("list_mailboxes", receiving);
    expect(failed).toBe(false);
    // One before, and two of the second call; the first of those on the kept connection.
    expect(session.upstream.requests()).toHaveLength(3);
    expect(session.upstream.connections()).toBe(2);
  });

  fault("F015", "a create succeeds, and is sent once", async (open) => {
    const session = await open();
    session.upstream.fault({ at: "after_body", times: 99 });
    const { failed, data } = await session.call("create_campaign", draft);
    expect([failed, data.outcome]).toEqual([false, "done"]);
    expect(tally(session, create)).toEqual([1, created]);
  });

  fault("F015", "no write takes a kept connection", async (open) => {
    const session = await open();
    await session.call("create_campaign", draft);
    await session.call("pause_campaign", { campaign_id: 2101 });
    // One for all reads, one for each write.
    expect(session.upstream.connections()).toBe(3);
  });
});

/** A port whose queue of connections is full and that nobody accepts from. */
async function blackHole(): Promise<{ port: number; close: () => Promise<unknown> }> {
  const code = `
    const { createServer, connect } = require("node:net");
    const { parentPort } = require("node:worker_threads");
    const server = createServer(() => undefined);
    server.listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => {
      parentPort.postMessage(server.address().port);
      setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 15_000));
    });`;
  const worker = new Worker(code, { eval: true });
  const port = await new Promise<number>((resolve) => worker.once("message", resolve));
  const fillers = Array.from({ length: 6 }, () => connect(port, "127.0.0.1").on("error", () => undefined));
  await new Promise((resolve) => setTimeout(resolve, 200));
  return {
    port,
    close: () => {
      for (const filler of fillers) filler.destroy();
      return worker.terminate();
    },
  };
}
