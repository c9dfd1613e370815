/** The counters of a campaign as rates with their fractions, and what its A/B test says so far. */
import { z } from "zod/v3";
import { operation } from "../calls/operation.ts";
import { campaignId } from "../values/fields.ts";
import { quoted } from "../values/foreign.ts";
import { Refusal } from "../values/refusal.ts";
import { readRow, readShownCampaign } from "../woodpecker/campaigns.ts";
import type { Api } from "../woodpecker/client.ts";
import { ApiFailure } from "../woodpecker/failure.ts";
import { readStepReport } from "../woodpecker/reports.ts";
import { compared, inPeriod, lifetime } from "./support/counters.ts";
import { asPercent, shareOf } from "./support/percent.ts";
import { period, periodFaults } from "./support/period.ts";

const rate = z.object({ value: z.number(), numerator: z.number(), denominator: z.number(), of: z.string() });

export const getCampaignStatistics = operation({
  name: "get_campaign_statistics",
  title: "Get campaign statistics",
  effect: "read",
  toolset: "insights",
  card: true,
  description:
    "Statistics of a Woodpecker campaign: lifetime by step, or with period by step and version, with A/B tests.",
  input: { campaign_id: campaignId, period: period.optional() },
  output: {
    campaign_id: z.number().describe("Id."),
    name: z.string().describe("Name."),
    status: z.string().describe("Status."),
    counters: z.record(z.number()).describe("Counters."),
    rates: z.record(rate).describe("value = numerator / denominator, of what."),
    steps: z.array(z.record(z.unknown())).describe("By step."),
    comparisons: z
      .array(
        z.object({
          step: z.number(),
          metric: z.string(),
          versions: z.array(
            z.object({
              version: z.string(),
              subject: z.string().optional(),
              numerator: z.number(),
              denominator: z.number(),
              rate: z.number(),
              low: z.number(),
              high: z.number(),
            }),
          ),
          verdict: z.string(),
        }),
      )
      .optional()
      .describe("A/B tests with 95 % intervals."),
    period: z.object({ from: z.string(), to: z.string() }).optional().describe("The period, UTC."),
    notes: z.array(z.string()).optional().describe("How to read them."),
  },
  rules: ({ period }) => (period ? periodFaults(period, Date.now()) : []),
  async run({ campaign_id, period }, api, _prepared, call) {
    const row = await readRow(api, campaign_id);
    if (!row)
      throw new Refusal(
        `There is no campaign ${campaign_id} in this account.`,
        "find the id with list_campaigns.",
      );
    const campaign = { campaign_id, name: row.name, status: row.status };
    if (!period) return { ...campaign, ...lifetime(row.counters) };
    const rows = await readStepReport(api, period, call);
    const own = rows.filter((row) => row.campaign === campaign_id);
    const content = compared(own).length > 0 ? await stepsNow(api, campaign_id) : undefined;
    return { ...campaign, ...inPeriod(own, row.counters?.tracksOpens, content), period };
  },
  text({ campaign_id, name, status, counters, rates, steps, comparisons = [], period, notes = [] }) {
    const when = period ? `${period.from} to ${period.to} (UTC)` : "lifetime";
    // A share of nothing says nothing.
    const lines = Object.entries(rates)
      .filter(([, { denominator }]) => denominator > 0)
      .map(([label, { numerator, denominator, of }]) => `${label}: ${shareOf(numerator, denominator, of)}`);
    if (period && steps.length === 0) lines.push("Nothing was sent in this period.");
    return [
      `Campaign ${campaign_id} ${quoted(name)} ${status}, ${when}`,
      Object.entries(counters)
        .map(([label, count]) => `${label} ${count}`)
        .join(", "),
      ...lines,
      ...steps.map((step) =>
        Object.entries(step)
          .map(([label, value]) => `${label} ${String(value)}`)
          .join(", "),
      ),
      ...comparisons.flatMap(({ step, metric, versions, verdict }) => {
        // The rate from the counts: that of the result is rounded already.
        const shown = versions.map(({ version, numerator, denominator, rate: none, low, high }) => {
          const share = denominator > 0 ? numerator / denominator : none;
          return `${version} ${asPercent(share)} (${asPercent(low)} to ${asPercent(high)})`;
        });
        return [
          `Step ${step}, ${metric}: ${shown.join(", ")}: ${verdict}`,
          ...versions.map(
            ({ version, subject, numerator, denominator }) =>
              `  ${version}${subject === undefined ? "" : ` ${quoted(subject, 998)}`}: ${numerator} of ${denominator} delivered e-mails`,
          ),
        ];
      }),
      ...notes,
    ].join("\n");
  },
});

/** The texts as they are now, for their subjects; without them the numbers stay what they are. */
async function stepsNow(api: Api, id: number) {
  try {
    return (await readShownCampaign(api, id)).steps;
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    return undefined;
  }
}
