/**
 * How fast, how small, against whom: `npm run bench` prints the tables and writes bench/RESULTS.md; with `-- --quick` a
 * look of about a minute that writes nothing. Runs are interleaved, and every time stands beside one of the same run, because
 * times depend on the machine and on what else it does. Nothing here is part of the tests. A part that fails is a word
 * in its table, not the end of the run.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, release, type } from "node:os";
import { measureCalls, measureRate } from "./calls.mjs";
import { allColumns } from "./columns.mjs";
import { attempt, table } from "./figures.mjs";
import { jobNames, measureJobs } from "./jobs.mjs";
import { weighLists } from "./lists.mjs";
import { measureLocal } from "./local.mjs";
import { measurePortfolio } from "./portfolio.mjs";
import { measureStarts } from "./start.mjs";

const quick = process.argv.includes("--quick");
const begun = Date.now();
const loadBefore = loadavg()[0];
const parts = [];

/** Prints a part as soon as it is there. */
function show(title, text) {
  const part = `## ${title}\n\n${text}`;
  parts.push(part);
  console.log(`${part}\n`);
}

const failed = (what) => `Not measured: ${what}.`;

const columns = allColumns();
const { version } = JSON.parse(readFileSync("package.json", "utf8"));
const sdk = JSON.parse(readFileSync("node_modules/@modelcontextprotocol/sdk/package.json", "utf8")).version;
const versionOf = ({ name, package: of, version: own }) =>
  of
    ? `${of} ${own}`
    : name === "ours"
      ? `ours ${version}`
      : name === "one tool, bare SDK"
        ? `SDK ${sdk}`
        : undefined;

const starts = await measureStarts(columns, quick ? 3 : 15);
const lists = weighLists(starts);

show(
  "Start and memory",
  [
    "From spawn until `initialize` and `tools/list` are answered, the processor time of the process until then (which a busy machine does not change), and its memory (RSS), as ratios to the bare script of the same round: median (middle half). The environment of the processes holds no more than PATH, HOME and dummy keys; where NODE_EXTRA_CA_CERTS is set, every Node process needs longer to start, and all ratios are smaller.",
    "",
    table(
      ["Server", "Start", "of it processor", "Memory"],
      starts.map(({ name, failed: why, time, processor, memory }) =>
        why ? [name, why, "-", "-"] : [name, time, processor, memory],
      ),
    ),
  ].join("\n"),
);

const stale = lists.flatMap(({ name, stale: keys = [] }) =>
  keys.length > 0 ? [`${name}: ${keys.join(", ")}`] : [],
);
show(
  "The list of tools",
  [
    "What every conversation pays. Tokens of o200k; other models' tokenizers differ. Capabilities are the jobs of bench/capabilities.mjs, made by hand.",
    "",
    table(
      ["Server", "`tools/list`", "Per tool", "Per capability"],
      lists.map(({ name, failed: why, size, perTool, perCapability }) =>
        why ? [name, why, "-", "-"] : [name, size, perTool, perCapability],
      ),
    ),
    ...(stale.length > 0 ? ["", `Named in the table but not in the list: ${stale.join("; ")}.`] : []),
  ].join("\n"),
);

const jobs = await measureJobs(columns);
const total = ({ failed: why, args, text, structured }) => why ?? `${args + text} / ${args + structured}`;
const notes = ({ calls, note }) =>
  calls ? `${calls} ${calls === 1 ? "call" : "calls"}${note ? `; ${note}` : ""}` : "";
show(
  "Tokens of six everyday jobs",
  jobs.ours.failed
    ? failed(jobs.ours.failed)
    : [
        "Arguments and results of all calls: for a client that hands on the text / for one that hands on the structured part.",
        "",
        table(
          ["Job", "ours", "", "ColdBirds", "", "ours / ColdBirds"],
          Object.entries(jobNames).map(([key, job]) => {
            const own = jobs.ours[key];
            const other = jobs.coldbirds[key] ?? { failed: jobs.coldbirds.failed ?? "cannot" };
            const ratio = (form) => ((own.args + own[form]) / (other.args + other[form])).toFixed(2);
            const compared = own.failed || other.failed ? "-" : `${ratio("text")} / ${ratio("structured")}`;
            return [job, total(own), notes(own), total(other), notes(other), compared];
          }),
        ),
        "",
        "Instantly has no setting for its upstream, so it cannot be run against loopback; the others run no campaigns.",
      ].join("\n"),
);

