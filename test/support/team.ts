/** A server over HTTP for many callers, and requests to it: by hand, byte for byte, and with a real MCP client. */
import { spawn } from "node:child_process";
import { Agent, request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { connect as connectSocket } from "node:net";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import {
  StreamableHTTPClientTransport,
  type StreamableHTTPClientTransportOptions,
} from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { ElicitRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { openCalls } from "../../src/accounts/lazy.ts";
import { createLog } from "../../src/log.ts";
import { type HttpOptions, serveHttp } from "../../src/mcp/http/index.ts";
import { createServer } from "../../src/mcp/server.ts";
import { published } from "../../src/mcp/tools/published.ts";
import { readSettings } from "../../src/settings/index.ts";
import { guarded, main } from "../faults/program.ts";
import type { Answer, Data, Elicit } from "./world.ts";

export type Headers = Record<string, string>;

export interface Answered {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

export interface Sending {
  method?: string;
  headers?: Headers;
  body?: string;
  /** Sent without saying how long it is. */
  chunks?: Iterable<string>;
  /** Gives up when told to. */
  signal?: AbortSignal;
}

export interface Spoken extends Answered {
  /** The JSON-RPC messages of the answer, in order. */
  messages: Data[];
}

export interface Team {
  /** That of /mcp. */
  url: string;
  /** @param path "/mcp" unless another one is asked for, taken as it stands */
  send(sending?: Sending, path?: string): Promise<Answered>;
  rpc(method: string, params?: object, headers?: Headers, more?: Speaking): Promise<Spoken>;
  call(tool: string, args?: object, headers?: Headers, more?: Speaking): Promise<Answer>;
  /** The same, as a person would who agrees to what is asked. */
  agree(tool: string, args: Data, headers?: Headers): Promise<Answer>;
  /** Everything that comes back until the connection is closed. */
  bytes(text: string): Promise<string>;
  connect(options?: Connecting): Promise<Client>;
  /** Everything that anybody was answered so far, with the headers. */
  answered(): string;
  leave(): Promise<void>;
}

export interface Speaking {
  id?: unknown;
  signal?: AbortSignal;
  meta?: object;
}

export interface Connecting {
  headers?: Headers;
  transport?: StreamableHTTPClientTransportOptions;
  /** The client says that it can show forms, and this answers them. */
  elicit?: Elicit;
}

export interface TeamProgram extends Team {
  pid: number;
  metricsUrl: string;
  stderr(): string;
  stdout(): string;
  signal(signal: NodeJS.Signals): void;
  /** The exit code. */
  ended(): Promise<number | null>;
  close(): Promise<void>;
}

export const usual: Headers = {
  "content-type": "application/json",
  accept: "application/json, text/event-stream",
};
export const theKey = (key: string): Headers => ({ "x-woodpecker-api-key": key });
export const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` });

export const greeting = {
  protocolVersion: "2025-06-18",
  capabilities: {},
  clientInfo: { name: "by hand", version: "1" },
};

let nextId = 1;
export const message = (method: string, params: object = {}, id: unknown = nextId++) =>
  JSON.stringify({ jsonrpc: "2.0", id, method, params });

/** Requests to a server that runs already. */
export function teamAt(url: string): Team {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  const { hostname, port } = new URL(url);
  const clients: Client[] = [];
  let answered = "";

  const send: Team["send"] = ({ method = "POST", headers = {}, body, chunks, signal } = {}, path = "/mcp") =>
    new Promise((resolve, reject) => {
      const all = { ...usual, ...headers };
      const sent = httpRequest({ hostname, port, path, method, headers: all, agent, signal }, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk: string) => {
          text += chunk;
        });
        response.on("error", reject);
        response.on("end", () => {
          answered += `${JSON.stringify(response.headers)}\n${text}\n`;
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
        });
      });
      sent.on("error", reject);
      for (const chunk of chunks ?? []) sent.write(chunk);
      sent.end(body);
    });

  const rpc: Team["rpc"] = async (method, params = {}, headers, { id, signal, meta } = {}) => {
    const body = message(method, meta ? { ...params, _meta: meta } : params, id);
    const answer = await send({ headers, body, signal });
    return { ...answer, messages: messagesIn(answer) };
  };

  const call: Team["call"] = async (name, args = {}, headers, more) => {
    const {
      messages,
      status,
      text: whole,
    } = await rpc("tools/call", { name, arguments: args }, headers, more);
    const { result } = messages.at(-1) ?? {};
    if (!result) throw new Error(`${name}: ${status} ${whole.slice(0, 500)}`);
    const text = result.content.map((block: { text: string }) => block.text).join("\n");
    return { data: result.structuredContent, text, failed: result.isError === true, result };
  };

  return {
    url,
    send,
    rpc,
    call,
    async agree(tool, args, headers) {
      const asked = await call(tool, args, headers);
      if (asked.data?.outcome !== "confirmation_required") return asked;
      return call(tool, { ...args, confirmation: asked.data.confirmation }, headers);
    },
    bytes: (text) =>
      new Promise((resolve, reject) => {
        let back = "";
        const socket = connectSocket(Number(port), hostname, () => socket.write(text));
        socket.setEncoding("utf8").on("data", (chunk: string) => {
          back += chunk;
        });
        socket.on("error", reject);
        socket.on("close", () => {
          answered += `${back}\n`;
          resolve(back);
        });
      }),
    async connect({ headers = {}, transport, elicit } = {}) {
      const client = new Client(
        { name: "test", version: "1" },
        { capabilities: { ...(elicit && { elicitation: {} }) } },
      );
      if (elicit) client.setRequestHandler(ElicitRequestSchema, ({ params }) => elicit(params));
      const options = { requestInit: { headers }, ...transport };
      await client.connect(new StreamableHTTPClientTransport(new URL(url), options));
      clients.push(client);
      return client;
    },
    answered: () => answered,
    async leave() {
      for (const client of clients) await client.close().catch(() => undefined);
      agent.destroy();
    },
  };
}

export function messagesIn({ headers, text }: Answered): Data[] {
  if (!String(headers["content-type"]).startsWith("text/event-stream")) {
    return text === "" ? [] : [JSON.parse(text)];
  }
  return text
    .split("\n")
    .filter((line) => line.startsWith("data:") && line.length > "data: ".length)
    .map((line) => JSON.parse(line.slice("data:".length)));
}

/** The built program, in a process of its own. */
export async function startTeam(
  args: string[] = [],
  env: Record<string, string> = {},
  node: string[] = [],
): Promise<TeamProgram> {
  const running = launch(args, env, node);
  const [, url = ""] = await running.said(/^listening on (\S+)$/m);
  const [, metricsUrl = ""] = /^metrics on (\S+)$/m.exec(running.stderr()) ?? [];
  const team = teamAt(url);
  return {
    ...team,
    ...running,
    metricsUrl,
    async close() {
      await team.leave();
      running.signal("SIGKILL");
      await running.ended();
    },
  };
}

/** The built program that is expected to end by itself, with its exit code. */
export async function refusesToStart(args: string[], env: Record<string, string> = {}) {
  const running = launch(args, env, []);
  return { code: await running.ended(), stderr: running.stderr(), stdout: running.stdout() };
}

function launch(args: string[], env: Record<string, string>, node: string[]) {
  const child = spawn(process.execPath, [...node, main, "--http", "--port", "0", ...args], {
    env: { PATH: process.env.PATH ?? "", WOODPECKER_LEDGER: "off", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  const exit = new Promise<number | null>((resolve) => child.once("close", resolve));
  const state = () => `${stdout}\n${stderr}`;
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    stdout += chunk;
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    stderr += chunk;
  });
  return {
    pid: child.pid as number,
    stdout: () => stdout,
    stderr: () => stderr,
    signal: (signal: NodeJS.Signals) => void child.kill(signal),
    ended: () => guarded("the end of the process", exit, state),
    /** Waits until the pattern stands on stderr. */
    said: (pattern: RegExp) =>
      guarded(
        String(pattern),
        new Promise<RegExpExecArray>((resolve, reject) => {
          const look = () => {
            const found = pattern.exec(stderr);
            if (found) resolve(found);
          };
          child.stderr.on("data", look);
          exit.then(() => reject(new Error(`ended without saying ${pattern}\n${stderr}`)));
          look();
        }),
        state,
      ),
  };
}

/** The same server in this process, with what a command line cannot say. */
export async function serveHere(
  args: string[],
  env: Record<string, string>,
  more: Partial<HttpOptions> = {},
): Promise<Team & { close(): Promise<void> }> {
  const settings = readSettings(["--http", "--port", "0", ...args], { WOODPECKER_LEDGER: "off", ...env });
  const log = createLog("silent");
  const { callsFor, ready, close } = openCalls(settings, log);
  const newServer: HttpOptions["newServer"] = ({ account }) =>
    createServer({ tools: published, call: callsFor(account), log });
  const service = await serveHttp({ settings, newServer, ready, log, ...more });
  const team = teamAt(service.url);
  return {
    ...team,
    async close() {
      await team.leave();
      await service.close();
      await close();
    },
  };
}
