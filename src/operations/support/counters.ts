/** Counters and rates of one campaign, each rate with what it is a share of, and what has to be known to read them. */
import type { StepView } from "../../model/tree.ts";
import type { Counters } from "../../woodpecker/counters.ts";
import type { ReportRow } from "../../woodpecker/reports.ts";
import { type Comparison, compareVersions, rounded } from "./ab-test.ts";
import { openedOf } from "./report.ts";

type Counts = Record<string, number>;
type Opened = ReturnType<typeof openedOf>;

const rateOf = (numerator = 0, denominator = 0, what: string) => ({
  value: denominator > 0 ? rounded(numerator / denominator) : 0,
  numerator,
  denominator,
  of: what,
});

/** From the counters of the list row. */
export function lifetime(counters: Counters | undefined) {
  const { all = {}, sent, delivered, steps = [], tracksOpens } = counters ?? {};
  const opened = openedOf(all.opened, tracksOpens);
  const unit = unitOf(sent, steps);
  return {
    counters: all,
    rates: ratesOf({ sent, delivered, counts: all, opened, unit }),
    steps,
    notes: [
      ...(unit === "people" ? ["The rates count people; the numbers by step count e-mails."] : []),
      ...openNotes(opened, delivered),
      "With period they are those of the days asked for, by step and version; for one day give it as from and as to.",
    ],
  };
}

/** Woodpecker does not say what it counts: where the steps sent more than the campaign, each person counts once. */
function unitOf(sent: number | undefined, steps: Counters["steps"]): string {
  const bySteps = steps.reduce((sum, step) => sum + step.sent, 0);
  return sent !== undefined && bySteps > sent ? "people" : "e-mails";
}

interface Base {
  sent: number | undefined;
  delivered: number | undefined;
  counts: Counts;
  opened: Opened;
  unit: string;
}

function ratesOf({ sent, delivered, counts, opened, unit }: Base) {
  const { clicked, replied, bounced, optout } = counts;
  const [reached, tried] =
    unit === "people" ? ["people reached", "people written to"] : ["delivered e-mails", "sent e-mails"];
  return {
    ...(opened !== "not tracked" && { opened: rateOf(counts.opened, delivered, reached) }),
    clicked: rateOf(clicked, delivered, reached),
    replied: rateOf(replied, delivered, reached),
    bounced: rateOf(bounced, sent, tried),
    opted_out: rateOf(optout, delivered, reached),
  };
}

function openNotes(opened: Opened, delivered = 0): string[] {
  if (delivered === 0) return [];
  if (opened === "not tracked") return ["Opens are not tracked."];
  if (opened === "unknown") return ["Woodpecker does not say whether opens are tracked."];
  return ["Mail programs and scanners open e-mails too, so fewer people read them than opens say."];
}

/**
 * From the rows of the report by step and version.
 * @param content the steps as they are now; undefined where they cannot be read
 */
export function inPeriod(
  rows: readonly ReportRow[],
  tracksOpens: boolean | undefined,
  content: readonly StepView[] | undefined,
) {
  const steps = rows.map(({ campaign: _campaign, ...row }) => row);
  const total = (field: Exclude<keyof (typeof steps)[number], "version">) =>
    steps.reduce((sum, step) => sum + step[field], 0);
  const counts: Counts = Object.fromEntries(
    (["sent", "delivered", "opened", "clicked", "replied", "bounced", "optout", "interested"] as const).map(
      (field) => [field, total(field)],
    ),
  );
  const { sent, delivered } = counts;
  const opened = openedOf(counts.opened, tracksOpens);
  const numbers = compared(rows);
  const untracked = numbers.filter((step) => !allTrack(rows, step, content));
  const comparisons = numbers.flatMap((step) =>
    (["replied", "opened"] as const)
      .filter((metric) => metric === "replied" || !untracked.includes(step))
      .map((metric) => comparisonOf(rows, step, metric, content)),
  );
  return {
    counters: counts,
    rates: ratesOf({ sent, delivered, counts, opened, unit: "e-mails" }),
    steps,
    comparisons,
    notes: [
      ...openNotes(opened, delivered),
      ...untracked.map((step) => `Step ${step}: not every version tracks opens, so they are not compared.`),
      ...advice(comparisons),
    ],
  };
}

/** The steps of which several versions were sent. */
export const compared = (rows: readonly ReportRow[]): number[] => [
  ...new Set(
    rows.flatMap(({ step }, index) => (rows.findIndex((row) => row.step === step) < index ? [step] : [])),
  ),
];

const versionNow = (content: readonly StepView[] | undefined, step: number, version: string) =>
  content?.find((one) => one.step === step)?.versions.find((one) => one.version === version);

/** Opens that were counted speak for tracking, whatever the version says by now. */
const allTrack = (rows: readonly ReportRow[], step: number, content: readonly StepView[] | undefined) =>
  rows
    .filter((row) => row.step === step)
    .every((row) => row.opened > 0 || versionNow(content, step, row.version)?.track_opens !== false);

function comparisonOf(
  rows: readonly ReportRow[],
  step: number,
  metric: "replied" | "opened",
  content: readonly StepView[] | undefined,
) {
  const trials = rows
    .filter((row) => row.step === step)
    .map((row) => ({ version: row.version, hits: row[metric], trials: row.delivered }));
  const { versions, verdict } = compareVersions(trials);
  return {
    step,
    metric: `${metric} of delivered`,
    versions: versions.map((one, index) => {
      const { hits: numerator, trials: all } = trials[index] as (typeof trials)[number];
      const subject = versionNow(content, step, one.version)?.subject;
      return { ...one, numerator, denominator: all, ...(subject !== undefined && { subject }) };
    }),
    verdict,
  };
}

/** What to do with the verdicts, in words for a person. */
function advice(comparisons: readonly (Comparison & { step: number; metric: string })[]): string[] {
  const replies = comparisons.filter(({ metric }) => metric.startsWith("replied"));
  const early = replies.filter(({ verdict }) => !verdict.endsWith("is ahead")).map(({ step }) => step);
  return [
    ...replies
      .filter(({ step }) => !early.includes(step))
      .map(({ step, verdict }) => `Step ${step}: ${verdict} in replies; the others can take its text.`),
    ...(early.length > 0
      ? [`Step ${early.join(", ")}: let all versions go on; choose by replies, not by opens.`]
      : []),
  ];
}
