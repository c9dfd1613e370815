/**
 * MCP over Streamable HTTP at /mcp: stateless, a fresh server for every request, plain node:http. Host and Origin are
 * always checked, so that a web page in somebody's browser cannot reach the tools.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";

const MAX_BODY_BYTES = 1024 * 1024;

export interface HttpOptions {
  host: string;
  port: number;
  /** Bearer token that callers must show, if there is one. */
  token?: string | undefined;
  newServer: () => Server;
}

export interface HttpService {
  url: string;
  close(): Promise<void>;
}

export async function serveHttp(options: HttpOptions): Promise<HttpService> {
  const hosts = new Set(["localhost", "127.0.0.1", "[::1]", hostInUrl(options.host)]);
  const listener = createHttpServer(
    {
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      connectionsCheckingInterval: 1_000,
      keepAliveTimeout: 5_000,
      maxHeaderSize: 16_384,
    },
    (request, response) => {
      answer(request, response, hosts, options).catch(() => refuse(response, 500, "internal error"));
    },
  );
  listener.maxConnections = 200;
  await new Promise<void>((resolve, reject) => {
    listener.once("error", reject);
    listener.listen(options.port, options.host, resolve);
  });
  const { port } = listener.address() as AddressInfo;
  return {
    url: `http://${hostInUrl(options.host)}:${port}/mcp`,
    close: () =>
      new Promise((resolve) => {
        listener.close(() => resolve());
        listener.closeIdleConnections();
        setTimeout(() => listener.closeAllConnections(), 2_000).unref();
      }),
  };
}

const hostInUrl = (host: string) => (host.includes(":") && !host.startsWith("[") ? `[${host}]` : host);

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  hosts: Set<string>,
  options: HttpOptions,
): Promise<void> {
  const { host = "", origin, authorization } = request.headers;
  if (!isAllowed(`http://${host}`, hosts)) return refuse(response, 403, "this Host is not allowed");
  if (origin !== undefined && !isAllowed(origin, hosts))
    return refuse(response, 403, "this Origin is not allowed");
  if (request.url === "/healthz" && request.method === "GET") return reply(response, 200, { status: "ok" });
  if (request.url !== "/mcp") return refuse(response, 404, "not found; the MCP endpoint is /mcp");
  if (options.token && !sameToken(authorization, options.token)) {
    response.setHeader("www-authenticate", "Bearer");
    return refuse(response, 401, "a bearer token is needed");
  }
  if (request.method !== "POST") {
    response.setHeader("allow", "POST");
    return refuse(response, 405, "this server keeps no sessions: POST only");
  }
  const body = await readBody(request);
  if (body === undefined) return refuse(response, 413, "the body is larger than 1 MiB");
  const message = parse(body);
  if (message === undefined) return refuse(response, 400, "the body is not JSON", -32700);
  if (Array.isArray(message))
    return refuse(response, 400, "batches are not part of this protocol version", -32600);

  const server = options.newServer();
  const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true });
  response.on("close", () => {
    transport.close().catch(() => undefined);
    server.close().catch(() => undefined);
  });
  await server.connect(transport);
  await transport.handleRequest(request, response, message);
}

/** The host name of a header, whatever its port, is one of ours. */
function isAllowed(url: string, hosts: Set<string>): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname, username, password } = new URL(url);
  return !username && !password && hosts.has(hostname);
}

function sameToken(header: string | undefined, token: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(header ?? ""), digest(`Bearer ${token}`));
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function refuse(response: ServerResponse, status: number, message: string, code = -32000): void {
  reply(response, status, { jsonrpc: "2.0", error: { code, message }, id: null });
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  if (response.headersSent) return;
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
