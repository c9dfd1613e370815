/** The facts of an answer in its two forms: what stands in the structured one and what can be read in the text. */
import type { Data } from "./answer.ts";

export interface Fact {
  /** "campaigns.name": where it stands, without the numbers of rows. */
  path: string;
  value: string | number;
}

/** Every text and number of the structured form; yes and no are told in words. */
export function factsIn(data: Data, path = ""): Fact[] {
  if (typeof data === "string") return data.trim() === "" ? [] : [{ path, value: data }];
  if (typeof data === "number") return [{ path, value: data }];
  if (Array.isArray(data)) return data.flatMap((one) => factsIn(one, path));
  if (data === null || typeof data !== "object") return [];
  return Object.entries(data).flatMap(([key, one]) => factsIn(one, path ? `${path}.${key}` : key));
}

/** White space, and the signs that JSON puts before quotes, are no facts. */
const bare = (text: string) =>
  text
    .replaceAll("\\n", " ")
    .replaceAll("\\", "")
    .replace(/^ *[|>] ?/gm, "")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();

export function isTold({ value }: Fact, text: string): boolean {
  if (typeof value === "string") return bare(text).includes(bare(value));
  const forms = [String(value), value.toLocaleString("en-US"), asPercent(value), asPercent(value, 0)];
  return forms.some((form) => new RegExp(`(?<![\\d.])${form.replace(".", "\\.")}(?![\\d])`).test(text));
}

const asPercent = (value: number, digits = 1) => (value * 100).toFixed(digits).replace(/\.0$/, "");

/** Ids, counts, dates, addresses, statuses and what is quoted, as they stand in a text. */
export function factsOf(text: string): string[] {
  const quotes = [...text.matchAll(/"((?:[^"\\\n]|\\.)*)"/g)].map(([, inner = ""]) => inner);
  const rest = text.replace(/"(?:[^"\\\n]|\\.)*"/g, " ");
  const found = [
    ...quotes,
    ...(rest.match(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g) ?? []),
    ...(rest.match(/\b\d[\d.,:T+-]*\d\b|\b\d\b/g) ?? []),
    ...(rest.match(/\b[A-Z]{2,}(?:[_-][A-Z]+)*\b/g) ?? []),
  ];
  return [...new Set(found)].filter((one) => one.trim() !== "");
}

/** Whole; or of a full name each part. */
export function isHeld(fact: string, data: Data): boolean {
  const all = bare(JSON.stringify(data));
  return (
    all.includes(bare(fact)) ||
    bare(fact)
      .split(" ")
      .every((word) => all.includes(`"${word}"`))
  );
}
