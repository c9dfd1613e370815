/**
 * MCP over Streamable HTTP at /mcp, on plain node:http. Stateless unless sessions are asked for: a fresh server for every
 * request, so that nothing of one caller can reach another. Answers are JSON; a call that reports progress, and every
 * call of a session, is answered as a stream of events.
 */
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import type { Settings } from "../settings.ts";
import { BadMessage, type Message, readMessage } from "./body.ts";
import { type Caller, createCallers } from "./callers.ts";
import { limitConnections } from "./connections.ts";
import { createGate, hostInUrl } from "./gate.ts";
import { Refused, refuse, reply } from "./reply.ts";
import { createSessions, type SessionLimits, type Sessions, sessionLimits } from "./sessions.ts";

export type { Caller } from "./callers.ts";

export interface HttpOptions {
  settings: Settings;
  newServer: (caller: Caller) => Server;
  /** Whether calls can be carried out as they should; false while what replicas share does not answer. */
  ready: () => Promise<boolean>;
  /** Other than the usual ones, in tests. */
  sessionLimits?: SessionLimits;
}

export interface HttpService {
  url: string;
  sessions(): number;
  close(): Promise<void>;
}

export async function serveHttp(options: HttpOptions): Promise<HttpService> {
  const { settings, newServer, ready } = options;
  const { host, port = 3000, allowedHosts, allowedOrigins } = settings;
  const gate = createGate({ host, allowedHosts, allowedOrigins });
  const callers = await createCallers(settings);
  const limits = options.sessionLimits ?? sessionLimits(settings.auth === "env");
  const sessions = settings.sessions ? createSessions(newServer, limits) : undefined;
  const allowed = sessions ? ["POST", "GET", "DELETE"] : ["POST"];
  let closing = false;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", url } = request;
    const objection = gate.objection(request);
    if (objection) throw new Refused(403, objection);
    if (method === "GET" && url === "/healthz") return reply(response, 200, { status: "ok" });
    if (method === "GET" && url === "/readyz") return answerReady(response);
    if (method === "GET" && url !== undefined && callers.oauth?.metadata.paths.includes(url)) {
      return reply(response, 200, callers.oauth.metadata.document);
    }
    if (url !== "/mcp") throw new Refused(404, "not found; the MCP endpoint is /mcp");
    gate.welcome(request, response);
    if (method === "OPTIONS" && response.hasHeader("access-control-allow-origin")) {
      return void response.writeHead(204).end();
    }
    if (closing) throw new Refused(503, "the server is going down", { "retry-after": "5" });
    const caller = await callers.identify(request);
    if (!allowed.includes(method)) {
      const why = sessions
        ? `${method} is not a way to talk to it`
        : "this server keeps no sessions: POST only";
      throw new Refused(405, why, { allow: allowed.join(", ") });
    }
    const message = method === "POST" ? await readMessage(request) : undefined;
    await (sessions
      ? sessions.handle(request, response, caller, message)
      : answerOnce(request, response, newServer(caller), message));
  }

  async function answerReady(response: ServerResponse): Promise<void> {
    if (!closing && (await ready())) return reply(response, 200, { status: "ready" });
    const why = closing ? "the server is going down" : "Redis does not answer";
    reply(response, 503, { status: "not ready", why });
  }

  const listener = createHttpServer(
    {
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      connectionsCheckingInterval: 1_000,
      keepAliveTimeout: 5_000,
      maxHeaderSize: 16_384,
    },
    (request, response) => {
      answer(request, response).catch((error: unknown) => refuseAs(response, error));
    },
  );
  listener.maxRequestsPerSocket = 100;
  limitConnections(listener);
  await new Promise<void>((resolve, reject) => {
    listener.once("error", reject);
    listener.listen(port, host, resolve);
  });
  const { port: bound } = listener.address() as AddressInfo;
  return {
    url: `http://${hostInUrl(host)}:${bound}/mcp`,
    sessions: () => sessions?.count() ?? 0,
    close: () => {
      closing = true;
      return end(listener, sessions);
    },
  };
}

async function answerOnce(
  request: IncomingMessage,
  response: ServerResponse,
  server: Server,
  message: Message | undefined,
): Promise<void> {
  const streams = message?.params?._meta?.progressToken !== undefined;
  const transport = new StreamableHTTPServerTransport({ enableJsonResponse: !streams });
  response.on("close", () => {
    transport.close().catch(() => undefined);
    server.close().catch(() => undefined);
  });
  await server.connect(transport);
  await transport.handleRequest(request, response, message);
}

function refuseAs(response: ServerResponse, error: unknown): void {
  if (!(error instanceof Refused)) {
    refuse(response, 500, "internal error");
    return;
  }
  if (response.headersSent) return;
  for (const [name, value] of Object.entries(error.headers)) response.setHeader(name, value);
  refuse(response, error.status, error.message, error instanceof BadMessage ? error.code : undefined);
}

async function end(listener: ReturnType<typeof createHttpServer>, sessions?: Sessions): Promise<void> {
  const closed = new Promise<void>((resolve) => listener.close(() => resolve()));
  listener.closeIdleConnections();
  setTimeout(() => listener.closeAllConnections(), 2_000).unref();
  await sessions?.close();
  await closed;
}
