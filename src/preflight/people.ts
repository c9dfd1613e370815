/** The people of a campaign: who can still be written to, and what is known of them. */
import { snippetFields } from "../model/snippets.ts";
import type { Loose } from "../values/loose.ts";

/** Those who can still be written to. */
export const openRows = <T extends Loose>(rows: readonly T[]): T[] =>
  rows.filter(({ status }) => status === undefined || status === "ACTIVE" || status === "TO-CHECK");

/** A prospect has no value for this snippet. A full name is made of either name. */
export function lacks(row: Loose, name: string): boolean {
  const fields = name === "FULL_NAME" ? ["first_name", "last_name"] : [snippetFields[name] ?? ""];
  return fields.every((field) => !String(row[field] ?? "").trim());
}
