/** What the era of 2026-07-28 shares with the one before: progress, cancellation, who may call, what is counted and logged. */
import { readdirSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { atEnd } from "../../support/at-end.ts";
import { newFolder } from "../../support/folder.ts";
import { type HttpProgram, startHttp } from "../../support/http-program.ts";
import { theKey, usual } from "../../support/http-session.ts";
import { type Issuer, startIssuer } from "../../support/issuer.ts";
import { message } from "../../support/json-rpc.ts";
import { envelope, modernCall, modernOnStdio } from "../../support/modern-session.ts";
import { waitFor } from "../../support/patience.ts";
import { greet, type Program, start } from "../../support/program.ts";
import { openSandbox } from "../../support/sandbox.ts";
import { startTenants, type Tenants } from "../../support/tenants.ts";

const ANNA = "key-of-anna-00000000";
const BERT = "key-of-bert-00000000";
const call = (name: string, args: Record<string, unknown> = {}, more: object = {}) => ({
  name,
  arguments: args,
  ...more,
});

describe("callers with keys of their own", () => {
  let tenants: Tenants;
  let server: HttpProgram;
  beforeAll(async () => {
    tenants = await startTenants([ANNA, BERT]);
    const args = ["--auth", "header", "--metrics-port", "0", "--log-level", "info"];
    server = await startHttp(args, { WOODPECKER_API_URL: tenants.origin }, { until: () => undefined });
  });
  afterAll(async () => {
    await server.close();
    await tenants.close();
  });

  it("each work in their own account, and are refused without a key", async () => {
    await modernCall(server, "tools/call", call("pause_campaign", { campaign_id: 2101 }), theKey(ANNA));
    expect([tenants.writes(ANNA).length, tenants.writes(BERT).length]).toEqual([1, 0]);
    expect(await modernCall(server, "tools/call", call("list_campaigns"))).toMatchObject({ status: 401 });
    expect(await modernCall(server, "tools/list")).toMatchObject({ status: 401 });
  });

  it("are counted and logged like any others", async () => {
    await modernCall(server, "tools/call", call("list_campaigns"), theKey(BERT));
    const metrics = await (await fetch(server.metricsUrl)).text();
    expect(metrics).toMatch(/^woodpecker_calls_total\{tool="list_campaigns",outcome="ok"\} 1$/m);
    const lines = server
      .stderr()
      .split("\n")
      .filter((line) => line.includes('"list_campaigns"'));
    expect(JSON.parse(lines.at(-1) as string)).toMatchObject({ tool: "list_campaigns", outcome: "ok" });
    for (const key of [ANNA, BERT]) expect(server.stderr()).not.toContain(key);
  });

  it("are refused what header and body say differently, and are told which", async () => {
    const params = call("list_campaigns");
    for (const wrong of [
      { "mcp-name": "run_campaign" },
      { "mcp-method": "tools/list" },
      { "mcp-protocol-version": "2025-11-25" },
    ] as Record<string, string>[]) {
      const from = tenants.arrived.length;
      const answer = await modernCall(server, "tools/call", params, { ...theKey(ANNA), ...wrong });
      expect([answer.status, answer.error.code]).toEqual([400, -32020]);
      expect(tenants.arrived.length).toBe(from);
    }
    const unknown = await modernCall(
      server,
      "tools/call",
      {
        ...params,
        _meta: envelope(
          {},
          {
            "io.modelcontextprotocol/protocolVersion": "2027-01-01",
          },
        ),
      },
      { ...theKey(ANNA), "mcp-protocol-version": "2027-01-01" },
    );
    expect([unknown.status, unknown.error.code]).toEqual([400, -32022]);
  });
});

describe("OAuth", () => {
  it("says without a token whom to ask for one, and opens the account of who brings one", async () => {
    const tenants = await startTenants([ANNA]);
    let issuer: Issuer | undefined;
    try {
      const accounts = `${newFolder(atEnd)}/accounts.json`;
      writeFileSync(accounts, JSON.stringify({ anna: { api_key: ANNA } }));
      const audience = "https://mcp.example.org/mcp";
      issuer = await startIssuer(audience);
      const server = await startHttp([], {
        AUTH_MODE: "oauth",
        WOODPECKER_OAUTH_ISSUER: issuer.url,
        WOODPECKER_OAUTH_AUDIENCE: audience,
        WOODPECKER_OAUTH_ACCOUNTS: accounts,
        WOODPECKER_API_URL: tenants.origin,
      });
      const without = await modernCall(server, "tools/list");
      expect(without.status).toBe(401);
      expect(without.headers["www-authenticate"]).toMatch(
        /^Bearer .*resource_metadata="[^"]+oauth-protected-resource/,
      );
      const bearer = { authorization: `Bearer ${await issuer.token({ claims: { sub: "anna" } })}` };
      const { result } = await modernCall(server, "tools/call", call("list_campaigns"), bearer);
      expect(result.structuredContent.total).toBeGreaterThan(3);
      expect((await modernCall(server, "tools/list", {}, bearer)).result.cacheScope).toBe("private");
    } finally {
      await issuer?.close();
      await tenants.close();
    }
  });
});

