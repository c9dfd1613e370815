/** AUTH_MODE oauth with named accounts: the operator's file gives each subject the names that they may use. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { discoverOAuthProtectedResourceMetadata } from "@modelcontextprotocol/sdk/client/auth.js";
import { ClientCredentialsProvider } from "@modelcontextprotocol/sdk/client/auth-extensions.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type HttpProgram, refusesToStart, startHttp } from "../support/http-program.ts";
import { bearer, type HttpSession, httpSessionAt } from "../support/http-session.ts";
import { type Issuer, type Making, startIssuer } from "../support/issuer.ts";
import { greeting, message } from "../support/json-rpc.ts";
import { modernAt } from "../support/modern-session.ts";
import { waitFor } from "../support/patience.ts";
import { freePort } from "../support/servers.ts";
import { newClient } from "../support/session.ts";
import { startTenants, type Tenants } from "../support/tenants.ts";
import { type AccountsFile, accountsFile } from "./named.ts";

const ALPHA = "key-of-alpha-00000000";
const BETA = "key-of-beta-000000000";
const OWN = "key-of-carl-000000000";
const all = { alpha: { api_key: ALPHA, name: "Alpha Ltd" }, beta: { api_key: BETA, access: "read" } };
const people = {
  anna: { accounts: ["alpha", "beta"] },
  bert: { accounts: ["beta"] },
  carl: { api_key: OWN },
};
const METADATA = "/.well-known/oauth-protected-resource";

let tenants: Tenants;
let issuer: Issuer;
let accounts: AccountsFile;
let subjects: AccountsFile;
let server: HttpProgram;
let env: Record<string, string>;
const sessions: HttpSession[] = [];

beforeAll(async () => {
  tenants = await startTenants([ALPHA, BETA, OWN]);
  accounts = accountsFile(all);
  subjects = accountsFile(people);
  const port = String(await freePort());
  const audience = `http://127.0.0.1:${port}/mcp`;
  issuer = await startIssuer(audience);
  env = {
    AUTH_MODE: "oauth",
    WOODPECKER_OAUTH_ISSUER: issuer.url,
    WOODPECKER_OAUTH_AUDIENCE: audience,
    WOODPECKER_OAUTH_ACCOUNTS: subjects.path,
    WOODPECKER_ACCOUNTS: accounts.path,
    WOODPECKER_API_URL: tenants.origin,
    LOG_LEVEL: "info",
  };
  server = await startHttp(["--port", port, "--sessions"], env, { until: () => undefined });
});

afterAll(async () => {
  for (const session of sessions) await session.leave();
  await server.close();
  await issuer.close();
  await tenants.close();
  for (const key of [ALPHA, BETA, OWN]) expect(server.answered() + server.stderr()).not.toContain(key);
});

function at(name: string): HttpSession {
  const session = httpSessionAt(`${server.url}${name && `/${name}`}`);
  sessions.push(session);
  return session;
}
const as = async (sub: string, making: Making = {}) =>
  bearer(await issuer.token({ claims: { sub }, ...making }));
const opens = async (sub: string, name: string) =>
  (await at(name).rpc("initialize", greeting, await as(sub))).status;

describe("a person", () => {
  it("uses the accounts that the file gives them, under their own key and name", async () => {
    const from = tenants.arrived.length;
    for (const [sub, name] of [
      ["anna", "alpha"],
      ["anna", "beta"],
      ["bert", "beta"],
      ["carl", ""],
    ] as const) {
      const client = await modernAt(at(name).url, await as(sub));
      const { structuredContent } = await client.callTool({ name: "list_campaigns", arguments: {} });
      expect(structuredContent).toMatchObject({ total: 6 });
    }
    expect(tenants.arrived.slice(from).map(({ key }) => key)).toEqual([ALPHA, BETA, BETA, OWN]);
  });

  it("is told at another, and at /mcp alone, which they may use, and not whether the other exists", async () => {
    const said = async (sub: string, name: string) => {
      const { status, text } = await at(name).send({ headers: await as(sub), body: message("tools/list") });
      return `${status} ${JSON.parse(text).error.message}`;
    };
    expect(await said("bert", "alpha")).toBe(
      '403 there is no account "alpha" for you; you may use /mcp/beta',
    );
    expect(await said("bert", "gamma")).toBe(
      '403 there is no account "gamma" for you; you may use /mcp/beta',
    );
    expect(await said("anna", "")).toContain("400 there are several accounts");
    expect(await said("anna", "")).toContain("/mcp/alpha, /mcp/beta");
    expect(await said("carl", "alpha")).toBe('403 there is no account "alpha" for you; yours is /mcp');
    expect(await said("dora", "alpha")).toContain("403");
    expect(await said("__proto__", "alpha")).toContain("403");
  });

  it("with one account alone reaches it at /mcp", async () => {
    expect(await opens("bert", "")).toBe(200);
    const client = newClient({});
    const transport = new StreamableHTTPClientTransport(new URL(server.url), {
      requestInit: { headers: await as("bert") },
    });
    await client.connect(transport);
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).not.toContain("pause_campaign");
    expect(client.getInstructions()).toContain('account "beta"');
    await client.close();
  });

  it("has sessions and confirmations of their own, also in an account that both may use", async () => {
    const [anna, bert] = [await as("anna"), await as("bert")];
    const { headers } = await at("beta").rpc("initialize", greeting, anna);
    const session = { "mcp-session-id": String(headers["mcp-session-id"]) };
    expect((await at("beta").rpc("tools/list", {}, { ...anna, ...session })).status).toBe(200);
    expect((await at("beta").rpc("tools/list", {}, { ...bert, ...session })).status).toBe(404);
    expect((await at("alpha").rpc("tools/list", {}, { ...anna, ...session })).status).toBe(404);
  });

  it("stands with the account in the log", async () => {
    const { headers } = await at("alpha").rpc("initialize", greeting, await as("anna"));
    const session = { ...(await as("anna")), "mcp-session-id": String(headers["mcp-session-id"]) };
    await at("alpha").call("pause_campaign", { campaign_id: 2101 }, session);
    const { data } = await at("alpha").call("list_recent_changes", {}, session);
    expect(data.changes[0].by).toMatchObject({ person: "anna" });
    await waitFor(() => expect(server.stderr()).toMatch(/"pause_campaign".*"account":"alpha"/));
  });

  it("who is taken out, or whose account is, has no access from then on", async () => {
    expect([await opens("anna", "alpha"), await opens("anna", "beta")]).toEqual([200, 200]);
    subjects.write({ ...people, anna: { accounts: ["beta"] } });
    expect([await opens("anna", "alpha"), await opens("anna", "beta")]).toEqual([403, 200]);
    accounts.write({ alpha: all.alpha });
    const { status, text } = await at("").send({ headers: await as("bert"), body: message("tools/list") });
    expect([status, text]).toEqual([403, expect.stringContaining("ask the operator")]);
    accounts.write(all);
    subjects.write(people);
    expect([await opens("anna", "alpha"), await opens("bert", "beta")]).toEqual([200, 200]);
  });
});

describe("a token", () => {
  it("for one account alone opens no other", async () => {
    const forAlpha = await as("anna", {
      claims: { sub: "anna", aud: `${env.WOODPECKER_OAUTH_AUDIENCE}/alpha` },
    });
    const status = async (name: string) => (await at(name).rpc("initialize", greeting, forAlpha)).status;
    expect([await status("alpha"), await status("beta"), await status("")]).toEqual([200, 401, 401]);
  });

  it("is found by clients from the account's own address", async () => {
    for (const name of ["alpha", "no-such-name"]) {
      const { headers } = await at(name).send({ body: message("tools/list") });
      const where = new URL(`${METADATA}/mcp/${name}`, server.url).href;
      expect(headers["www-authenticate"]).toBe(`Bearer resource_metadata="${where}"`);
      const resource = await discoverOAuthProtectedResourceMetadata(`${server.url}/${name}`);
      expect(resource).toMatchObject({
        resource: `${server.url}/${name}`,
        authorization_servers: [issuer.url],
      });
    }
    for (const path of [`${METADATA}/mcp/alpha/beta`, `${METADATA}/mcp/../alpha`, `${METADATA}/mcp/%61`])
      expect((await server.send({ method: "GET" }, path)).status).toBe(404);
    const authProvider = new ClientCredentialsProvider({
      clientId: "anna",
      clientSecret: "secret-of-the-client",
      expectedIssuer: issuer.url,
    });
    const client = newClient({});
    await client.connect(new StreamableHTTPClientTransport(new URL(at("alpha").url), { authProvider }));
    const { structuredContent } = await client.callTool({ name: "list_mailboxes", arguments: {} });
    expect(structuredContent).toMatchObject({ total: 4 });
    await client.close();
  });
});

describe("the file of people", () => {
  const wrong: [string, object, string][] = [
    ["a name that there is not", { anna: { accounts: ["alpha", "gamma"] } }, '"anna" names "gamma"'],
    ["no names", { anna: { accounts: [] } }, '"anna" must be'],
    ["names without brackets", { anna: { accounts: "alpha" } }, '"anna" must be'],
    ["a number", { anna: { accounts: [7] } }, '"anna" names 7'],
    ["names and a key", { anna: { accounts: ["alpha"], api_key: OWN } }, '"anna" must be'],
    ["a field mistyped", { anna: { api_key: OWN, acess: "read" } }, '"anna" has "acess"'],
  ];
  it.each(wrong)("with %s: exit 2 at the start", async (_what, content, says) => {
    const path = join(subjects.folder, "wrong.json");
    writeFileSync(path, JSON.stringify(content));
    const { code, stderr } = await refusesToStart([], { ...env, WOODPECKER_OAUTH_ACCOUNTS: path });
    expect([code, stderr]).toEqual([2, expect.stringContaining(`WOODPECKER_OAUTH_ACCOUNTS: ${says}`)]);
    expect(stderr).not.toContain(OWN);
  });

  it("that names accounts, without any: exit 2 at the start", async () => {
    const { code, stderr } = await refusesToStart([], { ...env, WOODPECKER_ACCOUNTS: "" });
    expect([code, stderr]).toEqual([2, expect.stringContaining("WOODPECKER_ACCOUNTS is not set")]);
  });

  it("with a slip in it while it runs: nobody but who stands in it readably, and the log says so", async () => {
    subjects.write({ anna: { accounts: ["alpha", "gamma"] }, bert: { acounts: ["beta"] } });
    expect([await opens("anna", "alpha"), await opens("bert", "beta"), await opens("carl", "")]).toEqual([
      200, 403, 403,
    ]);
    await waitFor(() => {
      expect(server.stderr()).toContain('\\"anna\\" names \\"gamma\\"');
      expect(server.stderr()).toContain('\\"bert\\" has');
    });
    subjects.write(people);
  });

  it("may narrow what a person's own key opens", async () => {
    subjects.write({ ...people, carl: { api_key: OWN, access: "read", name: "Carl's own" } });
    const client = await modernAt(server.url, await as("carl"));
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).not.toContain("pause_campaign");
    expect(client.getServerVersion()?.title).toContain("Carl's own");
    subjects.write(people);
  });
});
