/**
 * Public holidays of the country of a time zone, from the table that `npm run holidays` writes, loaded when one is asked for.
 * National ones alone; of a zone that several countries use, the days that all of them have.
 */

import { countryName } from "./countries.ts";

export interface Holidays {
  /** "Germany", or "Thailand and Vietnam" where the zone may mean either. */
  country: string;
  /** Of a date such as 2026-12-25; undefined for a day that is none. */
  nameOf(date: string): string | undefined;
  /** Is the year in the table? */
  knows(year: number): boolean;
  /** The years of the table. */
  years: readonly [number, number];
}

const opened = new Map<string, Holidays | undefined>();

/** undefined where the zone has no country, as UTC, or its country's holidays are not known. */
export async function holidaysOf(timezone: string): Promise<Holidays | undefined> {
  if (!opened.has(timezone)) opened.set(timezone, await open(timezone));
  return opened.get(timezone);
}

interface Table {
  years: readonly number[];
  /** "TH VN" → the zones, between blanks. */
  zones: Record<string, string>;
  /** Country → name → days: "1225" of every year, "260403" of one. */
  days: Record<string, Record<string, string>>;
}

async function open(timezone: string): Promise<Holidays | undefined> {
  const { default: table } = (await import("./holidays.json", { with: { type: "json" } })) as {
    default: Table;
  };
  const codes = Object.keys(table.zones)
    .find((key) => table.zones[key]?.split(" ").includes(timezone))
    ?.split(" ");
  if (!codes) return undefined;
  const [own = new Map<string, string>(), ...others] = codes.map((code) => daysOf(table.days[code] ?? {}));
  const [first = 0, last = 0] = table.years;
  const knows = (year: number) => first <= year && year <= last;
  const nameIn = (days: ReadonlyMap<string, string>, date: string) =>
    [date.slice(2), date.slice(5)].flatMap((day) => days.get(day.replaceAll("-", "")) ?? []).join(", ");
  return {
    country: codes.map(countryName).join(" and "),
    years: [first, last],
    knows,
    nameOf: (date) => {
      const isOne = knows(Number(date.slice(0, 4))) && others.every((days) => nameIn(days, date));
      return isOne ? nameIn(own, date) || undefined : undefined;
    },
  };
}

/** Day → name; what falls on the same day is named together. */
function daysOf(names: Record<string, string>): Map<string, string> {
  const days = new Map<string, string>();
  for (const [name, dates] of Object.entries(names)) {
    for (const day of dates.split(" ")) days.set(day, days.has(day) ? `${days.get(day)}, ${name}` : name);
  }
  return days;
}
