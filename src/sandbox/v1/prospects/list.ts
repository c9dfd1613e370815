/** GET /rest/v1/prospects: pages of prospects, filtered and sorted. */
import type { Reply } from "../../reply.ts";
import type { Call } from "../../router.ts";
import { listOf, nothingMatches, wrongParam } from "../query.ts";
import { entriesOf } from "./entries.ts";
import { idsOf, readFilters } from "./filters.ts";
import { rowOf } from "./row.ts";
import { parseSort, sorted } from "./sort.ts";

const PER_PAGE = { fallback: 100, most: 1000 };

/** The account's prospects, a search among them, or the prospects of campaigns: the parameters decide. */
export function listProspects({ state, query, noMatch, unsetDates }: Call): Reply {
  const page = countOf(query, "page", 1, Number.MAX_SAFE_INTEGER);
  if (page === undefined) return wrongParam("page", query.get("page"));
  const perPage = countOf(query, "per_page", PER_PAGE.fallback, PER_PAGE.most);
  if (perPage === undefined) return wrongParam("per_page", query.get("per_page"));
  const filters = readFilters(query);
  if (!Array.isArray(filters)) return filters;
  const order = parseSort(query.get("sort") ?? "+id", query.has("activity"));
  if (!order) return wrongParam("sort", query.get("sort"));
  const campaigns = listOf(query, "campaigns_id");
  const campaignIds = campaigns && idsOf(campaigns);
  if (campaigns && !campaignIds) return wrongParam("campaigns_id", campaigns.join(","));
  const details = query.get("campaigns_details") ?? "false";
  if (details !== "true" && details !== "false") return wrongParam("campaigns_details", details);

  const found = entriesOf(state, campaignIds).filter((entry) => filters.every((filter) => filter(entry)));
  if (found.length === 0) return nothingMatches("prospects", noMatch);
  const rows = sorted(found, order).slice((page - 1) * perPage, page * perPage);
  return {
    status: 200,
    body: rows.map((entry) => rowOf(state, entry, details === "true", unsetDates)),
    headers: { "x-total-count": String(found.length) },
  };
}

function countOf(query: URLSearchParams, name: string, fallback: number, most: number): number | undefined {
  const text = query.get(name);
  if (text === null) return fallback;
  const count = Number(text);
  return /^\d+$/.test(text) && count >= 1 && count <= most ? count : undefined;
}
