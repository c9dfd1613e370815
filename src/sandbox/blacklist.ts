/** The account's blacklist: whom no campaign writes to and no import brings in. */
import type { Blacklist, State } from "./state.ts";

export const emptyBlacklist = (): Blacklist => ({ domains: new Set(), emails: new Set() });

/** Addresses and domains in small letters. Whether a domain stands for those below it is undocumented: here it does not. */
export function isBlacklisted({ blacklist }: State, email: string): boolean {
  const address = email.toLowerCase();
  return blacklist.emails.has(address) || blacklist.domains.has(address.slice(address.indexOf("@") + 1));
}
