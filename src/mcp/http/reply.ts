/** Answers of our own: JSON and nothing else, no page, no stack, no path. */
import type { ServerResponse } from "node:http";

export function reply(response: ServerResponse, status: number, body: unknown): void {
  if (response.headersSent) return;
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

export function refuse(response: ServerResponse, status: number, message: string, code = -32000): void {
  reply(response, status, { jsonrpc: "2.0", error: { code, message }, id: null });
}

/** An answer that is known before the request is carried out. */
export class Refused extends Error {
  readonly status: number;
  readonly headers: Record<string, string>;
  constructor(status: number, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}
