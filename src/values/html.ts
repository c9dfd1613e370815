/** HTML to text and text to HTML, each in one way. */

/** More of a message is not looked at. */
const MAX_HTML = 200_000;

/**
 * The text as a mail program shows it. html-to-text is loaded with the first message, not at start.
 *
 * @param links whether addresses stand behind their words
 */
export async function htmlToText(html: string, links: "with links" | "without links"): Promise<string> {
  const { compile } = await import("html-to-text");
  converters[links] ??= compile({
    wordwrap: false,
    // Not the zero-width space, which the library would take for a blank: what is hidden is counted.
    whitespaceCharacters: " \t\r\n\f",
    limits: { maxInputLength: MAX_HTML, maxDepth: 40 },
    selectors: [{ selector: "img", format: "skip" }, ...selectors[links]],
  });
  return converters[links](html.slice(0, MAX_HTML));
}

/** Kept, because making one takes longer than a message of ordinary length does. */
const converters: { [links in keyof typeof selectors]?: (html: string) => string } = {};

const selectors = {
  "with links": [
    {
      selector: "a",
      options: { linkBrackets: ["(", ")"] as [string, string], hideLinkHrefIfSameAsText: true },
    },
    { selector: "p", options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
  ],
  "without links": [{ selector: "a", options: { ignoreHref: true } }],
};

/** For text between elements. */
export const escapeHtml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** For a quoted attribute: only what ends it or changes in it, so that the source can be read. */
export const escapeAttribute = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

/** The characters that stand as codes in HTML. */
export const unescapeHtml = (text: string): string =>
  text
    .replace(/&(amp|lt|gt|quot|apos|nbsp);/g, (_all, name: string) => entities[name] as string)
    .replace(/&#(?:(\d{1,7})|x([0-9a-f]{1,6}));/gi, (_all, code?: string, hex = "") =>
      String.fromCodePoint(Math.min(code ? Number(code) : Number.parseInt(hex, 16), 0x10ffff)),
    );
