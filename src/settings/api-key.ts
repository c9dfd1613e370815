/** Slips of pasting a key, told in a clause that names the slip and never the text. */
const slips: [RegExp, string][] = [
  [
    /^(?:<.*>|your[\s_-]*(?:woodpecker[\s_-]*)?(?:api[\s_-]*)?key|x{4,}|\.{3,}|\u2026+)$/i,
    "it is still the example of the instructions",
  ],
  [/^\$\{.*\}$|^\{\{.*\}\}$|^%\w+%$/, "it is a placeholder that the client did not fill in"],
  [/^bearer\b/i, 'it begins with "Bearer", where only the key itself belongs'],
  [
    /^(?:x-api-key|woodpecker_api_key)\s*[:=]/i,
    "it has its own name in front, where only the key itself belongs",
  ],
  [/["'\u201c\u201d\u201e\u2018\u2019`]/, "it has quotation marks, which do not belong to it"],
  [/\s/, "it has a blank or a line break in it"],
  [/[^\x21-\x7e]/, "it has a character that no key has, perhaps an invisible one"],
  [/^.{0,7}$/, "it is too short to be one"],
  [/^.{257}/, "it is too long to be one"],
];

/** Why a text cannot be an API key; nothing where it can be one. */
export function faultInKey(text: string): string | undefined {
  return slips.find(([pattern]) => pattern.test(text))?.[1];
}
