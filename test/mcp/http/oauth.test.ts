/** AUTH_MODE oauth: tokens of a real issuer on this machine, good ones and every kind of bad one. */
import { createHmac, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  discoverAuthorizationServerMetadata,
  discoverOAuthProtectedResourceMetadata,
  extractWWWAuthenticateParams,
} from "@modelcontextprotocol/sdk/client/auth.js";
import { ClientCredentialsProvider } from "@modelcontextprotocol/sdk/client/auth-extensions.js";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type HttpProgram, serveHere, startHttp } from "../../support/http-program.ts";
import { bearer, theKey } from "../../support/http-session.ts";
import { type Issuer, type Making, startIssuer } from "../../support/issuer.ts";
import { greeting, message } from "../../support/json-rpc.ts";
import { startTenants, type Tenants } from "../../support/tenants.ts";

const ANNA = "key-of-anna-00000000";
const BERT = "key-of-bert-00000000";
const PATH = "/.well-known/oauth-protected-resource";

let folder: string;
let accounts: string;
let issuer: Issuer;
let tenants: Tenants;
let server: HttpProgram;
let env: Record<string, string>;
const given: string[] = [];

/** A file of people, as an operator writes it; its time is a new one, however quickly this is called. */
let written = 0;
function write(text: string | object): void {
  writeFileSync(accounts, typeof text === "string" ? text : JSON.stringify(text));
  written += 1;
  utimesSync(accounts, new Date(), new Date(1_700_000_000_000 + written * 1_000));
}
const everybody = { anna: { api_key: ANNA }, bert: { api_key: BERT, company_id: 12 } };

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "oauth-"));
  accounts = join(folder, "accounts.json");
  write(everybody);
  tenants = await startTenants([ANNA, BERT]);
  const port = String(await freePort());
  const audience = `http://127.0.0.1:${port}/mcp`;
  issuer = await startIssuer(audience);
  env = {
    AUTH_MODE: "oauth",
    WOODPECKER_OAUTH_ISSUER: issuer.url,
    WOODPECKER_OAUTH_AUDIENCE: audience,
    WOODPECKER_OAUTH_ACCOUNTS: accounts,
    WOODPECKER_API_URL: tenants.origin,
    LOG_LEVEL: "debug",
  };
  server = await startHttp(["--port", port], env);
});

afterEach(() => {
  issuer.mood = "well";
  issuer.form = "oauth-authorization-server";
  write(everybody);
});

afterAll(async () => {
  await server.close();
  await issuer.close();
  await tenants.close();
  rmSync(folder, { recursive: true, force: true });
  const said = server.answered() + server.stderr() + server.stdout();
  for (const secret of [ANNA, BERT, ...given]) expect(said).not.toContain(secret);
  for (const { headers } of tenants.arrived) expect(headers).not.toHaveProperty("authorization");
});

async function tokenOf(making?: Making): Promise<string> {
  const token = await issuer.token(making);
  given.push(token);
  return token;
}
const as = async (sub: string) => bearer(await tokenOf({ claims: { sub } }));
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

