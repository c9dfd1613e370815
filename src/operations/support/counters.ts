/** Counters and rates of one campaign, each rate with what it is a share of. */
import type { Counters } from "../../woodpecker/counters.ts";
import type { ReportRow } from "../../woodpecker/reports.ts";
import { compareVersions, rounded } from "./ab-test.ts";

type Counts = Record<string, number>;

const rateOf = (numerator = 0, denominator = 0, what: string) => ({
  value: denominator > 0 ? rounded(numerator / denominator) : 0,
  numerator,
  denominator,
  of: what,
});

/** From the counters of the list row. */
export const lifetime = (counters: Counters | undefined) => ({
  counters: counters?.all ?? {},
  rates: ratesOf(counters?.sent, counters?.delivered, counters?.all ?? {}),
  steps: counters?.steps ?? [],
});

function ratesOf(sent: number | undefined, delivered: number | undefined, counts: Counts) {
  const { opened, clicked, replied, bounced, optout } = counts;
  return {
    opened: rateOf(opened, delivered, "delivered e-mails"),
    clicked: rateOf(clicked, delivered, "delivered e-mails"),
    replied: rateOf(replied, delivered, "delivered e-mails"),
    bounced: rateOf(bounced, sent, "sent e-mails"),
    opted_out: rateOf(optout, delivered, "delivered e-mails"),
  };
}

/** From the rows of the report by step and version. */
export function inPeriod(rows: readonly ReportRow[]) {
  const steps = rows.map(({ campaign: _campaign, ...row }) => row);
  const total = (field: Exclude<keyof (typeof steps)[number], "version">) =>
    steps.reduce((sum, step) => sum + step[field], 0);
  const counters: Counts = Object.fromEntries(
    (["sent", "delivered", "opened", "clicked", "replied", "bounced", "optout", "interested"] as const).map(
      (field) => [field, total(field)],
    ),
  );
  const numbers = [...new Set(steps.map(({ step }) => step))];
  const comparisons = numbers.flatMap((step) => {
    const versions = steps.filter((row) => row.step === step);
    if (versions.length < 2) return [];
    return (["replied", "opened"] as const).map((metric) => ({
      step,
      metric: `${metric} of delivered`,
      ...compareVersions(
        versions.map((row) => ({ version: row.version, hits: row[metric], trials: row.delivered })),
      ),
    }));
  });
  return { counters, rates: ratesOf(counters.sent, counters.delivered, counters), steps, comparisons };
}
