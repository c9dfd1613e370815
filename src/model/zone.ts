/**
 * Time zones as stretches of constant offset: a zone changes its clock twice a year at most, so that between two
 * changes local time is a sum. Temporal (ECMA-262, through a polyfill that steps aside where the runtime has it)
 * knows when the changes are.
 */
import { Temporal } from "temporal-polyfill";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** From `start` until before `end`, what has to be added to UTC. */
interface Stretch {
  start: number;
  end: number;
  offset: number;
}

export interface Zone {
  name: string;
  stretchAt(time: number): Stretch;
}

const zones = new Map<string, Zone>();

/** @throws RangeError for a name that is not a zone */
export function zoneOf(name: string): Zone {
  const zone = zones.get(name) ?? openZone(name);
  if (zones.size > 500) zones.clear();
  zones.set(name, zone);
  return zone;
}

/** Is the name one that the runtime's own time zone data has? */
export function isZone(name: string): boolean {
  try {
    zoneOf(name);
    return true;
  } catch {
    return false;
  }
}

function openZone(name: string): Zone {
  let last = readStretch(name, Date.now());
  const known = new Map<number, Stretch>([[last.start, last]]);
  return {
    name,
    stretchAt(time) {
      if (last.start <= time && time < last.end) return last;
      for (const stretch of known.values()) {
        if (stretch.start <= time && time < stretch.end) {
          last = stretch;
          return last;
        }
      }
      last = readStretch(name, time);
      if (known.size > 200) known.clear();
      known.set(last.start, last);
      return last;
    },
  };
}

function readStretch(name: string, time: number): Stretch {
  const moment = Temporal.Instant.fromEpochMilliseconds(Math.floor(time)).toZonedDateTimeISO(name);
  // A change at this very moment counts as the one before.
  const before = moment.add({ milliseconds: 1 }).getTimeZoneTransition("previous");
  const after = moment.getTimeZoneTransition("next");
  return {
    start: before?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    end: after?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offset: Math.round(moment.offsetNanoseconds / 1_000_000),
  };
}

/** What a clock on the wall shows, as if it were UTC. */
export const toLocal = (zone: Zone, time: number): number => time + zone.stretchAt(time).offset;

/** The first moment at which a clock on the wall shows `local`; for a time that is skipped, the moment of the skip. */
export function toMoment(zone: Zone, local: number): number {
  const early = zone.stretchAt(local - DAY);
  const moment = local - early.offset;
  if (moment < early.end) return moment;
  const late = zone.stretchAt(early.end);
  return Math.max(local - late.offset, late.start);
}

/** Days since 1 January 1970, which was a Thursday. */
export const dayOf = (local: number): number => Math.floor(local / DAY);

const names = ["THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY", "MONDAY", "TUESDAY", "WEDNESDAY"];
export const weekdayOf = (day: number): string => names[((day % 7) + 7) % 7] as string;
export const isWeekend = (day: number): boolean => weekdayOf(day).startsWith("S");

/** 2026-03-29 */
export const dateOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

/** 2026-03-29T08:00:00+02:00 */
export function describeMoment(zone: Zone, time: number): string {
  const { offset } = zone.stretchAt(time);
  const minutes = Math.abs(Math.round(offset / MINUTE));
  const clock = [Math.floor(minutes / 60), minutes % 60]
    .map((part) => String(part).padStart(2, "0"))
    .join(":");
  return `${new Date(time + offset).toISOString().slice(0, 19)}${offset < 0 ? "-" : "+"}${clock}`;
}

/** "Mon 2026-03-30 08:00 (Europe/Berlin)", for a sentence. */
export function sayMoment(zone: Zone, time: number): string {
  const local = toLocal(zone, time);
  const weekday = weekdayOf(dayOf(local));
  const text = new Date(local).toISOString();
  return `${weekday.charAt(0)}${weekday.slice(1, 3).toLowerCase()} ${text.slice(0, 10)} ${text.slice(11, 16)} (${zone.name})`;
}
