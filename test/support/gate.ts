/** Stands between the server and a sandbox: a test can look at what passes, hold it, break it or rewrite it. */
import { createServer, request as httpRequest, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import type { Sandbox } from "../../src/sandbox/index.ts";
import { atEnd } from "./at-end.ts";

export interface Passing {
  method: string;
  /** With its query. */
  url: string;
  body: string;
}

export interface Gate {
  /** Asked before a request goes on; "break" ends its connection, and a promise holds it. */
  before?: (request: Passing) => undefined | "break" | Promise<unknown>;
  /** What the answer becomes. */
  after?: (json: unknown, request: Passing) => unknown;
  /** In place of the answer, without asking the sandbox. */
  instead?: (
    request: Passing,
  ) => { status: number; body: unknown; headers?: Record<string, string> } | undefined;
}

/** Stands in front of a sandbox and looks at all that passes. */
export async function openGate(sandbox: Sandbox, gate: Gate): Promise<{ origin: string; key: string }> {
  const server = createServer(async (message, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk as Buffer);
    const sent = Buffer.concat(chunks);
    const request = { method: message.method ?? "", url: message.url ?? "", body: sent.toString("utf8") };
    if ((await gate.before?.(request)) === "break") return void message.socket.destroy();
    const other = gate.instead?.(request);
    const answer = other
      ? { headers: {}, ...other, text: textOf(other.body) }
      : await forward(sandbox, request, message.headers);
    const text = gate.after ? rewritten(answer.text, (json) => gate.after?.(json, request)) : answer.text;
    const { "content-length": _length, "transfer-encoding": _coding, ...headers } = answer.headers;
    response.writeHead(answer.status, { "content-type": "application/json", ...headers }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  atEnd(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, key: sandbox.key };
}

/** A text is sent as it is. */
const textOf = (body: unknown) =>
  body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);

function forward({ origin }: Sandbox, { method, url, body }: Passing, headers: IncomingHttpHeaders) {
  return new Promise<{ status: number; headers: IncomingHttpHeaders; text: string }>((resolve, reject) => {
    const sent = httpRequest(`${origin}${url}`, { method, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 500, headers: response.headers, text }),
      );
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

function rewritten(text: string, change: (json: unknown) => unknown): string {
  try {
    return JSON.stringify(change(JSON.parse(text)));
  } catch {
    return text;
  }
}
