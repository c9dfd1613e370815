/** Finds the tags in a text and says whether the API accepts them. */

const PROSPECT_SNIPPETS =
  "FIRST_NAME LAST_NAME FULL_NAME COMPANY EMAIL WWW TAG LINKEDIN_URL TITLE PHONE ADDRESS CITY STATE COUNTRY INDUSTRY";

const SNIPPETS = new Set([
  ...PROSPECT_SNIPPETS.split(" "),
  "UNSUBSCRIBE",
  ...Array.from({ length: 15 }, (_, index) => `SNIPPET_${index + 1}`),
]);

/** A tag ends at the first pair of closing braces: nothing documents a snippet inside a filler or spintax. */
export function tagsOf(text: string): string[] {
  const tags: string[] = [];
  for (let start = text.indexOf("{{"); start >= 0; ) {
    const end = text.indexOf("}}", start + 2);
    if (end < 0) break;
    tags.push(text.slice(start + 2, end));
    start = text.indexOf("{{", end + 2);
  }
  return tags;
}

function isKnownTag(tag: string): boolean {
  if (/^CLICK=https?:\/\/\S+$/.test(tag)) return true;
  const bar = tag.indexOf(" | ");
  if (bar < 0) return SNIPPETS.has(tag);
  const name = tag.slice(0, bar);
  const quoted = tag.slice(bar + 3);
  if (quoted.length < 2 || !quoted.startsWith('"') || !quoted.endsWith('"')) return false;
  // A filler may itself contain quotes, so only spintax is taken apart.
  return name === "SPINTAX" ? quoted.slice(1, -1).includes('" | "') : SNIPPETS.has(name);
}

/** Refuses SNIPPET1, WEBSITE and custom labels alike: none of these names can be written. */
export const hasOnlyKnownTags = (text: string): boolean => tagsOf(text).every(isKnownTag);
