/** The numbers of many campaigns in one answer, which does best and worst, and what is new since a time. */

import { z } from "zod/v3";
import { type CallTools, operation } from "../calls/operation.ts";
import { readDate } from "../model/dates.ts";
import { statuses } from "../model/statuses.ts";
import { campaignId } from "../values/fields.ts";
import { readAs } from "../values/lenient.ts";
import { momentOf } from "../values/moment.ts";
import { type CampaignRow, listCampaignRows, readRow } from "../woodpecker/campaigns.ts";
import type { Api } from "../woodpecker/client.ts";
import { reasonFor } from "../woodpecker/reason.ts";
import { awaitStepReport, orderStepReport } from "../woodpecker/reports.ts";
import { news, readNews } from "./support/news.ts";
import { period, periodFaults, sinceFaults } from "./support/period.ts";
import { lifetimeRow, periodRow, ranked, toldOf, totalsOf } from "./support/report.ts";
import { reportText } from "./support/report-text.ts";

/** Each costs a request, one after the other. */
const MAX_CAMPAIGNS = 100;

const place = z.object({
  id: z.number().optional(),
  name: z.string().optional(),
  numerator: z.number().optional(),
  denominator: z.number().optional(),
  low: z.number().optional(),
  high: z.number().optional(),
  reason: z.string().optional(),
});

export const getAccountReport = operation({
  name: "get_account_report",
  title: "Get account report",
  effect: "read",
  toolset: "insights",
  card: true,
  description:
    "One report on all or some Woodpecker campaigns: the numbers of each, totals, best and worst by reply rate, and with since what is new: replies with names, bounces, opt-outs, pauses.",
  input: {
    campaign_ids: z.array(campaignId).min(1).max(MAX_CAMPAIGNS).optional().describe("Only these campaigns."),
    status: z.array(z.enum(statuses)).max(6).optional().describe("Only in these statuses."),
    period: period.optional(),
    since: readAs(z.string().max(40).optional().describe("What is new since this day or time."), readDate),
  },
  output: {
    campaigns: z
      .array(
        z.object({
          id: z.number(),
          name: z.string(),
          status: z.string(),
          people: z.number().optional(),
          sent: z.number(),
          // Left out where nothing was counted in the period.
          delivered: z.number().optional(),
          /** A number, "not tracked" or "unknown". */
          opened: z.unknown(),
          replied: z.number().optional(),
          interested: z.number().optional(),
          bounced: z.number().optional(),
          opted_out: z.number().optional(),
          rates: z.record(z.number()),
        }),
      )
      .describe("The campaigns."),
    totals: z
      .object({ rates: z.record(z.number()) })
      .passthrough()
      .describe("Their sums."),
    best: place.describe("By reply rate."),
    worst: place.describe("By reply rate."),
    news: news.optional(),
    period: z.object({ from: z.string(), to: z.string() }).optional(),
    not_read: z
      .array(z.object({ id: z.number(), name: z.string().optional(), reason: z.string() }))
      .optional(),
    left_out: z.number().optional(),
  },
  rules: ({ period: given, since }) => [
    ...(given ? periodFaults(given, Date.now()) : []),
    ...(since === undefined ? [] : sinceFaults(since, Date.now())),
  ],
  async run({ campaign_ids, status, period: given, since }, api, _prepared, call) {
    const { found, left } = await campaignsFor(api, campaign_ids, status);
    // Woodpecker makes the report while the counters are read.
    const order = given && found.length > 0 ? await orderStepReport(api, given) : undefined;
    const { rows, unread } = await readEach(api, found, call);
    const report = order === undefined ? [] : await awaitStepReport(api, order, call);
    const campaigns = rows.map((row) => (given ? periodRow(row, report) : lifetimeRow(row)));
    const isNarrowed = campaign_ids !== undefined || status !== undefined;
    // Where none of those asked for could be read, there is no news of them, and that of others was not asked for.
    const fresh =
      since === undefined || (isNarrowed && rows.length === 0)
        ? undefined
        : await readNews(api, {
            since: momentOf(since),
            campaignIds: isNarrowed ? rows.map(({ id }) => id) : [],
            campaigns: rows,
          });
    return {
      campaigns: given ? campaigns.map(toldOf) : campaigns,
      totals: totalsOf(campaigns),
      ...ranked(campaigns),
      ...(fresh && { news: fresh }),
      ...(given && { period: given }),
      ...(unread.length > 0 && { not_read: unread }),
      ...(left > 0 && { left_out: left }),
    };
  },
  text: (output) => reportText(output as Parameters<typeof reportText>[0]),
});

/** Those that send or may go on first, the newest of each before the others. */
const order = ["RUNNING", "PAUSED", "EDITED", "COMPLETED", "STOPPED", "DRAFT"];

async function campaignsFor(
  api: Api,
  ids: readonly number[] | undefined,
  wanted: readonly string[] | undefined,
): Promise<{ found: Pick<CampaignRow, "id" | "name">[]; left: number }> {
  // Each is read by its id anyway, and that row has its name and status.
  if (ids && !wanted?.length) return { found: [...new Set(ids)].map((id) => ({ id, name: "" })), left: 0 };
  const rows = await listCampaignRows(api, wanted?.length ? { status: wanted.join(",") } : {});
  const chosen = ids ? rows.filter(({ id }) => ids.includes(id)) : rows;
  const rank = ({ status }: CampaignRow) => (order.indexOf(status) + order.length + 1) % (order.length + 1);
  const sorted = chosen.toSorted((a, b) => rank(a) - rank(b) || b.id - a.id);
  return { found: sorted.slice(0, MAX_CAMPAIGNS), left: Math.max(0, sorted.length - MAX_CAMPAIGNS) };
}

/** Woodpecker gives the counters of one campaign at a time. @throws the first failure, where none could be read */
async function readEach(
  api: Api,
  found: readonly Pick<CampaignRow, "id" | "name">[],
  { progress }: CallTools,
) {
  const rows: CampaignRow[] = [];
  const unread: { id: number; name?: string; reason: string }[] = [];
  let failure: unknown;
  for (const { id, name } of found) {
    const leaveOut = (reason: string) => unread.push({ id, ...(name && { name }), reason });
    try {
      const row = await readRow(api, id);
      if (row?.counters) rows.push(row);
      else leaveOut(row ? "Woodpecker gives no numbers for it" : "there is no such campaign in this account");
    } catch (error) {
      leaveOut(reasonFor(error));
      failure ??= error;
    }
    progress(rows.length + unread.length, found.length, `read ${rows.length} of ${found.length} campaigns`);
  }
  if (failure !== undefined && rows.length === 0) throw failure;
  return { rows, unread };
}
