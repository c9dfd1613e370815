/** The query parameters that filter a list of prospects. */
import { idsIn, listOf, wrongParam } from "../../query.ts";
import { ENROLMENT_STATUSES, INTERESTS, PROSPECT_STATUSES } from "../../state.ts";
import { parseV1Time } from "../../time.ts";
import { type Entry, relevantPlaces, statusOf, touchesOf } from "./entries.ts";
import { matches, parseSearch } from "./search.ts";

type Filter = (entry: Entry) => boolean;
type Reader = (values: string[], query: URLSearchParams) => Filter | undefined;

const opened: Filter = (entry) => touchesOf(entry).some(({ openedAt }) => openedAt);
const clicked: Filter = (entry) => touchesOf(entry).some(({ clickedAt }) => clickedAt);

const ACTIVITY = new Map<string, Filter>([
  ["OPENED", opened],
  ["NOT-OPENED", (entry) => !opened(entry)],
  ["CLICKED", clicked],
  ["NOT-CLICKED", (entry) => !clicked(entry)],
]);

// Numbers are what others send, and what works for them.
const FLAGS = new Map([
  ["true", true],
  ["1", true],
  ["false", false],
  ["0", false],
]);

/** undefined: the parameter cannot have this value. */
const READERS: Record<string, Reader> = {
  id(_values, query) {
    const ids = idsIn(query, "id");
    return ids && (({ prospect }) => ids.has(prospect.id));
  },
  status(values, query) {
    const known: readonly string[] = query.has("campaigns_id") ? ENROLMENT_STATUSES : PROSPECT_STATUSES;
    if (!values.every((value) => known.includes(value))) return undefined;
    return (entry) => values.includes(statusOf(entry));
  },
  contacted(values) {
    const contacted = FLAGS.get(values.join(","));
    return contacted === undefined ? undefined : (entry) => touchesOf(entry).length > 0 === contacted;
  },
  interested(values) {
    if (!values.every((value) => (INTERESTS as readonly string[]).includes(value))) return undefined;
    return (entry) => {
      const found = relevantPlaces(entry).map(({ enrolment }) => enrolment.interest);
      return values.some((value) => found.some((interest) => interest === value));
    };
  },
  diff(values) {
    // Others write the name of the field before it.
    const since = parseV1Time(values.join(",").replace(/^updated>/, ""));
    return since && (({ prospect }) => prospect.updated > since);
  },
  search(values) {
    const search = parseSearch(values.join(","));
    return search && (({ prospect }) => matches(search, prospect));
  },
  activity(values, query) {
    // It is documented for the plain list and for campaigns' prospects, so a search ignores it.
    if (query.has("search") && !query.has("campaigns_id")) return () => true;
    return ACTIVITY.get(values.join(","));
  },
};

/** A parameter that is none of these is ignored, so that `?email=` returns the whole database. */
export function readFilters(query: URLSearchParams): Filter[] {
  return Object.entries(READERS).flatMap(([name, read]) => {
    const values = listOf(query, name);
    if (!values) return [];
    const filter = read(values, query);
    // Of a search the answer repeats the field, not what was looked for.
    const shown = name === "search" ? values.join(",").replace(/=.*/s, "") : values.join(",");
    if (!filter) throw wrongParam(name, shown);
    return [filter];
  });
}
