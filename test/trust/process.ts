/** The built program against a sandbox whose requests are counted: on stdio, or over HTTP. */
import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { program, start } from "../support/process.ts";
import type { Elicit } from "../support/world.ts";
import { atEnd, clientOf, type Desk, type Environment, sessionOf } from "./desk.ts";

interface Account {
  origin: string;
  key: string;
}

export interface Session extends Pick<Desk, "call" | "agree"> {
  client: Client;
  stderr(): string;
}

export const environment = ({ origin, key }: Account, env: Environment = {}): Environment => ({
  PATH: process.env.PATH ?? "",
  WOODPECKER_API_URL: origin,
  WOODPECKER_API_KEY: key,
  WOODPECKER_LEDGER: "off",
  ...env,
});

export interface StdioSession extends Session {
  pid: number;
  /** Ends it as a crash would. */
  kill(): void;
}

/** @param halfKilobytes what a file that it writes may have at most, as on a disk that gets full */
export async function onStdio(
  account: Account,
  env?: Environment,
  elicit?: Elicit,
  halfKilobytes?: number,
): Promise<StdioSession> {
  const [command = "", ...args] =
    halfKilobytes === undefined
      ? [process.execPath, program]
      : ["sh", "-c", `ulimit -f ${halfKilobytes}; exec "$0" "$1"`, process.execPath, program];
  const transport = new StdioClientTransport({
    command,
    args,
    env: environment(account, env),
    stderr: "pipe",
  });
  let stderr = "";
  transport.stderr?.on("data", (chunk) => {
    stderr += chunk;
  });
  const client = clientOf(elicit);
  await client.connect(transport);
  atEnd(() => client.close());
  const pid = transport.pid ?? 0;
  const kill = () => void (pid > 0 && process.kill(pid, "SIGKILL"));
  return { ...sessionOf(client), client, pid, stderr: () => stderr, kill };
}

export async function overHttp(account: Account, env?: Environment, elicit?: Elicit): Promise<Session> {
  const running = start(["--http", "--port", "0"], environment(account, env));
  const [, url = ""] = await running.said(/listening on (http:\/\/[^\s]+\/mcp)/);
  const client = clientOf(elicit);
  await client.connect(new StreamableHTTPClientTransport(new URL(url)));
  atEnd(() => client.close());
  return { ...sessionOf(client), client, stderr: running.stderr };
}
