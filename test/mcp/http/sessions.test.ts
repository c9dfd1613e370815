/** --sessions: a client that can show a form is asked with one, over HTTP. And what goes without a session as well. */
import {
  Client as NewClient,
  StreamableHTTPClientTransport as NewTransport,
} from "@modelcontextprotocol/client";
import type { ElicitResult } from "@modelcontextprotocol/sdk/types.js";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Data } from "../../support/answer.ts";
import { draft } from "../../support/draft.ts";
import { type HttpProgram, serveHere, startHttp } from "../../support/http-program.ts";
import { type HttpSession, messagesIn, theKey } from "../../support/http-session.ts";
import { greeting } from "../../support/json-rpc.ts";
import { waitFor } from "../../support/patience.ts";
import { startTenants, type Tenants } from "../../support/tenants.ts";

const names = [
  "accepts",
  "declines",
  "cancels",
  "leaves",
  "asks twice",
  "anna",
  "bert",
  "streams",
  "newer",
] as const;
const keyOf = (name: (typeof names)[number]) => `key-of-${name.replace(" ", "-")}-0000`;
const run = "POST /rest/v2/campaigns/2102/run";
const yes: ElicitResult = { action: "accept", content: { confirm: true } };

let tenants: Tenants;
let withSessions: HttpProgram;
let stateless: HttpProgram;

beforeAll(async () => {
  tenants = await startTenants(names.map(keyOf));
  const env = { WOODPECKER_API_URL: tenants.origin, AUTH_MODE: "header", LOG_LEVEL: "debug" };
  [withSessions, stateless] = await Promise.all([startHttp(["--sessions"], env), startHttp([], env)]);
});

afterAll(async () => {
  for (const server of [withSessions, stateless]) await server.close();
  await tenants.close();
  const said = withSessions.answered() + withSessions.stderr() + stateless.answered() + stateless.stderr();
  for (const name of names) expect(said).not.toContain(keyOf(name));
});

const runIt = { name: "run_campaign", arguments: { campaign_id: 2102 } };

