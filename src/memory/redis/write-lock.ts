/** One write at a time in an account, among all replicas. */
import { createWriteLock, locked, MAX_WAIT_MS, type WriteLock } from "../write-lock.ts";
import type { NewLock } from "./lock.ts";

/** Between two tries. */
const PAUSE_MS = 20;

export function createSharedWriteLock(newLock: NewLock, name: (what: string) => string): WriteLock {
  const local = createWriteLock();
  return {
    hold: (work) =>
      local.hold(async () => {
        const lock = await newLock(name("writing"), PAUSE_MS);
        const until = Date.now() + MAX_WAIT_MS;
        while (!(await lock.take())) if (Date.now() > until) throw locked();
        try {
          return await work(lock.isHeld);
        } finally {
          await lock.release();
        }
      }),
  };
}
