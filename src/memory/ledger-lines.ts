/** What stands in the files of a ledger: read from its end, and verified from its beginning. */
import { createHash } from "node:crypto";
import { closeSync, existsSync, fstatSync, readdirSync, readFileSync, readSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Loose } from "../values/loose.ts";
import { openReading } from "./open-file.ts";

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
  for (const texts of unread(path, new Map())) {
    const entries = texts.map(parse).filter((entry) => entry !== undefined);
    if (entries.length > 0) yield entries;
  }
}

/**
 * Lines that were not read before, as they stand there, in blocks, newest first.
 *
 * @param read how far each file was read, by its number, which it keeps when it is rotated; brought up to date
 */
export function* unread(path: string, read: Map<number, number>): Generator<string[]> {
  if (yield* unreadIn(path, read)) return;
  // Named only now, so that what is rotated meanwhile is not left out.
  for (const file of rotated(path).reverse()) {
    if (yield* unreadIn(file, read)) return;
  }
}

/** @returns whether it was read before, and with it what is older */
function* unreadIn(path: string, read: Map<number, number>): Generator<string[], boolean> {
  const file = openToRead(path);
  if (file === undefined) return false;
  let number: number | undefined;
  try {
    const { ino, size } = fstatSync(file);
    number = ino;
    const known = read.get(ino) ?? 0;
    const from = known <= size ? known : 0;
    const whole = wholeLines(file, from, size);
    read.set(ino, whole);
    yield* blocks(file, from, size);
    return from > 0;
  } catch {
    // A folder, or a file that vanished.
    if (number !== undefined) read.delete(number);
    return false;
  } finally {
    closeSync(file);
  }
}

/** Where the last line ends that is not cut off: at the end of the file, but for a crash. */
function wholeLines(file: number, from: number, size: number): number {
  let at = size;
  for (let bytes = 1; at > from; bytes = BLOCK_BYTES) {
    const block = readBlock(file, from, at, bytes);
    at -= block.length;
    const cut = block.lastIndexOf("\n") + 1;
    if (cut > 0) return at + cut;
  }
  return from;
}

function readBlock(file: number, from: number, end: number, bytes = BLOCK_BYTES): Buffer {
  const block = Buffer.alloc(Math.min(bytes, end - from));
  readSync(file, block, 0, block.length, end - block.length);
  return block;
}

function* blocks(file: number, from: number, size: number): Generator<string[]> {
  let at = size;
  /** The end of a line that begins further ahead, in pieces, last piece first. */
  let rest: Buffer[] = [];
  while (at > from) {
    const block = readBlock(file, from, at);
    at -= block.length;
    const cut = at === from ? 0 : block.indexOf("\n") + 1;
    if (cut === 0 && at > from) {
      rest.push(block);
      continue;
    }
    const text = Buffer.concat([block.subarray(cut), ...rest.reverse()]).toString("utf8");
    rest = [block.subarray(0, cut)];
    const lines = text.split("\n").filter(Boolean).reverse();
    if (lines.length > 0) yield lines;
  }
}

/** What the next line would otherwise be glued to. */
export function endsInHalfLine(path: string): boolean {
  const file = openToRead(path);
  // A file that may be written and not read: an empty line does no harm.
  if (file === undefined) return existsSync(path);
  try {
    const { size } = fstatSync(file);
    const last = Buffer.alloc(1);
    return size > 0 && readSync(file, last, 0, 1, size - 1) === 1 && last.toString() !== "\n";
  } finally {
    closeSync(file);
  }
}

function openToRead(path: string): number | undefined {
  try {
    return openReading(path);
  } catch {
    return undefined;
  }
}

export function parse(line: string): Loose | undefined {
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
  if (files.length === 0)
    verdict.faults.push(
      "there is no ledger at this place: nothing was recorded yet, or the file was taken away",
    );
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
