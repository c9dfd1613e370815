/** The people of a campaign: who can still be written to, and what is known of them. */
import { snippetFields } from "../model/snippets.ts";
import type { Loose } from "../values/loose.ts";
import type { Dossier } from "./dossier.ts";
import { tagsOf, textsOf } from "./texts.ts";

/** Those who can still be written to. */
export const openRows = <T extends Loose>(rows: readonly T[]): T[] =>
  rows.filter(({ status }) => status === undefined || status === "ACTIVE" || status === "TO-CHECK");

/** The fields that a snippet shows; a full name is made of either name. */
const fieldsOf = (name: string): string[] =>
  name === "FULL_NAME" ? ["first_name", "last_name"] : [snippetFields[name] ?? ""];

/** What a person has for a snippet; "" where there is nothing. */
export const valueFor = (name: string, person: Loose): string =>
  fieldsOf(name)
    .map((field) => String(person[field] ?? "").trim())
    .filter(Boolean)
    .join(" ");

/** The fields that a text shows, with or without a fallback: what is there comes before it. */
export function fieldsShown(dossier: Dossier): string[] {
  const names = textsOf(dossier).flatMap((text) =>
    tagsOf(text).flatMap((tag) => (tag.kind === "snippet" ? [tag.name] : [])),
  );
  return [...new Set(names.flatMap(fieldsOf))].filter((field) => field !== "email");
}