describe("a person who is asked with a form", () => {
  it("accepts: it runs", async () => {
    const asked: string[] = [];
    const elicit = ({ message }: { message: string }) => {
      asked.push(message);
      return yes;
    };
    const client = await withSessions.connect({ headers: theKey(keyOf("accepts")), elicit });
    const { structuredContent } = await client.callTool(runIt);
    expect(structuredContent).toMatchObject({ outcome: "done", status: "RUNNING" });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toContain("2102");
    expect(tenants.writes(keyOf("accepts"))).toEqual([run]);
  });

  it.each([
    ["declines", { action: "decline" }],
    ["cancels", { action: "cancel" }],
  ] as const)("%s: nothing is sent", async (name, answer) => {
    const client = await withSessions.connect({ headers: theKey(keyOf(name)), elicit: () => answer });
    const result = await client.callTool(runIt);
    expect(JSON.stringify(result)).toContain("othing");
    expect(tenants.writes(keyOf(name))).toEqual([]);
  });

  it("has no client any more: nothing is sent, also when the yes comes afterwards", async () => {
    const headers = theKey(keyOf("leaves"));
    const { session } = await begin(withSessions, headers);
    const stream = new AbortController();
    const call = fetch(withSessions.url, {
      method: "POST",
      signal: stream.signal,
      headers: {
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        ...session,
      },
      body: JSON.stringify({ jsonrpc: "2.0", id: 5, method: "tools/call", params: runIt }),
    });
    const question = await firstMessage(await call);
    expect(question.method).toBe("elicitation/create");
    stream.abort();
    expect((await withSessions.send({ method: "DELETE", headers: session })).status).toBe(200);
    const late = { jsonrpc: "2.0", id: question.id, result: yes };
    expect((await withSessions.send({ headers: session, body: JSON.stringify(late) })).status).toBe(404);
    const other = await begin(withSessions, headers);
    const again = await withSessions.send({ headers: other.session, body: JSON.stringify(late) });
    expect(again.status).toBe(202);
    await withSessions.call("list_campaigns", {}, other.session);
    expect(tenants.writes(keyOf("leaves"))).toEqual([]);
  });

  it("answers two questions at the same time, each for its own campaign", async () => {
    const headers = theKey(keyOf("asks twice"));
    const open: (() => void)[] = [];
    const elicit = ({ message }: { message: string }) =>
      new Promise<ElicitResult>((resolve) => {
        open.push(() => resolve(message.includes("2102") ? yes : { action: "decline" }));
      });
    const client = await withSessions.connect({ headers, elicit });
    const calls = [2102, 2104].map((campaign_id) =>
      client.callTool({ name: "run_campaign", arguments: { campaign_id } }),
    );
    await waitFor(() => expect(open).toHaveLength(2));
    // The last question first.
    for (const answer of open.reverse()) answer();
    const [ran, left] = await Promise.all(calls);
    expect(ran?.structuredContent).toMatchObject({ outcome: "done", campaign_id: 2102 });
    expect(left?.structuredContent).not.toMatchObject({ outcome: "done" });
    expect(tenants.writes(keyOf("asks twice"))).toEqual([run]);
  });

  it("answers for nobody else: two sessions, the same ids, opposite answers", async () => {
    const sessions = await Promise.all(
      (["anna", "bert"] as const).map(async (name) => {
        const { session } = await begin(withSessions, theKey(keyOf(name)));
        const body = JSON.stringify({ jsonrpc: "2.0", id: 0, method: "tools/call", params: runIt });
        const answer = await fetch(withSessions.url, { method: "POST", headers: posted(session), body });
        const reader = readerOf(answer);
        return { name, session, reader, question: await reader() };
      }),
    );
    const [anna, bert] = sessions as [(typeof sessions)[number], (typeof sessions)[number]];
    expect(anna.question.id).toBe(bert.question.id);
    const say = (to: typeof anna, result: ElicitResult, session = to.session) =>
      withSessions.send({
        headers: session,
        body: JSON.stringify({ jsonrpc: "2.0", id: to.question.id, result }),
      });
    // Her yes to his session, shown with her key.
    expect((await say(bert, yes, { ...bert.session, ...theKey(keyOf("anna")) })).status).toBe(404);
    await say(anna, yes);
    await say(bert, { action: "decline" });
    const ends = [await anna.reader(), await bert.reader()];
    expect(ends.map(({ id }) => id)).toEqual([0, 0]);
    expect(ends[0].result.structuredContent.outcome).toBe("done");
    expect([anna, bert].map(({ name }) => tenants.writes(keyOf(name)))).toEqual([[run], []]);
  });
});

/** The headers of a session that was just begun by hand, by a client that can show forms. */
async function begin(server: HttpSession, headers: Record<string, string>) {
  const params = { ...greeting, capabilities: { elicitation: {} } };
  const answer = await server.rpc("initialize", params, headers);
  const session = { ...headers, "mcp-session-id": String(answer.headers["mcp-session-id"]) };
  const initialized = JSON.stringify({ jsonrpc: "2.0", method: "notifications/initialized" });
  expect((await server.send({ headers: session, body: initialized })).status).toBe(202);
  return { answer, session };
}

const posted = (session: Record<string, string>) => ({
  "content-type": "application/json",
  accept: "application/json, text/event-stream",
  ...session,
});

/** Message after message of a stream that stays open. */
function readerOf(answer: Response): () => Promise<Data> {
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let text = "";
  return async () => {
    for (;;) {
      const end = text.indexOf("\n\n");
      if (end >= 0) {
        const event = text.slice(0, end);
        text = text.slice(end + 2);
        const [message] = messagesIn({
          status: 200,
          headers: { "content-type": "text/event-stream" },
          text: event,
        });
        if (message) return message;
        continue;
      }
      const { value, done } = await reader.read();
      if (done) throw new Error(`the stream ended: ${text}`);
      text += decoder.decode(value, { stream: true });
    }
  };
}
const firstMessage = (answer: Response) => readerOf(answer)();

