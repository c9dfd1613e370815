/**
 * What the replicas of one server share about an account, in Redis or Valkey: one lane, one window for repeated calls,
 * one journal from which the limits are counted, one secret for confirmations. Without Redis nobody can say what the
 * other replicas are doing: then reading goes on, what stops sending goes on, and every other write is refused.
 */
import type { Log } from "../../log.ts";
import type { Memory } from "../index.ts";
import { createBook } from "./book.ts";
import { createSharedChanges } from "./changes.ts";
import { createSharedConfirmations } from "./confirmations.ts";
import { connectTo } from "./connection.ts";
import { createSharedHalts } from "./halts.ts";
import { createSharedImports } from "./imports.ts";
import { createSharedLane } from "./lane.ts";
import { createLocks } from "./lock.ts";
import { createSharedRepeats } from "./repeats.ts";
import { createSharedWriteLock } from "./write-lock.ts";

export interface SharedMemory {
  memoryOf(tenant: string): Memory;
  ready(): Promise<boolean>;
  close(): Promise<void>;
}

export function openRedis(url: string, log: Log): SharedMemory {
  const { ask, close } = connectTo(url, log);
  const newLock = createLocks(ask);
  return {
    memoryOf(tenant) {
      const name = (what: string) => `woodpecker-campaigns:${tenant}:${what}`;
      return {
        lane: createSharedLane(ask, newLock, name),
        repeats: createSharedRepeats(ask, newLock, name),
        confirmations: createSharedConfirmations(ask, name),
        writeLock: createSharedWriteLock(newLock, name),
        halts: createSharedHalts(ask, name),
        imports: createSharedImports(ask, name),
        changes: createSharedChanges(ask, name),
        book: createBook(ask, name("journal")),
      };
    },
    ready: () =>
      ask((redis) => redis.ping()).then(
        () => true,
        () => false,
      ),
    close,
  };
}
