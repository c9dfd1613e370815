/** Makes a fresh clone usable: installs what the lock file names and builds, each only when it is missing or older. */
import { spawnSync } from "node:child_process";
import { buildIfStale, time } from "./build-if-stale.mjs";

function install() {
  const options = { stdio: ["ignore", 2, 2], shell: process.platform === "win32" };
  return spawnSync("npm", ["ci", "--no-audit", "--no-fund"], options).status ?? 1;
}

const isInstalled = time("node_modules/.package-lock.json") >= time("package-lock.json");
process.exitCode = (isInstalled ? 0 : install()) || buildIfStale();
