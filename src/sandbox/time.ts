/** The formats of dates in v1 and v2, and small sums with times. */

const HOUR = 3_600_000;

/** v2 error bodies: UTC without saying so. */
export function v2Time(date: Date): string {
  return date.toISOString().slice(0, 19).replace("T", " ");
}

/** v1 writes the server's own offset, without a colon; one fixed offset keeps the sandbox free of summer time. */
export function v1Time(date: Date): string {
  return `${new Date(date.getTime() + HOUR).toISOString().slice(0, 19)}+0100`;
}

/** A moment some days from `now`, with the offset of summer as in the samples of v2. */
export function offsetTime(now: Date, days: number): string {
  return `${new Date(now.getTime() + (days * 24 + 2) * HOUR).toISOString().slice(0, 19)}+0200`;
}

/** ISO 8601 with an offset, as v1 takes it; undefined where it is anything else. */
export function parseV1Time(text: string): Date | undefined {
  const parts = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:?\d\d)$/.exec(text);
  if (!parts) return undefined;
  const date = new Date(`${parts[1]}${parts[2]?.replace(/^(.\d\d):?(\d\d)$/, "$1:$2")}`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

export function minutesOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
}

/** The last of some dates; undefined where there is none. */
export function latest(dates: (Date | null)[]): Date | undefined {
  let last: Date | undefined;
  for (const date of dates) if (date && (!last || date > last)) last = date;
  return last;
}
