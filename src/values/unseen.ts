/**
 * Characters that nobody sees, written so that they can be seen and are read back as themselves: ‹U+00AD›. Whoever gets a
 * message as text and writes it back does not change it, and nothing in it is hidden from them.
 */

/** What joins the parts of an emoji, and can hide nothing. */
const joins =
  "(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\uFE0F])\\u200D(?=\\p{Extended_Pictographic})|(?<=[\\p{Extended_Pictographic}#*0-9])\\uFE0F";

let forms: { invisible: RegExp; marked: RegExp } | undefined;

/** Made when the first text is looked at, which is after the start. */
function formsOf() {
  forms ??= {
    // Controls, zero-width, direction, tag and other ignorable characters.
    invisible: new RegExp(
      `(${joins})|[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}]`,
      "gu",
    ),
    // Also blanks that are none, all that breaks a line but the line feed, and what is written as a mark already.
    marked: new RegExp(
      `(${joins})|‹(?=U\\+[0-9A-F]{4,6}›)|(?![\\n ])[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Z}\\p{Default_Ignorable_Code_Point}]`,
      "gu",
    ),
  };
  return forms;
}

/** The text with something in place of each character that nobody sees. */
export const withInvisible = (text: string, inPlace: (char: string) => string): string =>
  text.replace(formsOf().invisible, (char, join?: string) => (join === undefined ? inPlace(char) : char));

export const withMarks = (text: string): string =>
  text.replace(formsOf().marked, (char, join?: string) => (join === undefined ? markOf(char) : char));

const markOf = (char: string) =>
  `‹U+${(char.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, "0")}›`;

const mark = /‹U\+([0-9A-F]{4,6})›/g;

/** What stands in a text in such marks, as it is meant. */
export const withoutMarks = (text: string): string =>
  text.replace(mark, (whole, code: string) => {
    const point = Number.parseInt(code, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });

export const hasMarks = (text: string): boolean => text.search(mark) >= 0;

/** JSON that says the same, with a code for what nobody sees. */
export const shownJson = (value: unknown): string =>
  (JSON.stringify(value) ?? "null").replace(formsOf().marked, (char, join?: string) =>
    join === undefined && char !== "‹" ? codesOf(char) : char,
  );

const codesOf = (char: string) =>
  char.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
