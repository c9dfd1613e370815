/** Fills snippets with the values of a prospect, and says whether a value is missing. */
import { tagsOf } from "./check/text.ts";
import type { Prospect } from "./state.ts";

// The tags whose field has another name; SNIPPET_7 is snippet7 and the rest are their own names in small letters.
const FIELDS: Record<string, string> = { WWW: "website", TAG: "tags" };

const FILLED_IN_WITHOUT_THE_PROSPECT = new Set(["UNSUBSCRIBE", "SPINTAX"]);

function fillingOf(name: string, { email, fields }: Prospect): string {
  if (name === "EMAIL") return email;
  if (name === "FULL_NAME") return [fields.first_name, fields.last_name].filter(Boolean).join(" ");
  return fields[FIELDS[name] ?? name.toLowerCase().replace(/^snippet_/, "snippet")] ?? "";
}

/** A tag without a fallback whose value is missing keeps the prospect from being written to. */
export function lacksValue(text: string, prospect: Prospect): boolean {
  return tagsOf(text).some(
    (tag) =>
      !tag.includes(" | ") &&
      !tag.startsWith("CLICK=") &&
      !FILLED_IN_WITHOUT_THE_PROSPECT.has(tag) &&
      fillingOf(tag, prospect) === "",
  );
}

/** As the prospect reads it, near enough for the subject of a reply. */
export function filledIn(text: string, prospect: Prospect): string {
  let result = text;
  for (const tag of tagsOf(text)) {
    const [name = "", ...fillers] = tag.split(" | ");
    const filler = fillers[0]?.slice(1, -1) ?? "";
    result = result.replace(`{{${tag}}}`, () => fillingOf(name, prospect) || filler);
  }
  return result;
}
