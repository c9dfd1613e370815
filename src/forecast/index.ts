/** The calendar of a campaign's sends, day by day, in the campaign's time zone. */

import { dateOf, describeMoment, zoneOf } from "../model/zone.ts";
import { type Limit, type Plan, simulate } from "./simulate.ts";

export type { Crowd, PlannedStep } from "./lanes.ts";
export type { Box } from "./senders.ts";
export type { Plan } from "./simulate.ts";

export interface CalendarDay {
  date: string;
  total: number;
  /** Step number → sends. */
  by_step: Record<string, number>;
  /** What kept people waiting that day. */
  full?: Limit[];
}

export interface Calendar {
  timezone: string;
  first_send?: string;
  last_send?: string;
  total: number;
  /** Sends that never come, because no window or no mailbox allows them. */
  never?: number;
  days: CalendarDay[];
}

/** @throws RangeError where the time zone is not one */
export function forecast(plan: Plan, observe?: (at: number, step: number) => void): Calendar {
  const zone = zoneOf(plan.timezone);
  const { first, last, total, left, days } = simulate(plan, observe);
  return {
    timezone: plan.timezone,
    ...(first !== undefined && { first_send: describeMoment(zone, first) }),
    ...(last !== undefined && { last_send: describeMoment(zone, last) }),
    total,
    ...(left > 0 && { never: left }),
    days: days.map(({ day, total: ofDay, bySteps, full }) => ({
      date: dateOf(day),
      total: ofDay,
      by_step: Object.fromEntries(
        bySteps.map((count, index) => [String(index + 1), count]).filter(([, count]) => Number(count) > 0),
      ),
      ...(full.size > 0 && { full: [...full] }),
    })),
  };
}
