/**
 * The public MCP conformance suite against the built server over HTTP, stateless and with sessions, in both eras. The suite needs
 * a newer Node than this project; both are fetched from the npm registry by exact version. test/conformance names what cannot
 * pass, check by check, with the reason: every other check of a scenario has to pass, also beside one that cannot.
 */
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";

const suites = [
  { version: "0.1.16", revision: undefined },
  { version: "0.2.0-alpha.12", revision: "2025-11-25" },
  { version: "0.2.0-alpha.12", revision: "2026-07-28" },
];
const modes = [
  { mode: "stateless", flags: [] },
  { mode: "sessions", flags: ["--sessions"] },
];

/** What stands in test/conformance of an era. */
const fileOf = (revision) => (revision === "2026-07-28" ? "skipped-2026-07-28.yml" : "skipped.yml");
const named = (revision) => parse(readFileSync(`test/conformance/${fileOf(revision)}`, "utf8"));

function startServer(flags) {
  const args = ["dist/main.cjs", "--http", "--sandbox", "--port", "0", ...flags];
  const server = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"] });
  return new Promise((resolve, reject) => {
    server.stderr.setEncoding("utf8").on("data", (text) => {
      const url = /listening on (\S+)/.exec(text)?.[1];
      if (url) resolve({ server, url });
    });
    server.on("exit", () => reject(new Error("the server did not start")));
  });
}

/** The checks that failed, by scenario. */
function failedIn(folder) {
  const runs = readdirSync(folder).flatMap((run) => {
    const scenario = /^server-(.+)-\d{4}-\d\d-\d\dT/.exec(run)?.[1];
    return scenario ? [{ scenario, run }] : [];
  });
  return runs.map(({ scenario, run }) => {
    const checks = JSON.parse(readFileSync(join(folder, run, "checks.json"), "utf8"));
    const failed = checks.filter(({ status }) => ["FAILURE", "WARNING"].includes(status));
    return { scenario, checks, failed };
  });
}

function play({ version, revision }, url, skipped, folder) {
  mkdirSync(folder, { recursive: true });
  const expected = join(folder, "expected.yml");
  writeFileSync(expected, stringify({ server: Object.keys(skipped) }));
  const suite = `@modelcontextprotocol/conformance@${version}`;
  const packages = ["-y", "-p", "node@24", "-p", suite, "conformance"];
  const options = ["server", "--url", url, "--expected-failures", expected, "-o", folder];
  if (revision) options.push("--requirements", revision);
  return spawnSync("npx", [...packages, ...options], { encoding: "utf8" });
}

/** What failed in any run. */
const seen = new Set();
const results = mkdtempSync(join(tmpdir(), "conformance-"));
for (const { mode, flags } of modes) {
  const { server, url } = await startServer(flags);
  for (const suite of suites) {
    const name = [suite.version, suite.revision, mode].filter(Boolean).join(", ");
    const { server: always, recommended, ...only } = named(suite.revision);
    const skipped = { ...always, ...only[mode] };
    const cannotPass = { ...skipped, ...recommended };
    const folder = join(results, name.replaceAll(/\W+/g, "-"));
    const { status, stdout, stderr } = play(suite, url, skipped, folder);
    const scenarios = failedIn(folder);
    const unknown = scenarios.flatMap(({ scenario, failed }) =>
      failed
        .filter(({ id }) => !cannotPass[scenario]?.includes(id))
        .map(({ id, errorMessage }) => `${scenario}: ${id}: ${errorMessage}`),
    );
    for (const { scenario, failed } of scenarios)
      for (const { id } of failed) seen.add(`${fileOf(suite.revision)}, ${scenario}: ${id}`);
    const count = scenarios.reduce((sum, { checks }) => sum + checks.length, 0);
    const failed = scenarios.reduce((sum, scenario) => sum + scenario.failed.length, 0);
    console.log(
      `conformance ${name}: exit ${status}, ${scenarios.length} scenarios, ${count} checks, ${failed} of them cannot pass`,
    );
    if (status !== 0) console.log(/(Total: [\s\S]*)/.exec(stdout)?.[1] ?? stdout + stderr);
    for (const line of unknown) console.log(`  fails and is not named in test/conformance: ${line}`);
    if (status !== 0 || unknown.length > 0 || count === 0) process.exitCode = 1;
  }
  server.removeAllListeners("exit");
  server.kill();
}
for (const { revision } of suites.slice(1)) {
  const scenarios = Object.values(named(revision)).flatMap((group) => Object.entries(group));
  const lines = scenarios.flatMap(([scenario, ids]) =>
    ids.map((id) => `${fileOf(revision)}, ${scenario}: ${id}`),
  );
  for (const line of lines.filter((line) => !seen.has(line))) {
    console.log(`  named and fails nowhere: ${line}`);
    process.exitCode = 1;
  }
}
rmSync(results, { recursive: true, force: true });
