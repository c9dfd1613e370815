/** The span of days that Woodpecker makes reports of. */
import { z } from "zod/v3";
import { readDate } from "../../model/dates.ts";
import { readAs } from "../../values/lenient.ts";
import { isDay, momentFaults } from "../../values/moment.ts";

const date = z.string().refine((text) => isDay(text), {
  message: "must be a day as YYYY-MM-DD",
});

export const period = z
  .object({
    from: readAs(date.describe("First day, YYYY-MM-DD."), readDate),
    to: readAs(date.describe("Last day."), readDate),
  })
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
export const sinceFaults = (since: string, now: number) => momentFaults("since", since, now);
