/** Countries by their names and codes, by the endings of addresses, and the time zones that they have: all from the runtime's own data. */

const languages = ["en", "de", "fr", "es", "it", "pl", "nl", "pt", "uk", "ja", "cs", "sv"];
const otherNames: Record<string, string> = {
  usa: "US",
  "u.s.": "US",
  "u.s.a.": "US",
  "united states of america": "US",
  "u.k.": "GB",
  "great britain": "GB",
  england: "GB",
  scotland: "GB",
  wales: "GB",
  "northern ireland": "GB",
  holland: "NL",
  "czech republic": "CZ",
  turkey: "TR",
  uae: "AE",
};
/** Endings that companies of any country use. */
const anywhere = new Set(
  "ac ag ai am bz cc cd co cx dj fm gg gl im io is la li ly me ms mu nu pm sc sh so st sx tc tf tk to tv vc vg vu wf ws".split(
    " ",
  ),
);

let names: Map<string, string> | undefined;

function namesOf(): Map<string, string> {
  if (names) return names;
  const english = new Intl.DisplayNames("en", { type: "region" });
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index));
  const codes = letters.flatMap((a) => letters.map((b) => a + b)).filter((code) => english.of(code) !== code);
  names = new Map(Object.entries(otherNames));
  for (const language of languages) {
    const said = new Intl.DisplayNames(language, { type: "region" });
    for (const code of codes) names.set((said.of(code) ?? code).toLowerCase(), code);
  }
  for (const code of codes) names.set(code.toLowerCase(), code);
  names.set("uk", "GB");
  return names;
}

/** DE for "Germany", "Deutschland" and "de". */
export const countryNamed = (text: string): string | undefined => namesOf().get(text.trim().toLowerCase());

/** DE for anna@bakery.de; undefined for .com and for endings that anybody uses. */
export function countryOfAddress(address: string): string | undefined {
  const ending = /\.([a-z]{2})$/i.exec(address.trim())?.[1]?.toLowerCase();
  if (ending === undefined || anywhere.has(ending)) return undefined;
  const code = namesOf().get(ending);
  return code && zonesOf(code).length > 0 ? code : undefined;
}

export const countryName = (code: string): string =>
  new Intl.DisplayNames("en", { type: "region" }).of(code) ?? code;

interface Zoned {
  timeZones?: string[];
  getTimeZones?(): string[];
}

export function zonesOf(code: string): string[] {
  const locale = new Intl.Locale(`und-${code}`) as Zoned;
  return locale.getTimeZones?.() ?? locale.timeZones ?? [];
}
