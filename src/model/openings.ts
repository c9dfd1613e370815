/**
 * When a step may send. A window is a stretch of the clock on the wall, so that on the day of a clock change it is an
 * hour shorter or longer, or is open twice (docs/woodpecker-api.md, Steps: windows).
 */
import type { DeliveryTime } from "./delivery.ts";
import { DAY, dayOf, MINUTE, toLocal, toMoment, weekdayOf, type Zone } from "./zone.ts";

interface Span {
  start: number;
  end: number;
}

export interface Opening {
  /** The first moment from `time` on at which a message may leave; Infinity where there is none. */
  nextOpen(time: number): number;
  /** When the window that is open at `time` closes; undefined outside of windows. */
  closesAt(time: number): number | undefined;
}

/** A week, and another for one whose only window is skipped by a change of the clock. */
const LOOK_AHEAD = 15;

export function openingOf(windows: readonly DeliveryTime[], zone: Zone): Opening {
  const byDay = new Map<number, Span[]>();
  const spansOf = (day: number): Span[] => {
    const known = byDay.get(day) ?? spansOn(day, windows, zone);
    if (byDay.size > 400) byDay.clear();
    byDay.set(day, known);
    return known;
  };
  let open: Span = { start: 0, end: 0 };
  return {
    nextOpen(time) {
      if (open.start <= time && time < open.end) return time;
      if (!Number.isFinite(time)) return Number.POSITIVE_INFINITY;
      const today = dayOf(toLocal(zone, time));
      for (let day = today; day < today + LOOK_AHEAD; day += 1) {
        const span = spansOf(day).find(({ end }) => time < end);
        if (span) {
          open = span;
          return Math.max(time, span.start);
        }
      }
      return Number.POSITIVE_INFINITY;
    },
    closesAt: (time) =>
      spansOf(dayOf(toLocal(zone, time))).find(({ start, end }) => start <= time && time < end)?.end,
  };
}

/** The open stretches of one day, in order, as moments. */
export function spansOn(day: number, windows: readonly DeliveryTime[], zone: Zone): Span[] {
  const name = weekdayOf(day);
  const clocks = windows.filter(({ days }) => days.includes(name)).map(clockOf);
  const midnight = toMoment(zone, (day + 1) * DAY);
  const spans: Span[] = [];
  for (let from = toMoment(zone, day * DAY); from < midnight; ) {
    const { start, end, offset } = zone.stretchAt(from);
    for (const clock of clocks) {
      const opens = Math.max(day * DAY + clock.from - offset, start, from);
      const closes = Math.min(day * DAY + clock.to - offset, end, midnight);
      if (opens < closes) spans.push({ start: opens, end: closes });
    }
    from = end;
  }
  return spans.sort((a, b) => a.start - b.start);
}

/** A whole day is 00:00 to 00:00 when read and 00:00 to 24:00 when written. */
function clockOf({ from, to }: DeliveryTime): { from: number; to: number } {
  const end = minutesOf(to);
  return { from: minutesOf(from) * MINUTE, to: (end === 0 ? 24 * 60 : end) * MINUTE };
}

/** Minutes of the day; anything that is not a time counts as midnight. */
export function minutesOf(clock: string): number {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(clock) ?? [];
  return Math.min(Number(hours ?? 0) * 60 + Number(minutes ?? 0), 24 * 60);
}

/** Minutes in which a step may send, by weekday. */
export function minutesByDay(windows: readonly DeliveryTime[]): Map<string, number> {
  const minutes = new Map<string, number>();
  for (const window of windows) {
    const { from, to } = clockOf(window);
    for (const day of window.days)
      minutes.set(day, (minutes.get(day) ?? 0) + Math.max(0, to - from) / MINUTE);
  }
  return minutes;
}
