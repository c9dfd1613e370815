/** Reads the search parameter and compares prospects with it. */
import type { Prospect } from "../../state.ts";
import { FIELD_NAMES, fieldOf } from "./row.ts";

export type Search = Map<string, string[]>;

/** `field=value` pairs with commas between them; undefined for anything else. */
export function parseSearch(text: string): Search | undefined {
  const search: Search = new Map();
  for (const pair of text.split(",")) {
    const equals = pair.indexOf("=");
    const field = fieldOf(pair.slice(0, Math.max(equals, 0)));
    // Only the missing `field=` is documented as a 400; a field that cannot be searched is taken for the same.
    if (field !== "email" && (!FIELD_NAMES.has(field) || field === "linkedin_url")) return undefined;
    search.set(field, [...(search.get(field) ?? []), pair.slice(equals + 1)]);
  }
  return search;
}

/** Every field has to match, each with one of its values. */
export function matches(search: Search, prospect: Prospect): boolean {
  return [...search].every(([field, values]) => values.some((value) => matchesField(field, value, prospect)));
}

// The page says that part of an address is a regular expression. It is compared as plain text here: a pattern from
// outside could keep the process busy for ever.
function matchesField(field: string, value: string, { email, fields }: Prospect): boolean {
  const text = field === "email" ? email : (fields[field] ?? "");
  if (field === "tags") return text.includes(value);
  if (field === "organization_id" || (field === "email" && /^[^@]+@[^@]+$/.test(value))) {
    return text.toLowerCase() === value.toLowerCase();
  }
  return text.toLowerCase().includes(value.toLowerCase());
}
