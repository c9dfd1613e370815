/** Days and times of the day as people write them. What could be two of them is told with both. */

import type { Path } from "../values/fault.ts";
import { bareWord, type Ear, read, trimmed } from "../values/lenient.ts";

const shorts: Record<string, string> = {
  weds: "WEDNESDAY",
  thurs: "THURSDAY",
  thur: "THURSDAY",
  tues: "TUESDAY",
};
const spans: Record<string, [from: number, to: number]> = {
  weekdays: [0, 4],
  workdays: [0, 4],
  workingdays: [0, 4],
  weekend: [5, 6],
  weekends: [5, 6],
  daily: [0, 6],
  everyday: [0, 6],
  alldays: [0, 6],
  all: [0, 6],
};

/** Reads a list of days, or words for several: "Mon", "mon-fri", "Mon to Fri", "weekdays", "Mon, Tue". */
export function daysReader(weekdays: readonly string[]) {
  return (value: unknown, path: Path, ear: Ear): unknown => {
    const given = typeof value === "string" ? value.split(/[,;/]/).map(trimmed) : value;
    if (!Array.isArray(given)) return value;
    const days = given.flatMap((entry: unknown, index) => {
      return typeof entry === "string" ? daysIn(entry, weekdays, [...path, index], ear) : [entry];
    });
    const once = [...new Set(days)];
    const isSame =
      Array.isArray(value) && value.length === once.length && value.every((one, at) => one === once[at]);
    if (isSame) return value;
    ear.note(path, read(value, once));
    return once;
  };
}

function daysIn(entry: string, weekdays: readonly string[], at: Path, ear: Ear): string[] {
  const word = trimmed(entry);
  const [first, second, ...more] = word.split(/\s*(?:-|–|—|\bto\b|\bthrough\b)\s*/i);
  const span = spans[bareWord(word)];
  if (span) return weekdays.slice(span[0], span[1] + 1);
  if (first && second && more.length === 0) {
    const [from, to] = [first, second].map((one) => dayOf(one, weekdays));
    if (from?.length === 1 && to?.length === 1) return between(String(from), String(to), weekdays);
    return [entry];
  }
  const found = dayOf(word, weekdays);
  if (found.length > 1) ear.fault(at, `could be ${found.join(" or ")}; got "${word}"`);
  return found.length === 1 ? found : [entry];
}

function dayOf(text: string, weekdays: readonly string[]): string[] {
  const word = bareWord(text).replace(/\.$/, "");
  if (word === "") return [];
  const short = shorts[word];
  if (short) return [short];
  return weekdays.filter((day) => day.toLowerCase().startsWith(word) || `${day.toLowerCase()}s` === word);
}

/** Also over the end of the week: Sat-Mon. */
function between(from: string, to: string, weekdays: readonly string[]): string[] {
  const start = weekdays.indexOf(from);
  const count = ((weekdays.indexOf(to) - start + 7) % 7) + 1;
  return Array.from({ length: count }, (_, index) => weekdays[(start + index) % 7] as string);
}

/** The only thing that a text can mean; what could be several is told with all of them, and what is none stays. */
export function onlyOne(
  value: unknown,
  meant: readonly string[],
  form: string,
  path: Path,
  ear: Ear,
): unknown {
  const [only] = meant;
  if (meant.length > 1)
    ear.fault(path, `could be ${meant.join(" or ")}; write ${form}; got ${JSON.stringify(value)}`);
  if (meant.length !== 1 || only === value) return value;
  ear.note(path, read(value, only));
  return only;
}

/** @param end of a window: there midnight is 24:00 */
export const clockReader = (end: boolean) => (value: unknown, path: Path, ear: Ear) =>
  typeof value === "string" || typeof value === "number"
    ? onlyOne(value, timesIn(String(value), end), "HH:mm", path, ear)
    : value;

function timesIn(given: string, end: boolean): string[] {
  const text = trimmed(given.normalize("NFKC")).toLowerCase().replace(/\s+/g, " ");
  if (text === "noon") return ["12:00"];
  if (text === "midnight") return [end ? "24:00" : "00:00"];
  const form = /^(\d{1,2})(?:[:.h](\d{2})(?:[:.]00)?|(\d{2})|h)? ?(?:(a|p)\.? ?m?\.?|h|uhr|o'?clock)?$/.exec(
    text,
  );
  if (!form) return [];
  const [, hours = "", apart, together, half] = form;
  if (together !== undefined && hours.length < 2 && half === undefined) return [];
  const minutes = apart ?? together ?? "00";
  const hour = Number(hours);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return [];
    return clock((hour % 12) + (half === "p" ? 12 : 0), minutes);
  }
  // A bare 9 may be the evening's; 09 and 13 are of the clock with 24 hours.
  const isBare = apart === undefined && together === undefined && !/h|uhr|o/.test(text);
  if (isBare && hours.length === 1 && hour > 0)
    return [...clock(hour, minutes), ...clock(hour + 12, minutes)];
  if (isBare && hour >= 10 && hour <= 12)
    return [...clock(hour, minutes), ...clock((hour + 12) % 24, minutes)];
  return clock(hour, minutes);
}

function clock(hour: number, minutes: string): string[] {
  if (hour > 24 || Number(minutes) > 59 || (hour === 24 && minutes !== "00")) return [];
  return [`${String(hour).padStart(2, "0")}:${minutes}`];
}
