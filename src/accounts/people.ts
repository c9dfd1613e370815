/**
 * Who may use which account: the file WOODPECKER_OAUTH_ACCOUNTS, subject of a token → a key, or names of WOODPECKER_ACCOUNTS.
 * It is read again when it has changed. Whoever stands in it readably has access, and nobody else: a key that was taken out
 * must not live on because of a slip in another entry.
 */
import type { Log } from "../log.ts";
import type { Settings } from "../settings/index.ts";
import { UsageError } from "../settings/usage-error.ts";
import { asObject } from "../values/loose.ts";
import { readEntry } from "./entry.ts";
import type { NamedAccounts } from "./named.ts";
import { type AccountSource, entryAccount } from "./source.ts";
import { type Content, watchFile } from "./watched-file.ts";

/** What a person may use. */
export type Allowed = { account: AccountSource } | { names: string[] };

/** @throws UsageError where it is not good at the start */
export function openPeople(
  path: string,
  settings: Settings,
  named: NamedAccounts | undefined,
  log: Log,
): (subject: string) => Allowed | undefined {
  let people: Map<string, Allowed> | undefined;
  const look = watchFile(path, (content) => {
    const { found, faults } = peopleIn(content, settings, named);
    if (faults[0] && !people) throw new UsageError(`WOODPECKER_OAUTH_ACCOUNTS: ${faults[0]}`);
    people = found;
    for (const fault of faults) log("error", "oauth_accounts", { fault, people: found.size });
  });
  return (subject) => {
    look();
    return people?.get(subject);
  };
}

function peopleIn(content: Content, settings: Settings, named: NamedAccounts | undefined) {
  const found = new Map<string, Allowed>();
  if ("fault" in content) return { found, faults: [content.fault] };
  const entries = Object.entries(asObject(content.value));
  const faults = entries.flatMap(([subject, given]) => {
    const { accounts, ...others } = asObject(given);
    if (accounts === undefined) {
      const entry = readEntry(subject, typeof given === "string" ? { api_key: given } : given);
      if ("fault" in entry) return [entry.fault];
      found.set(subject, { account: entryAccount(settings, entry) });
      return [];
    }
    const who = JSON.stringify(subject);
    if (!Array.isArray(accounts) || accounts.length === 0 || Object.keys(others).length > 0)
      return [`${who} must be {"accounts": ["name", …]} or {"api_key": "…"}`];
    if (!named) return [`${who} names accounts, and WOODPECKER_ACCOUNTS is not set`];
    const known = named.now();
    const strange = accounts.filter((name) => !known.has(name)).map((name) => JSON.stringify(name));
    // What there is can be used all the same, and what is missing once it is there.
    found.set(subject, { names: accounts.map(String) });
    return strange.length > 0
      ? [`${who} names ${strange.join(", ")}, which WOODPECKER_ACCOUNTS does not have`]
      : [];
  });
  if (entries.length === 0) faults.push('it must hold {"subject": {"api_key": "…"}} for at least one person');
  return { found, faults };
}
