/**
 * Accounts with names in one process: the file WOODPECKER_ACCOUNTS, name → key and what holds for it alone. It is read again
 * when it changes, and counts as a whole: with a slip anywhere in it, the last one without holds, and the log says so.
 */
import type { Log } from "../log.ts";
import type { Settings } from "../settings/index.ts";
import { UsageError } from "../settings/usage-error.ts";
import { asObject } from "../values/loose.ts";
import { readEntry } from "./entry.ts";
import { type AccountSource, entryAccount } from "./source.ts";
import { type Content, watchFile } from "./watched-file.ts";

export interface NamedAccounts {
  /** As the file is now; names in its order. */
  now(): ReadonlyMap<string, AccountSource>;
}

/** As it stands in /mcp/<name>: nothing that a path or a proxy would read otherwise. */
const isName = (text: string) => /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(text);

/** Nothing where the operator has no such file. @throws UsageError where it is not good at the start */
export function openNamedAccounts(settings: Settings, log: Log): NamedAccounts | undefined {
  const { accountsFile } = settings;
  if (accountsFile === undefined) return undefined;
  let accounts: Map<string, AccountSource> | undefined;
  const look = watchFile(accountsFile, (content) => {
    const { found, faults } = accountsIn(content, settings);
    if (faults.length > 0 && !accounts) throw new UsageError(`WOODPECKER_ACCOUNTS: ${faults.join("; ")}`);
    if (faults.length > 0)
      return log("error", "accounts", { faults, kept: [...(accounts ?? [])].map(([name]) => name) });
    accounts = found;
    log("info", "accounts", { names: [...found.keys()] });
  });
  return {
    now() {
      look();
      return accounts ?? new Map();
    },
  };
}

function accountsIn(content: Content, settings: Settings) {
  const found = new Map<string, AccountSource>();
  if ("fault" in content) return { found, faults: [content.fault] };
  const entries = Object.entries(asObject(content.value));
  const faults = entries.flatMap(([name, given]) => {
    if (!isName(name))
      return [
        `${JSON.stringify(name)} cannot be a name: letters without accents, digits, - and _, at most 64, as it stands in /mcp/<name>`,
      ];
    const twin = [...found.keys()].find((other) => other.toLowerCase() === name.toLowerCase());
    if (twin) return [`"${twin}" and "${name}" differ in capitals only`];
    const entry = readEntry(name, given, !settings.sandbox);
    if ("fault" in entry) return [entry.fault];
    found.set(name, entryAccount(settings, entry, name));
    return [];
  });
  if (entries.length === 0) faults.push('it must hold {"name": {"api_key": "…"}} for at least one account');
  return { found, faults };
}
