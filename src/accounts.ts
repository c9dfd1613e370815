/** The accounts that this process works for, one or many. They have connections in common and nothing else. */
import { type AccountSource, accountOf } from "./account.ts";
import { createJournal } from "./journal.ts";
import { openLedger } from "./ledger.ts";
import { ledgerPath } from "./ledger-path.ts";
import type { Log } from "./log.ts";
import { openRedis } from "./redis/index.ts";
import type { Settings } from "./settings.ts";
import { inProcess } from "./shared.ts";
import { createLimitedClient, createToolbox, type Toolbox } from "./toolbox.ts";
import { version } from "./version.ts";
import { createNetwork, type Watch } from "./woodpecker/client.ts";

export interface Accounts {
  /** Opened with the first call for the account; without a source that of the settings. */
  toolbox(source?: AccountSource): Toolbox;
  /** False while what the replicas share does not answer. */
  ready(): Promise<boolean>;
  close(): Promise<void>;
}

/** More are seldom at work at the same time; the one that was used longest ago is closed then. */
const MAX_ACCOUNTS = 1_000;

export function openAccounts(settings: Settings, log: Log, watch?: Watch): Accounts {
  const { access, dryRun, ledgerStrict, limits, redisUrl } = settings;
  const network = createNetwork();
  const redis = redisUrl === undefined ? undefined : openRedis(redisUrl, log);
  const path = ledgerPath(settings);
  const ledger = path === undefined ? undefined : openLedger(path);
  const own = accountOf(settings);
  const open = new Map<string, { toolbox: Toolbox; close: () => Promise<void> }>();

  function openOne({ tenant, open: account, companyId, close }: AccountSource) {
    const shared = redis?.sharedBy(tenant) ?? inProcess();
    const journal = createJournal({
      ledger,
      book: shared.book,
      tenant,
      strict: ledgerStrict,
      onUnwritten: () => log("warn", "ledger cannot be written", { path }),
    });
    const client = createLimitedClient(account, limits, journal, {
      network,
      lane: shared.lane,
      watch,
      readOnly: access === "read",
      userAgent: `woodpecker-campaigns-mcp/${version}`,
    });
    const toolbox = createToolbox({ client, tenant, log, shared, journal, companyId, dryRun });
    return { toolbox, close: () => toolbox.close().then(close) };
  }

  return {
    toolbox(source = own) {
      const known = open.get(source.tenant) ?? openOne(source);
      // Used last, so at the end.
      open.delete(source.tenant);
      open.set(source.tenant, known);
      for (const [tenant, oldest] of open) {
        if (open.size <= MAX_ACCOUNTS) break;
        open.delete(tenant);
        oldest.close().catch(() => undefined);
      }
      return known.toolbox;
    },
    ready: async () => redis?.ready() ?? true,
    async close() {
      await Promise.all([...open.values()].map(({ close }) => close()));
      await network.close();
      await redis?.close();
    },
  };
}