describe("the client of the SDK's next line, which asks for a newer protocol first", () => {
  it.each([
    ["with sessions", () => withSessions],
    ["without", () => stateless],
  ])("is asked by a form %s", async (_what, server) => {
    const client = new NewClient(
      { name: "test", version: "2" },
      { capabilities: { elicitation: {} }, versionNegotiation: { mode: "auto" } },
    );
    client.setRequestHandler("elicitation/create", () => yes);
    const headers = theKey(keyOf("newer"));
    await client.connect(new NewTransport(new URL(server().url), { requestInit: { headers } }));
    expect((await client.callTool(runIt)).structuredContent).toMatchObject({ outcome: "done" });
    await client.callTool({ name: "pause_campaign", arguments: { campaign_id: 2102 } });
    await client.close();
  });
});

describe("a session", () => {
  const headers = theKey(keyOf("streams"));

  it("is begun by initialize only, and says its id; its answers are streams", async () => {
    const without = await withSessions.send({
      headers,
      body: '{"jsonrpc":"2.0","id":1,"method":"tools/list"}',
    });
    expect(without.status).toBe(400);
    expect(without.text).toContain("mcp-session-id");
    const { answer, session } = await begin(withSessions, headers);
    expect(session["mcp-session-id"]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f-]+$/);
    expect(answer.headers["content-type"]).toBe("text/event-stream");
    const list = await withSessions.rpc("tools/list", {}, session);
    expect(list.headers["content-type"]).toBe("text/event-stream");
  });

  it("that is not begun after all leaves nothing behind", async () => {
    const here = await serveHere(
      ["--auth", "header", "--sessions"],
      {},
      {
        sessionLimits: { total: 1, perCaller: 1, idleMs: 60_000, restedMs: 60_000 },
      },
    );
    for (let time = 0; time < 3; time += 1) {
      expect((await here.rpc("initialize", greeting, { ...headers, accept: "text/html" })).status).toBe(406);
    }
    expect((await here.rpc("initialize", greeting, headers)).status).toBe(200);
    const full = await here.rpc("initialize", greeting, theKey(keyOf("anna")));
    expect([full.status, full.headers["retry-after"]]).toEqual([503, "60"]);
    await here.close();
  });

  it("has one stream of its own (GET); a second is refused; DELETE ends both", async () => {
    const { session } = await begin(withSessions, headers);
    const get = () => fetch(withSessions.url, { headers: { ...session, accept: "text/event-stream" } });
    const stream = await get();
    expect([stream.status, stream.headers.get("content-type")]).toEqual([200, "text/event-stream"]);
    const second = await get();
    expect(second.status).toBe(409);
    await second.text();
    expect((await withSessions.send({ method: "DELETE", headers: session })).status).toBe(200);
    expect(await stream.text()).not.toContain("data:");
    expect((await get()).status).toBe(404);
  });

  it("ends when nobody used it for long; one that is being answered does not", async () => {
    const here = await serveHere(
      ["--auth", "header", "--sessions"],
      { WOODPECKER_API_URL: tenants.origin },
      {
        sessionLimits: { total: 5, perCaller: 5, idleMs: 150, restedMs: 50 },
      },
    );
    const [idle, busy] = [(await begin(here, headers)).session, (await begin(here, headers)).session];
    const held = tenants.hold(keyOf("streams"));
    const call = here.call("list_campaigns", {}, busy);
    await waitFor(
      async () => expect((await here.rpc("tools/list", {}, idle, { id: 1 })).status).toBe(404),
      400,
    );
    held.release();
    expect((await call).data.total).toBe(6);
    await here.close();
  });

  it("makes room for the next of the same caller when it has rested", async () => {
    const here = await serveHere(
      ["--auth", "header", "--sessions"],
      {},
      {
        sessionLimits: { total: 5, perCaller: 2, idleMs: 60_000, restedMs: 0 },
      },
    );
    const ids = [];
    for (let n = 0; n < 4; n += 1) ids.push((await begin(here, headers)).session);
    const statuses = [];
    for (const session of ids) statuses.push((await here.rpc("tools/list", {}, session)).status);
    expect(statuses).toEqual([404, 404, 200, 200]);
    await here.close();
  });

  it("answers one request of an id at a time", async () => {
    const { session } = await begin(withSessions, headers);
    const held = tenants.hold(keyOf("streams"));
    const from = tenants.arrived.length;
    const first = withSessions.call("list_campaigns", {}, session, { id: 7 });
    await waitFor(() => expect(tenants.arrived.length).toBe(from + 1));
    const params = { name: "list_mailboxes", arguments: {} };
    expect((await withSessions.rpc("tools/call", params, session, { id: 7 })).status).toBe(400);
    held.release();
    expect((await first).data.total).toBe(6);
    expect((await withSessions.call("list_campaigns", {}, session, { id: 7 })).data.total).toBe(6);
    expect(tenants.arrived.length).toBe(from + 2);
  });
});

