/** A server over HTTP for many callers, and requests to it: by hand, byte for byte, and with a real MCP client. */
import { Agent, request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { connect as connectSocket } from "node:net";
import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import {
  StreamableHTTPClientTransport,
  type StreamableHTTPClientTransportOptions,
} from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { type Answer, answerOf, type Data, type Elicit } from "./answer.ts";
import { message } from "./json-rpc.ts";
import { newClient } from "./session.ts";

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

interface Spoken extends Answered {
  /** The JSON-RPC messages of the answer, in order. */
  messages: Data[];
}

export interface HttpSession {
  /** That of /mcp. */
  url: string;
  /** @param path that of the URL unless another one is asked for, taken as it stands */
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

interface Speaking {
  id?: unknown;
  signal?: AbortSignal;
  meta?: object;
}

interface Connecting {
  headers?: Headers;
  transport?: StreamableHTTPClientTransportOptions;
  /** The client says that it can show forms, and this answers them. */
  elicit?: Elicit;
}

export const usual: Headers = {
  "content-type": "application/json",
  accept: "application/json, text/event-stream",
};
export const theKey = (key: string): Headers => ({ "x-woodpecker-api-key": key });
export const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` });

/** Requests to a server that runs already. */
export function httpSessionAt(url: string): HttpSession {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  const { hostname, port, pathname } = new URL(url);
  const clients: Client[] = [];
  let answered = "";

  const send: HttpSession["send"] = (
    { method = "POST", headers = {}, body, chunks, signal } = {},
    path = pathname,
  ) =>
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

  const rpc: HttpSession["rpc"] = async (method, params = {}, headers, { id, signal, meta } = {}) => {
    const body = message(method, meta ? { ...params, _meta: meta } : params, id);
    const answer = await send({ headers, body, signal });
    return { ...answer, messages: messagesIn(answer) };
  };

  const call: HttpSession["call"] = async (name, args = {}, headers, more) => {
    const {
      messages,
      status,
      text: whole,
    } = await rpc("tools/call", { name, arguments: args }, headers, more);
    const { result } = messages.at(-1) ?? {};
    if (!result) throw new Error(`${name}: ${status} ${whole.slice(0, 500)}`);
    return answerOf(result);
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
      const client = newClient({ elicit });
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
