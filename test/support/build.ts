/** Builds dist when it is older than its sources, for the tests that start the real process. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const time = (file: string) => (existsSync(file) ? statSync(file).mtimeMs : 0);

export default function build(): void {
  const files = readdirSync("src", { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const sources = files.map((entry) => join(entry.parentPath, entry.name));
  const newest = Math.max(...[...sources, "scripts/build.mjs", "package.json"].map(time));
  // Written last.
  if (time("dist/THIRD-PARTY-NOTICES.txt") >= newest) return;
  // A build that fails leaves no dist: the tests that need it fail, the others are not held up.
  spawnSync(process.execPath, ["scripts/build.mjs"], { stdio: "inherit" });
}
