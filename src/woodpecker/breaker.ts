/**
 * When Woodpecker is down, calls fail at once instead of each waiting for its own time-out. After a while one request
 * goes through to see. What stops sending never asks the breaker.
 */
export interface Breaker {
  /** May a request go out? While open, only one every so often. */
  admits(): boolean;
  note(worked: boolean): void;
}

const FAILURES = 5;
const WITHIN_MS = 30_000;
const OPEN_MS = 15_000;

export function createBreaker(): Breaker {
  let failures: number[] = [];
  let openUntil = 0;
  return {
    admits() {
      const time = Date.now();
      if (failures.length < FAILURES) return true;
      if (time < openUntil) return false;
      // This one is the probe; the next one waits for what it finds.
      openUntil = time + OPEN_MS;
      return true;
    },
    note(worked) {
      const time = Date.now();
      failures = worked
        ? []
        : [
            ...failures.filter((failed) => time - failed < WITHIN_MS || failures.length >= FAILURES),
            time,
          ].slice(-FAILURES);
      if (failures.length >= FAILURES) openUntil = time + OPEN_MS;
    },
  };
}