describe("a call", () => {
  it("tells how far it is to who gave a token for it, on stdio and over HTTP", async () => {
    const people = Array.from({ length: 250 }, (_, index) => ({ email: `person${index}@many.example` }));
    const client = await modernOnStdio(["--sandbox"]);
    const told: { progress: number }[] = [];
    await client.callTool(call("save_prospects", { prospects: people }), {
      onprogress: (word) => told.push(word),
    });
    expect(told.length).toBeGreaterThan(1);
    const server = await startHttp(["--sandbox"]);
    const { messages, result } = await modernCall(
      server,
      "tools/call",
      call("save_prospects", { prospects: people }, { _meta: envelope({}, { progressToken: "p1" }) }),
    );
    expect(result.structuredContent.added).toBe(250);
    const words = messages.filter(({ method }: { method?: string }) => method === "notifications/progress");
    expect(words.length).toBeGreaterThan(1);
    const steps = words.map(({ params }: { params: { progress: number } }) => params.progress);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
  });

  it("that is cancelled ends, on stdio by a notification and over HTTP with its connection, and writes nothing", async () => {
    const sandbox = await openSandbox({ serviceMs: 600 });
    const env = { WOODPECKER_API_URL: sandbox.origin, WOODPECKER_API_KEY: sandbox.key };
    const program = start([], env);
    const params = { ...call("create_campaign", draft), _meta: envelope() };
    void program.request("tools/call", params, "c1").catch(() => undefined);
    await waitFor(() => expect(sandbox.requests.length).toBeGreaterThan(0));
    program.notify("notifications/cancelled", {
      requestId: "c1",
      reason: "no longer wanted",
      _meta: envelope(),
    });
    // The next call of this client is answered, and what was cancelled has not gone on.
    await program.request("tools/call", { ...call("list_mailboxes"), _meta: envelope() });
    expect(sandbox.writes()).toEqual([]);
    const server = await startHttp([], env);
    const leaving = new AbortController();
    const from = sandbox.requests.length;
    const headers = {
      "mcp-protocol-version": "2026-07-28",
      "mcp-method": "tools/call",
      "mcp-name": "create_campaign",
    };
    const gone = server.send({ headers, body: message("tools/call", params), signal: leaving.signal });
    await waitFor(() => expect(sandbox.requests.length).toBeGreaterThan(from));
    leaving.abort();
    await expect(gone).rejects.toThrow();
    await modernCall(server, "tools/call", call("list_mailboxes"));
    expect(sandbox.writes()).toEqual([]);
  });
});

const draft = {
  name: "Nobody wants it",
  mailbox_ids: [501],
  settings: { timezone: "Europe/Berlin", daily_enroll: 20 },
  delivery_times: [{ days: ["MONDAY"], from: "09:00", to: "17:00" }],
  steps: [{ type: "EMAIL", versions: [{ subject: "Hi", message: "<p>Hi {{UNSUBSCRIBE}}</p>" }] }],
};

