/**
 * The public MCP conformance suite against the built server over HTTP, stateless and with sessions. The suite needs a
 * newer Node than this project; both are fetched from the npm registry by exact version.
 */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const suites = [
  { version: "0.1.16", more: [], skipped: "skipped.yml" },
  { version: "0.2.0-alpha.12", more: ["--requirements", "2025-11-25"], skipped: "skipped.yml" },
  { version: "0.2.0-alpha.12", more: ["--requirements", "2026-07-28"], skipped: "skipped-2026-07-28.yml" },
];
const modes = [
  // Several streams of one session: without sessions there is nothing to try.
  { mode: "stateless", flags: [], also: ["server-sse-multiple-streams"] },
  { mode: "sessions", flags: ["--sessions"], also: [] },
];

const results = mkdtempSync(join(tmpdir(), "conformance-"));
let failed = false;
for (const { mode, flags, also } of modes) {
  const server = spawn(process.execPath, ["dist/main.cjs", "--http", "--sandbox", "--port", "0", ...flags], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const url = await new Promise((resolve, reject) => {
    server.stderr.setEncoding("utf8").on("data", (text) => {
      const found = /listening on (\S+)/.exec(text);
      if (found) resolve(found[1]);
    });
    server.on("exit", () => reject(new Error("the server did not start")));
  });
  for (const { version, more, skipped } of suites) {
    const expected = join(results, `${mode}-${skipped}`);
    const known = readFileSync(`test/conformance/${skipped}`, "utf8");
    // The era without sessions is the same in both modes.
    const here = more.includes("2026-07-28") ? [] : also;
    writeFileSync(expected, known + here.map((scenario) => `  - ${scenario}\n`).join(""));
    const suite = [
      "-y",
      "-p",
      "node@24",
      "-p",
      `@modelcontextprotocol/conformance@${version}`,
      "conformance",
    ];
    const options = ["server", "--url", url, "--expected-failures", expected, "-o", results, ...more];
    const { status, stdout, stderr } = spawnSync("npx", [...suite, ...options], { encoding: "utf8" });
    const [, summary = stdout + stderr] = /(Total: [\s\S]*)/.exec(stdout) ?? [];
    console.log(`conformance ${[version, ...more.slice(1), mode].join(", ")}: exit ${status}`);
    if (status !== 0) {
      console.log(summary);
      failed = true;
    }
  }
  server.removeAllListeners("exit");
  server.kill();
}
rmSync(results, { recursive: true, force: true });
process.exitCode = failed ? 1 : 0;
