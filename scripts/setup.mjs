/** Makes a fresh clone usable: installs what the lock file names and builds, each only when it is missing or older. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const time = (file) => (existsSync(file) ? statSync(file).mtimeMs : 0);

function newest(folder) {
  return Math.max(
    ...readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => time(join(entry.parentPath ?? entry.path, entry.name))),
  );
}

function run(command, args) {
  const { status } = spawnSync(command, args, {
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (status !== 0) process.exit(status ?? 1);
}

if (time("node_modules/.package-lock.json") < time("package-lock.json"))
  run("npm", ["ci", "--no-audit", "--no-fund"]);
const sources = Math.max(
  newest("src"),
  time("package.json"),
  time("scripts/build.mjs"),
  time("node_modules/.package-lock.json"),
);
if (time("dist/THIRD-PARTY-NOTICES.txt") < sources) run(process.execPath, ["scripts/build.mjs"]);
