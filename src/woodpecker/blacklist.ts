/** The account's blacklist: whom no campaign writes to and no import brings in (docs/woodpecker-api.md, Blacklist). */
import { asArray, asNumber, asObject, asString } from "../values/loose.ts";
import { unreadable } from "./answers.ts";
import type { Api } from "./client.ts";
import { type Blacklist, requests } from "./requests.ts";

/** The vendor's most entries of a request. */
export const MOST_BLOCKED = 500;

const FILTER: Record<Blacklist, string> = { domains: "domain_filter", emails: "email_filter" };
/** Entries in one filter, so that the URL stays below Woodpecker's limit, and pages that one is read for. */
const [MOST_SHOWN, MOST_PAGES] = [40, 20];

export const block = (api: Api, kind: Blacklist, entries: readonly string[]) =>
  api.send(requests.block(kind, entries));

/**
 * Which of these stand on the blacklist. A filter that is not understood shows all of it, in alphabetical order: then pages
 * are read until all are found.
 *
 * @throws ApiFailure where an answer is no such list
 */
export async function readBlocked(
  api: Api,
  kind: Blacklist,
  entries: readonly string[],
): Promise<Set<string>> {
  const found = new Set<string>();
  for (let at = 0; at < entries.length; at += MOST_SHOWN) {
    const part = entries.slice(at, at + MOST_SHOWN);
    let seen = 0;
    for (let page = 0; page < MOST_PAGES && part.some((entry) => !found.has(entry)); page += 1) {
      const answer = asObject(
        await api.get(`/rest/v2/blacklist/${kind}`, {
          page: String(page),
          per_page: "100",
          [FILTER[kind]]: part.join(","),
        }),
      );
      if (!Array.isArray(answer[kind])) throw unreadable("the answer is not the blacklist");
      const rows = asArray(answer[kind]).flatMap((entry) => asString(entry)?.toLowerCase() ?? []);
      for (const row of rows) found.add(row);
      seen += rows.length;
      const total = asNumber(answer.total);
      if (rows.length === 0 || (total !== undefined && seen >= total)) break;
    }
  }
  return new Set(entries.filter((entry) => found.has(entry)));
}
