/** Reads whom a selection names, as many as the time allows, and keeps account of who could not be read. */

import type { Api } from "../../woodpecker/client.ts";
import { ApiFailure } from "../../woodpecker/failure.ts";
import type { EnrolledRow } from "../../woodpecker/prospects.ts";
import { reasonFor } from "../../woodpecker/reason.ts";
import { type Part, partsOf, type Selection } from "../../woodpecker/selected.ts";

export interface Gathered {
  people: Map<number, EnrolledRow>;
  unread: Unread[];
}

interface Unread {
  names: readonly (string | number)[];
  reason: string;
}

const LATE = "the time of a call was over";

/** @throws what kept everybody from being read */
export async function gather(api: Api, selection: Selection, end: number): Promise<Gathered> {
  const people = new Map<number, EnrolledRow>();
  const unread: Unread[] = [];
  let first: unknown;
  // A failure that is no answer meets the next request, too.
  let over: string | undefined;
  for (const part of partsOf(selection)) {
    if (over === undefined && Date.now() > end) over = LATE;
    if (over !== undefined) {
      unread.push({ names: part.names, reason: over });
      continue;
    }
    try {
      const missing = await readPart(api, part, people, end);
      if (missing) unread.push({ names: part.names, reason: missing });
    } catch (error) {
      const reason = reasonFor(error);
      first ??= error;
      unread.push({ names: part.names, reason });
      if (!(error instanceof ApiFailure) || error.facts.outcome !== "rejected") over = reason;
    }
  }
  if (people.size === 0 && first !== undefined) throw first;
  return { people, unread };
}

/** @returns why it did not see everybody, where it did not */
async function readPart(
  api: Api,
  part: Part,
  people: Map<number, EnrolledRow>,
  end: number,
): Promise<string | undefined> {
  let seen = 0;
  for (let page = 1; ; page += 1) {
    const { rows, total, size } = await part.read(api, page);
    const before = people.size;
    for (const row of rows) people.set(row.id, merged(people.get(row.id), row));
    seen += size;
    if (part.whole || size === 0) return undefined;
    // Without a total a page that brings nobody new may be the first once more.
    if (total === undefined ? size < part.size || people.size === before : seen >= total) return undefined;
    if (Date.now() > end) return `${LATE} after ${seen}${total === undefined ? "" : ` of ${total}`} rows`;
  }
}

/** Of several campaigns the list has a row for each in which somebody is. */
function merged(known: EnrolledRow | undefined, row: EnrolledRow): EnrolledRow {
  if (!known) return row;
  const campaigns = new Map([...known.campaigns, ...row.campaigns].map((one) => [one.id, one]));
  return { ...row, campaigns: [...campaigns.values()] };
}
