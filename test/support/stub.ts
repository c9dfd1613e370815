/** A small HTTP server that answers as a test says, and the client under test in front of it. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { type Client, type ClientOptions, createClient } from "../../src/woodpecker/client.ts";
import { ApiFailure, type FailureFacts } from "../../src/woodpecker/failure.ts";
import type { WriteMethod, WriteRequest } from "../../src/woodpecker/requests.ts";
import { atEnd } from "./at-end.ts";

export const KEY = "key-of-the-tests-1234";

export interface Arrived {
  method: string;
  url: string;
  headers: IncomingMessage["headers"];
  body: string;
}

type Handler = (request: Arrived, response: ServerResponse, socket: Socket) => unknown;

export async function serve(
  handler: Handler,
): Promise<{ origin: string; arrived: Arrived[]; close: () => Promise<void> }> {
  const arrived: Arrived[] = [];
  const server = createServer((message, response) => {
    let body = "";
    message.setEncoding("utf8").on("data", (chunk: string) => {
      body += chunk;
    });
    message.on("end", () => {
      const { method = "", url = "", headers } = message;
      const request = { method, url, headers, body };
      arrived.push(request);
      handler(request, response, message.socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  atEnd(close);
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, arrived, close };
}

export function clientFor(origin: string, options: ClientOptions = {}, companyId?: string): Client {
  const account = { origin, key: KEY, ...(companyId && { companyId }) };
  const client = createClient(async () => account, { busyPauses: [1, 1], failurePauses: [1, 1], ...options });
  atEnd(client.close);
  return client;
}

/** A write of no kind in particular. */
export const writing = (method: WriteMethod, path: string, body?: unknown): WriteRequest => ({
  kind: "edit",
  method,
  path,
  body,
});

export const json = (response: ServerResponse, status: number, value: unknown) =>
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));

/** How a request failed; undefined when it did not. */
export const factsOf = (promise: Promise<unknown>): Promise<FailureFacts | undefined> =>
  promise.then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof ApiFailure) return error.facts;
      throw error;
    },
  );
