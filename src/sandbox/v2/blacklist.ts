/** GET, POST and DELETE of /rest/v2/blacklist/domains and /rest/v2/blacklist/emails. */
import { type Check, isAddress, isList, isObject } from "../check/value.ts";
import { countIn } from "../query.ts";
import { incorrect, type Reply } from "../reply.ts";
import type { Call } from "../router.ts";
import type { Blacklist } from "../state.ts";

type Kind = keyof Blacklist;

const PER_PAGE = { fallback: 100, most: 500 };
const MOST_AT_ONCE = 500;

// Plain strings and no objects, as others send them. What a malformed entry is answered with is undocumented.
const ENTRY: Record<Kind, Check> = {
  domains: (value) => typeof value === "string" && isAddress(`anybody@${value.trim()}`),
  emails: (value) => typeof value === "string" && isAddress(value.trim()),
};
const FILTER: Record<Kind, string> = { domains: "domain_filter", emails: "email_filter" };

/** In alphabetical order; pages are counted from 0 here, unlike in most other lists. */
export const listBlacklist =
  (kind: Kind) =>
  ({ state, query }: Call): Reply => {
    const page = countIn(query, "page", { fallback: 0, least: 0 }, incorrect);
    const perPage = countIn(query, "per_page", PER_PAGE, incorrect);
    const wanted = query.get(FILTER[kind])?.toLowerCase().split(",");
    const found = [...state.blacklist[kind]]
      .filter((entry) => wanted?.some((pattern) => fits(entry, pattern)) ?? true)
      .sort();
    return {
      status: 200,
      body: { [kind]: found.slice(page * perPage, (page + 1) * perPage), total: found.length },
    };
  };

/** Nobody in the account changes at once: people become BLACKLIST when a campaign comes to them. */
export const addToBlacklist = (kind: Kind) => changing(kind, (entries, entry) => entries.add(entry));

/** Unknown entries are ignored, and nobody who became BLACKLIST is brought back. */
export const removeFromBlacklist = (kind: Kind) => changing(kind, (entries, entry) => entries.delete(entry));

function changing(kind: Kind, change: (entries: Set<string>, entry: string) => void) {
  const isBody = isObject({ [kind]: isList(ENTRY[kind], 1, MOST_AT_ONCE) });
  return ({ state, body }: Call): Reply => {
    if (!isBody(body)) throw incorrect(kind);
    const entries = (body as Record<Kind, string[]>)[kind].map((entry) => entry.trim().toLowerCase());
    for (const entry of entries) change(state.blacklist[kind], entry);
    return { status: 200, body: { [kind]: entries } };
  };
}

/** A star stands for anything, at the end as in the sample or elsewhere. */
function fits(entry: string, pattern: string): boolean {
  const [head = "", ...rest] = pattern.split("*");
  const tail = rest.pop();
  if (tail === undefined) return entry === pattern;
  if (!entry.startsWith(head)) return false;
  let from = head.length;
  for (const part of rest) {
    const at = entry.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return entry.length - tail.length >= from && entry.endsWith(tail);
}
