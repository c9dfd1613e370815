/** Moments as people, programs and Woodpecker write them. */
import type { Fault } from "./fault.ts";

const form = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/** Also what lies in the future, where that is allowed. */
export function momentFaults(field: string, text: string, latest = Number.POSITIVE_INFINITY): Fault[] {
  const time = form.test(text) && isDay(text.slice(0, 10)) ? momentOf(text) : Number.NaN;
  if (Number.isNaN(time))
    return [{ path: [field], message: "must be a day as YYYY-MM-DD or a time as 2026-11-20T08:00Z" }];
  return time > latest ? [{ path: [field], message: "lies in the future" }] : [];
}

/** Also refuses the 30th of February, which Date would take for a day in March. */
export function isDay(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** In ms; NaN where it is none. A time that names no zone is UTC. */
export function momentOf(value: unknown): number {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return Number.NaN;
  const text = value.trim();
  return Date.parse(/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(text) ? `${text}Z` : text);
}

/** A moment in a sentence: "2026-11-20 08:00 UTC". */
export const sayTime = (ms: number): string =>
  `${new Date(ms).toISOString().slice(0, 16).replace("T", " ")} UTC`;
