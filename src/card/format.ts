/** How the card says numbers, days and delays. */
import type { Wait, Window } from "./types.ts";

export const counted = (count: number, thing: string) => `${count} ${thing}${count === 1 ? "" : "s"}`;

/** From the counts where they are known: a share that was rounded before must not be rounded again. */
export const percent = (part: number, whole = 1) => `${((part / whole) * 100).toFixed(1)}\u00a0%`;

export const sayWait = ({ value, range }: Wait) => counted(value, range.toLowerCase());

const week = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"];
const short = (day = "") => day.charAt(0) + day.slice(1, 3).toLowerCase();

/** "Mon–Fri 08:00–17:00"; days in a row as a range. */
export function sayWindow({ days, from, to }: Window): string {
  const numbers = days.map((day) => week.indexOf(day)).sort((a, b) => a - b);
  const ranges: [number, number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else ranges.push([number, number]);
  }
  const names = ranges.map(([first, last]) => {
    if (first === last) return short(week[first]);
    return `${short(week[first])}${last - first > 1 ? "–" : ", "}${short(week[last])}`;
  });
  return `${names.join(", ")} ${from}–${to}`;
}

const UTC = { timeZone: "UTC" } as const;
const dayFormat = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  day: "numeric",
  month: "short",
  ...UTC,
});
const shortFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", ...UTC });

/** A day is a date without a zone; it is read in UTC so that no browser moves it. */
export const momentOf = (date: string) => Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
export const sayDay = (date: string) => dayFormat.format(momentOf(date)).replace(",", "");
export const sayShortDay = (date: string) => shortFormat.format(momentOf(date));

const thisYear = () => String(new Date().getUTCFullYear());
const written =
  /\b(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?/g;

/** Dates in a sentence, as people read them; the year where it is not this one. */
export const humanDates = (text: string) =>
  text.replace(written, (all, year, month, day, time, zone) => {
    const date = `${year}-${month}-${day}`;
    if (Number.isNaN(momentOf(date))) return all;
    const said = year === thisYear() ? sayDay(date) : `${sayDay(date)} ${year}`;
    return [said, time && `, ${time}`, zone === "Z" && " UTC"].filter(Boolean).join("");
  });

/** "Mon 23 Nov, 08:00", on the campaign's own clock, as the time is written. */
export const sayTime = (time: string) => `${sayDay(time)}, ${time.slice(11, 16)}`;
