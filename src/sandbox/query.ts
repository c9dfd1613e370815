/** What routes read of a query, and what they say of it. */
import { type Refusal, type Reply, v1Refused } from "./reply.ts";
import type { Forms } from "./types.ts";

export const wrongParam = (name: string, value: unknown): Refusal =>
  v1Refused(400, "E_WRONG_PARAM", `Wrong param [${name}]=${value}`);

export function listOf(query: URLSearchParams, name: string): string[] | undefined {
  return query.has(name) ? query.getAll(name).join(",").split(",") : undefined;
}

/** Undefined where there are none. @throws what is wrong with them */
export function idsIn(query: URLSearchParams, name: string): Set<number> | undefined {
  const values = listOf(query, name);
  if (values?.every((value) => /^\d+$/.test(value)) === false) throw wrongParam(name, values.join(","));
  return values && new Set(values.map(Number));
}

interface Bounds {
  fallback: number;
  /** Left out: 1. */
  least?: number;
  most?: number;
}

/** @throws what `wrong` makes of it */
export function countIn(
  query: URLSearchParams,
  name: string,
  { fallback, least = 1, most = Number.MAX_SAFE_INTEGER }: Bounds,
  wrong: (name: string, value: unknown) => Refusal,
): number {
  const text = query.get(name) ?? String(fallback);
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < least || count > most) throw wrong(name, text);
  return count;
}

/** The documents disagree (docs/woodpecker-api.md, row 23): 204, or an object with a message. */
export function nothingMatches(what: string, noMatch: Forms["noMatch"]): Reply {
  if (noMatch === "empty") return { status: 204 };
  return { status: 200, body: { message: `There are no ${what} matching the given criteria.` } };
}
