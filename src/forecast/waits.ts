/** When the next step is due. Days are days of the calendar: a change of the clock does not shift the hour. */
import type { Wait } from "../model/tree.ts";
import { DAY, dayOf, HOUR, isWeekend, MINUTE, toLocal, toMoment, type Zone } from "../model/zone.ts";

/**
 * @param workingDays the campaign's count_followup_delay_in_working_days. Which days those are is not documented:
 * Monday to Friday, and no time passes on the others.
 */
export function dueAfter(sentAt: number, { value, range }: Wait, zone: Zone, workingDays: boolean): number {
  const length = value * (range === "MINUTE" ? MINUTE : range === "HOUR" ? HOUR : DAY);
  if (workingDays) return toMoment(zone, afterWorking(toLocal(zone, sentAt), length));
  return range === "HOUR" || range === "MINUTE"
    ? sentAt + length
    : toMoment(zone, toLocal(zone, sentAt) + length);
}

function afterWorking(local: number, length: number): number {
  let time = afterWeekend(local);
  const weeks = Math.floor(length / (5 * DAY));
  time += weeks * 7 * DAY;
  for (let left = length - weeks * 5 * DAY; left > 0; ) {
    const midnight = (dayOf(time) + 1) * DAY;
    const step = Math.min(left, midnight - time);
    time = afterWeekend(time + step);
    left -= step;
  }
  return time;
}

/** The same time on a working day, the first moment of Monday on any other. */
function afterWeekend(local: number): number {
  let day = dayOf(local);
  if (!isWeekend(day)) return local;
  while (isWeekend(day)) day += 1;
  return day * DAY;
}
