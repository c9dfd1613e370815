/** Several accounts with names in one process (WOODPECKER_ACCOUNTS): each at its own address, and nothing of one at another. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Data } from "../support/answer.ts";
import { draft } from "../support/draft.ts";
import { type HttpSession, theKey } from "../support/http-session.ts";
import { greeting, message } from "../support/json-rpc.ts";
import { envelope, modernAt, modernCall, modernClient, yes } from "../support/modern-session.ts";
import { waitFor } from "../support/patience.ts";
import { startTenants, type Tenants } from "../support/tenants.ts";
import { type AccountsFile, accountsFile, type NamedServer, startNamed, TOKEN, theToken } from "./named.ts";

const ALPHA = "key-of-alpha-00000000";
const BETA = "key-of-beta-000000000";
const keys = [ALPHA, BETA];

let tenants: Tenants;
let file: AccountsFile;
let server: NamedServer;
let alpha: HttpSession;
let beta: HttpSession;
let twin: HttpSession;
let reader: HttpSession;

beforeAll(async () => {
  tenants = await startTenants(keys);
  file = accountsFile({
    alpha: { api_key: ALPHA, name: "Alpha Ltd", max_runs_per_day: 1 },
    beta: { api_key: BETA, company_id: 12, access: "draft" },
    // The same account at Woodpecker as alpha, with other rights.
    twin: { api_key: ALPHA, company_id: "77" },
    "alpha-2": { api_key: ALPHA },
    reader: { api_key: BETA, access: "read" },
  });
  server = await startNamed(
    file,
    {
      WOODPECKER_API_URL: tenants.origin,
      WOODPECKER_LEDGER: join(file.folder, "ledger.jsonl"),
      WOODPECKER_STATE_DIR: join(file.folder, "state"),
      LOG_LEVEL: "info",
    },
    ["--metrics-port", "0", "--sessions"],
  );
  [alpha, beta, twin, reader] = ["alpha", "beta", "twin", "reader"].map(server.at) as [
    HttpSession,
    HttpSession,
    HttpSession,
    HttpSession,
  ];
});

afterAll(async () => {
  const said = [server.answered(), server.stderr(), readFileSync(join(file.folder, "ledger.jsonl"), "utf8")];
  await server.end();
  await tenants.close();
  for (const secret of [...keys, TOKEN]) expect(said.join("\n")).not.toContain(secret);
});

/** A session of 2025 with one account. */
async function begin(at: HttpSession) {
  const { headers } = await at.rpc("initialize", greeting, theToken);
  return { ...theToken, "mcp-session-id": String(headers["mcp-session-id"]) };
}
const toolsOf = async (at: HttpSession) => {
  const { messages } = await at.rpc("tools/list", {}, await begin(at));
  const [{ result }] = messages as [Data];
  return (result.tools as { name: string }[]).map(({ name }) => name);
};

