/**
 * MCP over Streamable HTTP at /mcp, and at /mcp/<name> where accounts have names, on plain node:http. Stateless unless sessions are asked for: a fresh server for every
 * request, so that nothing of one caller can reach another. Answers are JSON; a call that reports progress, and every
 * call of a session, is answered as a stream of events.
 */
import "../plain-schemas.ts";

import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { SUPPORTED_PROTOCOL_VERSIONS } from "@modelcontextprotocol/sdk/types.js";
import type { Log } from "../../log.ts";
import type { Settings } from "../../settings/index.ts";
import { hostInUrl } from "../../values/address.ts";
import { opensModern } from "../opening.ts";
import { createServer } from "../server.ts";
import type { ServingOptions } from "../serving.ts";
import { acceptBoth } from "./accept.ts";
import type { Caller } from "./caller.ts";
import { handleIn } from "./choose.ts";
import { limitConnections } from "./connections.ts";
import { createGate } from "./gate.ts";
import { createCallers } from "./identify.ts";
import { listen } from "./listen.ts";
import { BadMessage, type Message, readMessage } from "./message.ts";
import { Refused, refuse, reply } from "./reply.ts";
import { createSessions, type SessionLimits, sessionLimits } from "./sessions.ts";

export type { Caller } from "./caller.ts";

export interface HttpOptions {
  settings: Settings;
  serving: (caller: Caller) => ServingOptions;
  log: Log;
  /** Whether calls can be carried out; false while the Redis that replicas share does not answer. */
  ready: () => Promise<boolean>;
  /** Tests set others than the usual ones. */
  sessionLimits?: SessionLimits;
  timeLimits?: TimeLimits;
}

/** How long a client may take to send the headers of a request, and all of it; how often that is checked. */
interface TimeLimits {
  headersMs: number;
  requestMs: number;
  checkMs: number;
}

export const usualTimes: TimeLimits = { headersMs: 10_000, requestMs: 30_000, checkMs: 1_000 };

interface HttpService {
  url: string;
  /** Of the accounts at the start, where they have names. */
  names: string[];
  sessions(): number;
  /** Nothing new begins after this: a proxy finds the port closed and turns to another replica. */
  stop(): void;
  close(): Promise<void>;
}

export async function serveHttp(options: HttpOptions): Promise<HttpService> {
  const { settings, serving, ready, log, timeLimits: times = usualTimes } = options;
  const { host, port = 3000 } = settings;
  const newServer = (caller: Caller) => createServer(serving(caller));
  const gate = createGate(settings);
  const callers = await createCallers(settings, log);
  const limits = options.sessionLimits ?? sessionLimits(settings.auth === "env");
  const sessions = settings.sessions ? createSessions(newServer, limits) : undefined;
  const allowed = sessions ? ["POST", "GET", "DELETE"] : ["POST"];
  let closing: Promise<void> | undefined;
  const stop = () => {
    closing ??= new Promise((resolve) => listener.close(() => resolve()));
    return closing;
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", url = "" } = request;
    const objection = gate.objection(request);
    if (objection) throw new Refused(403, objection);
    gate.welcome(request, response);
    if (method === "OPTIONS" && response.hasHeader("access-control-allow-origin")) {
      return void response.writeHead(204).end();
    }
    if (method === "GET" && url === "/healthz") return reply(response, 200, { status: "ok" });
    if (method === "GET" && url === "/readyz") return answerReady(response);
    const metadata = method === "GET" ? callers.oauth?.metadataAt(url) : undefined;
    if (metadata) return reply(response, 200, metadata);
    const handle = handleIn(url, callers.names !== undefined);
    if (closing) throw new Refused(503, "the server is going down", { "retry-after": "5" });
    const caller = await callers.identify(request, handle);
    if (!allowed.includes(method)) {
      const why = sessions
        ? `${method} is not a way to talk to it`
        : "this server keeps no sessions: POST only";
      throw new Refused(405, why, { allow: allowed.join(", ") });
    }
    const message = method === "POST" ? await readMessage(request) : undefined;
    // A proxy like nginx would hold a stream back until it is over.
    response.setHeader("x-accel-buffering", "no");
    if (message) acceptBoth(request, sessions !== undefined || wantsProgress(message));
    if (message && mayBeModern(request, message)) {
      const { answerModern } = await import("../modern/over-http.ts");
      if (await answerModern(request, response, message, () => serving(caller))) return;
    }
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
      headersTimeout: times.headersMs,
      requestTimeout: times.requestMs,
      connectionsCheckingInterval: times.checkMs,
      keepAliveTimeout: 5_000,
      maxHeaderSize: 16_384,
    },
    (request, response) => {
      // A connection that is kept for the next request would hold up the end of the process.
      if (closing) response.setHeader("connection", "close");
      response.on("close", () => void (closing && request.socket.end()));
      answer(request, response).catch((error: unknown) => {
        if (!(error instanceof Refused))
          log("error", "http", { kind: error instanceof Error ? error.name : typeof error });
        refuseAs(response, error);
      });
    },
  );
  limitConnections(listener);
  const bound = await listen(listener, host, port);
  return {
    url: `http://${hostInUrl(host)}:${bound}/mcp`,
    names: callers.names?.() ?? [],
    sessions: () => sessions?.count() ?? 0,
    stop: () => void stop(),
    async close() {
      const stopped = stop();
      setTimeout(() => listener.closeAllConnections(), 2_000).unref();
      await sessions?.close();
      await stopped;
    },
  };
}

/** No client of the eras before names a version that their SDK does not know, or any version in the message. */
function mayBeModern({ headers }: IncomingMessage, message: Message): boolean {
  const version = headers["mcp-protocol-version"];
  return (
    opensModern(message) || (version !== undefined && !SUPPORTED_PROTOCOL_VERSIONS.includes(String(version)))
  );
}

const wantsProgress = (message: Message | undefined) => message?.params?._meta?.progressToken !== undefined;

async function answerOnce(
  request: IncomingMessage,
  response: ServerResponse,
  server: Server,
  message: Message | undefined,
): Promise<void> {
  const transport = new StreamableHTTPServerTransport({ enableJsonResponse: !wantsProgress(message) });
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
