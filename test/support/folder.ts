import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { atEnd } from "./at-end.ts";

/** A folder of its own for a test. */
export function newFolder(until = atEnd): string {
  const path = mkdtempSync(join(tmpdir(), "woodpecker-test-"));
  until(() => rmSync(path, { recursive: true, force: true }));
  return path;
}