describe("a token", () => {
  it("of a person opens that person's account", async () => {
    const [anna, bert] = [await as("anna"), await as("bert")];
    await server.call("pause_campaign", { campaign_id: 2101 }, anna);
    expect([tenants.writes(ANNA).length, tenants.writes(BERT).length]).toEqual([1, 0]);
    const changes = async (who: Record<string, string>) =>
      (await server.call("list_recent_changes", {}, who)).data.changes;
    expect([(await changes(anna)).length, (await changes(bert)).length]).toEqual([1, 0]);
    const { data } = await server.call("run_campaign", { campaign_id: 2102 }, anna);
    const stolen = { campaign_id: 2102, confirmation: data.confirmation };
    expect((await server.call("run_campaign", stolen, bert)).data.outcome).toBe("confirmation_required");
    expect(tenants.writes(BERT)).toEqual([]);
  });

  it("brings the company that the operator wrote down, and none that a client asks for", async () => {
    const [anna, bert] = [await as("anna"), await as("bert")];
    const from = tenants.arrived.length;
    await server.call("list_campaigns", {}, { ...anna, "x-company-id": "77" });
    await server.call("list_campaigns", {}, { ...bert, "x-company-id": "77", ...theKey(ANNA) });
    expect(tenants.arrived.slice(from).map(({ key, headers }) => [key, headers["x-company-id"]])).toEqual([
      [ANNA, undefined],
      [BERT, "12"],
    ]);
  });

  it("may be for several audiences, ours among them, and is good a moment longer than it says", async () => {
    for (const making of [
      { claims: { aud: ["https://other.example", env.WOODPECKER_OAUTH_AUDIENCE as string] } },
      { expires: -5 },
    ]) {
      expect((await server.rpc("tools/list", {}, bearer(await tokenOf(making)))).status).toBe(200);
    }
  });

  const bad: [string, () => Promise<string>][] = [
    ["expired", () => issuer.token({ expires: -60 })],
    ["not valid yet", () => issuer.token({ claims: { nbf: Math.floor(Date.now() / 1_000) + 600 } })],
    ["for another audience", () => issuer.token({ claims: { aud: "https://other.example/mcp" } })],
    [
      "for an audience that begins like ours",
      () => issuer.token({ claims: { aud: `${env.WOODPECKER_OAUTH_AUDIENCE}2` } }),
    ],
    ["for nobody", () => issuer.token({ without: "aud" })],
    ["of another issuer", () => issuer.token({ claims: { iss: "https://other.example" } })],
    ["of no issuer", () => issuer.token({ without: "iss" })],
    ["without an end", () => issuer.token({ without: "exp" })],
    ["without a subject", () => issuer.token({ without: "sub" })],
    ["signed by a stranger", () => issuer.token({ stranger: true })],
    ["changed afterwards", async () => swapSubject(await issuer.token())],
    ["with alg none", async () => unsigned(await issuer.token(), "none")],
    ["with alg nOnE", async () => unsigned(await issuer.token(), "nOnE")],
    ["signed with the public key as a secret", async () => withSecret(await issuer.token())],
    ["that is none", async () => randomUUID()],
    ["cut short", async () => (await issuer.token()).slice(0, -10)],
    ["of 10 kB", async () => `${await issuer.token()}${"x".repeat(10_000)}`],
  ];
  it.each(bad)("%s is refused before the body is read", async (_what, make) => {
    const token = await make();
    given.push(token);
    const { status, headers, text } = await server.send({ headers: bearer(token), body: "{" });
    expect(status).toBe(401);
    const where = new URL(`${PATH}/mcp`, server.url).href;
    expect(headers["www-authenticate"]).toBe(`Bearer resource_metadata="${where}", error="invalid_token"`);
    expect(JSON.parse(text)).toMatchObject({ jsonrpc: "2.0", id: null, error: { code: -32000 } });
  });

  it("of somebody without a key is refused as such", async () => {
    for (const sub of ["carl", "__proto__", "constructor", "", "Anna"]) {
      const { status, text } = await server.send({ headers: await as(sub), body: message("tools/list") });
      expect([sub, status]).toEqual([sub, 403]);
      expect(text).toContain("operator");
    }
  });

  it("is needed: neither a key nor a token in the query opens anything", async () => {
    for (const headers of [{}, theKey(ANNA), { authorization: `Basic ${btoa("anna:x")}` }]) {
      const { status, headers: answered } = await server.send({ headers, body: message("tools/list") });
      expect(status).toBe(401);
      expect(answered["www-authenticate"]).toBe(
        `Bearer resource_metadata="${new URL(`${PATH}/mcp`, server.url).href}"`,
      );
    }
    const token = await tokenOf();
    expect((await server.send({ body: message("tools/list") }, `/mcp?access_token=${token}`)).status).toBe(
      404,
    );
  });

  it("that is bad does not lock out the next client, however often it comes", async () => {
    for (let time = 0; time < 30; time += 1) expect((await server.send({ body: "{" })).status).toBe(401);
    expect((await server.rpc("tools/list", {}, await as("anna"))).status).toBe(200);
  });

  const [ALG] = ["HS256"];
  function withSecret(token: string): Promise<string> {
    const signed = `${encoded({ alg: ALG, kid: "key-1" })}.${token.split(".")[1]}`;
    return issuer
      .publicText()
      .then((text) => `${signed}.${createHmac("sha256", text).update(signed).digest("base64url")}`);
  }
  const unsigned = (token: string, alg: string) => `${encoded({ alg })}.${token.split(".")[1]}.`;
  function swapSubject(token: string): string {
    const [head, claims = "", signature] = token.split(".");
    const changed = { ...JSON.parse(Buffer.from(claims, "base64url").toString()), sub: "bert" };
    return [head, encoded(changed), signature].join(".");
  }
});

