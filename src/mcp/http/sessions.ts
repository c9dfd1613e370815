/**
 * Sessions (--sessions): for clients over HTTP that can show a person a form. The server makes the ids, a session
 * belongs to the caller who opened it, and their number is limited: an idle one ends, and above the limit a new one is
 * refused.
 */
import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import type { Caller } from "./caller.ts";
import type { Message } from "./message.ts";
import { Refused } from "./reply.ts";

export interface SessionLimits {
  /** Of all callers. */
  total: number;
  perCaller: number;
  /** After this long without a request a session ends. */
  idleMs: number;
  /** At the limit, a session that was idle for this long makes room for a new one. */
  restedMs: number;
}

const usual: SessionLimits = { total: 100, perCaller: 10, idleMs: 10 * 60_000, restedMs: 60_000 };

/** Where all callers have one account, nobody can tell them apart, and the limit for one is that for all. */
export const sessionLimits = (oneAccount: boolean): SessionLimits =>
  oneAccount ? { ...usual, perCaller: usual.total } : usual;

interface Session {
  principal: string;
  server: Server;
  transport: StreamableHTTPServerTransport;
  usedAt: number;
  /** Ids of the requests that are being answered. */
  running: Set<unknown>;
}

interface Sessions {
  /** @throws Refused */
  handle(
    request: IncomingMessage,
    response: ServerResponse,
    caller: Caller,
    message?: Message,
  ): Promise<void>;
  count(): number;
  close(): Promise<void>;
}

export function createSessions(newServer: (caller: Caller) => Server, limits: SessionLimits): Sessions {
  const open = new Map<string, Session>();
  const sweeper = setInterval(sweep, Math.min(30_000, limits.idleMs)).unref();

  async function end(id: string): Promise<void> {
    const session = open.get(id);
    open.delete(id);
    await session?.transport.close();
    await session?.server.close();
  }

  function sweep(): void {
    for (const [id, session] of open) if (isIdle(session, limits.idleMs)) end(id).catch(() => undefined);
  }

  /** Makes room for one more session of this caller, if need be by ending one of theirs that has rested. */
  function makeRoom(principal: string): void {
    const theirs = [...open].filter(([, session]) => session.principal === principal);
    if (open.size < limits.total && theirs.length < limits.perCaller) return;
    const [rested] = theirs
      .filter(([, session]) => isIdle(session, limits.restedMs))
      .sort(([, a], [, b]) => a.usedAt - b.usedAt);
    if (!rested) throw new Refused(503, "too many sessions are open", { "retry-after": "60" });
    end(rested[0]).catch(() => undefined);
  }

  async function begin(principal: string, server: Server): Promise<Session> {
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => void open.set(id, session),
      onsessionclosed: (id) => end(id),
    });
    const session: Session = { principal, server, transport, usedAt: Date.now(), running: new Set() };
    await server.connect(transport);
    return session;
  }

  /** Another caller's session is as unknown as one that never existed. */
  function find(id: string, { principal }: Caller): Session {
    const session = open.get(id);
    if (session?.principal === principal) return session;
    throw new Refused(404, "this session is not known; initialize a new one");
  }

  return {
    async handle(request, response, caller, message) {
      const id = request.headers["mcp-session-id"];
      if (typeof id !== "string" && message?.method !== "initialize") {
        throw new Refused(400, "the header mcp-session-id is missing; initialize first");
      }
      if (typeof id !== "string") makeRoom(caller.principal);
      const session =
        typeof id === "string" ? find(id, caller) : await begin(caller.principal, newServer(caller));
      session.usedAt = Date.now();
      const asks = message?.method !== undefined && message.id !== undefined;
      if (asks) {
        // Of two answers with one id only one would reach its caller.
        if (session.running.has(message.id))
          throw new Refused(400, "a request with this id is being answered");
        session.running.add(message.id);
        response.on("close", () => {
          session.running.delete(message.id);
          session.usedAt = Date.now();
        });
      }
      await session.transport.handleRequest(request, response, message);
      // An initialize that was refused has left nothing behind.
      if (typeof id !== "string" && session.transport.sessionId === undefined) await session.server.close();
    },
    count: () => open.size,
    async close() {
      clearInterval(sweeper);
      await Promise.all([...open.keys()].map(end));
    },
  };
}

const isIdle = ({ running, usedAt }: Session, ms: number) => running.size === 0 && Date.now() - usedAt >= ms;
