/** Counters and rates of one campaign, each rate with what it is a share of. */
import { asArray, asNumber, asObject, asString, type Loose } from "../../values/loose.ts";
import { reportNumber } from "../../woodpecker/reports.ts";
import { compareVersions, rounded } from "./ab-test.ts";

type Counts = Record<string, number>;

const rateOf = (numerator = 0, denominator = 0, what: string) => ({
  value: denominator > 0 ? rounded(numerator / denominator) : 0,
  numerator,
  denominator,
  of: what,
});

/** From the counters of the list row. */
export function lifetime(stats: Loose) {
  const { emails, ...rest } = stats;
  const counters = Object.fromEntries(
    Object.entries(rest).flatMap(([label, value]) => (typeof value === "number" ? [[label, value]] : [])),
  ) as Counts;
  return {
    counters,
    rates: ratesOf(counters.sent, counters.delivery, counters),
    steps: asArray(emails).map((entry, index) => stepOf(asObject(entry), index)),
  };
}

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

function stepOf(email: Loose, index: number): Loose {
  const { emailSend, delivery, open, reply, bounce, invalid, toSend } = email;
  return {
    step: asNumber(email.step) ?? asNumber(email.number) ?? index + 1,
    sent: asNumber(emailSend) ?? 0,
    delivered: asNumber(delivery) ?? 0,
    opened: asNumber(open) ?? 0,
    replied: asNumber(reply) ?? 0,
    bounced: asNumber(bounce) ?? 0,
    invalid: asNumber(invalid) ?? 0,
    queued: asNumber(toSend) ?? 0,
  };
}

/** From the rows of the report by step and version. */
export function inPeriod(rows: readonly Loose[]) {
  const steps = rows.map((row) => ({
    step: asNumber(row.step) ?? 0,
    version: asString(row.version) ?? "A",
    sent: reportNumber(row.sent),
    delivered: reportNumber(row.delivered),
    opened: reportNumber(row.opened),
    clicked: reportNumber(row.clicked),
    replied: reportNumber(row.responded),
    bounced: reportNumber(row.bounced),
    optout: reportNumber(row.opt_out),
    interested: reportNumber(row.interested_yes),
  }));
  const total = (field: Exclude<keyof (typeof steps)[number], "version">) =>
    steps.reduce((sum, step) => sum + step[field], 0);
  const counters: Counts = Object.fromEntries(
    (["sent", "delivered", "opened", "clicked", "replied", "bounced", "optout", "interested"] as const).map(
      (field) => [field, total(field)],
    ),
  );
  const numbers = [...new Set(steps.map((one) => one.step))];
  const comparisons = numbers.flatMap((step) => {
    const versions = steps.filter((one) => one.step === step);
    if (versions.length < 2) return [];
    return (["replied", "opened"] as const).map((metric) => ({
      step,
      metric: `${metric} of delivered`,
      ...compareVersions(
        versions.map((one) => ({ version: one.version, hits: one[metric], trials: one.delivered })),
      ),
    }));
  });
  return { counters, rates: ratesOf(counters.sent, counters.delivered, counters), steps, comparisons };
}
