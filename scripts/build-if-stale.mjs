/** Builds dist when it is older than what it is made of. Needs no package itself, so that it can run before they are there. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

export const time = (file) => (existsSync(file) ? statSync(file).mtimeMs : 0);

const newest = (folder) =>
  Math.max(
    ...readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => time(join(entry.parentPath ?? entry.path, entry.name))),
  );

/** @returns the exit code of the build, 0 where there was none to make */
export function buildIfStale() {
  const sources = Math.max(
    newest("src"),
    time("package.json"),
    time("scripts/build.mjs"),
    time("scripts/made-when-used.mjs"),
    time("scripts/schemas-when-used.mjs"),
    time("node_modules/.package-lock.json"),
  );
  // The notices are written last.
  if (time("dist/THIRD-PARTY-NOTICES.txt") >= sources) return 0;
  return spawnSync(process.execPath, ["scripts/build.mjs"], { stdio: ["ignore", 2, 2] }).status ?? 1;
}
