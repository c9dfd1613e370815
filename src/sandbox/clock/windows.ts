/** Finds the next moment at which a delivery window is open. */
import type { DeliveryTime, DeliveryWindow } from "../campaign.ts";
import { minutesOf } from "../time.ts";
import { DAY, dayOf, toInstants, toLocal, weekdayOf, type Zone } from "./zone.ts";

const MINUTE = 60_000;
/** A week, and one more for a week whose only window is skipped by a change of the clock. */
const AHEAD = 14;

const startOf = ({ from }: DeliveryWindow): number => minutesOf(from) * MINUTE;
/** Only the whole day ends at 00:00. */
const endOf = ({ to }: DeliveryWindow): number => (to === "00:00" ? DAY : minutesOf(to) * MINUTE);

export function isOpen(week: DeliveryTime, zone: Zone, time: number): boolean {
  const local = toLocal(zone, time);
  const day = dayOf(local);
  const clock = local - day * DAY;
  return (week[weekdayOf(day)] ?? []).some((window) => startOf(window) <= clock && clock < endOf(window));
}

/** The first moment from `time` on at which a message may leave; Infinity where there is none. */
export function nextOpen(week: DeliveryTime, zone: Zone, time: number): number {
  if (isOpen(week, zone, time)) return time;
  const today = dayOf(toLocal(zone, time));
  for (let day = today; day <= today + AHEAD; day++) {
    const starts = (week[weekdayOf(day)] ?? [])
      .flatMap((window) => toInstants(zone, day * DAY + startOf(window)))
      .filter((start) => start >= time && isOpen(week, zone, start));
    if (starts.length > 0) return Math.min(...starts);
  }
  return Number.POSITIVE_INFINITY;
}
