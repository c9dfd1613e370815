/** The calls of one account, with everything that they need: its client, the limits, the journal, the operations. */
import { callOperation } from "../calls/call.ts";
import type { Ask } from "../calls/consent.ts";
import type { CallResult } from "../calls/context.ts";
import type { CallTools, Operation } from "../calls/operation.ts";
import type { Log } from "../log.ts";
import { inProcess, type Shared } from "../memory/index.ts";
import { createJournal, type Journal } from "../memory/journal.ts";
import { operations } from "../operations/index.ts";
import { views } from "../operations/views.ts";
import { type Account, type Client, type ClientOptions, createClient } from "../woodpecker/client.ts";
import { companyLabel } from "../woodpecker/companies.ts";
import { checkLimits, type Limits } from "./limits.ts";

/** What the protocol side brings to a call. */
export interface Caller {
  signal: AbortSignal;
  ask?: Ask | undefined;
  progress?: CallTools["progress"] | undefined;
  /** Name of the MCP client. */
  caller?: string | undefined;
}

export interface Toolbox {
  call(name: string, args: unknown, caller: Caller): Promise<CallResult>;
  close(): Promise<void>;
}

export interface ToolboxOptions {
  client: Client;
  /** Names the account without telling its key; a confirmation is good for no other. */
  tenant: string;
  log: Log;
  shared?: Shared;
  journal?: Journal;
  companyId?: string | undefined;
  dryRun?: boolean;
  readBackPauses?: readonly number[];
}

/** A client whose every write is held against the operator's limits. */
export function createLimitedClient(
  account: () => Promise<Account>,
  limits: Limits,
  journal: Journal,
  options: ClientOptions = {},
): Client {
  return createClient(account, {
    ...options,
    guard: (request, api, call) => checkLimits(limits, request, api, call, journal.history),
  });
}

export function createToolbox(options: ToolboxOptions): Toolbox {
  const { client, tenant, log, companyId, dryRun, readBackPauses, shared = inProcess() } = options;
  const { journal = createJournal({ book: shared.book }) } = options;
  const { repeats, confirmations } = shared;
  const byName = new Map<string, Operation>(operations.map((operation) => [operation.name, operation]));
  const company = companyId === undefined ? undefined : () => companyLabel(client, companyId);
  return {
    close: client.close,
    async call(name, args, caller) {
      const operation = byName.get(name) ?? views[name];
      if (!operation) throw new Error(`no operation ${name}`);
      const onDefect = (error: unknown) =>
        log("error", "defect", { tool: name, kind: error instanceof Error ? error.name : typeof error });
      const context = {
        client,
        tenant,
        repeats,
        confirmations,
        journal,
        company,
        dryRun,
        readBackPauses,
        onDefect,
        ...caller,
      };
      return callOperation(operation, args, context);
    },
  };
}
