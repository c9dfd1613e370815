/** The accounts that this process works for, one or many. They have connections in common and nothing else. */

import type { Log } from "../log.ts";
import { openApprovals } from "../memory/approvals.ts";
import { keepChanges } from "../memory/changes.ts";
import { keepImports } from "../memory/imports.ts";
import { inProcess, type Memory } from "../memory/index.ts";
import { createJournal } from "../memory/journal.ts";
import { keepConfirmations } from "../memory/kept-confirmations.ts";
import { keepHalts } from "../memory/kept-halts.ts";
import { openLedger } from "../memory/ledger.ts";
import { lockInFolder } from "../memory/process-lock.ts";
import { openRedis } from "../memory/redis/index.ts";
import { openStateFolder } from "../memory/state-folder.ts";
import type { Settings } from "../settings/index.ts";
import { ledgerPath, stateFolder } from "../settings/places.ts";
import { version } from "../version.ts";
import type { Watch } from "../woodpecker/attempts.ts";
import { createNetwork } from "../woodpecker/client.ts";
import { type Account, type AccountParts, createAccount, createLimitedClient } from "./account.ts";
import { type AccountSource, accountOf } from "./source.ts";

export interface Accounts {
  /** Opened with the first call for the account; without a source that of the settings. */
  account(source?: AccountSource): Account;
  /** What the account of the settings is made of, for whoever reads with the same client. */
  parts(): AccountParts;
  /** False while what the replicas share does not answer. */
  ready(): Promise<boolean>;
  close(): Promise<void>;
}

/** More are seldom at work at the same time. One that only looked has nothing to remember and goes first. */
const MAX_ACCOUNTS = 1_000;

/** One at Woodpecker. Under several names it may be called with other rights, and remembers what was done under each. */
interface Open {
  as(source: AccountSource): { parts: AccountParts; account: Account };
  wrote: () => boolean;
  close: () => Promise<unknown>;
}

export function openAccounts(settings: Settings, log: Log, watch?: (handle?: string) => Watch): Accounts {
  const { dryRun, forms, ledgerStrict, redisUrl, sandbox } = settings;
  const network = createNetwork();
  // Each process has a sandbox of its own, of which the others know nothing.
  const redis = redisUrl === undefined || sandbox ? undefined : openRedis(redisUrl, log);
  const path = ledgerPath(settings);
  const ledger = path === undefined ? undefined : openLedger(path);
  const folderPath = stateFolder(settings);
  const folder = folderPath === undefined ? undefined : openStateFolder(folderPath);
  const confirmations =
    folder &&
    keepConfirmations(folder, () => log("warn", "state folder cannot be written", { path: folderPath }));
  const approvals = folder && confirmations && openApprovals(folder, confirmations);
  const own = accountOf(settings);
  /** The one that was used longest ago comes first. */
  const open = new Map<string, Open>();

  /** Among the processes that share a state folder, where there is one. */
  function memoryHere(tenant: string): Memory {
    if (!folder || !confirmations) return inProcess();
    return {
      ...inProcess(),
      confirmations,
      writeLock: lockInFolder(folder, tenant),
      halts: keepHalts(folder, tenant),
      imports: keepImports(folder, tenant),
      changes: keepChanges(folder, tenant),
    };
  }

  function openOne({ tenant }: AccountSource): Open {
    const memory = redis?.memoryOf(tenant) ?? memoryHere(tenant);
    const journal = createJournal({
      ledger,
      book: memory.book,
      tenant,
      strict: ledgerStrict,
      onUnwritten: () => log("warn", "ledger cannot be written", { path }),
    });
    const editions = new Map<string, ReturnType<Open["as"]> & { close: () => Promise<void> }>();

    function openAs(source: AccountSource) {
      const { companyId, name, handle, access = settings.access, limits = settings.limits } = source;
      const client = createLimitedClient(source.open, limits, journal, {
        network,
        lane: memory.lane,
        watch: watch?.(handle),
        readOnly: access === "read",
        userAgent: `woodpecker-campaigns-mcp/${version}`,
      });
      const parts: AccountParts = {
        ...{ client, log, memory, journal, companyId, name, forms, approvals, dryRun },
        // What was agreed under one name is not agreed under another.
        tenant: handle === undefined ? tenant : `${tenant} ${handle}`,
      };
      const account = createAccount(parts);
      return { parts, account, close: () => account.close().then(source.close) };
    }

    return {
      as(source) {
        const { edition = "" } = source;
        const known = editions.get(edition) ?? openAs(source);
        editions.set(edition, known);
        return known;
      },
      wrote: journal.wrote,
      close: () => Promise.all([...editions.values()].map(({ close }) => close())),
    };
  }

  function makeRoom(): void {
    if (open.size <= MAX_ACCOUNTS) return;
    const oldestFirst = [...open];
    const [tenant, oldest] =
      oldestFirst.find(([, { wrote }]) => !wrote()) ?? (oldestFirst[0] as [string, Open]);
    open.delete(tenant);
    oldest.close().catch(() => undefined);
  }

  function entryOf(source: AccountSource): ReturnType<Open["as"]> {
    const known = open.get(source.tenant) ?? openOne(source);
    // Used last, so at the end.
    open.delete(source.tenant);
    open.set(source.tenant, known);
    makeRoom();
    return known.as(source);
  }

  return {
    account: (source = own) => entryOf(source).account,
    parts: () => entryOf(own).parts,
    ready: async () => redis?.ready() ?? true,
    async close() {
      await Promise.all([...open.values()].map(({ close }) => close()));
      await network.close();
      await redis?.close();
    },
  };
}
