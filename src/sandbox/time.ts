const HOUR = 3_600_000;

/** v2 error bodies: UTC without saying so. */
export function v2Time(date: Date): string {
  return date.toISOString().slice(0, 19).replace("T", " ");
}

/** v1 writes the server's own offset, without a colon; one fixed offset keeps the sandbox free of summer time. */
export function v1Time(date: Date): string {
  return `${new Date(date.getTime() + HOUR).toISOString().slice(0, 19)}+0100`;
}

export function minutesOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
}