describe("subscriptions", () => {
  it("are acknowledged with what is told of, which is nothing: no list changes while the program runs", async () => {
    const program = start(["--sandbox"]);
    const filter = { toolsListChanged: true, promptsListChanged: true, resourcesListChanged: true };
    void program
      .request("subscriptions/listen", { notifications: filter, _meta: envelope() }, "s1")
      .catch(() => undefined);
    const [, params = ""] = await program.said(
      /"method":"notifications\/subscriptions\/acknowledged","params":(\{.*\})\}/,
    );
    expect(JSON.parse(params).notifications).toEqual({});
  });

  it("are a stream over HTTP that says so first, and that holds up neither other calls nor the end", async () => {
    const server = await startHttp(["--sandbox"]);
    const params = { notifications: { toolsListChanged: true }, _meta: envelope() };
    const headers = {
      ...usual,
      "mcp-protocol-version": "2026-07-28",
      "mcp-method": "subscriptions/listen",
    };
    const listen = (gone: AbortSignal) =>
      fetch(server.url, {
        method: "POST",
        headers,
        body: message("subscriptions/listen", params, "s1"),
        signal: gone,
      });
    const [leaves, stays] = [new AbortController(), new AbortController()];
    for (const { signal } of [leaves, stays]) {
      const { status, body, headers: answered } = await listen(signal);
      expect([status, answered.get("content-type")]).toEqual([200, "text/event-stream"]);
      const { value } = await (body as ReadableStream<Uint8Array>).getReader().read();
      const [, first = ""] = /^data: (.*)$/m.exec(Buffer.from(value as Uint8Array).toString()) ?? [];
      expect(JSON.parse(first)).toEqual({
        jsonrpc: "2.0",
        method: "notifications/subscriptions/acknowledged",
        params: {
          notifications: {},
          _meta: { "io.modelcontextprotocol/subscriptionId": "s1" },
        },
      });
    }
    leaves.abort();
    expect((await modernCall(server, "tools/call", call("list_campaigns"))).result.isError).toBeFalsy();
    server.signal("SIGTERM");
    expect(await server.ended()).toBe(0);
  });

  it("are refused without saying what to listen for", async () => {
    const server = await startHttp(["--sandbox"]);
    const { error } = await modernCall(server, "subscriptions/listen", {});
    expect(error.code).toBe(-32602);
  });
});

describe("a client that only looks", () => {
  const listing = ["tools/list", "prompts/list", "resources/list", "resources/templates/list"];
  const guide = { uri: "woodpecker://guides/limits" };
  const leave = {
    "closes stdin": (program: Program) => void program.stdin.end(),
    "ends the process": (program: Program) => program.signal("SIGTERM"),
    "kills the process": (program: Program) => program.signal("SIGKILL"),
  };

  it.each(
    (["2026-07-28", "a handshake"] as const).flatMap((era) =>
      (Object.keys(leave) as (keyof typeof leave)[]).map((how) => [era, how] as const),
    ),
  )("by %s and %s leaves nothing behind: no file, no line of the ledger, no request", async (era, how) => {
    const home = newFolder(atEnd);
    const sandbox = await openSandbox();
    const env = {
      HOME: home,
      XDG_STATE_HOME: `${home}/state`,
      XDG_DATA_HOME: `${home}/data`,
      WOODPECKER_STATE_DIR: `${home}/kept`,
      WOODPECKER_LEDGER: `${home}/ledger.jsonl`,
      WOODPECKER_API_URL: sandbox.origin,
      WOODPECKER_API_KEY: sandbox.key,
    };
    const program = start([], env);
    const more = era === "2026-07-28" ? { _meta: envelope() } : {};
    if (era === "2026-07-28") await program.request("server/discover", more);
    else await greet(program);
    for (const list of listing) await program.request(list, more);
    await program.request("resources/read", { ...guide, ...more });
    leave[how](program);
    await program.ended();
    expect(readdirSync(home, { recursive: true })).toEqual([]);
    expect(sandbox.requests).toEqual([]);
  });
});
