/** Text that others wrote (names of campaigns, upstream messages): made harmless before it stands in a sentence of ours. */
import { withInvisible } from "./unseen.ts";

/** Without characters that nobody sees, which can hide instructions. */
export const visible = (text: string): string =>
  withInvisible(text, (char) => (/[\t-\r\u0085\u2028\u2029]/.test(char) ? " " : ""));

/** The same for a text of several lines. */
export const visibleLines = (text: string) =>
  text
    .split(/\r\n?|\n/)
    .map(visible)
    .join("\n");

/** Longer than any character is meant to be. */
const MAX_CHARACTER = 64;

let characters: Intl.Segmenter | undefined;

/** Where the character begins, or the whole emoji, in which the place is. */
function boundary(text: string, at: number): number {
  if (at <= 0 || at >= text.length) return Math.max(0, Math.min(at, text.length));
  const from = Math.max(0, at - MAX_CHARACTER);
  characters ??= new Intl.Segmenter();
  const found = characters.segment(text.slice(from, at + MAX_CHARACTER)).containing(at - from);
  if (found && (found.index > 0 || from === 0)) return from + found.index;
  return /[\uDC00-\uDFFF]/.test(text[at] ?? "") ? at - 1 : at;
}

/** The first part of a text, never ending inside a character or an emoji. */
export const cut = (text: string, most: number): string =>
  text.length > most ? text.slice(0, boundary(text, most)) : text;

/** A part of a text with some of what is around it. */
export const around = (text: string, from: number, to: number, margin: number): string =>
  text.slice(boundary(text, from - margin), boundary(text, to + margin));

/** The first lines of a text, each whole, and how many are left out. */
export function wholeLines(text: string, most: number): string {
  if (text.length <= most) return text;
  const lines = text.split("\n");
  let room = most - 80;
  const end = lines.findIndex((line) => {
    room -= line.length + 1;
    return room < 0;
  });
  return [...lines.slice(0, end), `… ${lines.length - end} more lines: the structured result has them.`].join(
    "\n",
  );
}

/** The first of several things, and how many there are beside them: "a, b and 3 more". */
export function firstOf<T>(things: readonly T[], most: number, say: (one: T) => string = String): string {
  const said = things.slice(0, most).map(say).join(", ");
  return things.length > most ? `${said} and ${things.length - most} more` : said;
}

/** One plain line: for addresses, statuses and ids, which stand in our lines without quotes. */
export const oneLine = (text: string, most = 254) => cut(visible(text).replace(/\s+/g, " ").trim(), most);

/** As long as a name may be in Woodpecker, so that the text names everything as the structured form does. */
const MAX_NAME = 255;

/** One plain line that shows where it was cut: for words of others that stand in our sentences without quotes. */
export function plain(text: string, most = MAX_NAME): string {
  const line = oneLine(text, Number.POSITIVE_INFINITY);
  return line.length > most ? `${cut(line, most - 1)}…` : line;
}

/** The same in quotes, as JSON writes it. */
export const quoted = (text: string, most = MAX_NAME): string => JSON.stringify(plain(text, most));

/** The same in a question to a person: a long name must not push aside what is asked. */
export const inPrompt = (text: string): string => quoted(text, 80);
