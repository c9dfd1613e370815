/** The calls of one account, with everything that they need: its client, the limits, the journal, the operations. */
import { callOperation } from "../calls/call.ts";
import type { Ask, Rounds } from "../calls/context.ts";
import type { CallTools, Operation } from "../calls/operation.ts";
import type { Log } from "../log.ts";
import type { Approvals } from "../memory/approvals.ts";
import { inProcess, type Memory } from "../memory/index.ts";
import { createJournal, type Journal } from "../memory/journal.ts";
import { operations } from "../operations/index.ts";
import { views } from "../operations/views.ts";
import type { Limits } from "../settings/limits.ts";
import type { CallResult } from "../values/call-result.ts";
import { oneLine } from "../values/foreign.ts";
import { own } from "../values/loose.ts";
import { type Client, type ClientOptions, type Credentials, createClient } from "../woodpecker/client.ts";
import { companyLabel } from "../woodpecker/companies.ts";
import { checkLimits } from "./limits.ts";

/** What the protocol side brings to a call. */
export interface Protocol {
  signal: AbortSignal;
  ask?: Ask | undefined;
  rounds?: Rounds | undefined;
  /** The client shows the launch card. */
  card?: boolean | undefined;
  progress?: CallTools["progress"] | undefined;
  /** Name of the MCP client. */
  caller?: string | undefined;
  /** Who called, as far as it is known: subject of a token, mark of a key, terminal. */
  person?: string | undefined;
}

export interface Account {
  call(name: string, args: unknown, caller: Protocol): Promise<CallResult>;
  close(): Promise<void>;
}

export interface AccountParts {
  client: Client;
  /** Names the account without telling its key; a confirmation is good for no other. */
  tenant: string;
  log: Log;
  memory?: Memory;
  journal?: Journal;
  companyId?: string | undefined;
  /** What people call the account. */
  name?: string | undefined;
  /** Words given in a terminal, where there is a state folder. */
  approvals?: Approvals | undefined;
  /** How a person agrees; auto by default. */
  forms?: "auto" | "off" | "require" | undefined;
  dryRun?: boolean;
  readBackPauses?: readonly number[];
}

/** A client whose every write is held against the operator's limits. */
export function createLimitedClient(
  account: () => Promise<Credentials>,
  limits: Limits,
  journal: Journal,
  options: ClientOptions = {},
): Client {
  return createClient(account, {
    ...options,
    guard: (request, api, call) => checkLimits(limits, request, api, call, journal.history),
  });
}

export function createAccount(options: AccountParts): Account {
  const { log, name, forms, memory = inProcess(), ...parts } = options;
  const { client, companyId, journal = createJournal({ book: memory.book }) } = parts;
  const byName = new Map<string, Operation>(operations.map((operation) => [operation.name, operation]));
  const company = companyId === undefined ? undefined : companyNamer(client, companyId);
  return {
    close: client.close,
    async call(tool, args, caller) {
      const operation = byName.get(tool) ?? own(views, tool);
      if (!operation) throw new Error(`no operation ${tool}`);
      const onDefect = (error: unknown) =>
        log("error", "defect", { tool, kind: error instanceof Error ? error.name : typeof error });
      const context = {
        ...memory,
        ...parts,
        journal,
        company,
        accountName: name && oneLine(name, 80),
        onlyPersons: forms === "require",
        onDefect,
        ...caller,
        // In the chat, whatever the client can show.
        ...(forms === "off" && { ask: undefined, rounds: undefined }),
      };
      return callOperation(operation, args, context);
    },
  };
}

/** Asked for with the first question, and kept once it is known. */
function companyNamer(client: Client, id: string): () => Promise<string> {
  let known: string | undefined;
  return async () => {
    if (known !== undefined) return known;
    const label = await companyLabel(client, id);
    if (label !== id) known = label;
    return label;
  };
}
