/** Whom a call is about, for limits and the journal: how many, and the addresses, which the ledger keeps as hashes. */
import type { Loose } from "../values/loose.ts";

export function peopleIn({ prospects, prospect_ids: ids, emails }: Loose): {
  people?: number;
  addresses?: string[];
} {
  if (Array.isArray(prospects))
    return {
      people: prospects.length,
      addresses: prospects.map((person) => String((person as Loose).email)),
    };
  const addresses = Array.isArray(emails) ? emails.map(String) : undefined;
  const people = (Array.isArray(ids) ? ids.length : 0) + (addresses?.length ?? 0);
  return people > 0 ? { people, ...(addresses && { addresses }) } : {};
}
