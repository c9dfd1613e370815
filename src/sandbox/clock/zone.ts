/** Local time of a time zone, from Intl, in both directions. */
import { DAYS, type Day } from "../campaign.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Every change of an offset falls on a quarter of an hour. */
const STEP = 15 * MINUTE;

export interface Zone {
  /** What has to be added to UTC. */
  offsetAt(time: number): number;
}

const zones = new Map<string, Zone>();

export function zoneOf(name: string): Zone {
  const zone = zones.get(name) ?? createZone(name);
  zones.set(name, zone);
  return zone;
}

function createZone(timeZone: string): Zone {
  const format = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  // Asking Intl is slow, and a simulation asks about the same quarters of an hour again and again.
  const offsets = new Map<number, number>();
  return {
    offsetAt(time) {
      const quarter = Math.floor(time / STEP);
      const cached = offsets.get(quarter);
      if (cached !== undefined) return cached;
      const parts = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(format.format(quarter * STEP)) ?? [];
      const minutes = Number(parts[2] ?? 0) * 60 + Number(parts[3] ?? 0);
      const offset = (parts[1] === "-" ? -minutes : minutes) * MINUTE;
      if (offsets.size > 100_000) offsets.clear();
      offsets.set(quarter, offset);
      return offset;
    },
  };
}

/** Wall-clock time as if it were UTC. */
export const toLocal = (zone: Zone, time: number): number => time + zone.offsetAt(time);

/**
 * The instants at which a wall clock shows a time: usually one, two in the hour that is repeated in autumn. A time
 * that is skipped in spring stands for the moment of the change.
 */
export function toInstants(zone: Zone, local: number): [number, ...number[]] {
  const early = local - zone.offsetAt(local - DAY);
  const late = local - zone.offsetAt(local + DAY);
  const [first, second] = early < late ? [early, late] : [late, early];
  const shows = (time: number) => toLocal(zone, time) === local;
  if (shows(first)) return first !== second && shows(second) ? [first, second] : [first];
  if (shows(second)) return [second];
  let change = Math.ceil(first / STEP) * STEP;
  while (toLocal(zone, change) < local) change += STEP;
  return [change];
}

/** Days are counted from 1 January 1970, which was a Thursday. */
export const dayOf = (local: number): number => Math.floor(local / DAY);
export const weekdayOf = (day: number): Day => DAYS[(((day + 3) % 7) + 7) % 7] as Day;
export const isWeekend = (day: number): boolean => /^S/.test(weekdayOf(day));
