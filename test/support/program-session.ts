/** A session of the built program: a real MCP client on its stdio, or over HTTP. */
import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { type Calls, callsOf, type Elicit } from "./answer.ts";
import { atEnd } from "./at-end.ts";
import { bare, main, start } from "./program.ts";
import { type Environment, newClient } from "./session.ts";

interface Place {
  origin: string;
  key: string;
}

interface ProgramSession extends Calls {
  client: Client;
  stderr(): string;
}

interface StdioSession extends ProgramSession {
  pid: number;
  /** Ends it as a crash would. */
  kill(): void;
}

const at = ({ origin, key }: Place, env: Environment = {}): Environment => ({
  WOODPECKER_API_URL: origin,
  WOODPECKER_API_KEY: key,
  ...env,
});

/** @param halfKilobytes what a file that it writes may have at most, as on a disk that gets full */
export const onStdio = (
  place: Place,
  env?: Environment,
  elicit?: Elicit,
  halfKilobytes?: number,
): Promise<StdioSession> => connect([], at(place, env), elicit, halfKilobytes);

/** On stdio, with this command line. */
export async function connect(
  args: string[],
  env: Environment = {},
  elicit?: Elicit,
  halfKilobytes?: number,
): Promise<StdioSession> {
  const limited = ["-c", `ulimit -f ${halfKilobytes}; exec "$0" "$@"`, process.execPath];
  const transport = new StdioClientTransport({
    ...(halfKilobytes === undefined
      ? { command: process.execPath, args: [main, ...args] }
      : { command: "sh", args: [...limited, main, ...args] }),
    env: bare(env),
    stderr: "pipe",
  });
  let stderr = "";
  transport.stderr?.on("data", (chunk) => {
    stderr += chunk;
  });
  const client = newClient({ elicit });
  await client.connect(transport);
  atEnd(() => client.close());
  const pid = transport.pid ?? 0;
  const kill = () => void (pid > 0 && process.kill(pid, "SIGKILL"));
  return { ...callsOf(client), client, pid, stderr: () => stderr, kill };
}

export async function overHttp(place: Place, env?: Environment, elicit?: Elicit): Promise<ProgramSession> {
  const { url, stderr } = await serve([], at(place, env));
  return { ...(await sessionAt(url, {}, elicit)), stderr };
}

/** The program over HTTP, on a port of its own. */
export async function serve(args: string[] = [], env: Environment = {}) {
  const program = start(["--http", "--port", "0", ...args], env);
  const [, url = ""] = await program.said(/listening on (http:\/\/[^\s]+\/mcp)/);
  return { ...program, url };
}

/** A client of a server over HTTP that runs already. */
export async function sessionAt(url: string, headers: Environment = {}, elicit?: Elicit) {
  const client = newClient({ elicit });
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));
  atEnd(() => client.close());
  return { ...callsOf(client), client };
}
