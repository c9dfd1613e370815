/** Reads chosen people, a part at a time, each with all the campaigns that he or she is in. */
import type { Api } from "./client.ts";
import { type EnrolledRow, type ProspectQuery, readProspects } from "./prospects.ts";
import { partsWithin } from "./requests.ts";

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

/** Most addresses in one search, and how long they may be as a part of its URL, which has to stay below Woodpecker's limit. */
const [MOST_EMAILS, MAX_SEARCH] = [60, 3_700];
/** With ids no size is sent, so a page holds a hundred. */
const MOST_IDS = 100;
/** The most that Woodpecker gives at once. */
const PAGE = 1_000;

export const domainOf = (email: string) => email.slice(email.lastIndexOf("@") + 1).toLowerCase();

/** Whatever else an answer holds: a search that Woodpecker does not understand shows the whole account. */
export function partsOf({ emails, ids, domains, campaignIds }: Selection): Part[] {
  return [
    ...searchesFor(emails).map((names) =>
      part(names, ({ email }) => names.includes(email.toLowerCase()), {
        search: { email: names },
        size: MOST_EMAILS * 2,
      }),
    ),
    ...chunks(ids, MOST_IDS).map((names) => part(names, ({ id }) => names.includes(id), { ids: names })),
    ...domains.map((domain) =>
      // Without an @ any part of an address fits.
      part([domain], ({ email }) => domainOf(email) === domain, {
        search: { email: [domain] },
        size: PAGE,
        campaignIds,
      }),
    ),
  ];
}

function part<T extends string | number>(
  names: readonly T[],
  belongs: (row: EnrolledRow) => boolean,
  query: ProspectQuery,
): Part {
  return {
    names,
    whole: query.size !== PAGE,
    size: PAGE,
    async read(api, page) {
      const { rows, total } = await readProspects(api, {
        ...query,
        details: true,
        page: page > 1 ? page : undefined,
      });
      return { rows: rows.filter(belongs), total, size: rows.length };
    },
  };
}

/** Those of these people who are in the account, each with all the campaigns that he or she is in. */
export async function readByEmail(api: Api, addresses: readonly string[]): Promise<EnrolledRow[]> {
  const wanted = new Set(addresses.map((address) => address.toLowerCase()));
  const found: EnrolledRow[] = [];
  for (const email of searchesFor(addresses)) {
    const query = { search: { email }, details: true, size: email.length * 2 };
    found.push(...(await readProspects(api, query)).rows);
  }
  // An address is compared as a whole here, whatever else Woodpecker's search finds.
  return found.filter(({ email }) => wanted.has(email.toLowerCase()));
}

/** The same by id. */
export async function readById(api: Api, all: readonly number[]): Promise<EnrolledRow[]> {
  const found: EnrolledRow[] = [];
  for (const ids of chunks(all, MOST_IDS))
    found.push(...(await readProspects(api, { ids, details: true })).rows);
  return found;
}

/** The same field several times means any of them. */
const searchesFor = (addresses: readonly string[]): string[][] =>
  partsWithin(addresses, MAX_SEARCH, (one) => encodeURIComponent(`email=${one},`).length, MOST_EMAILS);

export function chunks<T>(all: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < all.length; at += size) parts.push(all.slice(at, at + size));
  return parts;
}
