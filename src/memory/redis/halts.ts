/** Halts that all replicas see. What Redis does not take counts in this process. */
import { createHalts, type Halts } from "../halts.ts";
import type { Command } from "./connection.ts";

/** Longer than any call that could still send. */
const KEPT_MS = 60 * 60 * 1000;

export function createSharedHalts(ask: Command, name: (what: string) => string): Halts {
  const here = createHalts();
  const keyOf = (what: string) => name(`halt:${what}`);
  return {
    async halt(what) {
      const key = keyOf(what);
      try {
        await ask((redis) => redis.multi().incr(key).pexpire(key, KEPT_MS).exec());
        return true;
      } catch {
        await here.halt(what);
        return false;
      }
    },
    async mark(whats) {
      const counts = await ask((redis) => redis.mget(whats.map(keyOf)));
      return [await here.mark(whats), ...counts.map((count) => count ?? "0")].join(".");
    },
  };
}
