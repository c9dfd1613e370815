/** Three replicas of the built program behind a real nginx, with a real Redis between them and one Woodpecker above. */
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { onTestFinished } from "vitest";
import type { SandboxOptions } from "../../../src/sandbox/index.ts";
import { type Running, request, start } from "../../support/process.ts";
import { type Daemon, startNginx, startRedis } from "../../support/servers.ts";
import { startUpstream, type Upstream } from "../../support/upstream.ts";
import type { Answer, Data } from "../../support/world.ts";

const TOKEN = "a-token-for-the-replicas-0123456789";

export interface Replica {
  url: string;
  program: Running;
  call(name: string, args?: object): Promise<Answer>;
}

export interface Cluster {
  upstream: Upstream;
  redis: Daemon;
  replicas: [Replica, Replica, Replica];
  /** Through nginx, as clients reach them. */
  call(name: string, args?: object): Promise<Answer>;
  /** The same as one request and no more, without what a client says before its first call. */
  post(name: string, args?: object): Promise<Response>;
  /** First the confirmation, then the call with it, each where it is told to. */
  agree(first: Replica, second: Replica, name: string, args: object): Promise<Answer>;
}

export async function openCluster(
  env: Record<string, string> = {},
  sandbox: SandboxOptions = {},
): Promise<Cluster> {
  const upstream = await startUpstream(sandbox);
  const redis = await startRedis();
  onTestFinished(upstream.close);
  onTestFinished(redis.kill);
  const replica = () =>
    startReplica({
      WOODPECKER_API_KEY: upstream.key,
      WOODPECKER_API_URL: upstream.origin,
      WOODPECKER_REDIS_URL: `redis://127.0.0.1:${redis.port}`,
      WOODPECKER_MCP_TOKEN: TOKEN,
      WOODPECKER_LEDGER: "off",
      ALLOWED_HOSTS: "mcp.example.com",
      ...env,
    });
  const replicas = await Promise.all([replica(), replica(), replica()]);
  const nginx = await startNginx(replicas.map(({ url }) => Number(new URL(url).port)));
  onTestFinished(nginx.kill);
  const url = `http://127.0.0.1:${nginx.port}/mcp`;
  return {
    upstream,
    redis,
    replicas,
    call: caller(url),
    post: (name, args = {}) =>
      fetch(url, {
        method: "POST",
        headers: {
          authorization: `Bearer ${TOKEN}`,
          "content-type": "application/json",
          accept: "application/json, text/event-stream",
        },
        body: request("tools/call", { name, arguments: args }),
      }),
    async agree(first, second, name, args) {
      const { data } = await first.call(name, args);
      return second.call(name, { ...args, confirmation: data?.confirmation });
    },
  };
}

async function startReplica(env: Record<string, string>): Promise<Replica> {
  const program = start(["--http", "--port", "0"], env);
  const [, url = ""] = await program.said(/listening on (http:\/\/[^\s]+\/mcp)/);
  return { url, program, call: caller(url) };
}

function caller(url: string): Replica["call"] {
  return async (name, args = {}) => {
    const client = new Client({ name: "test", version: "1" });
    const headers = { authorization: `Bearer ${TOKEN}` };
    await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));
    try {
      const result = (await client.callTool({ name, arguments: args as Data })) as CallToolResult;
      const text = result.content.map((block) => (block.type === "text" ? block.text : "")).join("\n");
      return { data: result.structuredContent, text, failed: result.isError === true, result };
    } finally {
      await client.close();
    }
  };
}
