/** Dates as people write them, at arguments that take a day or a time. What could be two days is told with both. */
import type { Path } from "../values/fault.ts";
import { type Ear, trimmed } from "../values/lenient.ts";
import { isDay } from "../values/moment.ts";
import { onlyOne } from "./clock-words.ts";

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const longMonth =
  /^(january|february|march|april|may|june|july|august|sept?|september|october|november|december)$/;

/** "20 Nov 2026", "Nov 20th, 2026", "2026/11/20", "20.11.2026", "2026-11-20 08:00". */
export const readDate = (value: unknown, path: Path, ear: Ear): unknown =>
  typeof value === "string" ? onlyOne(value, datesIn(value), "YYYY-MM-DD", path, ear) : value;

/** The days, or moments, that a text can mean: none, one or two. */
export function datesIn(given: string): string[] {
  const text = trimmed(given.normalize("NFKC")).toLowerCase().replace(/\s+/g, " ");
  const time = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d(?::\d\d)?) ?(z|utc|[+-]\d\d:?\d\d)?$/.exec(text);
  if (time) return moments(time[1], time[2], time[3]);
  const parts = text
    .replace(/(\d)(st|nd|rd|th)\b/, "$1")
    .split(/[\s,./-]+/)
    .filter((part) => part !== "");
  if (parts.length !== 3) return [];
  const [first = "", second = "", third = ""] = parts;
  if (/^\d{4}$/.test(first)) return days([[first, second, third]]);
  if (!/^\d{4}$/.test(third)) return [];
  if (/^\D/.test(first)) return days([[third, first, second]]);
  if (/^\D/.test(second)) return days([[third, second, first]]);
  return days([
    [third, first, second],
    [third, second, first],
  ]);
}

const moments = (day = "", time = "", zone = "") =>
  isDay(day) ? [`${day}T${time}${zone === "utc" ? "Z" : zone.toUpperCase()}`] : [];

function days(all: [year: string, month: string, day: string][]): string[] {
  const read = all.map(([year, month, day]) => `${year}-${monthOf(month)}-${day.padStart(2, "0")}`);
  return [...new Set(read.filter(isDay))];
}

function monthOf(word: string): string {
  if (/^\d/.test(word)) return word.padStart(2, "0");
  const at = word.length === 3 || longMonth.test(word) ? months.indexOf(word.slice(0, 3)) : -1;
  return String(at + 1).padStart(2, "0");
}
