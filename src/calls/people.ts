/** Whom a call is about, for limits and the journal: how many, and the addresses, which the ledger keeps as hashes. */
import type { Loose } from "../values/loose.ts";

export function peopleIn({ prospects, prospect_ids: ids }: Loose): { people?: number; addresses?: string[] } {
  if (Array.isArray(ids)) return { people: ids.length };
  if (!Array.isArray(prospects)) return {};
  return { people: prospects.length, addresses: prospects.map((person) => String((person as Loose).email)) };
}