const calls = await attempt(() => measureCalls(quick ? 200 : 2_000));
const rate = await attempt(() => measureRate(quick ? 1 : 5, quick ? 1 : 3));
const callRow = (what, { failed: why, ours, sdk: one, bare, ratio, upstream }) =>
  why ? [what, why, "-", "-", "-", "-"] : [what, ours, ratio, one, bare ?? "-", upstream];
show(
  "A call",
  calls.failed
    ? failed(calls.failed)
    : [
        "`list_campaigns` against an instant upstream, less the time of the same upstream request made alone: p50 / p99. One trivial tool on the bare SDK and the bare script answer without any upstream.",
        "",
        table(
          ["", "ours", "ours / one tool", "one tool, bare SDK", "bare script", "the request alone"],
          [callRow("stdio", calls.stdio), callRow("HTTP", calls.http)],
        ),
        "",
        rate.failed
          ? failed(rate.failed)
          : table(
              ["HTTP, 16 connections", "ours", "one tool, bare SDK", "ours / one tool"],
              [
                [`requests${rate.unanswered ? `, ${rate.unanswered} failed` : ""}`, ...rate.rates],
                ["processor time of a request", ...rate.processor],
              ],
            ),
      ].join("\n"),
);

const local = await attempt(() => measureLocal(quick ? 3 : 15));
show(
  "Large campaigns",
  local.failed
    ? failed(local.failed)
    : [
        "Whole calls over stdio against an instant upstream, as ratios to the check of a three-step draft in the same round.",
        "",
        table(
          ["What", "Time"],
          [
            ["check a three-step draft", local.small],
            ["parse and check 16 steps of 5 versions", local.check],
            ["preview three steps for 10,000 people", local.preview],
          ],
        ),
      ].join("\n"),
);

const portfolio = await attempt(() => measurePortfolio(quick));
const percent = (share) => `${(share * 100).toFixed(1)} %`;
const seconds = (ms) => `${(ms / 1_000).toFixed(1)} s`;
show(
  "Upstream: the statistics of many campaigns",
  portfolio.failed
    ? failed(portfolio.failed)
    : [
        `${portfolio.campaigns} campaigns; Woodpecker (the sandbox) works 80 ms on a request and is 60 ms away. Busy is the share of the time in which a request of ours is under way.`,
        "",
        table(
          ["How", "Took", "Busy", "Requests", "Refused"],
          [
            ["ours, one call after the other", portfolio.inTurn],
            ["ours, eight calls at a time", portfolio.together],
          ].map(([how, one]) => [
            how,
            seconds(one.tookMs),
            percent(one.share),
            one.requests,
            one.refused + one.failed,
          ]),
        ),
        "",
        "The same requests without our server, so many in flight:",
        "",
        table(
          ["In flight", "Took", "Refused"],
          [
            ...portfolio.plain.map((one) => [one.width, seconds(one.tookMs), one.refused]),
            ...portfolio.shared.map((one) => [
              `${one.width}, beside another program that keeps six`,
              seconds(one.tookMs),
              one.refused,
            ]),
          ],
        ),
      ].join("\n"),
);

const forecast = spawnSync(process.execPath, ["--expose-gc", "bench/forecast.mjs"], {
  encoding: "utf8",
  timeout: 60_000,
});
show(
  "The calendar of 10,000 people and 16 steps",
  forecast.status === 0
    ? forecast.stdout.trim().replace(/^/gm, "- ")
    : failed(forecast.stderr?.trim().slice(-200)),
);

const machine = [
  `Node ${process.versions.node}, ${type()} ${release()}, ${cpus().length} x ${cpus()[0]?.model.trim()};`,
  `load average ${loadBefore.toFixed(1)} before, ${loadavg()[0].toFixed(1)} after.`,
  `${columns.flatMap((column) => versionOf(column) ?? []).join(", ")}.`,
  `Took ${Math.round((Date.now() - begun) / 1_000)} s.`,
].join(" ");
console.log(machine);
if (!quick) {
  const head = `# Results\n\nWritten by \`npm run bench\`. ${machine}\n\n`;
  writeFileSync("bench/RESULTS.md", `${head}${parts.join("\n\n")}\n`);
}