describe("each account at its own address", () => {
  it("has its own key and company", async () => {
    const from = tenants.arrived.length;
    for (const at of [alpha, beta, twin]) await at.call("list_campaigns", {}, await begin(at));
    expect(tenants.arrived.slice(from).map(({ key, headers }) => [key, headers["x-company-id"]])).toEqual([
      [ALPHA, undefined],
      [BETA, "12"],
      [ALPHA, "77"],
    ]);
  });

  it("has its own access, within that of the process", async () => {
    expect(await toolsOf(alpha)).toEqual(expect.arrayContaining(["run_campaign", "delete_campaign"]));
    expect(await toolsOf(beta)).toContain("pause_campaign");
    expect(await toolsOf(beta)).not.toContain("run_campaign");
    expect(await toolsOf(reader)).not.toContain("pause_campaign");
    const refused = await beta.rpc(
      "tools/call",
      { name: "run_campaign", arguments: { campaign_id: 2102 } },
      await begin(beta),
    );
    expect(refused.text).toContain("draft");
    expect(tenants.writes(BETA)).toEqual([]);
  });

  it("says in both eras which one it is: the name in the file, where there is no other", async () => {
    for (const [at, called] of [
      [alpha, "Alpha Ltd"],
      [beta, "beta"],
    ] as const) {
      const { messages } = await at.rpc("initialize", greeting, theToken);
      const { serverInfo, instructions } = messages[0]?.result ?? {};
      expect(serverInfo.title).toBe(`Woodpecker campaigns (${called})`);
      expect(instructions).toContain(`account "${called}"`);
      const discovered = await modernCall(at, "server/discover", {}, theToken);
      expect(JSON.stringify(discovered.result)).toContain(`account \\"${called}\\"`);
    }
    const client = await alpha.connect({ headers: theToken });
    const paused = await client.callTool({ name: "pause_campaign", arguments: { campaign_id: 2101 } });
    expect(paused.structuredContent).toMatchObject({ account: "Alpha Ltd" });
    const modern = await modernAt(beta.url, theToken);
    const edited = await modern.callTool({
      name: "update_campaign",
      arguments: { campaign_id: 2104, name: "Renamed by beta" },
    });
    expect(edited.structuredContent).toMatchObject({ account: "beta" });
  });

  it("is named in the log, in the metrics, and in no answer of another", async () => {
    await beta.call("list_mailboxes", {}, await begin(beta));
    const lines = server
      .stderr()
      .split("\n")
      .filter((line) => line.includes('"tool":"list_mailboxes"'));
    expect(JSON.parse(lines.at(-1) as string)).toMatchObject({ event: "call", account: "beta" });
    const metrics = await (await fetch(server.metricsUrl)).text();
    expect(metrics).toMatch(/woodpecker_calls_total\{tool="list_mailboxes",outcome="ok",account="beta"\} 1/);
    expect(metrics).toMatch(/woodpecker_api_seconds_count\{method="GET",status="200",account="alpha"\}/);
    expect(metrics).toMatch(/woodpecker_lane_wait_seconds_count\{account="beta"\}/);
    expect(server.stderr()).toContain("accounts at /mcp/<name>: alpha, beta, twin, alpha-2, reader\n");
  });

  it("has its own limits", async () => {
    const run = async (at: HttpSession, id: number) =>
      at.agree("run_campaign", { campaign_id: id }, await begin(at));
    expect((await run(alpha, 2102)).data.outcome).toBe("done");
    expect((await run(alpha, 2104)).text).toContain("WOODPECKER_MAX_RUNS_PER_DAY");
    expect((await run(twin, 2104)).data.outcome).toBe("done");
  });
});

describe("/mcp alone", () => {
  it("is refused with the names, in both eras, and to strangers without them", async () => {
    const names = "/mcp/alpha, /mcp/beta, /mcp/twin, /mcp/alpha-2, /mcp/reader";
    for (const path of ["/mcp", "/mcp/"]) {
      const { status, text } = await server.send({ headers: theToken, body: message("tools/list") }, path);
      expect([status, JSON.parse(text).error.message]).toEqual([400, expect.stringContaining(names)]);
    }
    await expect(server.connect({ headers: theToken })).rejects.toThrow(names);
    const modern = modernClient(yes, "auto");
    const transport = new StreamableHTTPClientTransport(new URL(server.url), {
      requestInit: { headers: theToken },
    });
    await expect(modern.connect(transport)).rejects.toThrow(names);
    expect((await modernCall(server, "server/discover", {}, theToken)).error.message).toContain(names);
    for (const path of ["/mcp", "/mcp/alpha", "/mcp/nobody"]) {
      const { status, text } = await server.send({ body: message("tools/list") }, path);
      expect([status, text]).toEqual([401, expect.not.stringContaining("beta")]);
    }
  });

  it("is the account where there is only one", async () => {
    const one = accountsFile({ only: { api_key: ALPHA } });
    const alone = await startNamed(one, { WOODPECKER_API_URL: tenants.origin });
    for (const at of [alone, alone.at("only")])
      expect((await at.call("list_campaigns", {}, theToken)).data.total).toBe(6);
    one.write({ only: { api_key: ALPHA }, second: { api_key: BETA } });
    const { status, text } = await alone.send({ headers: theToken, body: message("tools/list") });
    expect([status, text]).toEqual([400, expect.stringContaining("/mcp/only, /mcp/second")]);
    await alone.end();
  });
});

