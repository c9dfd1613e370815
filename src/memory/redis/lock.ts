/** A lock of redis-semaphore that is held for as long as its holder lives, and seconds longer when that is killed. */
import type { Redis } from "ioredis";
import { type Command, isUnknownScript } from "./connection.ts";

/** How long a holder that was killed keeps the others waiting. */
const LEASE_MS = 6_000;
const RENEW_MS = 2_000;

export interface Lock {
  /** One try; after a failed one it takes `pauseMs` until the answer, so that the next may follow at once. @throws when Redis does not answer */
  take(): Promise<boolean>;
  /** Asked of Redis itself: a process that was frozen does not know that it lost the lock. @throws when Redis does not answer */
  isHeld(): Promise<boolean>;
  release(): Promise<void>;
}

export type NewLock = (key: string, pauseMs: number) => Promise<Lock>;

export function createLocks(ask: Command): NewLock {
  // Kept: in the bundle each dynamic import goes through all that the module exports once more.
  let loaded: Promise<typeof import("redis-semaphore")> | undefined;
  return async (key, pauseMs) => {
    loaded ??= import("redis-semaphore");
    return createLock(await loaded, ask, key, pauseMs);
  };
}

function createLock(
  { Mutex }: typeof import("redis-semaphore"),
  ask: Command,
  key: string,
  pauseMs: number,
): Lock {
  const client = {
    get: (name: string) => ask((redis) => redis.get(name)),
    set: (...given: [string, string, "PX", number, "NX"]) => ask((redis) => redis.set(...given)),
    evalsha: (...given: Script) => calm(ask((redis) => redis.evalsha(...given))),
    eval: (...given: Script) => calm(ask((redis) => redis.eval(...given))),
    zrem: async () => 0,
  };
  const mutex = new Mutex(client as unknown as Redis, key, {
    lockTimeout: LEASE_MS,
    refreshInterval: RENEW_MS,
    acquireAttemptsLimit: 1,
    retryInterval: pauseMs,
    // What was begun under the lock goes on: cutting it off would only hide how it ended.
    onLockLost: () => undefined,
  });
  return {
    take: () => mutex.tryAcquire(),
    isHeld: async () => (await ask((redis) => redis.get(`mutex:${key}`))) === mutex.identifier,
    release: () => mutex.release(),
  };
}

type Script = [script: string, keys: number, ...rest: string[]];

/** The library renews from a timer, where nobody could catch what Redis throws: a lock that cannot be renewed is only lost. */
const calm = (answer: Promise<unknown>) =>
  answer.catch((error: unknown) => {
    if (isUnknownScript(error)) throw error;
    return 0;
  });
