/**
 * Delivery windows: when a step may send. The API keeps them by day ("MONDAY": [{from, to}, …]); people and
 * models speak of "weekdays from 8 to 18", which is the list form here.
 */
import { z } from "zod/v3";
import { publishedAs } from "../values/json-schema.ts";
import { readAs } from "../values/lenient.ts";
import { asArray, asObject, asString } from "../values/loose.ts";
import { clockReader, daysReader } from "./clock-words.ts";

export const weekdays = [
  "MONDAY",
  "TUESDAY",
  "WEDNESDAY",
  "THURSDAY",
  "FRIDAY",
  "SATURDAY",
  "SUNDAY",
] as const;
type Weekday = (typeof weekdays)[number];

/** Most windows a day; the newest vendor page says three (docs/woodpecker-api.md, Contradictions: row 12). */
export const MAX_WINDOWS_A_DAY = 3;

export interface DeliveryTime {
  days: string[];
  from: string;
  to: string;
}

/** The API's form: windows by day. */
export type WindowsByDay = Record<string, { from: string; to: string }[]>;

const isClock = (time: string, latest: string) => /^([01]\d|2[0-3]):[0-5]\d$/.test(time) || time === latest;

const clock = (description: string, latest: string) =>
  readAs(
    z
      .string()
      .refine((time) => isClock(time, latest), {
        message: `must be a time as HH:mm, from 00:00 to ${latest}`,
      })
      .describe(description),
    clockReader(latest === "24:00"),
  );

const days = readAs(
  publishedAs(z.array(z.enum(weekdays)).min(1).max(7), {
    type: "array",
    items: { type: "string" },
    description: "MONDAY to SUNDAY.",
  }),
  daysReader(weekdays),
);

const deliveryTime = z
  .object({
    days,
    from: clock("From HH:mm.", "23:59"),
    to: clock("Until HH:mm, or 24:00.", "24:00"),
  })
  .strict()
  .superRefine((window, context) => {
    // A time that is none is said once, and nothing follows from it.
    if (isWholeDay(window) || !isRead(window)) return;
    const message =
      window.to === "24:00"
        ? "24:00 ends a whole day only (from 00:00); end this window at 23:59"
        : `must be later than from (${window.from}); a window cannot pass midnight: use two, or 00:00 to 24:00 for a whole day`;
    if (window.to === "24:00" || window.from >= window.to)
      context.addIssue({ code: "custom", path: ["to"], message });
  });

export const deliveryTimes = z
  .array(deliveryTime)
  .min(1)
  .max(21)
  .superRefine((windows, context) => {
    for (const { index, message } of dayFaults(windows)) {
      context.addIssue({ code: "custom", path: [index], message });
    }
  });

const isRead = ({ from, to }: { from: string; to: string }) => isClock(from, "23:59") && isClock(to, "24:00");

/** The API returns a whole day as 00:00-00:00 and takes 00:00-24:00 as well. */
function isWholeDay({ from, to }: { from: string; to: string }): boolean {
  return from === "00:00" && (to === "00:00" || to === "24:00");
}

/** Faults between the windows of one day: an overlap, or too many. */
function dayFaults(windows: readonly DeliveryTime[]): { index: number; message: string }[] {
  const faults: { index: number; message: string }[] = [];
  for (const day of weekdays) {
    const ofDay = windows
      .map((window, index) => ({ ...window, index }))
      .filter((window) => window.days.includes(day) && isRead(window));
    const extra = ofDay[MAX_WINDOWS_A_DAY];
    if (extra) {
      faults.push({
        index: extra.index,
        message: `is window ${ofDay.length} on ${day}; at most ${MAX_WINDOWS_A_DAY} a day`,
      });
      continue;
    }
    const sorted = [...ofDay].sort((a, b) => a.from.localeCompare(b.from));
    for (const [place, window] of sorted.entries()) {
      const before = sorted[place - 1];
      if (before && window.from < endOf(before)) {
        const message = `${day} ${window.from}-${window.to} overlaps ${before.from}-${before.to}; windows of a day must not overlap`;
        faults.push({ index: Math.max(window.index, before.index), message });
      }
    }
  }
  return faults;
}

const endOf = (window: { from: string; to: string }) => (isWholeDay(window) ? "24:00" : window.to);

/** List → API form. Within a day the windows are in order of time; a day without a window is left out. */
export function windowsByDay(times: readonly DeliveryTime[]): WindowsByDay {
  const byDay: WindowsByDay = {};
  for (const day of weekdays) {
    const windows = times
      .filter((time) => time.days.includes(day))
      .map(({ from, to }) => ({ from, to }))
      .sort((a, b) => a.from.localeCompare(b.from) || a.to.localeCompare(b.to));
    if (windows.length > 0) byDay[day] = windows;
  }
  return byDay;
}

/** API form → list: equal windows of several days become one entry. Tolerant of anything the API may add. */
export function deliveryTimesFrom(byDay: unknown): DeliveryTime[] {
  const times = new Map<string, DeliveryTime>();
  const source = asObject(byDay);
  const days = [...weekdays, ...Object.keys(source).filter((day) => !weekdays.includes(day as Weekday))];
  for (const day of days) {
    for (const window of asArray(source[day]).map(asObject)) {
      const from = asString(window.from) ?? "";
      const to = asString(window.to) ?? "";
      const time = times.get(`${from}-${to}`) ?? { days: [], from, to };
      times.set(`${from}-${to}`, {
        ...time,
        days: time.days.includes(day) ? time.days : [...time.days, day],
      });
    }
  }
  return [...times.values()];
}

/** "Mon-Fri 08:00-18:00, Sat 08:00-10:00" */
export function describeTimes(times: readonly DeliveryTime[]): string {
  return times.map(({ days, from, to }) => `${describeDays(days)} ${from}-${to}`).join(", ");
}

function describeDays(days: readonly string[]): string {
  const places = days.map((day) => weekdays.indexOf(day as Weekday));
  const inARow = places.every((place, index) => index === 0 || place === (places[index - 1] as number) + 1);
  const short = days.map((day) => day.charAt(0) + day.slice(1, 3).toLowerCase());
  return inARow && days.length > 2 ? `${short[0]}-${short.at(-1)}` : short.join(" ");
}
