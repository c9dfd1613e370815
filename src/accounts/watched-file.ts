/** A JSON file of the operator, read again when it has changed. */
import { readFileSync, statSync } from "node:fs";
import { parseDocument } from "yaml";

/** What stands in it, or why it cannot be read. */
export type Content = { value: unknown } | { fault: string };

/** @param take called with what stands in it now, and whenever that is something else. @returns looks whether it is */
export function watchFile(path: string, take: (content: Content) => void): () => void {
  let seen = "nothing yet";
  const look = () => {
    // Before it is read: whatever is written while it is read, it is read once more.
    const now = versionOf(path);
    if (now === seen) return;
    seen = now;
    take(read(path));
  };
  look();
  return look;
}

function versionOf(path: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(path);
    return `${mtimeMs} ${size} ${ino}`;
  } catch (error) {
    // Gone, or a folder above it, a link or a disk that cannot be followed: what that is, reading says.
    return String((error as NodeJS.ErrnoException).code);
  }
}

function read(path: string): Content {
  try {
    // Some editors put a byte order mark in front.
    const text = readFileSync(path, "utf8").replace(/^\ufeff/, "");
    const value: unknown = JSON.parse(text);
    return hasTwins(text) ? { fault: "a name stands in the file twice" } : { value };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { fault: code ? `the file cannot be read (${code})` : "the file is not JSON" };
  }
}

/** An entry that was copied and not renamed: JSON would take the last one, and its people would work in another account. */
const hasTwins = (text: string) => parseDocument(text).errors.some(({ code }) => code === "DUPLICATE_KEY");
