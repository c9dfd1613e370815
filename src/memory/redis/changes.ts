/** What each write changed, for all replicas. */
import { type Changes, createChanges, foundIn, KEPT_MS } from "../changes.ts";
import type { Command } from "./connection.ts";

export function createSharedChanges(ask: Command, name: (what: string) => string): Changes {
  const here = createChanges();
  const key = (changeId: string) => name(`change:${changeId}`);
  return {
    async keep(changeId, kept) {
      try {
        await ask((redis) => redis.set(key(changeId), JSON.stringify(kept), "PX", KEPT_MS));
        return true;
      } catch {
        await here.keep(changeId, kept);
        return false;
      }
    },
    async find(changeIds) {
      if (changeIds.length === 0) return new Map();
      const texts = await ask((redis) => redis.mget(changeIds.map(key))).catch(() => []);
      const found = foundIn(changeIds, (id) => texts[changeIds.indexOf(id)]);
      for (const [id, kept] of await here.find(changeIds)) found.set(id, kept);
      return found;
    },
  };
}
