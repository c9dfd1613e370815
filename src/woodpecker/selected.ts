/** Reads chosen people, a part at a time, each with all the campaigns that he or she is in. */
import { isObject, type Loose } from "../values/loose.ts";
import { entriesOf, hasId } from "./answers.ts";
import type { Api } from "./client.ts";
import { type EnrolledRow, enrolledFrom } from "./prospects.ts";

/** Whoever is named by one of these. */
export interface Selection {
  emails: readonly string[];
  ids: readonly number[];
  domains: readonly string[];
  /** Where it is only about these campaigns; everywhere when there are none. */
  campaignIds: readonly number[];
}

/** One part of a selection: what it asks for, who of an answer belongs to it, and a page of it. */
export interface Part {
  /** What of the selection it is about. */
  names: readonly (string | number)[];
  /** Whether the first page holds everybody, and how many a page may have. */
  whole: boolean;
  size: number;
  read(api: Api, page: number): Promise<{ rows: EnrolledRow[]; total: number | undefined; size: number }>;
}

/** So many that the URL stays below Woodpecker's limit. */
const [MOST_EMAILS, MOST_IDS] = [60, 100];
/** The most that Woodpecker gives at once. */
const PAGE = 1_000;

export const domainOf = (email: string) => email.slice(email.lastIndexOf("@") + 1).toLowerCase();

/** Whatever else an answer holds: a search that Woodpecker does not understand shows the whole account. */
export function partsOf({ emails, ids, domains, campaignIds }: Selection): Part[] {
  return [
    ...chunks(emails, MOST_EMAILS).map((names) =>
      part(names, ({ email }) => names.includes(email.toLowerCase()), {
        search: names.map((email) => `email=${email}`).join(","),
        per_page: String(MOST_EMAILS * 2),
      }),
    ),
    // With ids no limit is sent.
    ...chunks(ids, MOST_IDS).map((names) =>
      part(names, ({ id }) => names.includes(id), { id: names.join(",") }),
    ),
    ...domains.map((domain) =>
      part([domain], ({ email }) => domainOf(email) === domain, {
        // Without an @ any part of an address fits.
        search: `email=${domain}`,
        per_page: String(PAGE),
        ...(campaignIds.length > 0 && { campaigns_id: campaignIds.join(",") }),
      }),
    ),
  ];
}

function part<T extends string | number>(
  names: readonly T[],
  belongs: (row: EnrolledRow) => boolean,
  query: Record<string, string>,
): Part {
  return {
    names,
    whole: query.per_page !== String(PAGE),
    size: PAGE,
    async read(api, page) {
      const asked = { ...query, campaigns_details: "true", ...(page > 1 && { page: String(page) }) };
      const { value, total } = await api.getCounted("/rest/v1/prospects", asked);
      const entries = entriesOf(value, { isEntry: (entry) => hasId(personOf(entry)) }).map(personOf);
      const rows = entries.map(enrolledFrom).filter(belongs);
      return { rows, total, size: entries.length };
    },
  };
}

/** Some clients unwrap rows that hold the person in a field. */
const personOf = (entry: Loose): Loose => (isObject(entry.prospect) ? entry.prospect : entry);

export function chunks<T>(all: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < all.length; at += size) parts.push(all.slice(at, at + size));
  return parts;
}
