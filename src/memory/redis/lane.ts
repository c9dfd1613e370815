/**
 * The lane of an account that several replicas work for. Each keeps its own requests in order (src/woodpecker/lane.ts);
 * the first of each tries for the turn that all of them share. What stops sending leaves its own queue aside, and the
 * others hold back while it waits.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { ApiFailure } from "../../woodpecker/failure.ts";
import { cancelled, createLane, full, type Lane, type LaneOptions } from "../../woodpecker/lane.ts";
import type { Command } from "./connection.ts";
import type { Lock, NewLock } from "./lock.ts";

/** Between two tries: short against the time that Woodpecker takes for a request. */
const PAUSE_MS = 2;
const MAX_WAIT_MS = 20_000;
/** How long others hold back for a pause whose replica has died. */
const URGENT_MS = 5_000;

export function createSharedLane(ask: Command, newLock: NewLock, name: (what: string) => string): Lane {
  const local = createLane();
  const urgentKey = name("urgent");

  /** The shared turn; nothing when Redis does not answer and the job may go on without it. */
  async function takeTurn({ signal, urgent, writes }: LaneOptions): Promise<Lock | undefined> {
    const until = Date.now() + MAX_WAIT_MS;
    try {
      const lock = await newLock(name("lane"), PAUSE_MS);
      for (;;) {
        if (signal?.aborted) throw cancelled();
        if (urgent) await ask((redis) => redis.set(urgentKey, "1", "PX", URGENT_MS));
        const holdBack = !urgent && (await ask((redis) => redis.exists(urgentKey))) === 1;
        if (holdBack) await sleep(PAUSE_MS);
        else if (await lock.take()) {
          if (urgent) await ask((redis) => redis.del(urgentKey)).catch(() => undefined);
          return lock;
        }
        if (!urgent && Date.now() > until) throw full();
      }
    } catch (error) {
      const lost = error instanceof ApiFailure && error.facts.code === "SHARED_MEMORY";
      if (lost && !writes) return undefined;
      throw error;
    }
  }

  async function inTurn<T>(job: () => Promise<T>, options: LaneOptions): Promise<T> {
    const lock = await takeTurn(options);
    try {
      return await job();
    } finally {
      await lock?.release();
    }
  }

  return {
    ...local,
    run: (job, options = {}) =>
      options.urgent ? inTurn(job, options) : local.run(() => inTurn(job, options), options),
  };
}
