/** Everything a call needs, opened with the first call: the account, its client, the operations. */
import { accountOf } from "./account.ts";
import { type CallResult, callOperation } from "./call.ts";
import { type Ask, newSecret } from "./consent.ts";
import { createJournal } from "./journal.ts";
import type { Log } from "./log.ts";
import type { CallTools, Operation } from "./operation.ts";
import { operations } from "./operations/index.ts";
import { createRepeats } from "./repeats.ts";
import type { Settings } from "./settings.ts";
import { version } from "./version.ts";
import { type Client, createClient } from "./woodpecker/client.ts";
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
  secret?: Buffer;
  companyId?: string | undefined;
  readBackPauses?: readonly number[];
}

export function openToolbox(settings: Settings, log: Log): Toolbox {
  const account = accountOf(settings);
  const client = createClient(account.open, { userAgent: `woodpecker-campaigns-mcp/${version}` });
  const toolbox = createToolbox({ client, tenant: account.tenant, log, companyId: settings.companyId });
  return { ...toolbox, close: () => client.close().then(account.close) };
}

export function createToolbox({
  client,
  tenant,
  log,
  secret = newSecret(),
  companyId,
  readBackPauses,
}: ToolboxOptions): Toolbox {
  const byName = new Map<string, Operation>(operations.map((operation) => [operation.name, operation]));
  const repeats = createRepeats();
  const journal = createJournal();
  const company = companyId === undefined ? undefined : () => companyLabel(client, companyId);
  return {
    close: client.close,
    async call(name, args, caller) {
      const operation = byName.get(name);
      if (!operation) throw new Error(`no operation ${name}`);
      const onDefect = (error: unknown) =>
        log("error", "defect", { tool: name, kind: error instanceof Error ? error.name : typeof error });
      return callOperation(operation, args, {
        client,
        tenant,
        secret,
        company,
        repeats,
        journal,
        readBackPauses,
        onDefect,
        ...caller,
      });
    },
  };
}
