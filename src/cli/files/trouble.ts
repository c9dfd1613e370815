/** Why a command on files came to an end, in words, and the exit code that says so. */
import { isExplained } from "../../calls/explain.ts";
import type { Terminal } from "../terminal.ts";
import { sayFailure } from "./live.ts";
import { FileFailure } from "./parse.ts";

/** @returns 1 where Woodpecker refused or could not be asked, 2 where the file cannot be used */
export function codeFor(error: unknown, title: string, file: string, terminal: Terminal): number {
  if (error instanceof FileFailure) {
    terminal.say(error.message);
    return 2;
  }
  const { code = "", syscall } = error as NodeJS.ErrnoException;
  if (!isExplained(error) && syscall !== undefined) {
    terminal.say(`${file}: ${fileTroubles[code] ?? `cannot be used (${code})`}.`);
    return 2;
  }
  if (isExplained(error)) sayFailure(error, title, terminal);
  else terminal.say(`${title} failed because of a defect in this program. What it named as done was done.`);
  return 1;
}

const fileTroubles: Record<string, string> = {
  ENOENT: "there is no such file or folder",
  EACCES: "may not be read or written",
  EISDIR: "is a folder",
  EEXIST: "is a file, not a folder",
  ENOTDIR: "is not in a folder",
};
