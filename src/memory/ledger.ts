/**
 * The ledger: what was done to the account, on disk, across restarts. One JSON line before a write leaves and one after
 * it ended, each carrying the hash of the line before, so that an edit shows; a sealed head beside the file shows a cut.
 * No key, no bodies, no subjects; addresses only as keyed hashes.
 */
import { createHash, createHmac, randomBytes } from "node:crypto";
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import type { Loose } from "../values/loose.ts";

export interface Ledger {
  path: string;
  /** @throws when the line cannot be written */
  append(entry: Loose): void;
  entries(): Loose[];
  /** The same address always gives the same text, from which nobody gets the address without the key file. */
  hashOf(address: string): string;
}

export interface Verdict {
  intact: boolean;
  lines: number;
  /** What is wrong, and in which line. */
  fault?: string;
}

const GENESIS = "0".repeat(64);

export function openLedger(path: string): Ledger {
  const key = () => keyFor(path);
  return {
    path,
    append: (entry) =>
      locked(path, () => {
        const { seq, hash: prev } = readHead(path, key());
        const line = { seq: seq + 1, ...entry, prev };
        const hash = hashLine(line);
        // A line that was cut off by a crash stays a line of its own.
        const gap = endsInHalfLine(path) ? "\n" : "";
        appendFileSync(path, `${gap}${JSON.stringify({ ...line, hash })}\n`, { mode: 0o600 });
        writeHead(path, key(), { seq: seq + 1, hash });
      }),
    entries: () =>
      existsSync(path)
        ? readLines(path)
            .map(parse)
            .filter((entry) => entry !== undefined)
        : [],
    hashOf: (address) =>
      createHmac("sha256", key()).update(address.toLowerCase()).digest("base64url").slice(0, 16),
  };
}

export function verifyLedger(path: string): Verdict {
  if (!existsSync(path)) return { intact: false, lines: 0, fault: "there is no ledger at this place" };
  const lines = readLines(path);
  const fault = faultIn(path, lines);
  return fault === undefined
    ? { intact: true, lines: lines.length }
    : { intact: false, lines: lines.length, fault };
}

function faultIn(path: string, lines: readonly string[]): string | undefined {
  let prev = GENESIS;
  for (const [index, text] of lines.entries()) {
    const { hash, ...line } = parse(text) ?? {};
    const at = `line ${index + 1}`;
    if (line.seq !== index + 1) return `${at} is missing or out of order`;
    if (line.prev !== prev) return `${at} does not follow the line before it`;
    if (hash !== hashLine(line)) return `${at} was changed`;
    prev = hash as string;
  }
  try {
    const head = readHead(path, keyFor(path));
    if (head.seq === lines.length && head.hash === prev) return undefined;
    if (head.seq === lines.length) return "the last line is not the one that was sealed";
    if (head.seq < lines.length) {
      return `${lines.length - head.seq} of ${lines.length} lines stand behind the seal: a process was killed before it could seal them, or somebody else wrote them`;
    }
    return `the end was cut: ${head.seq} lines were written, ${lines.length} are there`;
  } catch {
    return "the seal beside the file is missing or was changed";
  }
}

function endsInHalfLine(path: string): boolean {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) return false;
  const file = openSync(path, "r");
  try {
    const last = Buffer.alloc(1);
    readSync(file, last, 0, 1, size - 1);
    return last.toString() !== "\n";
  } finally {
    closeSync(file);
  }
}

const readLines = (path: string) =>
  readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "");

function parse(line: string): Loose | undefined {
  try {
    return JSON.parse(line) as Loose;
  } catch {
    return undefined;
  }
}

const hashLine = (line: Loose) => createHash("sha256").update(JSON.stringify(line)).digest("hex");

interface Head {
  seq: number;
  hash: string;
}

const headPath = (path: string) => `${path}.head`;

const seal = (key: Buffer, { seq, hash }: Head) =>
  createHmac("sha256", key).update(`${seq} ${hash}`).digest("hex");

function readHead(path: string, key: Buffer): Head {
  if (!existsSync(headPath(path))) {
    if (existsSync(path)) throw new Error("the ledger's seal is missing");
    return { seq: 0, hash: GENESIS };
  }
  const { seq, hash, mac } = JSON.parse(readFileSync(headPath(path), "utf8")) as Head & { mac: string };
  if (mac !== seal(key, { seq, hash })) throw new Error("the ledger's seal was changed");
  return { seq, hash };
}

function writeHead(path: string, key: Buffer, head: Head): void {
  // Renamed into place: a process killed in the middle leaves the seal before, never half of one.
  const next = `${headPath(path)}.next`;
  writeFileSync(next, JSON.stringify({ ...head, mac: seal(key, head) }), { mode: 0o600 });
  renameSync(next, headPath(path));
}

function keyFor(path: string): Buffer {
  const file = `${path}.key`;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  if (!existsSync(file)) {
    try {
      writeFileSync(file, randomBytes(32), { mode: 0o600, flag: "wx" });
    } catch (error) {
      // Another server was quicker; its key is the key.
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
  return readFileSync(file);
}

const STALE_MS = 5_000;

/** Several servers may run at once, since some clients start one per window: only one writes at a time. */
function locked<T>(path: string, work: () => T): T {
  const lock = `${path}.lock`;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const until = Date.now() + STALE_MS;
  for (;;) {
    try {
      closeSync(openSync(lock, "wx", 0o600));
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
      if (age > STALE_MS) rmSync(lock, { force: true });
      else if (Date.now() > until) throw new Error("the ledger is locked");
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
  try {
    return work();
  } finally {
    rmSync(lock, { force: true });
  }
}
