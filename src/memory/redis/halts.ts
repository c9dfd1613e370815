/** Halts that all replicas see. */
import type { Halts } from "../halts.ts";
import type { Command } from "./connection.ts";

/** Longer than any call that could still send. */
const KEPT_MS = 60 * 60 * 1000;

export const createSharedHalts = (ask: Command, name: (what: string) => string): Halts => ({
  async halt(campaign) {
    const key = name(`halt:${campaign}`);
    await ask((redis) => redis.multi().incr(key).pexpire(key, KEPT_MS).exec()).catch(() => undefined);
  },
  async mark(campaign) {
    const keys = [name(`halt:${campaign}`), name("halt:all")];
    return (await ask((redis) => redis.mget(keys))).map((count) => count ?? "0").join(".");
  },
});
