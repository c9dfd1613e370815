/** One value of a person made clean, where only one thing can be meant. What may be wrong is left for src/model/oddities.ts. */
import { domainToASCII } from "node:url";
import { trimmed } from "../values/lenient.ts";
import { bareAddress } from "./addresses.ts";

/** Nobody sees them, and no word needs them; the joiners of some scripts and of emoji are not among them. */
const unseen = /[\u00AD\u200B\u2060\uFEFF]/g;

/** @param lines whether a line break was made by hand inside a cell of a table */
export function cleanValue(field: string, given: unknown, lines: boolean): unknown {
  if (field === "tags") return cleanTags(given);
  if (typeof given === "number" && Number.isFinite(given)) return String(given);
  if (typeof given !== "string") return given;
  const text = asText(trimmed(given.replace(unseen, "").replace(/[\p{Zs}\t]/gu, " ")));
  if (field === "email") return cleanAddress(text);
  if (field.startsWith("snippet")) return lines ? text.replace(/\r\n|\r|\n/g, "<br>") : text;
  return (lines ? text.replace(/[\r\n]+/g, " ") : text).replace(/ {2,}/g, " ");
}

/** What sheets write so that a value stays text: ="0043", and '+43. */
const asText = (text: string): string => text.replace(/^="([^"]*)"$/, "$1").replace(/^'(?=[+=@\d])/, "");

/** With the name of its domain as mail servers have it. */
function cleanAddress(text: string): string {
  const address = bareAddress(text);
  const [, local, domain] = /^([^@]+)@([^@]*[^\0-\x7F][^@]*)$/.exec(address) ?? [];
  const ascii = domain && domainToASCII(domain);
  return ascii ? `${local}@${ascii}` : address;
}

/** As Woodpecker keeps them: "#a #b". With commas between them a tag may have blanks, which become "_". */
function cleanTags(given: unknown): unknown {
  const list = Array.isArray(given) && given.every((tag) => typeof tag === "string") ? given : undefined;
  if (!list && typeof given !== "string") return given;
  const text = list ? list.join(",") : String(given);
  const parts = /[,;|\n]/.test(text) ? text.split(/[,;|\n]/) : text.split(/[\s#]+/);
  const tags = parts
    .map((tag) =>
      trimmed(tag.replace(unseen, ""))
        .replace(/^#+/, "")
        .trim()
        .replace(/[\s#]+/gu, "_"),
    )
    .filter((tag) => tag !== "");
  return [...new Set(tags)].map((tag) => `#${tag}`).join(" ");
}

/** A name in one cell, as its parts; nothing where it has only one. A comma stands behind a surname. */
export function splitName(given: string): { first_name: string; last_name: string } | undefined {
  const name = trimmed(given.replace(/[\p{Zs}\s]+/gu, " "));
  const [, last, first] = /^([^,]+), ([^,]+)$/.exec(name) ?? [];
  if (last && first && !/^(?:jr|sr|ii|iii|ph\.?d|mba|md|msc|bsc|ma|ba|llm|cpa|esq)\.?$/i.test(first))
    return { first_name: first, last_name: last };
  const at = name.indexOf(" ");
  return at < 0 ? undefined : { first_name: name.slice(0, at), last_name: name.slice(at + 1) };
}
