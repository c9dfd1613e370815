/** Part E: HTTP as a transport of MCP, from clients that are slow, idle or gone in the middle of a call. */
import { connect, type Socket } from "node:net";
import { describe, expect } from "vitest";
import { usualTimes } from "../../src/mcp/http/index.ts";
import { draft } from "../support/draft.ts";
import { serveHere, startHttp } from "../support/http-program.ts";
import { message } from "../support/json-rpc.ts";
import { waitFor } from "../support/patience.ts";
import { gate, KEY } from "../support/upstream.ts";
import { fault } from "./fault.ts";
import { create, created } from "./lines.ts";

const list = () => message("tools/list");

describe("slow and idle clients", () => {
  fault("F120", "408, and a quick one is answered meanwhile", async (_open, tools) => {
    const times = { headersMs: 300, requestMs: 700, checkMs: 50 };
    const server = await serveHere(["--sandbox"], {}, { timeLimits: times, until: tools.atEnd });
    const head = "POST /mcp HTTP/1.1\r\nhost: localhost\r\n";
    const body = "content-type: application/json\r\naccept: application/json, text/event-stream\r\n";
    const slow = [server.bytes(head), server.bytes(`${head}${body}content-length: 9\r\n\r\n{`)];
    expect((await server.send({ body: list() })).status).toBe(200);
    for (const answer of await Promise.all(slow)) expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    // What the program itself has, and when Node looks.
    expect(usualTimes.headersMs + usualTimes.checkMs).toBeLessThanOrEqual(11_000);
    expect(usualTimes.requestMs + usualTimes.checkMs).toBeLessThanOrEqual(31_000);
  });

  fault("F121", "also when they have sent half a request", async (_open, tools) => {
    const server = await startHttp(["--sandbox"], {}, { until: tools.atEnd });
    tools.atEnd(server.close);
    const sockets: Socket[] = [];
    tools.atEnd(() => sockets.forEach((socket) => void socket.destroy()));
    const open = (text: string) =>
      new Promise<void>((resolve, reject) => {
        const socket = connect(Number(new URL(server.url).port), "127.0.0.1", () => {
          socket.write(text);
          resolve();
        });
        sockets.push(socket.on("error", reject));
        // Closed for another one is all right.
        socket.on("connect", () => socket.removeListener("error", reject).on("error", () => undefined));
      });
    for (let n = 0; n < 500; n += 1) await open(n % 2 === 0 ? "" : "POST /mcp HTTP/1.1\r\nhost: loc");
    const { data } = await server.call("list_campaigns");
    expect(data.total).toBe(6);
    expect(sockets.filter(({ closed }) => !closed).length).toBeLessThanOrEqual(210);
  });
});

describe("a client that is gone", () => {
  fault("F122", "create_campaign", async (_open, tools) => {
    const woodpecker = await tools.upstream();
    const { opened, open: goOn } = gate();
    woodpecker.fault({ at: "after_body", path: create, until: opened });
    const server = await startHttp(
      [],
      { WOODPECKER_API_URL: woodpecker.origin, WOODPECKER_API_KEY: KEY },
      { until: tools.atEnd },
    );
    tools.atEnd(server.close);
    const client = new AbortController();
    const lost = server.call("create_campaign", draft, {}, { signal: client.signal });
    await waitFor(() => expect(woodpecker.requests(create)).toHaveLength(1));
    client.abort();
    await expect(lost).rejects.toThrow();
    await server.send({ body: list() });
    goOn();
    await waitFor(async () => {
      const { data } = await server.call("list_recent_changes");
      expect(data.changes).toMatchObject([{ tool: "create_campaign", outcome: "done" }]);
    });
    expect([woodpecker.requests(create).length, woodpecker.commits()]).toEqual([1, created]);
  });

  fault("F122", "while it waits for its turn: nothing is sent for it", async (_open, tools) => {
    const woodpecker = await tools.upstream();
    const { opened, open: goOn } = gate();
    woodpecker.fault({ at: "after_body", path: /campaign_list/, until: opened });
    const server = await startHttp(
      [],
      { WOODPECKER_API_URL: woodpecker.origin, WOODPECKER_API_KEY: KEY },
      { until: tools.atEnd },
    );
    tools.atEnd(server.close);
    const first = server.call("list_campaigns");
    await waitFor(() => expect(woodpecker.requests()).toHaveLength(1));
    const client = new AbortController();
    const lost = server.call("list_mailboxes", {}, {}, { signal: client.signal });
    await server.send({ body: list() });
    client.abort();
    await expect(lost).rejects.toThrow();
    await server.send({ body: list() });
    goOn();
    expect((await first).data.total).toBe(6);
    await server.call("list_companies").catch(() => undefined);
    expect(woodpecker.requests(/mailboxes/)).toEqual([]);
  });

  fault("F123", "while the first is under way, and after it", async (_open, tools) => {
    const woodpecker = await tools.upstream();
    const { opened, open: goOn } = gate();
    woodpecker.fault({ at: "after_body", path: create, until: opened });
    const server = await startHttp(
      [],
      { WOODPECKER_API_URL: woodpecker.origin, WOODPECKER_API_KEY: KEY },
      { until: tools.atEnd },
    );
    tools.atEnd(server.close);
    const stream = new AbortController();
    const more = { id: 1, signal: stream.signal, meta: { progressToken: "p" } };
    const lost = server.call("create_campaign", draft, {}, more);
    await waitFor(() => expect(woodpecker.requests(create)).toHaveLength(1));
    stream.abort();
    await expect(lost).rejects.toThrow();
    const client = await server.connect();
    const request = { name: "create_campaign", arguments: draft };
    let again: ReturnType<typeof client.callTool> | undefined;
    // Its first progress says that it is under way, too.
    await new Promise<void>((heard) => {
      again = client.callTool(request, undefined, { onprogress: () => heard() });
    });
    goOn();
    expect((await again)?.structuredContent).toMatchObject({ outcome: "coalesced" });
    const third = await client.callTool({ name: "create_campaign", arguments: draft });
    expect(third.structuredContent).toMatchObject({ outcome: "deduplicated" });
    expect([woodpecker.requests(create).length, woodpecker.commits()]).toEqual([1, created]);
  });
});
