/**
 * The HTML of an e-mail as lines that a person can read and a difference can point to. Woodpecker keeps a body in one
 * piece, mostly without a line break; in a file each paragraph, list entry or `<br />` ends a line. Exactly one line
 * break is added at each such end and exactly one is taken away again, so nothing of the body is ever lost: a line break
 * of its own after a paragraph shows as an empty line.
 */

/** Where a line may end: behind a block or a break, unless the block around it ends there too. */
const end = String.raw`(<\/(?:p|div|h[1-6]|ul|ol|li|table|tbody|thead|tr|blockquote|pre|section|center)\s*>|<[bh]r\s*\/?>)`;
const withoutBreak = new RegExp(`${end}(?!<\\/)(?=[\\s\\S])`, "gi");
const withBreak = new RegExp(`${end}\\n(?!<\\/)`, "gi");

export const inLines = (html: string): string => html.replace(withoutBreak, "$1\n");

/** As Woodpecker keeps it: `inOnePiece(inLines(html))` is `html`, whatever it is. */
export const inOnePiece = (lines: string): string => lines.replace(withBreak, "$1");
