/** GET /rest/v1/prospects: pages of prospects, filtered and sorted. */
import { countIn, idsIn, nothingMatches, wrongParam } from "../../query.ts";
import type { Reply } from "../../reply.ts";
import type { Call } from "../../router.ts";
import { entriesOf } from "./entries.ts";
import { readFilters } from "./filters.ts";
import { rowOf } from "./row.ts";
import { parseSort, sorted } from "./sort.ts";

const PER_PAGE = { fallback: 100, most: 1000 };

/** The account's prospects, a search among them, or the prospects of campaigns: the parameters decide. */
export function listProspects({ state, query, noMatch, unsetDates }: Call): Reply {
  const page = countIn(query, "page", { fallback: 1 }, wrongParam);
  const perPage = countIn(query, "per_page", PER_PAGE, wrongParam);
  const filters = readFilters(query);
  const order = parseSort(query.get("sort") ?? "+id", query.has("activity"));
  if (!order) throw wrongParam("sort", query.get("sort"));
  const campaignIds = idsIn(query, "campaigns_id");
  const details = query.get("campaigns_details") ?? "false";
  if (details !== "true" && details !== "false") throw wrongParam("campaigns_details", details);

  const found = entriesOf(state, campaignIds).filter((entry) => filters.every((filter) => filter(entry)));
  if (found.length === 0) return nothingMatches("prospects", noMatch);
  const rows = sorted(found, order).slice((page - 1) * perPage, page * perPage);
  return {
    status: 200,
    body: rows.map((entry) => rowOf(state, entry, details === "true", unsetDates)),
    headers: { "x-total-count": String(found.length) },
  };
}
