/**
 * Tries the clients that people use with the built server: each with its newest version, from the npm registry, in a
 * temporary folder of its own that is also its home, with a time limit, on this machine only; no model is called. What came
 * of it goes to scripts/clients/tried.json, from which docs/clients/README.md is made.
 *
 *   npm run clients                 all of them, newest versions, written down
 *   npm run clients -- --light      the libraries that install quickly, in the versions written down; writes nothing
 *   npm run clients -- <name> …     these; writes nothing
 */
import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { cardHosts, commandLines, libraries, notTried } from "./clients/list.mjs";

const INSTALL_MS = 240_000;
const PLAY_MS = 90_000;
const RECORD = "scripts/clients/tried.json";

const main = resolve("dist/main.cjs");
const asked = process.argv.slice(2);
const isLight = asked.includes("--light");
const written = JSON.parse(readFileSync(RECORD, "utf8"));

/** Runs it to its end or its time limit, with everything that it started. */
function run(command, args, { cwd, ms, env = {} }) {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd, env: { ...environment(cwd), ...env }, detached: true });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
    child.stdin.end();
    const end = () => void (child.pid && killAll(child.pid));
    const late = setTimeout(() => {
      output += `\nno end within ${ms / 1000} s`;
      end();
    }, ms);
    child.on("error", (error) => done({ code: 1, output: error.message }));
    child.on("close", (code) => {
      clearTimeout(late);
      end();
      done({ code: code ?? 1, output });
    });
  });
}

function killAll(group) {
  try {
    process.kill(-group, "SIGKILL");
  } catch {
    // It has ended already.
  }
}

/** Nothing of the person who runs this: no keys, no settings, no home. */
const environment = (home) => ({
  PATH: process.env.PATH,
  HOME: home,
  USERPROFILE: home,
  NODE_NO_WARNINGS: "1",
  DO_NOT_TRACK: "1",
  MCP_USE_ANONYMIZED_TELEMETRY: "false",
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
  GEMINI_CLI_TRUST_WORKSPACE: "true",
});

const npmCache = spawnSync("npm", ["config", "get", "cache"], { encoding: "utf8" }).stdout.trim();

/** @returns the version of the first package, where it is installed */
async function install(packages, cwd, scripts) {
  const wanted = packages.map((name) =>
    /.@/.test(name) ? name : `${name}@${(isLight && versionOf(name)) || "latest"}`,
  );
  writeFileSync(join(cwd, "package.json"), '{ "private": true, "type": "module" }');
  const how = ["--no-audit", "--no-fund", "--loglevel=error", `--cache=${npmCache}`];
  if (!scripts) how.push("--ignore-scripts");
  const { code, output } = await run("npm", ["install", ...how, ...wanted], { cwd, ms: INSTALL_MS });
  if (code !== 0) throw new Error(`cannot be installed here: ${lastLine(output)}`);
  return JSON.parse(readFileSync(join(cwd, "node_modules", nameOf(packages[0]), "package.json"), "utf8"))
    .version;
}

/** What is named with a version is no longer the same program in the newest one. */
const nameOf = (wanted) => wanted.replace(/(?<=.)@.*/, "");

const versionOf = (name) => written.clients.find((client) => client.package === name)?.version;

async function playLibrary({ name, bridge, serves }, cwd) {
  for (const file of ["programs.mjs", "jobs.mjs"]) copyFileSync(`scripts/clients/${file}`, join(cwd, file));
  const bin = join(cwd, "node_modules/.bin");
  const beside = bridge ? await startBridge(bridge, bin, cwd) : serves ? await startServer(cwd) : undefined;
  try {
    const args = ["jobs.mjs", name, main, beside?.url ?? "", bin];
    const { code, output } = await run(process.execPath, args, { cwd, ms: PLAY_MS });
    if (code !== 0)
      throw new Error(
        /^\w*(?:Error|Exception)[^:\n]*: ([^\n]*(?:\n+✖[^\n]*)?)/m.exec(output)?.[1] ?? lastLine(output),
      );
  } finally {
    beside?.end();
  }
  return "list, people with fields, a nested campaign, a setting, a launch by token";
}

/** The server over HTTP, for a client that speaks nothing else. */
async function startServer(cwd) {
  const { found, end } = await ours(["--http", "--sandbox"], cwd, /listening on (\S+)/);
  return { url: found[1], end };
}

