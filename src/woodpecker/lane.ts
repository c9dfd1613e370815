/**
 * Woodpecker works on one request of an account at a time, keeps six more waiting for 15 seconds and drops the rest.
 * The lane keeps our own requests in order instead: one in flight, what stops sending first, then first come. When
 * Woodpecker is busy all the same (another program uses the account) the lane leaves gaps, and closes them again.
 */
import { ApiFailure, type FailureFacts } from "./failure.ts";

export interface LaneOptions {
  signal?: AbortSignal | undefined;
  /** Pause and stop go in front of everything that waits, and leave no gap. */
  urgent?: boolean | undefined;
  /** Must not leave when the lane cannot say whether others are under way; a lane of one process always can. */
  writes?: boolean | undefined;
}

export interface Lane {
  run<T>(job: () => Promise<T>, options?: LaneOptions): Promise<T>;
  /** Woodpecker was busy: from now on a longer gap between requests. */
  slower(): void;
  /** It was not: a shorter one. */
  faster(): void;
  /** Everything that waits fails the same way, except what stops sending. */
  drain(facts: FailureFacts): void;
}

interface Waiting {
  urgent: boolean;
  start: () => void;
  fail: (failure: ApiFailure) => void;
}

const MAX_WAITING = 20;
const MAX_WAIT_MS = 20_000;
const MIN_GAP_MS = 200;
const MAX_GAP_MS = 2_000;

export function createLane(maxWaitMs = MAX_WAIT_MS): Lane {
  let busy = false;
  let gap = 0;
  let resting: NodeJS.Timeout | undefined;
  const waiting: Waiting[] = [];

  function enter({ signal, urgent = false }: LaneOptions): Promise<void> {
    if (signal?.aborted) return Promise.reject(cancelled());
    if (!busy) {
      busy = true;
      return Promise.resolve();
    }
    if (waiting.length >= MAX_WAITING && !urgent) return Promise.reject(full());
    return new Promise((resolve, reject) => {
      const entry: Waiting = {
        urgent,
        start: () => leaveQueue(resolve),
        fail: (failure) => leaveQueue(() => reject(failure)),
      };
      // A pause waits as long as it takes: giving up would mean that mails go on.
      const timer = urgent ? undefined : setTimeout(() => entry.fail(full()), maxWaitMs);
      const onAbort = () => entry.fail(cancelled());
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
      if (urgent && resting) endRest();
    });
  }

  /** The lane stays taken during a gap; only what is urgent ends it early. */
  function leave(): void {
    if (gap > 0 && !waiting[0]?.urgent) resting = setTimeout(endRest, gap);
    else next();
  }

  function endRest(): void {
    clearTimeout(resting);
    resting = undefined;
    next();
  }

  function next(): void {
    const entry = waiting[0];
    if (entry) entry.start();
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
    slower: () => {
      gap = Math.min(Math.max(gap * 2, MIN_GAP_MS), MAX_GAP_MS);
    },
    faster: () => {
      gap = gap <= MIN_GAP_MS ? 0 : gap / 2;
    },
    drain(facts) {
      for (const entry of waiting.filter(({ urgent }) => !urgent)) entry.fail(new ApiFailure(facts));
    },
  };
}

export const full = () =>
  new ApiFailure({
    outcome: "not_sent",
    code: "BUSY",
    detail: "too many requests of this server are waiting",
  });

export const cancelled = () =>
  new ApiFailure({ outcome: "not_sent", code: "CANCELLED", detail: "the call was cancelled" });
