/**
 * The window for repeated calls, for all replicas: a call that runs on one is waited for by the others. One whose replica
 * ended in the middle leaves behind that it was begun.
 */
import type { CallResult } from "../../values/call-result.ts";
import { ApiFailure } from "../../woodpecker/failure.ts";
import { createTogether, type Earlier, type Repeats, WINDOW_MS } from "../repeats.ts";
import type { Command } from "./connection.ts";
import type { NewLock } from "./lock.ts";

/** Between two looks whether the other replica is done. */
const PAUSE_MS = 50;
/** Below the 60 s after which clients give up a call. */
const MAX_WAIT_MS = 45_000;
/** For those who waited. */
const RESULT_MS = 5_000;

export function createSharedRepeats(ask: Command, newLock: NewLock, name: (what: string) => string): Repeats {
  const local = createTogether();
  const kept = (key: string) => name(`kept:${key}`);
  const begun = (key: string) => name(`begun:${key}`);
  const result = (key: string) => name(`result:${key}`);
  const generation = name("generation");
  const write = (key: string, value: unknown, ms: number) =>
    ask((redis) => redis.set(key, JSON.stringify(value), "PX", ms));
  const read = async <T>(key: string): Promise<T | undefined> => {
    const text = await ask((redis) => redis.get(key));
    return text === null ? undefined : (JSON.parse(text) as T);
  };

  async function among(key: string, make: () => Promise<CallResult>) {
    const lock = await newLock(name(`call:${key}`), PAUSE_MS);
    const until = Date.now() + MAX_WAIT_MS;
    let waited = false;
    while (!(await lock.take())) {
      waited = true;
      if (Date.now() > until) throw new ApiFailure({ outcome: "not_sent", code: "RUNNING_ELSEWHERE" });
    }
    try {
      const known = waited ? await read<CallResult>(result(key)) : undefined;
      if (known) return { result: known, shared: true };
      const made = await make();
      // What was done stays done when nobody can be told.
      await write(result(key), made, RESULT_MS).catch(() => undefined);
      return { result: made, shared: false };
    } finally {
      await lock.release();
    }
  }

  return {
    async together(key, make) {
      let shared = false;
      const ended = await local(key, async () => {
        const made = await among(key, make);
        shared = made.shared;
        return made.result;
      });
      return { result: ended.result, shared: shared || ended.shared };
    },

    async earlier(key) {
      // Whoever began it is not there any more, or this call would have been waiting for its end.
      const open = await read<Earlier>(begun(key));
      if (open) return open;
      const done = await read<Earlier & { generation: string }>(kept(key));
      if (!done) return undefined;
      const now = (await ask((redis) => redis.get(generation))) ?? "0";
      return done.unclear || done.generation === now ? done : undefined;
    },
    begun: async (key, cutOff) =>
      void (await write(begun(key), { result: cutOff, at: Date.now(), unclear: true }, WINDOW_MS)),
    async keep(key, ended, unclear) {
      const at = Date.now();
      await ask((redis) => redis.get(generation))
        .then((now) => write(kept(key), { result: ended, at, unclear, generation: now ?? "0" }, WINDOW_MS))
        .then(() => ask((redis) => redis.del(begun(key))))
        .catch(() => undefined);
    },
    drop: async (key) => void (await ask((redis) => redis.del(begun(key))).catch(() => undefined)),
    forget: async () => void (await ask((redis) => redis.incr(generation)).catch(() => undefined)),
  };
}
