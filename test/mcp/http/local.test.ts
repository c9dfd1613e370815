/** The built program over Streamable HTTP: open to clients on this machine, in whatever way they ask. What it refuses: test/faults/e-http.test.ts. */
import { beforeAll, describe, expect, it } from "vitest";
import { type HttpProgram, startHttp } from "../../support/http-program.ts";
import { message } from "../../support/json-rpc.ts";

const body = () => message("tools/list");

describe("over HTTP", () => {
  let server: HttpProgram;
  beforeAll(async () => {
    server = await startHttp(["--sandbox"]);
  });

  it("says where it listens and answers the SDK's client, call after call", async () => {
    expect(server.stderr()).toContain("listening on http://");
    const client = await server.connect();
    expect((await client.listTools()).tools.map(({ name }) => name)).toContain("run_campaign");
    const { structuredContent } = await client.callTool({ name: "list_campaigns", arguments: {} });
    expect(structuredContent).toMatchObject({ total: 6 });
    expect(server.stdout()).toBe("");
  });

  it("keeps the state of the sandbox and a token good from one stateless call to the next", async () => {
    const client = await server.connect();
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
  });

  it.each([
    ["/mcp", { origin: "http://localhost:8080" }],
    ["/mcp", { host: "localhost" }],
    ["/mcp/", {}],
    ["/mcp", { accept: "*/*" }],
    ["/mcp", { accept: "application/json" }],
    ["/mcp", { accept: "text/html, */*;q=0.8" }],
  ] as [string, Record<string, string>][])("answers at %s a client that sends %j", async (path, headers) => {
    const answer = await server.send({ headers, body: body() }, path);
    expect([answer.status, answer.text.includes('"list_campaigns"')]).toEqual([200, true]);
  });

  it.each(["GET", "DELETE"])("has nothing for %s, without sessions", async (method) => {
    const { status, headers } = await server.send({ method });
    expect([status, headers.allow]).toEqual([405, "POST"]);
  });

  it("answers /healthz to this machine only", async () => {
    const headers = { host: "evil.example" };
    expect((await server.send({ method: "GET", headers }, "/healthz")).status).toBe(403);
    expect((await server.send({ method: "GET" }, "/mcp/other")).status).toBe(404);
  });
});
