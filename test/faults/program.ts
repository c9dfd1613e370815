/** The built program in a process of its own, as a host starts it, spoken to line by line. */
import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { KEY, type Upstream } from "../support/upstream.ts";
import type { Answer, Data } from "../support/world.ts";

export interface ProgramOptions {
  args?: string[];
  env?: Record<string, string>;
  /** Options of node itself, before the program. */
  node?: string[];
  /** Where it finds Woodpecker, with a good key. */
  upstream?: Upstream;
  /** Nothing is said yet. */
  silent?: boolean;
}

export interface Program {
  child: ChildProcess;
  stdin: Writable;
  /** Everything on stdout so far, as text. */
  stdout(): string;
  stderr(): string;
  /** The lines of stdout; throws where one is not JSON-RPC. */
  messages(): Data[];
  write(text: string | Buffer): void;
  /** Sends a request and waits for what comes under its id. */
  request(method: string, params?: object, id?: unknown): Promise<Data>;
  call(tool: string, args?: object): Promise<Answer>;
  notify(method: string, params?: object): void;
  /** The exit code; null after a signal. */
  ended(): Promise<number | null>;
}

export const main = "dist/main.cjs";
const GUARD_MS = 15_000;

export const greeting = {
  protocolVersion: "2025-06-18",
  capabilities: {},
  clientInfo: { name: "by hand", version: "1" },
};

export async function startProgram(options: ProgramOptions = {}): Promise<Program> {
  const { args = [], node = [], upstream } = options;
  const spawnOptions: SpawnOptions = { env: environment(options), stdio: ["pipe", "pipe", "pipe"] };
  const child = spawn(process.execPath, [...node, main, ...args], spawnOptions);
  const program = speakTo(child);
  if (!options.silent) await greet(program);
  return program;

  function environment({ env = {} }: ProgramOptions): Record<string, string> {
    const account = upstream && { WOODPECKER_API_URL: upstream.origin, WOODPECKER_API_KEY: KEY };
    return { PATH: process.env.PATH ?? "", WOODPECKER_LEDGER: "off", ...account, ...env };
  }
}

export async function greet(program: Program): Promise<void> {
  await program.request("initialize", greeting);
  program.notify("notifications/initialized");
}

export function speakTo(child: ChildProcess): Program {
  const stdin = child.stdin as Writable;
  let [stdout, stderr] = ["", ""];
  let nextId = 1;
  const waiting = new Map<unknown, (message: Data) => void>();
  let rest = "";
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
  stdin.on("error", () => undefined);
  const exit = new Promise<number | null>((resolve) => child.once("close", resolve));
  const write = (text: string | Buffer) => void stdin.write(text);

  const request: Program["request"] = (method, params = {}, id = `r${nextId++}`) => {
    const answered = new Promise((resolve) => waiting.set(id, resolve));
    write(`${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`);
    return guarded(`answer to ${method}`, answered, () => `${stdout.slice(-2_000)}\n${stderr.slice(-2_000)}`);
  };

  return {
    child,
    stdin,
    stdout: () => stdout,
    stderr: () => stderr,
    messages: () =>
      stdout
        .split("\n")
        .filter(Boolean)
        .map((line) => {
          const message = parsed(line);
          if (message?.jsonrpc !== "2.0") throw new Error(`no JSON-RPC on stdout: ${line.slice(0, 200)}`);
          return message;
        }),
    write,
    request,
    async call(name, args = {}) {
      const { result, error } = await request("tools/call", { name, arguments: args });
      if (!result) throw new Error(JSON.stringify(error));
      const text = result.content.map((block: { text: string }) => block.text).join("\n");
      return { data: result.structuredContent, text, failed: result.isError === true, result };
    },
    notify: (method, params = {}) => write(`${JSON.stringify({ jsonrpc: "2.0", method, params })}\n`),
    ended: () => guarded("the end of the process", exit, () => `${stdout.slice(-2_000)}\n${stderr}`),
  };
}

function parsed(line: string): Data {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** A guard against hanging, not a measure. */
export async function guarded<T>(what: string, wanted: Promise<T>, state: () => string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: not in time\n${state()}`)), GUARD_MS);
  });
  return Promise.race([wanted, late]).finally(() => clearTimeout(timer));
}
