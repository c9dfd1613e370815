/**
 * What the calls of one account have in common: in the memory of this process here, in Redis where several replicas of
 * the server work for the same account (src/memory/redis).
 */

import { createLane, type Lane } from "../woodpecker/lane.ts";
import { type Changes, createChanges } from "./changes.ts";
import { type Confirmations, createConfirmations } from "./confirmations.ts";
import { createHalts, type Halts } from "./halts.ts";
import { createImports, type Imports } from "./imports.ts";
import type { Book } from "./journal.ts";
import { createRepeats, type Repeats } from "./repeats.ts";
import { createWriteLock, type WriteLock } from "./write-lock.ts";

export interface Memory {
  lane: Lane;
  repeats: Repeats;
  confirmations: Confirmations;
  writeLock: WriteLock;
  halts: Halts;
  imports: Imports;
  changes: Changes;
  /** Lines of the journal that all replicas see; without it each process knows its own, and what is in its ledger. */
  book?: Book;
}

export const inProcess = (): Memory => ({
  lane: createLane(),
  repeats: createRepeats(),
  confirmations: createConfirmations(),
  writeLock: createWriteLock(),
  halts: createHalts(),
  imports: createImports(),
  changes: createChanges(),
});
