/** What stands in the files of a ledger: read from its end, and verified from its beginning. */
import { createHash } from "node:crypto";
import { closeSync, existsSync, fstatSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Loose } from "../values/loose.ts";

/** What the very first line follows. */
export const GENESIS = "0".repeat(64);
/** Older files, beside the one that is written to. */
export const KEPT_FILES = 9;

export const hashLine = (line: Loose) => createHash("sha256").update(JSON.stringify(line)).digest("hex");

/** The older files of a ledger, oldest first. */
export function rotated(path: string): string[] {
  const start = `${basename(path)}.`;
  try {
    return readdirSync(dirname(path))
      .filter(
        (name) => name.startsWith(start) && /^\d{4}-[\dTZ.-]+-[0-9a-f]{12}$/.test(name.slice(start.length)),
      )
      .sort()
      .map((name) => join(dirname(path), name));
  } catch {
    return [];
  }
}

const BLOCK_BYTES = 64 * 1024;

/** Lines in blocks, newest first, over all files; what cannot be read is left out. */
export function* backwards(path: string): Generator<Loose[]> {
  yield* linesBackwards(path);
  // Named only now: what is rotated meanwhile is read twice rather than not at all.
  for (const file of rotated(path).reverse()) yield* linesBackwards(file);
}

function* linesBackwards(path: string): Generator<Loose[]> {
  const file = openToRead(path);
  if (file === undefined) return;
  try {
    let at = sizeOf(file);
    /** The end of a line that begins further ahead, in pieces, last piece first. */
    let rest: Buffer[] = [];
    while (at > 0) {
      const block = Buffer.alloc(Math.min(BLOCK_BYTES, at));
      at -= block.length;
      readSync(file, block, 0, block.length, at);
      const cut = at === 0 ? 0 : block.indexOf("\n") + 1;
      if (cut === 0 && at > 0) {
        rest.push(block);
        continue;
      }
      const text = Buffer.concat([block.subarray(cut), ...rest.reverse()]).toString("utf8");
      rest = [block.subarray(0, cut)];
      const entries = text
        .split("\n")
        .reverse()
        .map(parse)
        .filter((entry) => entry !== undefined);
      if (entries.length > 0) yield entries;
    }
  } catch {
    // A folder, or a file that vanished.
  } finally {
    closeSync(file);
  }
}

/** What the next line would otherwise be glued to. */
export function endsInHalfLine(path: string): boolean {
  const file = openToRead(path);
  // A file that may be written and not read: an empty line does no harm.
  if (file === undefined) return existsSync(path);
  try {
    const size = sizeOf(file);
    const last = Buffer.alloc(1);
    return size > 0 && readSync(file, last, 0, 1, size - 1) === 1 && last.toString() !== "\n";
  } finally {
    closeSync(file);
  }
}

function openToRead(path: string): number | undefined {
  try {
    return openSync(path, "r");
  } catch {
    return undefined;
  }
}

const sizeOf = (file: number) => fstatSync(file).size;

function parse(line: string): Loose | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? (value as Loose) : undefined;
  } catch {
    return undefined;
  }
}

interface Verdict {
  lines: number;
  /** What was changed or is missing, and where. */
  faults: string[];
  /** What is not as one would expect, though nobody changed it. */
  notes: string[];
}

/** Holds every line against the one its writer wrote before it. */
export function verifyLedger(path: string): Verdict {
  const older = rotated(path);
  const files = [...older, ...(existsSync(path) ? [path] : [])];
  const verdict: Verdict = { lines: 0, faults: [], notes: [] };
  if (files.length === 0) verdict.faults.push("there is no ledger at this place");
  const follow = createFollower(older.length >= KEPT_FILES);
  if (older.length >= KEPT_FILES) verdict.notes.push("older lines are no longer kept");
  for (const file of files) {
    const where = files.length === 1 ? "" : ` of ${basename(file)}`;
    for (const [index, text] of textOf(file, verdict).split("\n").entries()) {
      if (text === "") continue;
      verdict.lines += 1;
      const at = `line ${index + 1}${where}`;
      if (isHalf(text)) verdict.notes.push(`${at} was cut off: its writer was killed, or the disk was full`);
      else verdict.faults.push(...follow(text).map((fault) => `${at} ${fault}`));
    }
  }
  return verdict;
}

function textOf(file: string, { faults }: Verdict): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    faults.push(`${basename(file)} cannot be read (${(error as NodeJS.ErrnoException).code})`);
    return "";
  }
}

/** The beginning of a line, which an edit in its middle does not leave behind. */
const isHalf = (text: string) =>
  parse(text) === undefined && !text.endsWith("}") && !/"hash":"[0-9a-f]{64}"./.test(text);

/** Takes line after line; `shortened` where the oldest files are gone in the course of things, and with them what others follow. */
function createFollower(shortened: boolean): (text: string) => string[] {
  const latest = new Map<unknown, { seq: number; hash: unknown }>();
  const hashes = new Set<unknown>([GENESIS]);
  return (text) => {
    const entry = parse(text);
    if (entry === undefined) return ["was changed"];
    const { hash, ...line } = entry;
    const { writer, prev } = line;
    const seq = Number(line.seq);
    const before = latest.get(writer);
    const next = before ? before.seq + 1 : 1;
    const intact = hash === hashLine(line);
    const follows = before ? prev === before.hash : shortened || hashes.has(prev);
    latest.set(writer, { seq: intact ? seq : next, hash });
    hashes.add(hash);
    if (!intact) return ["was changed"];
    if (seq < next) return ["stands in the wrong place, or twice"];
    if (seq > next && (before || !shortened))
      return [`follows ${countOf(seq - next)} that ${seq - next === 1 ? "is" : "are"} missing`];
    return follows ? [] : ["does not follow the line before it"];
  };
}

const countOf = (lines: number) => (lines === 1 ? "a line" : `${lines} lines`);
