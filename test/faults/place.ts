/** A session against the bad network: a real MCP client, our server, short time-outs. Nothing that leaves it holds the key. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { expect, it } from "vitest";
import { type Account, createAccount } from "../../src/accounts/account.ts";
import type { Log } from "../../src/log.ts";
import { createServer } from "../../src/mcp/server.ts";
import { published } from "../../src/mcp/tools/published.ts";
import type { SandboxOptions } from "../../src/sandbox/index.ts";
import { type Client as ApiClient, type ClientOptions, createClient } from "../../src/woodpecker/client.ts";
import { KEY, startUpstream, type Upstream } from "../support/upstream.ts";
import type { Answer, Data } from "../support/world.ts";
import { type Program, type ProgramOptions, startProgram } from "./program.ts";
import { type Id, rowOf } from "./table.ts";

export interface PlaceOptions {
  sandbox?: SandboxOptions;
  client?: ClientOptions;
  readBackPauses?: readonly number[];
  origin?: string;
}

export interface Place {
  upstream: Upstream;
  client: Client;
  api: ApiClient;
  account: Account;
  call(name: string, args?: unknown, signal?: AbortSignal): Promise<Answer>;
  /** As a person would who agrees to what is asked. */
  agree(name: string, args: Data): Promise<Answer>;
  journal(): Promise<Data[]>;
  events: { event: string; facts: Record<string, unknown> }[];
  /** Done by itself at the end of the test. */
  close(): Promise<void>;
}

export type Open = (options?: PlaceOptions) => Promise<Place>;

/** undici's timers are half a second coarse: nothing below one second. */
export const timeouts = { connect: 1_000, headers: 1_000, body: 1_000 };

export interface Tools {
  open: Open;
  start: (options?: ProgramOptions) => Promise<Program>;
  upstream: (options?: SandboxOptions) => Promise<Upstream>;
  /** Done when the test is over, the last one first. */
  atEnd: (close: () => unknown) => void;
}

/** A test of a row of the table, named by it. */
export function fault(id: Id, more: string, test: (open: Open, tools: Tools) => Promise<void>): void {
  it.concurrent(`${id} ${rowOf(id).fault}: ${more}`, async ({ onTestFinished }) => {
    const tools: Tools = {
      open: openForTest(onTestFinished),
      async start(options) {
        const program = await startProgram(options);
        onTestFinished(() => {
          program.child.kill("SIGKILL");
          expectNoKey(program.stdout() + program.stderr());
        });
        return program;
      },
      async upstream(options) {
        const upstream = await startUpstream(options);
        onTestFinished(upstream.close);
        return upstream;
      },
      atEnd: (close) => onTestFinished(async () => void (await close())),
    };
    await test(tools.open, tools);
  });
}

/** Opens places that are closed when the test is over. */
export const openForTest =
  (onTestFinished: (close: () => Promise<void>) => void): Open =>
  async (options) => {
    const place = await openPlace(options);
    onTestFinished(place.close);
    return place;
  };

async function openPlace({
  sandbox,
  client: options,
  readBackPauses = [1, 1, 1],
  origin,
}: PlaceOptions = {}) {
  const upstream = await startUpstream(sandbox);
  const api = createClient(async () => ({ origin: origin ?? upstream.origin, key: KEY }), {
    timeouts,
    busyPauses: [1, 1],
    failurePauses: [1, 1],
    ...options,
  });
  const events: Place["events"] = [];
  const log: Log = (_level, event, facts = {}) => void events.push({ event, facts });
  const account = createAccount({ client: api, tenant: "test", log, readBackPauses });
  const server = createServer({ tools: published, call: account.call, log });
  const client = new Client({ name: "test", version: "1" });
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await server.connect(theirs);
  await client.connect(ours);
  await client.listTools();

  const call: Place["call"] = async (name, args = {}, signal) => {
    const request = { name, arguments: args as Record<string, unknown> };
    const result = (await client.callTool(request, undefined, { signal, timeout: 60_000 })) as CallToolResult;
    expectNoKey(result);
    const text = result.content.map((block) => (block.type === "text" ? block.text : "")).join("\n");
    return { data: result.structuredContent, text, failed: result.isError === true, result };
  };
  let closed = false;
  const place: Place = {
    upstream,
    client,
    api,
    account,
    call,
    async agree(name, args) {
      const asked = await call(name, args);
      if (asked.data?.outcome !== "confirmation_required") return asked;
      return call(name, { ...args, confirmation: asked.data.confirmation });
    },
    journal: async () => (await call("list_recent_changes")).data.changes,
    events,
    async close() {
      if (closed) return;
      closed = true;
      const journal = await call("list_recent_changes").catch(() => undefined);
      await client.close();
      await api.close();
      await upstream.close();
      expectNoKey([events, journal]);
      expect(events.map(({ event }) => event)).not.toContain("defect");
    },
  };
  return place;
}

/** In plain, in a URL, in base64, or with something invisible in it. */
export function expectNoKey(said: unknown): void {
  const text = (typeof said === "string" ? said : JSON.stringify(said)) ?? "";
  for (const form of [KEY, encodeURIComponent(KEY), Buffer.from(KEY).toString("base64")]) {
    expect(text.replace(/[\p{Cc}\p{Cf}]/gu, "")).not.toContain(form);
  }
}

/** A folder of its own for a test. */
export function folder({ atEnd }: Tools): string {
  const path = mkdtempSync(join(tmpdir(), "faults-"));
  atEnd(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Options of node that run this code before the program. */
export function preload(tools: Tools, code: string): string[] {
  const file = join(folder(tools), "before.cjs");
  writeFileSync(file, code);
  return ["--require", file];
}