const ours = (args, cwd, sign) => listening(process.execPath, [main, ...args, "--port", "0"], cwd, sign);

/** Its processes share one sandbox, as they would share Woodpecker: some start one for each call. */
async function startBridge(bridge, bin, cwd) {
  const sandbox = await ours(["sandbox"], cwd, /on (http:\S+)\/rest.*x-api-key: (\S+)/);
  const [, origin, key] = sandbox.found;
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const [command, ...args] = bridge(main, port);
  const { end } = await listening(join(bin, command), args, cwd, /listening|start|running/i, {
    WOODPECKER_API_URL: origin,
    WOODPECKER_API_KEY: key,
  });
  await new Promise((done) => setTimeout(done, 1_000));
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    end() {
      end();
      sandbox.end();
    },
  };
}

function listening(command, args, cwd, sign, env = {}) {
  const child = spawn(command, args, {
    cwd,
    env: { ...environment(cwd), ...env },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const end = () => killAll(child.pid);
  return new Promise((done, failed) => {
    let output = "";
    const late = setTimeout(() => failed(end() ?? new Error(`does not start: ${lastLine(output)}`)), 20_000);
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk) => {
        output += chunk;
        const found = sign.exec(output);
        if (!found) return;
        clearTimeout(late);
        done({ found, end });
      });
    child.on("error", failed);
  });
}

async function playHost({ name }, cwd) {
  const { CHROMIUM_PATH } = process.env;
  const env = { HOME: cwd, ...(CHROMIUM_PATH && { CHROMIUM_PATH }) };
  const args = [resolve("scripts/clients/card.mjs"), name, main, cwd];
  const { code, output } = await run(process.execPath, args, { cwd: process.cwd(), ms: PLAY_MS, env });
  if (code !== 0) throw new Error(lastLine(output).replace(/^Error: /, ""));
  return "the question about a launch shown, approved with its button, and started";
}

async function playCommands({ commands, did }, cwd) {
  for (const [[command, ...args], says] of commands(main)) {
    const { output } = await run(join(cwd, "node_modules/.bin", command), args, { cwd, ms: PLAY_MS });
    if (!says.test(output)) throw new Error(`${command} ${args[0]}: ${lastLine(output)}`);
  }
  return did;
}

const lastLine = (text) => text.trim().split("\n").at(-1)?.trim().slice(0, 200) ?? "";

async function attempt(client) {
  const cwd = realpathSync(mkdtempSync(join(tmpdir(), "client-")));
  const { title, packages } = client;
  const row = { client: title, package: nameOf(packages[0]) };
  try {
    // A program may come as a binary that its install script puts in place; libraries need none.
    row.version = await install(packages, cwd, client.commands !== undefined);
    const play = client.commands ? playCommands : client.isHost ? playHost : playLibrary;
    return { ...row, tried: await play(client, cwd), works: true };
  } catch (error) {
    const tried = error.message.replaceAll(cwd, "").replaceAll(main, "dist/main.cjs");
    return { ...row, tried, works: false };
  } finally {
    rmSync(cwd, { recursive: true, force: true, maxRetries: 3 });
  }
}

const names = asked.filter((word) => !word.startsWith("--"));
const wanted = [...libraries, ...cardHosts, ...commandLines]
  .filter(({ light }) => !isLight || light)
  .filter(({ name }) => names.length === 0 || names.includes(name));
const waiting = [...wanted.keys()];
const rows = [];
await Promise.all(
  [1, 2].map(async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const row = await attempt(wanted[next]);
      rows[next] = row;
      console.log(
        `${row.works ? "works" : "FAILS"}  ${row.client} ${row.version ?? ""}  ${row.works ? "" : row.tried}`,
      );
    }
  }),
);
if (!isLight && names.length === 0) {
  const date = new Date().toISOString().slice(0, 10);
  const record = { date, node: process.versions.node, clients: rows, notTried };
  writeFileSync(RECORD, `${JSON.stringify(record, null, 2)}\n`);
  spawnSync("npx", ["tsx", "scripts/generate.ts"], { stdio: "inherit" });
}
process.exitCode = rows.every(({ works }) => works) ? 0 : 1;
