/** Another version of Node, from the npm registry, to start servers with. */
import { spawnSync } from "node:child_process";

export async function anotherNode(major) {
  const ask = ["-y", "-p", `node@${major}`, "node", "-p", "process.execPath + ' ' + process.version"];
  const { status, stdout } = spawnSync("npx", ask, { encoding: "utf8", timeout: 180_000 });
  const [, command, version] = /^(.+) (v\S+)$/.exec(stdout?.trim() ?? "") ?? [];
  if (status !== 0 || !command) throw new Error(`node@${major} could not be fetched`);
  return { command, major, version: `Node ${version.slice(1)}.` };
}
