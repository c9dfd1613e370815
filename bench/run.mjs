/**
 * How fast, how small, against whom: `npm run bench` prints the tables and writes bench/RESULTS.md; `npm run bench:quick`
 * is a look of a minute or two that writes nothing. Runs are interleaved, and every time stands beside one of the same run, because
 * times depend on the machine and on what else it does. Nothing here is part of the tests. A part that fails is a word
 * in its table, not the end of the run.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, release, type } from "node:os";
import { measureCalls, measureRate } from "./calls.mjs";
import { allColumns, oneTool, ours } from "./columns.mjs";
import { attempt } from "./figures.mjs";
import { jobNames, measureJobs } from "./jobs.mjs";
import { weighLists } from "./lists.mjs";
import { measureLocal } from "./local.mjs";
import { manyNames } from "./many.mjs";
import { measurePortfolio } from "./portfolio.mjs";
import { anotherNode, measureStarts } from "./start.mjs";
import * as tables from "./tables.mjs";

/** Beside the one that this runs on. */
const NEWER = 24;
const quick = process.argv.includes("--quick");
const begun = Date.now();
const loadBefore = loadavg()[0];
const parts = [];

/** Prints a part as soon as it is there. */
function show(title, ...texts) {
  const part = [`## ${title}`, ...texts].join("\n\n");
  parts.push(part);
  console.log(`${part}\n`);
}

const columns = allColumns();
const here = { command: process.execPath, major: Number(process.versions.node.split(".")[0]) };
const starts = await measureStarts(columns, quick ? 3 : 15, here);
show(`Start and memory on Node ${here.major}`, tables.startTable(starts));
const newer = await attempt(async () => {
  const found = await anotherNode(NEWER);
  return { found, starts: await measureStarts(columns, quick ? 3 : 15, found) };
});
show(
  `Start and memory on Node ${NEWER}`,
  newer.failed ? tables.failed(newer.failed) : `${newer.found.version}\n\n${tables.startTable(newer.starts)}`,
);
// What starts on the newer one only has a list all the same.
const lists = starts.map((one, index) => (one.failed && newer.starts ? newer.starts[index] : one));
show("The list of tools", tables.listTable(weighLists(lists)));
const jobs = await measureJobs(columns);
show("Tokens of six everyday jobs", tables.jobTable(jobs, jobNames));
show("Many at once", tables.jobTable(jobs, manyNames));
show(
  "A call",
  tables.callTable(await attempt(() => measureCalls(quick ? 200 : 2_000))),
  tables.rateTable(await attempt(() => measureRate(quick ? 1 : 5, quick ? 1 : 3))),
);
show("Large campaigns", tables.localTable(await attempt(() => measureLocal(quick ? 3 : 15))));
show(
  "Upstream: the statistics of many campaigns",
  tables.portfolioTable(await attempt(() => measurePortfolio(quick))),
);
show("The calendar of 10,000 people and 16 steps", calendar());

console.log(machine());
if (!quick) {
  const head = `# Results\n\nWritten by \`npm run bench\`. ${machine()}`;
  writeFileSync("bench/RESULTS.md", `${[head, ...parts].join("\n\n")}\n`);
}
// Whatever a part that failed has left open.
process.exit();

function calendar() {
  const args = ["--expose-gc", "bench/forecast.mjs"];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", timeout: 60_000 });
  return status === 0 ? stdout.trim().replace(/^/gm, "- ") : tables.failed(stderr?.trim().slice(-200));
}

function machine() {
  return [
    `Node ${process.versions.node}, ${type()} ${release()}, ${cpus().length} x ${cpus()[0]?.model.trim()};`,
    `load average ${loadBefore.toFixed(1)} before, ${loadavg()[0].toFixed(1)} after.`,
    `${columns.flatMap(versionOf).join(", ")}.`,
    `Took ${Math.round((Date.now() - begun) / 1_000)} s.`,
  ].join(" ");
}

function versionOf(column) {
  const own = (path) => JSON.parse(readFileSync(path, "utf8")).version;
  if (column === ours) return [`ours ${own("package.json")}`];
  if (column === oneTool) return [`SDK ${own("node_modules/@modelcontextprotocol/sdk/package.json")}`];
  return column.package ? [`${column.package} ${column.version}`] : [];
}
