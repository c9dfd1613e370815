/** Three replicas of the built program behind a real nginx, with a real Redis between them and one Woodpecker above. */
import type { SandboxOptions } from "../../../src/sandbox/index.ts";
import type { Answer } from "../../support/answer.ts";
import { atEnd } from "../../support/at-end.ts";
import { bearer, usual } from "../../support/http-session.ts";
import { message } from "../../support/json-rpc.ts";
import type { Program } from "../../support/program.ts";
import { serve, sessionAt } from "../../support/program-session.ts";
import { type Daemon, startNginx, startRedis } from "../../support/servers.ts";
import { startUpstream, type Upstream } from "../../support/upstream.ts";

const TOKEN = "a-token-for-the-replicas-0123456789";

interface Replica {
  url: string;
  program: Program;
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

/** Until the end of the test, or of the file where it is opened before the tests. */
export async function openCluster(
  env: Record<string, string> = {},
  sandbox: SandboxOptions = {},
): Promise<Cluster> {
  const upstream = await startUpstream(sandbox);
  const redis = await startRedis();
  atEnd(upstream.close);
  atEnd(redis.kill);
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
  atEnd(nginx.kill);
  const url = `http://127.0.0.1:${nginx.port}/mcp`;
  return {
    upstream,
    redis,
    replicas,
    call: caller(url),
    post: (name, args = {}) =>
      fetch(url, {
        method: "POST",
        headers: { ...usual, ...bearer(TOKEN) },
        body: message("tools/call", { name, arguments: args }),
      }),
    async agree(first, second, name, args) {
      const { data } = await first.call(name, args);
      return second.call(name, { ...args, confirmation: data?.confirmation });
    },
  };
}

async function startReplica(env: Record<string, string>): Promise<Replica> {
  const program = await serve([], env);
  return { url: program.url, program, call: caller(program.url) };
}

/** Each call is a client of its own. */
function caller(url: string): Replica["call"] {
  return async (name, args) => {
    const { client, call } = await sessionAt(url, bearer(TOKEN));
    return call(name, args).finally(() => client.close());
  };
}