describe("the way to a token", () => {
  it("is written at both places, for everybody", async () => {
    for (const path of [PATH, `${PATH}/mcp`]) {
      const { status, text, headers } = await server.send({ method: "GET" }, path);
      expect([status, headers["content-type"]]).toEqual([200, "application/json"]);
      expect(JSON.parse(text)).toEqual({
        resource: server.url,
        authorization_servers: [issuer.url],
        bearer_methods_supported: ["header"],
      });
    }
    expect((await server.send({ method: "GET" }, "/.well-known/oauth-authorization-server")).status).toBe(
      404,
    );
  });

  it("is found by the SDK from the refusal alone", async () => {
    const refused = await fetch(server.url, { method: "POST", body: message("tools/list") });
    const { resourceMetadataUrl } = extractWWWAuthenticateParams(refused);
    const resource = await discoverOAuthProtectedResourceMetadata(server.url, { resourceMetadataUrl });
    expect(await discoverOAuthProtectedResourceMetadata(server.url)).toEqual(resource);
    const [found = ""] = resource.authorization_servers ?? [];
    const metadata = await discoverAuthorizationServerMetadata(found);
    expect(metadata?.token_endpoint).toBe(`${issuer.url}/token`);
  });

  it("is gone by the SDK's client itself: refusal, metadata, token, tools", async () => {
    const authProvider = new ClientCredentialsProvider({
      clientId: "anna",
      clientSecret: "secret-of-the-client",
      expectedIssuer: issuer.url,
    });
    const client = await server.connect({ transport: { authProvider } });
    given.push(authProvider.tokens()?.access_token ?? "");
    const { structuredContent } = await client.callTool({ name: "list_mailboxes", arguments: {} });
    expect(structuredContent).toMatchObject({ total: 4 });
    expect(tenants.arrived.at(-1)?.key).toBe(ANNA);
  });

  it("is open to a page that the operator allows", async () => {
    const page = "https://inspector.example";
    const here = await serveHere(["--allowed-origins", page], env);
    const preflight = await here.send({ method: "OPTIONS", headers: { origin: page } }, PATH);
    const metadata = await here.send({ method: "GET", headers: { origin: page } }, PATH);
    const refused = await here.send({ headers: { origin: page } });
    const foreign = await here.send({ method: "GET", headers: { origin: "https://evil.example" } }, PATH);
    await here.close();
    expect([preflight.status, metadata.status, refused.status, foreign.status]).toEqual([204, 200, 401, 403]);
    for (const { headers } of [preflight, metadata, refused]) {
      expect(headers["access-control-allow-origin"]).toBe(page);
    }
    expect(foreign.headers).not.toHaveProperty("access-control-allow-origin");
    const allowed = String(preflight.headers["access-control-allow-headers"]).split(", ");
    expect(allowed).toEqual(expect.arrayContaining(["mcp-method", "mcp-name", "mcp-protocol-version"]));
    expect(refused.headers["access-control-expose-headers"]).toContain("www-authenticate");
  });
});

