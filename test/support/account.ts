/** The account of a session: as the program opens it, or the same put together with shorter pauses. */
import { type Account, createAccount, createLimitedClient } from "../../src/accounts/account.ts";
import { openAccounts } from "../../src/accounts/pool.ts";
import { accountOf } from "../../src/accounts/source.ts";
import type { Log } from "../../src/log.ts";
import { createJournal } from "../../src/memory/journal.ts";
import { openLedger } from "../../src/memory/ledger.ts";
import type { Settings } from "../../src/settings/index.ts";
import { ledgerPath } from "../../src/settings/places.ts";
import type { Client, ClientOptions } from "../../src/woodpecker/client.ts";

export interface Hurry extends ClientOptions {
  readBackPauses?: readonly number[];
}

interface OpenedAccount {
  account: Account;
  api: Client;
  close(): Promise<void>;
}

export function openAccount(settings: Settings, log: Log, hurry: Hurry | boolean): OpenedAccount {
  if (hurry) return hurried(settings, log, hurry === true ? {} : hurry);
  const accounts = openAccounts(settings, log);
  const account = accounts.account();
  return { account, api: accounts.parts().client, close: () => account.close().then(accounts.close) };
}

function hurried(
  settings: Settings,
  log: Log,
  { readBackPauses = [1, 1, 1], ...options }: Hurry,
): OpenedAccount {
  const { access, dryRun, ledgerStrict, limits } = settings;
  const { tenant, open, companyId, name } = accountOf(settings);
  const path = ledgerPath(settings);
  const journal = createJournal({
    ledger: path === undefined ? undefined : openLedger(path),
    tenant,
    strict: ledgerStrict,
    onUnwritten: () => log("warn", "ledger cannot be written", { path }),
  });
  const pauses = { busyPauses: [1, 1], failurePauses: [1, 1] };
  const client = createLimitedClient(open, limits, journal, {
    ...pauses,
    readOnly: access === "read",
    ...options,
  });
  const account = createAccount({ client, tenant, log, journal, companyId, name, dryRun, readBackPauses });
  return { account, api: client, close: account.close };
}
