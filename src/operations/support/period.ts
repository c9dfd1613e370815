/** The span of days that Woodpecker makes reports of. */
import { z } from "zod/v3";

const date = z.string().refine((text) => isDate(text), {
  message: "must be a date as YYYY-MM-DD",
});

/** Also refuses the 30th of February, which Date would take for a day in March. */
export function isDate(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

export const period = z
  .object({ from: date.describe("First day, YYYY-MM-DD."), to: date.describe("Last day.") })
  .strict()
  .describe("Days in UTC, within the last 29.");

/** Woodpecker counts both ends of the range and refuses thirty days, so 29 is what always works. */
export const MAX_DAYS = 29;
const DAY_MS = 86_400_000;

export function periodFaults({ from, to }: { from: string; to: string }, now: number) {
  const today = new Date(now).toISOString().slice(0, 10);
  const first = Date.parse(from);
  const oldest = Date.parse(today) - (MAX_DAYS - 1) * DAY_MS;
  const earliest = new Date(oldest).toISOString().slice(0, 10);
  if (from > to) return [{ path: ["period"], message: "must begin before it ends" }];
  const days = (Date.parse(to) - first) / DAY_MS + 1;
  if (days > MAX_DAYS) return [{ path: ["period"], message: `has ${days} days; at most ${MAX_DAYS}` }];
  if (to > today) return [{ path: ["period", "to"], message: `lies in the future; today is ${today} (UTC)` }];
  if (first < oldest)
    return [{ path: ["period", "from"], message: `is too old: Woodpecker reports from ${earliest} on` }];
  return [];
}

/** A day or a time, from which on something is asked for. */
export function sinceFaults(since: string, now: number) {
  const isTime = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/.test(since);
  const time = isTime && isDate(since.slice(0, 10)) ? Date.parse(since) : Number.NaN;
  if (Number.isNaN(time))
    return [{ path: ["since"], message: "must be a day as YYYY-MM-DD or a time as 2026-11-20T08:00Z" }];
  return time > now ? [{ path: ["since"], message: "lies in the future" }] : [];
}
