/** Text that others wrote (names of campaigns, upstream messages): made harmless before it stands in a sentence of ours. */

/** Without characters that nobody sees: controls, zero-width, direction, tag and other ignorable ones can hide instructions. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu, (char) =>
    /[\t-\r\u0085\u2028\u2029]/.test(char) ? " " : "",
  );
}

/** The same for a text of several lines. */
export const visibleLines = (text: string) =>
  text
    .split(/\r\n?|\n/)
    .map(visible)
    .join("\n");

/** The first part of a text, never ending inside a character. */
export function cut(text: string, most: number): string {
  return text.length > most ? text.slice(0, most).replace(/[\uD800-\uDBFF]$/, "") : text;
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
