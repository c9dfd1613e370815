/** A whole session in one process: a real MCP client, our server, and a sandbox over real sockets. */
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import type { CallToolResult, ElicitRequest, ElicitResult } from "@modelcontextprotocol/sdk/types.js";
import { ElicitRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { AjvJsonSchemaValidator } from "@modelcontextprotocol/sdk/validation/ajv";
import type { JsonSchemaType, jsonSchemaValidator } from "@modelcontextprotocol/sdk/validation/types.js";
import { type Account, createAccount } from "../../src/accounts/account.ts";
import { type Access, toolsets as everyToolset, permitted, type Toolset } from "../../src/calls/effects.ts";
import type { Log } from "../../src/log.ts";
import { createServer } from "../../src/mcp/server.ts";
import { published } from "../../src/mcp/tools/published.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../src/sandbox/index.ts";
import { createClient } from "../../src/woodpecker/client.ts";
import { atEnd } from "./at-end.ts";

// biome-ignore lint/suspicious/noExplicitAny: results are read freely by the tests
export type Data = any;

export interface Answer {
  /** structuredContent; undefined on an error. */
  data: Data;
  text: string;
  failed: boolean;
  result: CallToolResult;
}

export type Elicit = (params: ElicitRequest["params"]) => ElicitResult | Promise<ElicitResult>;

export interface WorldOptions {
  sandbox?: SandboxOptions;
  access?: Access;
  toolsets?: readonly Toolset[];
  /** The client declares that it can show forms, and this answers them. */
  elicit?: Elicit;
  /** Declared instead of the plain `elicitation: {}`. */
  elicitation?: Record<string, object>;
}

export interface World {
  client: Client;
  sandbox: Sandbox;
  call(name: string, args?: unknown): Promise<Answer>;
  /** "GET /rest/v2/campaigns/2101" for everything that reached the sandbox, in order. */
  traffic(): string[];
  /** The part of it that is not GET, carried out or not. */
  attempted(): string[];
  /** Events of the server's log, such as "defect". */
  events: { event: string; facts: Record<string, unknown> }[];
  close(): Promise<void>;
}

/** The SDK's own validator; what it made of a schema is kept, because hundreds of sessions see the same ones. */
const ajv = new AjvJsonSchemaValidator();
const known = new Map<string, ReturnType<typeof ajv.getValidator>>();
const validators: jsonSchemaValidator = {
  getValidator<T>(schema: JsonSchemaType) {
    const key = JSON.stringify(schema);
    const validate = known.get(key) ?? ajv.getValidator<unknown>(schema);
    known.set(key, validate);
    return validate as ReturnType<typeof ajv.getValidator<T>>;
  },
};

export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const { access = "full", toolsets = everyToolset, elicit } = options;
  const sandbox = await startSandbox(options.sandbox);
  const upstream = createClient(async () => ({ origin: sandbox.origin, key: sandbox.key }), {
    busyPauses: [1, 1],
    failurePauses: [1, 1],
  });
  const events: World["events"] = [];
  const log: Log = (_level, event, facts = {}) => void events.push({ event, facts });
  const { call } = createAccount({ client: upstream, tenant: "test", log, readBackPauses: [1, 1, 1] });
  const tools = permitted(published, access, toolsets);
  const server = createServer({ tools, call, log });

  const elicitation = options.elicitation ?? (elicit && {});
  const client = new Client(
    { name: "test", version: "1" },
    { capabilities: { ...(elicitation && { elicitation }) }, jsonSchemaValidator: validators },
  );
  if (elicit) client.setRequestHandler(ElicitRequestSchema, ({ params }) => elicit(params));
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await server.connect(theirs);
  await client.connect(ours);
  // From here on the client checks every result against the published output schema.
  await client.listTools();

  const world: World = {
    client,
    sandbox,
    events,
    traffic: () => sandbox.requests.map(lineOf),
    attempted: () => sandbox.requests.filter(({ method }) => method !== "GET").map(lineOf),
    async call(name, args = {}) {
      const request = { name, arguments: args as Record<string, unknown> };
      const result = (await client.callTool(request)) as CallToolResult;
      const text = result.content.map((block) => (block.type === "text" ? block.text : "")).join("\n");
      return { data: result.structuredContent, text, failed: result.isError === true, result };
    },
    async close() {
      await client.close();
      await upstream.close();
      await sandbox.close();
    },
  };
  atEnd(world.close);
  return world;
}

/** A client of a server whose calls all end in `call`, for what no sandbox does. */
export async function clientOf(call: Account["call"]): Promise<Client> {
  const server = createServer({ tools: published, call, log: () => undefined });
  const client = new Client({ name: "test", version: "1" });
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await server.connect(theirs);
  await client.connect(ours);
  return client;
}

export const lineOf = ({ method, path, query }: { method: string; path: string; query: string }): string =>
  `${method} ${path}${query ? `?${query}` : ""}`;