describe("without sessions", () => {
  const headers = theKey(keyOf("streams"));

  it("answers are JSON, and a notification is taken", async () => {
    const answer = await stateless.rpc("tools/call", { name: "list_mailboxes", arguments: {} }, headers);
    expect(answer.headers["content-type"]).toBe("application/json");
    expect(answer.headers).not.toHaveProperty("mcp-session-id");
    const body = JSON.stringify({ jsonrpc: "2.0", method: "notifications/initialized" });
    expect(await stateless.send({ headers, body })).toMatchObject({ status: 202, text: "" });
  });

  it.each(["GET", "DELETE"])("%s is not there", async (method) => {
    const answer = await stateless.send({ method, headers: { ...headers, accept: "text/event-stream" } });
    expect([answer.status, answer.headers.allow]).toEqual([405, "POST"]);
  });

  it("progress arrives as a stream when it was asked for", async () => {
    const prospects = Array.from({ length: 250 }, (_none, n) => ({ email: `person${n}@example.com` }));
    const params = { name: "save_prospects", arguments: { prospects } };
    const answer = await stateless.rpc("tools/call", params, headers, { meta: { progressToken: "p-1" } });
    expect(answer.headers).toMatchObject({ "content-type": "text/event-stream", "x-accel-buffering": "no" });
    const progress = answer.messages.filter(({ method }) => method === "notifications/progress");
    expect(progress.length).toBeGreaterThan(0);
    for (const { params: told } of progress) expect(told.progressToken).toBe("p-1");
    expect(answer.messages.at(-1).result.structuredContent.outcome).toBe("done");

    const told: unknown[] = [];
    const client = await stateless.connect({ headers });
    const more = prospects.map(({ email }) => ({ email: `another-${email}` }));
    await client.callTool({ name: "save_prospects", arguments: { prospects: more } }, undefined, {
      onprogress: (one) => told.push(one),
    });
    expect(told.length).toBeGreaterThan(0);
  });

  it("one connection serves as many calls as a client likes, streamed or not", async () => {
    const statuses = new Set<number>();
    for (let n = 0; n < 120; n += 1) {
      const { status, messages } = await stateless.rpc("ping", {}, headers, { meta: { progressToken: n } });
      statuses.add(status);
      expect(messages.at(-1)?.result).toEqual({});
    }
    expect([...statuses]).toEqual([200]);
  });

  it("a client that could show a form gets a token, because nobody could bring the answer back", async () => {
    const elicit = vi.fn(() => yes);
    const client = await stateless.connect({ headers, elicit });
    const { structuredContent } = await client.callTool(runIt);
    expect(structuredContent).toMatchObject({ outcome: "confirmation_required" });
    expect(elicit).not.toHaveBeenCalled();
  });

  it("the same draft twice in one moment is one campaign", async () => {
    const twice = [1, 2].map(() => stateless.call("create_campaign", draft, headers));
    const outcomes = (await Promise.all(twice)).map(({ data }) => data.outcome);
    expect(outcomes.sort()).toEqual(["coalesced", "done"]);
  });
});
