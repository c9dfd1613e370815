/**
 * One write at a time in an account, so that what a write was decided on is still so when it leaves. It is never held while
 * a person is asked, and what stops sending never asks for it.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { ApiFailure } from "../woodpecker/failure.ts";

/** Whether the lock is still held: asked right before a write leaves, since a process can be frozen in between. */
export type IsHeld = () => Promise<boolean>;

export interface WriteLock {
  /** @throws ApiFailure when its turn does not come in time, or nobody can say whose turn it is */
  hold<T>(work: (isHeld: IsHeld) => Promise<T>): Promise<T>;
}

/** Below the 60 s after which clients give up a call. */
export const MAX_WAIT_MS = 30_000;

/** Another write of this account has not ended. */
export const locked = () => new ApiFailure({ outcome: "not_sent", code: "LOCKED" });

/** Among the calls of this process, first come, first served. */
export function createWriteLock(maxWaitMs = MAX_WAIT_MS): WriteLock {
  let last: Promise<unknown> = Promise.resolve();
  return {
    async hold(work) {
      const before = last;
      let release: () => void = () => undefined;
      const mine = new Promise<void>((resolve) => {
        release = resolve;
      });
      // Whoever gives up waiting hands the turn on when it would have come.
      last = before.then(() => mine);
      const giveUp = new AbortController();
      try {
        const late = sleep(maxWaitMs, "late", { signal: giveUp.signal, ref: false }).catch(() => "early");
        if ((await Promise.race([before, late])) === "late") throw locked();
        return await work(async () => true);
      } finally {
        giveUp.abort();
        release();
      }
    },
  };
}
