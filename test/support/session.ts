/** A whole session in one process: a real MCP client, our server, and a sandbox over real sockets. */
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import { ElicitRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { AjvJsonSchemaValidator } from "@modelcontextprotocol/sdk/validation/ajv";
import type { JsonSchemaType, jsonSchemaValidator } from "@modelcontextprotocol/sdk/validation/types.js";
import type { Account } from "../../src/accounts/account.ts";
import { accountLabel } from "../../src/calls/account-label.ts";
import { type Access, permitted, type Toolset } from "../../src/calls/effects.ts";
import type { Log } from "../../src/log.ts";
import { createServer } from "../../src/mcp/server.ts";
import { published } from "../../src/mcp/tools/published.ts";
import type { Sandbox, SandboxOptions } from "../../src/sandbox/index.ts";
import { readSettings } from "../../src/settings/index.ts";
import type { Client as ApiClient } from "../../src/woodpecker/client.ts";
import { type Hurry, openAccount } from "./account.ts";
import { type Calls, callsOf, type Elicit } from "./answer.ts";
import { atEnd } from "./at-end.ts";
import { type Gate, openGate } from "./gate.ts";
import { attempted, lineOf, openSandbox } from "./sandbox.ts";
import type { Upstream } from "./upstream.ts";

export type Environment = Record<string, string>;

export interface SessionOptions {
  /** Where the account is: a sandbox of its own with these options, or one that runs already. */
  sandbox?: SandboxOptions | Sandbox;
  /** In front of the sandbox. */
  gate?: Gate;
  /** A sandbox behind a bad network, in place of both. */
  upstream?: Upstream;
  /** What an operator sets. */
  env?: Environment;
  access?: Access;
  toolsets?: readonly Toolset[];
  /** The client declares that it can show forms, and this answers them. */
  elicit?: Elicit;
  /** Declared instead of the plain `elicitation: {}`. */
  elicitation?: Record<string, object>;
  /** Extensions that the client declares. */
  extensions?: Record<string, object>;
  /**
   * How long to wait before trying or looking again: by default next to nothing, and as long as the program waits where
   * an operator sets something.
   */
  hurry?: Hurry | boolean;
}

export interface Session extends Calls {
  client: Client;
  sandbox: Sandbox;
  account: Account;
  api: ApiClient;
  /** "GET /rest/v2/campaigns/2101" for everything that reached the sandbox, in order. */
  traffic(): string[];
  /** The part of it that is not GET, carried out or not. */
  attempted(): string[];
  /** When no call is being worked on, also none that the client gave up. */
  idle(): Promise<void>;
  /** Events of the server's log, such as "defect". */
  events: Events;
  /** Done by itself at the end of the test. */
  close(): Promise<void>;
}

type Events = { event: string; facts: Record<string, unknown> }[];

/** @param until by default the end of the test; tests that run at the same time hand in their own */
export async function openSession(options: SessionOptions = {}, until = atEnd): Promise<Session> {
  const { sandbox: place, upstream, gate, env, hurry = env === undefined } = options;
  const sandbox = upstream?.sandbox ?? (place && "requests" in place ? place : await openSandbox(place));
  const { origin, key } = upstream ?? (gate ? await openGate(sandbox, gate) : sandbox);
  const settings = readSettings([], {
    WOODPECKER_API_KEY: key,
    WOODPECKER_API_URL: origin,
    WOODPECKER_LEDGER: "off",
    WOODPECKER_STATE_DIR: "off",
    ...env,
  });
  const { access = settings.access, toolsets = settings.toolsets } = options;
  const events: Events = [];
  const log: Log = (_level, event, facts = {}) => void events.push({ event, facts });
  const { account, api, close } = openAccount({ ...settings, access }, log, hurry);
  const inFlight = new Set<Promise<unknown>>();
  const call: Account["call"] = (...given) => {
    const running = account.call(...given);
    inFlight.add(running);
    return running.finally(() => inFlight.delete(running));
  };
  const tools = permitted(published, access, toolsets);
  const label = accountLabel({ name: settings.accountName, companyId: settings.companyId });
  const setup = { ...settings, access, toolsets, account: label };
  const client = await connectedClient({ tools, setup, call, log }, options);
  // From here on the client checks every result against the published output schema.
  await client.listTools();
  let closed: Promise<void> | undefined;
  const session: Session = {
    ...callsOf(client),
    client,
    sandbox,
    account,
    api,
    events,
    traffic: () => sandbox.requests.map(lineOf),
    attempted: () => attempted(sandbox),
    idle: async () => void (await Promise.allSettled(inFlight)),
    close: () => (closed ??= client.close().then(close)),
  };
  until(session.close);
  return session;
}

/** A client of a server whose calls all end in `call`: for what no sandbox does, or another client of the same account. */
export const clientOf = (
  call: Account["call"],
  forms?: Pick<SessionOptions, "elicit" | "elicitation">,
): Promise<Client> => connectedClient({ tools: published, call, log: () => undefined }, forms);

async function connectedClient(
  parts: Parameters<typeof createServer>[0],
  forms: Pick<SessionOptions, "elicit" | "elicitation" | "extensions"> = {},
): Promise<Client> {
  const client = newClient(forms);
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await createServer(parts).connect(theirs);
  await client.connect(ours);
  return client;
}

/** Not connected yet. */
export function newClient({
  elicit,
  elicitation = elicit && {},
  extensions,
}: Pick<SessionOptions, "elicit" | "elicitation" | "extensions"> = {}) {
  const client = new Client(
    { name: "test", version: "1" },
    {
      capabilities: { ...(elicitation && { elicitation }), ...(extensions && { extensions }) },
      jsonSchemaValidator: validators,
    },
  );
  if (elicit) client.setRequestHandler(ElicitRequestSchema, ({ params }) => elicit(params));
  return client;
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
