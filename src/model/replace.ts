/** Words of a text put in place of others: raw characters, each found once in the original, everything else byte for byte. */
import type { Fault } from "../values/fault.ts";
import { around, cut, firstOf, quoted } from "../values/foreign.ts";
import { withMarks } from "../values/unseen.ts";
import type { Texts } from "./versions.ts";

export interface Replacement {
  find: string;
  with: string;
}

type Field = keyof Texts;

interface Found {
  field: Field;
  from: number;
  to: number;
  /** Characters that stand there as entities, each with the entity. */
  encoded: ReadonlyMap<string, string>;
}

const fields: readonly Field[] = ["subject", "message"];

/** How HTML may write characters that mean something in it. */
const entities: Record<string, readonly string[]> = {
  "&": ["&amp;", "&#38;"],
  "<": ["&lt;", "&#60;"],
  ">": ["&gt;", "&#62;"],
  '"': ["&quot;", "&#34;"],
  "'": ["&#39;", "&#x27;", "&apos;"],
  "\u00a0": ["&nbsp;", "&#160;"],
};

/** Every place where it stands as written; where there is none, every place where HTML writes it so. */
export function standings(find: string, texts: Texts, isHtml: boolean): Found[] {
  const raw = fields.flatMap((field) => rawPlaces(find, field, texts[field] ?? ""));
  return raw.length > 0 || !isHtml ? raw : encodedPlaces(find, texts.message ?? "");
}

function rawPlaces(find: string, field: Field, text: string): Found[] {
  const found: Found[] = [];
  for (let at = text.indexOf(find); at >= 0; at = text.indexOf(find, at + 1))
    found.push({ field, from: at, to: at + find.length, encoded: new Map() });
  return found;
}

function encodedPlaces(find: string, text: string): Found[] {
  const special = [...find].filter((char) => entities[char]);
  if (special.length === 0) return [];
  const pattern = new RegExp([...find].map(formsOf).join(""), "gu");
  const found: Found[] = [];
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const forms = match.slice(1);
    const encoded = new Map(
      special.flatMap((char, index) => {
        const form = forms[index] as string;
        return form === char ? [] : [[char, form] as const];
      }),
    );
    found.push({ field: "message", from: match.index, to: match.index + match[0].length, encoded });
    pattern.lastIndex = match.index + 1;
  }
  return found;
}

const special = /[\\^$.*+?()[\]{}|/-]/gu;
const blanks = /(?:\s|&nbsp;|&#160;)+/u;

const formsOf = (char: string) =>
  entities[char] ? `(${[...entities[char], char].join("|")})` : char.replace(special, "\\$&");

/** @param place of the texts, as people say it, such as "step 2 version B" */
export function replaceIn(
  texts: Texts,
  list: readonly Replacement[],
  place: string,
  isHtml: boolean,
): { change: Texts; notes: string[]; faults: Fault[] } {
  const faults: Fault[] = [];
  const notes: string[] = [];
  const taken: (Found & { index: number; text: string })[] = [];
  for (const [index, { find, with: given }] of list.entries()) {
    const path = ["replace", index, "find"];
    const places = standings(find, texts, isHtml);
    const [only] = places;
    if (!only || places.length > 1) {
      faults.push({ path, message: only ? several(find, places, texts, place) : absent(find, texts, place) });
      continue;
    }
    const other = taken.find((one) => one.field === only.field && one.from < only.to && only.from < one.to);
    if (other) {
      faults.push({ path, message: `overlaps replace[${other.index}].find; put both into one` });
      continue;
    }
    const text = asEncoded(given, only.encoded);
    taken.push({ ...only, index, text });
    if (only.encoded.size > 0) notes.push(noteOf(index, only, texts, text));
  }
  return { change: faults.length > 0 ? {} : changeOf(texts, taken), notes, faults };
}

function changeOf(texts: Texts, taken: readonly (Found & { text: string })[]): Texts {
  const change: Texts = {};
  for (const field of fields) {
    const own = taken.filter((one) => one.field === field).sort((a, b) => b.from - a.from);
    if (own.length === 0) continue;
    change[field] = own.reduce(
      (text, { from, to, text: put }) => text.slice(0, from) + put + text.slice(to),
      texts[field] ?? "",
    );
  }
  return change;
}

/** What takes the place of encoded characters is encoded likewise; an entity stays one. */
function asEncoded(text: string, encoded: ReadonlyMap<string, string>): string {
  const amp = encoded.get("&");
  let out = amp ? text.replace(/&(?!#?\w+;)/g, amp) : text;
  for (const [char, form] of encoded) if (char !== "&") out = out.replaceAll(char, form);
  return out;
}

const noteOf = (index: number, { field, from, to }: Found, texts: Texts, text: string) =>
  `replace[${index}].find stands as ${quoted((texts[field] ?? "").slice(from, to), 120)} in the HTML; ${quoted(text, 120)} was put in its place.`;

function absent(find: string, texts: Texts, place: string): string {
  const near = withOtherBlanks(find, texts);
  const hint = near === undefined ? "" : `, where it stands with other blanks, as ${near}; give it so`;
  return `: ${quoted(find)} is not in ${place}${hint}`;
}

/** The same words where only the blanks between them differ, such as one that keeps a line together. */
function withOtherBlanks(find: string, texts: Texts): string | undefined {
  const words = find.split(blanks).map((word) => word.replace(special, "\\$&"));
  if (words.length < 2 || words.every((word) => word === "")) return undefined;
  const pattern = new RegExp(words.join(blanks.source), "u");
  const found = fields.map((field) => pattern.exec(texts[field] ?? "")?.[0]).find(Boolean);
  return found === undefined ? undefined : JSON.stringify(withMarks(cut(found, 120)));
}

const MAX_PLACES = 5;

function several(find: string, places: readonly Found[], texts: Texts, place: string): string {
  const shown = firstOf(places, MAX_PLACES, ({ field, from, to }) => {
    const text = texts[field] ?? "";
    const shown = to - from > 40 ? around(text, from, from + 40, 25) : around(text, from, to, 25);
    return `${field} ${quoted(shown, 120)}`;
  });
  return `: ${quoted(find)} stands ${places.length} times in ${place}: ${shown}; give more of the text around the one that is meant`;
}
