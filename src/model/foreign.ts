/** Text that others wrote (names of campaigns, upstream messages): made harmless before it stands in a sentence of ours. */

/** Without control and invisible format characters: zero-width, direction and tag characters hide instructions. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, (char) => (/\s/.test(char) ? " " : ""));
}

/** One line in quotes, as JSON writes it, of at most 80 characters. */
export function quoted(text: string, most = 80): string {
  const oneLine = visible(text).replace(/\s+/g, " ").trim();
  return JSON.stringify(oneLine.length > most ? `${oneLine.slice(0, most - 1)}…` : oneLine);
}
