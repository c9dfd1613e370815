/** What was measured, as the tables of bench/RESULTS.md. */
import { table } from "./figures.mjs";

export const failed = (what) => `Not measured: ${what}.`;

const paragraphs = (...all) => all.join("\n\n");

export const startTable = (starts) =>
  paragraphs(
    "From spawn until `initialize` and `tools/list` are answered, the processor time of the process until then (which a busy machine changes little), and its memory (RSS), as ratios to the bare script of the same round: median (middle half). The environment of the processes holds no more than PATH, HOME and dummy keys; where NODE_EXTRA_CA_CERTS is set, every Node process needs longer to start, and all ratios are smaller.",
    table(
      ["Server", "Start", "of it processor", "Memory", "The very first start of the run"],
      starts.map(({ name, failed: why, time, processor, memory, first }) =>
        why ? [name, why, "-", "-", "-"] : [name, time, processor, memory, first],
      ),
    ),
  );

export function listTable(lists) {
  const stale = lists.flatMap(({ name, stale: keys = [] }) =>
    keys.length > 0 ? [`${name}: ${keys.join(", ")}`] : [],
  );
  return paragraphs(
    "What every conversation pays. Tokens of o200k; other models' tokenizers differ. A model sees names, descriptions and input schemas. Capabilities are the jobs of bench/capabilities.mjs, made by hand.",
    table(
      ["Server", "`tools/list`", "Per tool", "Per capability"],
      lists.map(({ name, failed: why, size, perTool, perCapability }) =>
        why ? [name, why, "-", "-"] : [name, size, perTool, perCapability],
      ),
    ),
    ...(stale.length > 0 ? [`Named in the table but not in the list: ${stale.join("; ")}.`] : []),
  );
}

export function jobTable({ ours, coldbirds }, names) {
  if (ours.failed) return failed(ours.failed);
  const total = ({ failed: why, args, text, structured }) => why ?? `${args + text} / ${args + structured}`;
  const notes = ({ calls, note }) =>
    calls ? `${calls} ${calls === 1 ? "call" : "calls"}${note ? `; ${note}` : ""}` : "";
  const row = ([key, job]) => {
    const own = ours[key];
    const other = coldbirds[key] ?? { failed: coldbirds.failed ?? "cannot" };
    const ratio = (form) => ((own.args + own[form]) / (other.args + other[form])).toFixed(2);
    const compared = own.failed || other.failed ? "-" : `${ratio("text")} / ${ratio("structured")}`;
    return [job, total(own), notes(own), total(other), notes(other), compared];
  };
  return paragraphs(
    "Arguments and results of all calls: for a client that hands on the text / for one that hands on the structured part.",
    table(["Job", "ours", "", "ColdBirds", "", "ours / ColdBirds"], Object.entries(names).map(row)),
    "ColdBirds is run with its real tools and answers of its real output schemas, from a stub of its upstream. Instantly has no setting for its upstream, so it cannot be run against loopback; the others run no campaigns.",
  );
}

export function callTable(calls) {
  if (calls.failed) return failed(calls.failed);
  const row = (what, { failed: why, ours, sdk, bare, ratio, upstream }) =>
    why ? [what, why, "-", "-", "-", "-"] : [what, ours, ratio, sdk, bare ?? "-", upstream];
  return paragraphs(
    "`list_campaigns` against an instant upstream, less the time of the same upstream request made alone: p50 / p99. One trivial tool on the bare SDK and the bare script answer without any upstream.",
    table(
      ["", "ours", "ours / one tool", "one tool, bare SDK", "bare script", "the request alone"],
      [row("stdio", calls.stdio), row("HTTP", calls.http)],
    ),
  );
}

export const rateTable = (rate) =>
  rate.failed
    ? failed(rate.failed)
    : table(
        ["HTTP, 16 connections", "ours", "one tool, bare SDK", "ours / one tool"],
        [
          [`requests${rate.unanswered ? `, ${rate.unanswered} failed` : ""}`, ...rate.rates],
          ["processor time of a request", ...rate.processor],
        ],
      );

export const localTable = (local) =>
  local.failed
    ? failed(local.failed)
    : paragraphs(
        "Whole calls over stdio against an instant upstream, as ratios to the check of a three-step draft in the same round.",
        table(
          ["What", "Time"],
          [
            ["check a three-step draft", local.small],
            ["parse and check 16 steps of 5 versions", local.check],
            ["preview three steps for 10,000 people", local.preview],
          ],
        ),
      );

export function portfolioTable(portfolio) {
  if (portfolio.failed) return failed(portfolio.failed);
  const percent = (share) => `${(share * 100).toFixed(1)} %`;
  const seconds = (ms) => `${(ms / 1_000).toFixed(1)} s`;
  const own = (how, { tookMs, share, requests, refused, failed: errors }) => [
    how,
    seconds(tookMs),
    percent(share),
    requests,
    refused + errors,
  ];
  const plain = (more) => (one) => [`${one.width}${more}`, seconds(one.tookMs), one.refused];
  return paragraphs(
    `${portfolio.campaigns} campaigns; Woodpecker (the sandbox) works 80 ms on a request and is 60 ms away. Busy is the share of the time in which a request of ours is under way.`,
    table(
      ["How", "Took", "Busy", "Requests", "Refused"],
      [
        own("ours, one call after the other", portfolio.inTurn),
        own("ours, eight calls at a time", portfolio.together),
      ],
    ),
    "The same requests without our server, so many in flight:",
    table(
      ["In flight", "Took", "Refused"],
      [
        ...portfolio.plain.map(plain("")),
        ...portfolio.shared.map(plain(", beside another program that keeps six")),
      ],
    ),
  );
}