describe("a name in the path", () => {
  const paths: [string, number][] = [
    ["/mcp/Alpha", 403],
    ["/mcp/ALPHA", 403],
    ["/mcp/nobody", 403],
    ["/mcp/__proto__", 403],
    ["/mcp/constructor", 403],
    ["/mcp/toString/", 403],
    ["/mcp/%61lpha", 404],
    ["/mcp/alpha%2f", 404],
    ["/mcp/alpha%00", 404],
    ["/mcp/./alpha", 404],
    ["/mcp/../mcp/alpha", 404],
    ["/mcp/alpha/../beta", 404],
    ["/mcp/%2e%2e/alpha", 404],
    ["/mcp//alpha", 404],
    ["/mcp/alpha//", 404],
    ["/mcp/alpha/beta", 404],
    ["/mcp\\alpha", 404],
    ["/mcp/alpha?account=beta", 404],
    ["/mcp/alpha;beta", 404],
    ["/mcp/älpha".replace("ä", "%C3%A4"), 404],
    ["/mcpalpha", 404],
    ["/alpha", 404],
    ["//mcp/alpha", 404],
    ["http://localhost/mcp/alpha", 404],
  ];
  it.each(paths)("%s opens no account", async (path, expected) => {
    const from = tenants.arrived.length;
    const body = message("tools/call", { name: "list_campaigns", arguments: {} });
    const { status, text } = await server.send({ headers: { ...theToken, ...theKey(BETA) }, body }, path);
    expect([status, JSON.parse(text).error.code]).toEqual([expected, -32000]);
    expect(tenants.arrived.length).toBe(from);
  });

  it("takes a slash behind it", async () => {
    const { status } = await server.send(
      { headers: theToken, body: message("initialize", greeting) },
      "/mcp/alpha/",
    );
    expect(status).toBe(200);
  });
});

describe("what was begun with one account", () => {
  it("is no session at another, not even of the same key", async () => {
    const session = await begin(alpha);
    for (const at of [beta, twin, server.at("alpha-2")]) {
      const { status, text } = await at.rpc("tools/list", {}, session);
      expect([status, text]).toEqual([404, expect.stringContaining("session is not known")]);
      expect((await at.send({ method: "DELETE", headers: session })).status).toBe(404);
    }
    expect((await alpha.rpc("tools/list", {}, session)).status).toBe(200);
  });

  it("is not agreed to at another, not even of the same key", async () => {
    const asked = { campaign_id: 2105 };
    const { data } = await alpha.call("delete_campaign", asked, await begin(alpha));
    const stolen = { ...asked, confirmation: data.confirmation };
    const from = tenants.writes(ALPHA).length;
    for (const at of [twin, server.at("alpha-2")]) {
      const answer = await at.call("delete_campaign", stolen, await begin(at));
      expect(answer.data.outcome).toBe("confirmation_required");
    }
    expect(tenants.writes(ALPHA).length).toBe(from);
    expect((await alpha.call("delete_campaign", stolen, await begin(alpha))).data.outcome).toBe("done");
  });

  it("is no answered form at another (2026-07-28)", async () => {
    const client = await modernAt(server.at("alpha-2").url, theToken, yes);
    const done = await client.callTool({ name: "delete_campaign", arguments: { campaign_id: 2103 } });
    expect(done.structuredContent).toMatchObject({ outcome: "done" });
    const form = { _meta: envelope({ elicitation: { form: {} } }), name: "delete_campaign" };
    const asked = { ...form, arguments: { campaign_id: 2106 } };
    const { result } = await modernCall(server.at("alpha-2"), "tools/call", asked, theToken);
    expect(result.requestState).toBeTypeOf("string");
    const answered = {
      ...asked,
      requestState: result.requestState,
      inputResponses: { confirm: { action: "accept", content: { confirm: true } } },
    };
    const from = tenants.writes(ALPHA).length;
    await modernCall(twin, "tools/call", answered, theToken);
    await modernCall(alpha, "tools/call", answered, theToken);
    expect(tenants.writes(ALPHA).length).toBe(from);
    const agreed = await modernCall(server.at("alpha-2"), "tools/call", answered, theToken);
    expect(agreed.result.structuredContent).toMatchObject({ outcome: "done" });
  });

  it("is not remembered as done for another", async () => {
    const campaign = { ...draft, name: "The same for both" };
    for (const at of [alpha, twin, server.at("beta")]) {
      expect((await at.call("create_campaign", campaign, await begin(at))).data.outcome).toBe("done");
      const again = await at.call("create_campaign", campaign, await begin(at));
      expect(again.data.outcome).toBe("deduplicated");
    }
    const [mine, theirs] = await Promise.all(
      [alpha, beta].map(async (at) => {
        const { data } = await at.call("list_recent_changes", {}, await begin(at));
        return JSON.stringify(data.changes);
      }),
    );
    expect(theirs).toContain("Renamed by beta");
    expect(mine).not.toContain("Renamed by beta");
    expect(theirs).not.toContain("run_campaign");
  });

  it("keeps nobody else waiting", async () => {
    const held = tenants.hold(ALPHA);
    const from = tenants.arrived.length;
    const his = alpha.call("list_campaigns", {}, await begin(alpha));
    await waitFor(() => expect(tenants.arrived.length).toBe(from + 1));
    expect((await beta.call("list_campaigns", {}, await begin(beta))).data.total).toBeGreaterThan(5);
    held.release();
    expect((await his).data.total).toBeGreaterThan(0);
  });
});
