/**
 * The ledger: what was done to the account, on disk, across restarts. One JSON line before a write leaves and one after
 * it ended. It tells what happened and does not withstand its owner: several processes append to the file without a
 * lock, and nothing that goes wrong with it keeps the next line from being written. Each line carries the hash of the
 * line its writer wrote before, and the first one that of the line it found, so that an edit shows. No key, no bodies,
 * no subjects; addresses only as keyed hashes.
 */
import { createHmac, randomBytes } from "node:crypto";
import { closeSync, renameSync, rmSync, statSync, writeFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import type { Loose } from "../values/loose.ts";
import { backwards, endsInHalfLine, GENESIS, hashLine, KEPT_FILES, rotated } from "./ledger-lines.ts";
import { type Wanted, type Watched, watchLedger } from "./ledger-watch.ts";
import { makeFolder } from "./make-folder.ts";
import { openAppending, readRegularFile } from "./open-file.ts";

export interface Ledger {
  /** @throws when the line cannot be written */
  append(entry: Loose): void;
  /** What can be read of it: lines in blocks, newest first. */
  backwards(): Iterable<Loose[]>;
  /** What was begun lately and how it ended; only what was added is read again. */
  watch(wanted: Wanted): () => Iterable<Watched>;
  /** The same address always gives the same text, from which nobody gets the address without the key file. */
  hashesOf(addresses: readonly string[]): string[] | undefined;
}

const MAX_BYTES = 5 * 1024 * 1024;
/** The limits of a day are counted from the files, however many they are. */
const KEPT_MS = 2 * 24 * 60 * 60 * 1000;

export function openLedger(path: string): Ledger {
  const writer = randomBytes(6).toString("hex");
  /** What this process wrote last. */
  let last: { seq: number; hash: string } | undefined;
  return {
    append(entry) {
      if (sizeOf(path) >= MAX_BYTES) rotate(path, writer);
      const { seq, hash: prev } = last ?? { seq: 0, hash: newestHash(path) };
      const line = { writer, seq: seq + 1, ...entry, prev };
      const hash = hashLine(line);
      // What was cut off by a crash or a full disk stays a line of its own.
      const gap = endsInHalfLine(path) ? "\n" : "";
      appendOnce(path, `${gap}${JSON.stringify({ ...line, hash })}\n`);
      last = { seq: seq + 1, hash };
    },
    backwards: () => backwards(path),
    watch: (wanted) => watchLedger(path, wanted),
    hashesOf(addresses) {
      const key = keyFor(`${path}.key`);
      return (
        key &&
        addresses.map((address) =>
          createHmac("sha256", key).update(address.toLowerCase()).digest("base64url").slice(0, 16),
        )
      );
    },
  };
}

/** In one call of the system, so that lines of several processes do not mix. */
function appendOnce(path: string, line: string): void {
  const file = openToAppend(path);
  try {
    const bytes = Buffer.from(line);
    // Without its end it is a whole line all the same.
    if (writeSync(file, bytes) < bytes.length - 1) {
      throw Object.assign(new Error("a part of the line did not fit"), { code: "ENOSPC" });
    }
  } finally {
    closeSync(file);
  }
}

function openToAppend(path: string): number {
  const open = () => openAppending(path);
  try {
    return open();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    makeFolder(dirname(path));
    return open();
  }
}

const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

function newestHash(path: string): string {
  for (const block of backwards(path)) {
    const found = block.find(({ hash }) => typeof hash === "string");
    if (found) return found.hash as string;
  }
  return GENESIS;
}

/** Under a name that no other process takes, so that two at once lose nothing. Where it fails, the file goes on growing. */
function rotate(path: string, writer: string): void {
  try {
    renameSync(path, `${path}.${new Date().toISOString().replaceAll(":", "-")}-${writer}`);
    for (const file of rotated(path).slice(0, -KEPT_FILES)) {
      if (Date.now() - statSync(file).mtimeMs > KEPT_MS) rmSync(file, { force: true });
    }
  } catch {
    // Another process was quicker, or the folder may not be changed.
  }
}

const KEY_BYTES = 32;

/** Nothing where it can be neither read nor made: then a line says how many people, and not who. */
function keyFor(file: string): Buffer | undefined {
  try {
    makeFolder(dirname(file));
    const known = readKey(file);
    if (known.length === KEY_BYTES) return known;
    // A full disk cut it off.
    const next = `${file}.${randomBytes(6).toString("hex")}`;
    writeFileSync(next, randomBytes(KEY_BYTES), { mode: 0o600 });
    renameSync(next, file);
    return readRegularFile(file);
  } catch {
    return undefined;
  }
}

function readKey(file: string): Buffer {
  try {
    writeFileSync(file, randomBytes(KEY_BYTES), { mode: 0o600, flag: "wx" });
  } catch {
    // There is one already, or none can be made, which reading shows.
  }
  return readRegularFile(file);
}
