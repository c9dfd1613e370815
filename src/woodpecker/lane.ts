/**
 * Woodpecker works on one request of an account at a time, keeps six more waiting for 15 seconds and drops the
 * rest. The lane keeps our own requests in order instead: one in flight, what stops sending first, then first come.
 */
import { ApiFailure } from "./failure.ts";

export interface LaneOptions {
  signal?: AbortSignal;
  /** Pause and stop go in front of everything that waits. */
  urgent?: boolean;
}

export interface Lane {
  run<T>(job: () => Promise<T>, options?: LaneOptions): Promise<T>;
}

interface Waiting {
  urgent: boolean;
  start: () => void;
}

const MAX_WAITING = 20;
const MAX_WAIT_MS = 20_000;

export function createLane(maxWaitMs = MAX_WAIT_MS): Lane {
  let busy = false;
  const waiting: Waiting[] = [];

  function enter({ signal, urgent = false }: LaneOptions): Promise<void> {
    if (signal?.aborted) return Promise.reject(cancelled());
    if (!busy) {
      busy = true;
      return Promise.resolve();
    }
    if (waiting.length >= MAX_WAITING && !urgent) return Promise.reject(full());
    return new Promise((resolve, reject) => {
      const entry: Waiting = { urgent, start: () => leaveQueue(resolve) };
      const timer = setTimeout(() => leaveQueue(() => reject(full())), maxWaitMs);
      const onAbort = () => leaveQueue(() => reject(cancelled()));
      function leaveQueue(then: () => void) {
        clearTimeout(timer);
        signal?.removeEventListener("abort", onAbort);
        const place = waiting.indexOf(entry);
        if (place >= 0) waiting.splice(place, 1);
        then();
      }
      signal?.addEventListener("abort", onAbort, { once: true });
      const behind = urgent ? waiting.findIndex((other) => !other.urgent) : -1;
      waiting.splice(behind < 0 ? waiting.length : behind, 0, entry);
    });
  }

  function leave(): void {
    const next = waiting[0];
    if (next) next.start();
    else busy = false;
  }

  return {
    async run(job, options = {}) {
      await enter(options);
      try {
        return await job();
      } finally {
        leave();
      }
    },
  };
}

const full = () =>
  new ApiFailure({
    outcome: "not_sent",
    code: "BUSY",
    detail: "too many requests of this server are waiting",
  });

const cancelled = () =>
  new ApiFailure({ outcome: "not_sent", code: "CANCELLED", detail: "the call was cancelled" });
