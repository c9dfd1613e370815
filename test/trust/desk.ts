/**
 * A session with everything that an operator can set: settings read from an environment, the account that the program
 * opens, a real client, a sandbox over real sockets, and between the two a gate that a test can hold or rewrite.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, request as httpRequest, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import { type CallToolResult, ElicitRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { type Account, createAccount, createLimitedClient } from "../../src/accounts/account.ts";
import { openAccounts } from "../../src/accounts/pool.ts";
import { accountOf } from "../../src/accounts/source.ts";
import { permitted } from "../../src/calls/effects.ts";
import type { Log } from "../../src/log.ts";
import { createServer as createMcpServer } from "../../src/mcp/server.ts";
import { published } from "../../src/mcp/tools/published.ts";
import { createJournal } from "../../src/memory/journal.ts";
import { openLedger } from "../../src/memory/ledger.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../src/sandbox/index.ts";
import { readSettings, type Settings } from "../../src/settings/index.ts";
import { ledgerPath } from "../../src/settings/ledger-path.ts";
import { atEnd } from "../support/at-end.ts";
import { type Answer, type Elicit, lineOf } from "../support/world.ts";

export { atEnd };

export type Environment = Record<string, string>;

/** A folder of its own for a test. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "trust-"));
  atEnd(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

export async function openSandbox(options?: SandboxOptions): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  atEnd(sandbox.close);
  return sandbox;
}

/** "POST /rest/v2/campaigns/2102/run" for everything but reading that reached the sandbox, carried out or not. */
export const attempted = ({ requests }: Sandbox): string[] =>
  requests.filter(({ method }) => method !== "GET").map(lineOf);

/** The part of it that was carried out. */
export const written = (sandbox: Sandbox): string[] => sandbox.writes().map(lineOf);

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
  instead?: (request: Passing) => { status: number; body: unknown } | undefined;
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
      ? { status: other.status, headers: {}, text: JSON.stringify(other.body) }
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

export interface DeskOptions {
  env?: Environment;
  /** Where the account is; a new sandbox where it is left out. */
  sandbox?: Sandbox;
  /** In front of the sandbox. */
  gate?: Gate;
  /** The client declares that it can show forms, and this answers them. */
  elicit?: Elicit;
  /** Unclear failures are looked into at once instead of over eleven seconds. */
  hurried?: true;
}

export interface Desk {
  sandbox: Sandbox;
  client: Client;
  call(tool: string, args?: object, signal?: AbortSignal): Promise<Answer>;
  /** As a person would who agrees to what is asked. */
  agree(tool: string, args?: object): Promise<Answer>;
  /** When no call is being worked on, also none that the client gave up. */
  idle(): Promise<void>;
  events: { event: string; facts: Record<string, unknown> }[];
  close(): Promise<void>;
}

export async function openDesk(options: DeskOptions = {}): Promise<Desk> {
  const sandbox = options.sandbox ?? (await openSandbox());
  const { origin, key } = options.gate ? await openGate(sandbox, options.gate) : sandbox;
  const settings = readSettings([], {
    WOODPECKER_API_KEY: key,
    WOODPECKER_API_URL: origin,
    WOODPECKER_LEDGER: "off",
    ...options.env,
  });
  const events: Desk["events"] = [];
  const log: Log = (_level, event, facts = {}) => void events.push({ event, facts });
  const accounts = openAccounts(settings, log);
  const account = options.hurried ? hurried(settings, log) : accounts.account();
  const inFlight = new Set<Promise<unknown>>();
  const call: Account["call"] = (...given) => {
    const running = account.call(...given);
    inFlight.add(running);
    return running.finally(() => inFlight.delete(running));
  };
  const tools = permitted(published, settings.access, settings.toolsets);
  const server = createMcpServer({ tools, call, log });
  const client = clientOf(options.elicit);
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await server.connect(theirs);
  await client.connect(ours);
  const desk: Desk = {
    ...sessionOf(client),
    sandbox,
    client,
    events,
    idle: async () => void (await Promise.allSettled(inFlight)),
    async close() {
      await client.close();
      await account.close();
      await accounts.close();
    },
  };
  atEnd(desk.close);
  return desk;
}

/** As openAccounts puts it together, only with shorter pauses. */
function hurried(settings: Settings, log: Log): Account {
  const { tenant, open } = accountOf(settings);
  const path = ledgerPath(settings);
  const journal = createJournal({
    ledger: path === undefined ? undefined : openLedger(path),
    tenant,
    strict: settings.ledgerStrict,
    onUnwritten: () => log("warn", "ledger cannot be written", { path }),
  });
  const pauses = { busyPauses: [1, 1], failurePauses: [1, 1] };
  const client = createLimitedClient(open, settings.limits, journal, pauses);
  const { dryRun } = settings;
  return createAccount({ client, tenant, log, journal, dryRun, readBackPauses: [1, 1, 1] });
}

export function clientOf(elicit: Elicit | undefined): Client {
  const client = new Client(
    { name: "test", version: "1" },
    { capabilities: { ...(elicit && { elicitation: {} }) } },
  );
  if (elicit) client.setRequestHandler(ElicitRequestSchema, ({ params }) => elicit(params));
  return client;
}

/** The two ways in which the tests call a tool, whatever the transport. */
export function sessionOf(client: Client): Pick<Desk, "call" | "agree"> {
  const call: Desk["call"] = async (name, args = {}, signal) => {
    const request = { name, arguments: args as Record<string, unknown> };
    const result = (await client.callTool(request, undefined, { signal })) as CallToolResult;
    const text = result.content.map((block) => (block.type === "text" ? block.text : "")).join("\n");
    return { data: result.structuredContent, text, failed: result.isError === true, result };
  };
  return {
    call,
    async agree(tool, args = {}) {
      const asked = await call(tool, args);
      if (asked.data?.outcome !== "confirmation_required") return asked;
      return call(tool, { ...args, confirmation: asked.data.confirmation });
    },
  };
}
