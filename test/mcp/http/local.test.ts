/** The built program over Streamable HTTP: open to clients on this machine, closed to web pages and to strange requests. */
import { describe, expect, it } from "vitest";
import { startHttp } from "../../support/http-program.ts";
import { type Headers, httpSessionAt } from "../../support/http-session.ts";
import { message } from "../../support/json-rpc.ts";

async function serve(args: string[] = [], env: Record<string, string> = {}) {
  const server = await startHttp(["--sandbox", ...args], env);
  expect(server.stderr()).toContain("listening on http://");
  return server;
}

const body = () => message("tools/list");

/** By hand, because fetch does not let a caller choose Host. */
const send = (url: string, method: string, headers: Headers = {}, text = "") =>
  httpSessionAt(url).send({ method, headers, body: text }, new URL(url).pathname);

describe("over HTTP", () => {
  it("says where it listens and answers the SDK's client, call after call", async () => {
    const { connect, stdout } = await serve();
    const client = await connect();
    expect((await client.listTools()).tools.map(({ name }) => name)).toContain("run_campaign");
    const { structuredContent } = await client.callTool({ name: "list_campaigns", arguments: {} });
    expect(structuredContent).toMatchObject({ total: 6 });
    await client.close();
    expect(stdout()).toBe("");
  });

  it("keeps the state of the sandbox and a token good from one stateless call to the next", async () => {
    const client = await (await serve()).connect();
    const run = async (more: object) => {
      const { structuredContent } = await client.callTool({
        name: "run_campaign",
        arguments: { campaign_id: 2102, ...more },
      });
      return structuredContent as Record<string, unknown>;
    };
    const { confirmation } = await run({});
    expect(await run({ confirmation })).toMatchObject({ outcome: "done", status: "RUNNING" });
    expect(await run({})).toMatchObject({ outcome: "already" });
    await client.close();
  });

  it.each([
    ["a foreign Host", "POST", { host: "evil.example" }, 403],
    ["a foreign Host with our port", "POST", { host: "evil.example:3000" }, 403],
    ["a foreign Origin", "POST", { origin: "https://evil.example" }, 403],
    ["the Origin of a sandboxed page", "POST", { origin: "null" }, 403],
    ["an Origin that only begins like ours", "POST", { origin: "http://localhost.evil.example" }, 403],
    ["GET", "GET", {}, 405],
    ["DELETE", "DELETE", {}, 405],
    ["our own Origin", "POST", { origin: "http://localhost:8080" }, 200],
    ["our own Host by name", "POST", { host: "localhost" }, 200],
  ] as [string, string, Record<string, string>, number][])(
    "answers %s (%s) as it should",
    async (_name, method, headers, status) => {
      const { url } = await serve();
      const answer = await send(url, method, headers, method === "POST" ? body() : "");
      expect(answer.status).toBe(status);
      expect(answer.text.includes('"list_campaigns"')).toBe(status === 200);
      if (status === 405) expect(answer.headers.allow).toBe("POST");
    },
  );

  it.each([
    ["a batch", () => `[${body()}]`, 400],
    ["an empty batch", () => "[]", 400],
    ["a body that is not JSON", () => "{", 400],
    ["an empty body", () => "", 400],
    ["a body over 1 MiB", () => JSON.stringify({ filler: "x".repeat(1024 * 1024) }), 413],
  ])("refuses %s and goes on", async (_name, text, status) => {
    const { url } = await serve();
    const answer = await send(url, "POST", {}, text());
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text)).toMatchObject({ jsonrpc: "2.0", error: { message: expect.any(String) } });
    expect((await send(url, "POST", {}, body())).status).toBe(200);
  });

  it("answers /healthz, and nothing beside it and /mcp", async () => {
    const { url } = await serve();
    const at = (path: string) => send(new URL(path, url).href, "GET");
    expect(await at("/healthz")).toMatchObject({ status: 200, text: '{"status":"ok"}' });
    expect((await at("/")).status).toBe(404);
    expect((await at("/mcp/other")).status).toBe(404);
    expect((await send(new URL("/healthz", url).href, "GET", { host: "evil.example" })).status).toBe(403);
  });

  it.each([
    ["/mcp/", {}],
    ["/mcp", { accept: "*/*" }],
    ["/mcp", { accept: "application/json" }],
    ["/mcp", { accept: "text/html, */*;q=0.8" }],
  ])("answers at %s a client that accepts %j", async (path, headers) => {
    const { url } = await serve();
    const answer = await send(new URL(path, url).href, "POST", headers, body());
    expect(answer.status).toBe(200);
  });

  it("with a token answers only those who show it", async () => {
    const token = "t".repeat(32);
    const { url } = await serve([], { WOODPECKER_MCP_TOKEN: token });
    const post = (headers: Record<string, string>) => send(url, "POST", headers, body());
    expect((await post({})).status).toBe(401);
    expect((await post({ authorization: `Bearer ${token}x` })).status).toBe(401);
    expect((await post({ authorization: token })).status).toBe(401);
    expect((await post({ authorization: `Bearer ${token}` })).status).toBe(200);
  });
});
