/** The built program as its users start it: dist/main.cjs in a process of its own. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { atEnd } from "./at-end.ts";

export const program = "dist/main.cjs";
/** Against hanging, on a machine that may be busy; not a measure. */
const GUARD_MS = 15_000;

type Environment = Record<string, string>;
const bare = (env: Environment): Environment => ({ PATH: process.env.PATH ?? "", ...env });

export interface Running {
  child: ChildProcessWithoutNullStreams;
  stdout(): string;
  stderr(): string;
  /** Waits until the pattern stands on stdout or stderr. */
  said(pattern: RegExp): Promise<RegExpExecArray>;
  /** The exit code; rejects when the process does not end in time. */
  ended(): Promise<number | null>;
}

export function start(args: string[], env: Environment = {}): Running {
  const child = spawn(process.execPath, [program, ...args], { env: bare(env) });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    stdout += chunk;
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    stderr += chunk;
  });
  child.stdin.on("error", () => undefined);
  const exit = new Promise<number | null>((resolve) => child.on("close", (code) => resolve(code)));
  atEnd(() => child.kill("SIGKILL"));

  const within = async <T>(what: string, wanted: Promise<T>): Promise<T> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`${what}: not in time\n${stdout}\n${stderr}`)), GUARD_MS);
    });
    return Promise.race([wanted, late]).finally(() => clearTimeout(timer));
  };

  return {
    child,
    stdout: () => stdout,
    stderr: () => stderr,
    ended: () => within("exit", exit),
    said: (pattern) =>
      within(
        String(pattern),
        new Promise((resolve, reject) => {
          const look = () => {
            const found = pattern.exec(stdout) ?? pattern.exec(stderr);
            if (found) resolve(found);
          };
          child.stdout.on("data", look);
          child.stderr.on("data", look);
          exit.then(() => reject(new Error(`ended without saying ${pattern}\n${stderr}`)));
          look();
        }),
      ),
  };
}

/** Runs to the end, with nothing on stdin. */
export async function runToEnd(args: string[], env: Environment = {}) {
  const running = start(args, env);
  running.child.stdin.end();
  return { code: await running.ended(), stdout: running.stdout(), stderr: running.stderr() };
}

export interface Session {
  client: Client;
  stderr(): string;
}

export async function connect(args: string[], env: Environment = {}): Promise<Session> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [program, ...args],
    env: bare(env),
    stderr: "pipe",
  });
  let stderr = "";
  transport.stderr?.on("data", (chunk) => {
    stderr += chunk;
  });
  const client = new Client({ name: "test", version: "1" });
  await client.connect(transport);
  atEnd(() => client.close());
  return { client, stderr: () => stderr };
}

/** Lines of a session by hand. */
let nextId = 1;
export const request = (method: string, params: object = {}) =>
  JSON.stringify({ jsonrpc: "2.0", id: nextId++, method, params });

export const hello = () => [
  request("initialize", {
    protocolVersion: "2025-06-18",
    capabilities: {},
    clientInfo: { name: "by hand", version: "1" },
  }),
  JSON.stringify({ jsonrpc: "2.0", method: "notifications/initialized" }),
];
