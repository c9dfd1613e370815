/** What an API may send although nothing here could carry it: values nested without end, halves of characters, odd waits. */

/** Deeper than the longest sequence that is read; what is nested deeper is left out. */
const MAX_DEPTH = 150;

/** What stands in the place of what was left out. */
const TOO_DEEP = "(nested too deeply to be shown)";

/** The value, changed in place: no deeper than can be copied and written, and every text made of whole characters. */
export function tamed(value: unknown, depth = MAX_DEPTH): unknown {
  if (typeof value === "string") return value.isWellFormed() ? value : value.toWellFormed();
  if (value === null || typeof value !== "object") return value;
  if (depth === 0) return TOO_DEEP;
  for (const [name, entry] of Object.entries(value)) {
    if (needsTaming(entry))
      Object.defineProperty(value, name, {
        value: tamed(entry, depth - 1),
        writable: true,
        enumerable: true,
        configurable: true,
      });
  }
  return value;
}

const needsTaming = (value: unknown) =>
  typeof value === "string" ? !value.isWellFormed() : value !== null && typeof value === "object";

/** A copy in which nothing is nested deeper than this: for fields that are passed on without anybody knowing them. */
export const shallow = (value: unknown, depth: number): unknown =>
  value !== null && typeof value === "object" ? tamed(structuredClone(value), depth) : value;

/** Seconds; fractions are rounded up, a date counts from now, anything else counts as absent. */
export function secondsToWait(header: string | undefined): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d{1,12}(?:\.\d{1,12})?$/.test(text)) return Math.ceil(Number(text));
  // Date.parse takes many a number for a year.
  if (!/^[A-Z]\w{2,9}, |^\d{4}-\d\d-\d\dT/.test(text)) return undefined;
  const seconds = Math.ceil((Date.parse(text) - Date.now()) / 1_000);
  return seconds > 0 ? seconds : undefined;
}

/** As a person says it. */
export function sayWait(seconds: number): string {
  if (seconds < 600) return `${seconds} s`;
  if (seconds < 2 * 3_600) return `${Math.ceil(seconds / 60)} minutes`;
  if (seconds < 2 * 86_400) return `${Math.ceil(seconds / 3_600)} hours`;
  return seconds < 365 * 86_400 ? `${Math.ceil(seconds / 86_400)} days` : "a year or more";
}

/** A moment in ms as an ISO time; nothing where it is none. */
export function isoTime(ms: unknown): string | undefined {
  const time = typeof ms === "number" ? new Date(ms) : undefined;
  return time === undefined || Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
