/**
 * The demo and the main stories on other versions of Node, which npm brings: `npm run nodes` for all of them, or
 * `node scripts/nodes.mjs 24`. Vitest and the built program run on that Node; the build is what this one made.
 */
import { spawnSync } from "node:child_process";

const stories = [
  "test/mcp/stdio.test.ts",
  "test/mcp/start.test.ts",
  "test/mcp/modern",
  "test/mcp/http/local.test.ts",
  "test/cli",
];
const versions = process.argv.length > 2 ? process.argv.slice(2) : ["20", "22", "24", "26"];

/** A command under that version, which is also the one that it finds as `node`. */
function on(version, command, ms) {
  const args = ["-y", "-p", `node@${version}`, "-c", command];
  const { status, stdout, stderr } = spawnSync("npx", args, { encoding: "utf8", timeout: ms });
  return { ok: status === 0, output: `${stdout}${stderr}` };
}

for (const version of versions) {
  const found = on(version, "node --version", 180_000);
  const demo = found.ok ? on(version, "node dist/main.cjs demo", 120_000) : found;
  const tests = demo.ok
    ? on(version, `node node_modules/vitest/vitest.mjs run ${stories.join(" ")}`, 600_000)
    : demo;
  console.log(
    `node ${version} (${found.output.trim().split("\n").at(-1)}): ${tests.ok ? "demo and stories pass" : "FAILS"}`,
  );
  if (tests.ok) continue;
  console.log(tests.output.slice(-4_000));
  process.exitCode = 1;
}
