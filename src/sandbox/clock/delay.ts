/** Works out when the next step is due after a wait, on request in working days only. */
import type { Delay } from "../campaign.ts";
import { DAY, dayOf, isWeekend, toInstants, toLocal, type Zone } from "./zone.ts";

const UNITS = { DAY, HOUR: DAY / 24, MINUTE: DAY / 24 / 60 };

/** When the next step is due. Days are days of the calendar, so that a change of the clock does not shift the hour. */
export function dueAfter(sentAt: number, { range, value }: Delay, zone: Zone, workingDays: boolean): number {
  const wait = value * UNITS[range];
  if (range !== "DAY" && !workingDays) return sentAt + wait;
  const local = toLocal(zone, sentAt);
  return toInstants(zone, workingDays ? overWorkingDays(local, wait) : local + wait)[0];
}

/** Which days do not count as working days is not documented; here Saturday and Sunday. No time passes on them. */
function overWorkingDays(local: number, wait: number): number {
  const today = dayOf(local);
  let day = today;
  while (isWeekend(day)) day++;
  let time = day === today ? local : day * DAY;
  for (let left = wait; ; day++) {
    if (isWeekend(day)) continue;
    time = Math.max(time, day * DAY);
    const untilMidnight = (day + 1) * DAY - time;
    if (left < untilMidnight) return time + left;
    left -= untilMidnight;
  }
}
