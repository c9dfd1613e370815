/** Everything a call needs, opened with the first call: the account, its client, the limits, the journal, the operations. */
import { accountOf } from "./account.ts";
import { callOperation } from "./call.ts";
import { type Ask, newSecret } from "./consent.ts";
import type { CallContext, CallResult } from "./context.ts";
import { createJournal, type Journal } from "./journal.ts";
import { openLedger } from "./ledger.ts";
import { ledgerPath } from "./ledger-path.ts";
import { checkLimits, type Limits } from "./limits.ts";
import type { Log } from "./log.ts";
import type { CallTools, Operation } from "./operation.ts";
import { operations } from "./operations/index.ts";
import { createRepeats } from "./repeats.ts";
import type { Settings } from "./settings.ts";
import { version } from "./version.ts";
import { views } from "./views.ts";
import { type Account, type Client, type ClientOptions, createClient } from "./woodpecker/client.ts";
import { companyLabel } from "./woodpecker/companies.ts";

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
  journal?: Journal;
  secret?: Buffer;
  companyId?: string | undefined;
  dryRun?: boolean;
  readBackPauses?: readonly number[];
}

export function openToolbox(settings: Settings, log: Log): Toolbox {
  const { access, companyId, dryRun, ledgerStrict, limits } = settings;
  const account = accountOf(settings);
  const path = ledgerPath(settings);
  const journal = createJournal({
    ledger: path === undefined ? undefined : openLedger(path),
    tenant: account.tenant,
    strict: ledgerStrict,
    onUnwritten: () => log("warn", "ledger cannot be written", { path }),
  });
  const client = createLimitedClient(account.open, limits, journal, {
    readOnly: access === "read",
    userAgent: `woodpecker-campaigns-mcp/${version}`,
  });
  const toolbox = createToolbox({ client, tenant: account.tenant, log, journal, companyId, dryRun });
  return { ...toolbox, close: () => client.close().then(account.close) };
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
    guard: (request, api, call) => checkLimits(limits, request, api, call, journal.list),
  });
}

export function createToolbox(options: ToolboxOptions): Toolbox {
  const { client, tenant, log, companyId, dryRun, readBackPauses } = options;
  const { journal = createJournal(), secret = newSecret() } = options;
  const byName = new Map<string, Operation>(operations.map((operation) => [operation.name, operation]));
  const shared: Pick<CallContext, "repeats" | "company" | "used"> = {
    used: new Map(),
    repeats: createRepeats(),
    company: companyId === undefined ? undefined : () => companyLabel(client, companyId),
  };
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
        secret,
        journal,
        dryRun,
        readBackPauses,
        onDefect,
        ...shared,
        ...caller,
      };
      return callOperation(operation, args, context);
    },
  };
}
