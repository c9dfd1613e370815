/** The built program in a process of its own, as a host starts it, spoken to line by line. */
import { type ChildProcess, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { type Answer, answerOf, type Data } from "./answer.ts";
import { type AtEnd, atEnd } from "./at-end.ts";
import { greeting, guarded, message, notification } from "./json-rpc.ts";

export const main = "dist/main.cjs";

export interface Program {
  child: ChildProcess;
  pid: number;
  stdin: Writable;
  /** Everything on stdout so far, as text. */
  stdout(): string;
  stderr(): string;
  /** Waits until the pattern stands on stdout or stderr. */
  said(pattern: RegExp): Promise<RegExpExecArray>;
  /** The lines of stdout; throws where one is not JSON-RPC. */
  messages(): Data[];
  write(text: string | Buffer): void;
  /** Sends a request and waits for what comes under its id. */
  request(method: string, params?: object, id?: unknown): Promise<Data>;
  call(tool: string, args?: object): Promise<Answer>;
  notify(method: string, params?: object): void;
  signal(signal: NodeJS.Signals): void;
  /** The exit code; null after a signal. Rejects when the process does not end in time. */
  ended(): Promise<number | null>;
}

export interface StartOptions {
  /** Options of node itself, before the program. */
  node?: string[] | undefined;
  /** Told how to end it; by default the test. Tests that run at the same time hand in their own. */
  until?: AtEnd | undefined;
}

export function start(
  args: string[],
  env: Record<string, string> = {},
  { node = [], until = atEnd }: StartOptions = {},
): Program {
  const child = spawn(process.execPath, [...node, main, ...args], { env: bare(env) });
  until(() => child.kill("SIGKILL"));
  return speakTo(child);
}

/** Nothing of the environment of the tests. */
export const bare = (env: Record<string, string>) => ({
  PATH: process.env.PATH ?? "",
  WOODPECKER_LEDGER: "off",
  WOODPECKER_STATE_DIR: "off",
  ...env,
});

/** Runs to the end, with nothing on stdin. */
export async function runToEnd(args: string[], env: Record<string, string> = {}) {
  const program = start(args, env, { until: () => undefined });
  program.stdin.end();
  const code = await program.ended().finally(() => program.signal("SIGKILL"));
  return { code, stdout: program.stdout(), stderr: program.stderr() };
}

export async function greet(program: Program): Promise<void> {
  await program.request("initialize", greeting);
  program.notify("notifications/initialized");
}

export function speakTo(child: ChildProcess): Program {
  const stdin = child.stdin as Writable;
  let [stdout, stderr, rest] = ["", "", ""];
  let nextId = 1;
  const waiting = new Map<unknown, (message: Data) => void>();
  (child.stdout as Readable | null)?.setEncoding("utf8").on("data", (chunk: string) => {
    stdout += chunk;
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const message = parsed(line);
      waiting.get(message?.id)?.(message);
    }
  });
  (child.stderr as Readable | null)?.setEncoding("utf8").on("data", (chunk: string) => {
    stderr += chunk;
  });
  stdin?.on("error", () => undefined);
  const exit = new Promise<number | null>((resolve) => child.once("close", resolve));
  const state = () => `${stdout.slice(-2_000)}\n${stderr.slice(-2_000)}`;
  const write = (text: string | Buffer) => void stdin.write(text);

  const request: Program["request"] = (method, params = {}, id = `r${nextId++}`) => {
    const answered = new Promise((resolve) => waiting.set(id, resolve));
    write(`${message(method, params, id)}\n`);
    return guarded(`answer to ${method}`, answered, state);
  };

  return {
    child,
    pid: child.pid as number,
    stdin,
    stdout: () => stdout,
    stderr: () => stderr,
    said(pattern) {
      const found = new Promise<RegExpExecArray>((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(stdout) ?? pattern.exec(stderr);
          if (match) resolve(match);
        };
        child.stdout?.on("data", look);
        child.stderr?.on("data", look);
        exit.then(() => reject(new Error(`ended without saying ${pattern}\n${stderr}`)));
        look();
      });
      return guarded(String(pattern), found, state);
    },
    messages: () => stdout.split("\n").filter(Boolean).map(jsonRpc),
    write,
    request,
    async call(name, args = {}) {
      const { result, error } = await request("tools/call", { name, arguments: args });
      if (!result) throw new Error(JSON.stringify(error));
      return answerOf(result);
    },
    notify: (method, params) => write(`${notification(method, params)}\n`),
    signal: (signal) => void child.kill(signal),
    ended: () => guarded("the end of the process", exit, state),
  };
}

function jsonRpc(line: string): Data {
  const message = parsed(line);
  if (message?.jsonrpc !== "2.0") throw new Error(`no JSON-RPC on stdout: ${line.slice(0, 200)}`);
  return message;
}

function parsed(line: string): Data {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
