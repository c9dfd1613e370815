/**
 * The lane of an account that several replicas work for. Each keeps its own requests in order (src/woodpecker/lane.ts);
 * the first of each tries for the turn that all of them share, and whoever has it keeps it for a few requests in a row, since
 * handing it over takes longer than beginning the next one. What stops sending leaves its own queue aside, and the others
 * hold back while it waits.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { ApiFailure } from "../../woodpecker/failure.ts";
import { cancelled, createLane, full, type Lane, type LaneOptions } from "../../woodpecker/lane.ts";
import type { Command } from "./connection.ts";
import type { Lock, NewLock } from "./lock.ts";

/** Between two tries: short against the time that Woodpecker takes for a request. */
const PAUSE_MS = 2;
const MAX_WAIT_MS = 20_000;
/** Then the others get their chance, who try every PAUSE_MS. */
const IN_A_ROW = 8;
const CHANCE_MS = 2 * PAUSE_MS;
/** How long others hold back for a pause whose replica has died. */
const URGENT_MS = 5_000;

interface Turn {
  lock: Lock;
  /** Which request of this turn it is. */
  count: number;
}

export function createSharedLane(ask: Command, newLock: NewLock, name: (what: string) => string): Lane {
  const local = createLane();
  const urgentKey = name("urgent");
  /** Of the request that has just ended, for the one that follows at once. */
  let kept: Turn | undefined;

  const somebodyBrakes = async () => (await ask((redis) => redis.exists(urgentKey))) === 1;

  /** Asked of Redis: it may have forgotten whose turn it is. */
  const isFree = async ({ lock }: Turn) => {
    const [held, brakes] = await Promise.all([lock.isHeld(), somebodyBrakes()]);
    return held && !brakes;
  };

  function keep(turn: Turn): void {
    kept = turn;
    setImmediate(() => {
      if (kept !== turn) return;
      kept = undefined;
      void turn.lock.release();
    });
  }

  /** The turn that was kept, where it may go on. */
  async function goOn(): Promise<Turn | undefined> {
    const turn = kept;
    kept = undefined;
    if (!turn) return undefined;
    if (turn.count < IN_A_ROW && (await isFree(turn).catch(() => false)))
      return { ...turn, count: turn.count + 1 };
    await turn.lock.release();
    if (turn.count >= IN_A_ROW) await sleep(CHANCE_MS);
    return undefined;
  }

  /** The shared turn; nothing when Redis does not answer and the job may go on without it. */
  async function takeTurn({ signal, urgent, writes }: LaneOptions): Promise<Turn | undefined> {
    const until = Date.now() + MAX_WAIT_MS;
    const next = urgent ? undefined : await goOn();
    if (next) return next;
    try {
      const lock = await newLock(name("lane"), PAUSE_MS);
      for (;;) {
        if (signal?.aborted) throw cancelled();
        if (urgent) await ask((redis) => redis.set(urgentKey, "1", "PX", URGENT_MS));
        if (!urgent && (await somebodyBrakes())) await sleep(PAUSE_MS);
        else if (await lock.take()) {
          if (urgent) await ask((redis) => redis.del(urgentKey)).catch(() => undefined);
          return { lock, count: 1 };
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
    const turn = await takeTurn(options);
    try {
      return await job();
    } finally {
      if (options.urgent) await turn?.lock.release();
      else if (turn) keep(turn);
    }
  }

  return {
    ...local,
    run: (job, options = {}) =>
      options.urgent ? inTurn(job, options) : local.run(() => inTurn(job, options), options),
  };
}
