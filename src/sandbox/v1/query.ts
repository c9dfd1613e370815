/** What the v1 routes share: lists in the query, wrong parameters, nothing found. */
import { type Reply, v1Error } from "../reply.ts";
import type { NoMatch } from "../types.ts";

export function wrongParam(name: string, value: unknown): Reply {
  return v1Error(400, "E_WRONG_PARAM", `Wrong param [${name}]=${value}`);
}

export function listOf(query: URLSearchParams, name: string): string[] | undefined {
  return query.has(name) ? query.getAll(name).join(",").split(",") : undefined;
}

/** The documents disagree (docs/woodpecker-api.md, row 23): 204, or an object with a message. */
export function nothingMatches(what: string, noMatch: NoMatch): Reply {
  if (noMatch === "empty") return { status: 204 };
  return { status: 200, body: { message: `There are no ${what} matching the given criteria.` } };
}