describe("the issuer", () => {
  it.each(["down", "no keys", "somebody else's metadata"] as const)(
    "that is not well (%s): 503, and good again with it",
    async (mood) => {
      const here = await serveHere([], env);
      try {
        issuer.mood = mood;
        const anna = await as("anna");
        const { status, headers } = await here.send({ headers: anna, body: message("tools/list") });
        expect([status, headers["retry-after"]]).toEqual([503, "10"]);
        issuer.mood = "well";
        expect((await here.rpc("tools/list", {}, anna)).status).toBe(200);
      } finally {
        await here.close();
      }
    },
  );

  it.each(["well", "pages everywhere"] as const)(
    "may have the metadata of OpenID only (%s)",
    async (mood) => {
      issuer.form = "openid-configuration";
      issuer.mood = mood;
      const here = await serveHere([], env);
      expect((await here.rpc("tools/list", {}, await as("anna"))).status).toBe(200);
      await here.close();
    },
  );

  it("is asked once for its keys, whoever calls, and not at all by whoever shows none", async () => {
    const here = await serveHere([], env);
    issuer.requests.length = 0;
    await here.send({ body: "{" });
    expect(issuer.requests).toEqual([]);
    const people = [await as("anna"), await as("bert"), await as("anna"), await as("bert")];
    for (const { status } of await Promise.all(people.map((one) => here.rpc("tools/list", {}, one)))) {
      expect(status).toBe(200);
    }
    expect(issuer.requests).toEqual(["GET /.well-known/oauth-authorization-server", "GET /keys"]);
    await here.close();
  });

  it("may change its key: the new one is good half a minute later at most, and the old one is not", async () => {
    const here = await serveHere([], env);
    const old = await as("anna");
    expect((await here.rpc("tools/list", {}, old)).status).toBe(200);
    await issuer.rotate();
    const anna = await as("anna");
    // Not sooner, or strangers could have it asked for its keys all the time.
    expect((await here.rpc("tools/list", {}, anna)).status).toBe(401);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 31_000 });
    try {
      expect((await here.rpc("tools/list", {}, anna)).status).toBe(200);
      expect((await here.rpc("tools/list", {}, old)).status).toBe(401);
    } finally {
      vi.useRealTimers();
      await here.close();
    }
  });
});

describe("the file of people", () => {
  let program: HttpProgram;
  beforeAll(async () => {
    program = await startHttp([], env);
  });
  afterAll(() => program.close());
  const status = async (sub: string) => (await program.rpc("tools/list", {}, await as(sub))).status;

  it("is read again when it has changed", async () => {
    write({ ...everybody, carl: ANNA });
    expect([await status("anna"), await status("carl")]).toEqual([200, 200]);
    write({ bert: everybody.bert });
    expect([await status("anna"), await status("bert")]).toEqual([403, 200]);
  });

  const slips: [string, string | object | undefined, string][] = [
    ["somebody else's entry mistyped", { bert: { api_kee: BERT }, carl: ANNA }, "no usable api_key"],
    ["nobody left", {}, "at least one person"],
    ["half of it written", '{"anna": {"api_key"', "not JSON"],
    ["the file deleted", undefined, "ENOENT"],
  ];
  it.each(slips)(
    "with anna taken out and %s: she has no access, and it is logged",
    async (_how, text, says) => {
      expect(await status("anna")).toBe(200);
      const from = program.stderr().length;
      if (text === undefined) rmSync(accounts);
      else write(text);
      expect([await status("anna"), await status("bert")]).toEqual([403, 403]);
      expect(await status("carl")).toBe(typeof text === "object" && "carl" in text ? 200 : 403);
      const lines = program.stderr().slice(from).split("\n");
      const logged = lines.filter((line) => line.includes('"oauth_accounts"'));
      expect(logged).toEqual([expect.stringContaining(says)]);
      write(everybody);
      expect(await status("anna")).toBe(200);
    },
  );

  it("with another key ends the sessions that were begun with the one before", async () => {
    const here = await serveHere(["--sessions"], env);
    const anna = await as("anna");
    const { headers } = await here.rpc("initialize", greeting, anna);
    const session = { ...anna, "mcp-session-id": String(headers["mcp-session-id"]) };
    expect((await here.rpc("tools/list", {}, session)).status).toBe(200);
    write({ anna: { api_key: BERT } });
    expect((await here.rpc("tools/list", {}, session)).status).toBe(404);
    write({ bert: { api_key: BERT } });
    expect((await here.rpc("tools/list", {}, session)).status).toBe(403);
    await here.close();
  });
});
