/** The report as a person reads it: a table, the totals, what stands out, and what is new. */
import { quoted, visible } from "../../values/foreign.ts";
import type { News, Somebody } from "./news.ts";
import { asPercent } from "./percent.ts";
import type { ReportedCampaign, ranked, ToldCampaign, totalsOf } from "./report.ts";

interface Report {
  campaigns: ToldCampaign[];
  totals: ReturnType<typeof totalsOf>;
  best: ReturnType<typeof ranked>["best"];
  worst: ReturnType<typeof ranked>["worst"];
  news?: News;
  period?: { from: string; to: string };
  not_read?: { id: number; name?: string; reason: string }[];
  left_out?: number;
}

export function reportText(report: Report): string {
  const { campaigns, totals, best, worst, news, period, not_read: unread = [], left_out: left } = report;
  const when = period ? `${period.from} to ${period.to} (UTC)` : "lifetime";
  const notRead = unread.map(
    ({ id, name, reason }) => `Not read: ${id}${name ? ` ${quoted(name)}` : ""}: ${reason}.`,
  );
  if (campaigns.length === 0 && unread.length === 0) return "No campaign matches.";
  if (campaigns.length === 0)
    return [
      "Nothing to report: none of these campaigns could be read.",
      ...notRead,
      "list_campaigns shows which there are.",
    ].join("\n");
  return [
    `Report on ${campaigns.length} ${campaigns.length === 1 ? "campaign" : "campaigns"}, ${when}; shares are of delivered e-mails, people are those enrolled now`,
    "",
    "| id | campaign | status | people | sent | delivered | opened | replied | interested | bounced | opted out |",
    "|---|---|---|---|---|---|---|---|---|---|---|",
    ...campaigns.map((row) => line([row.id, cell(row.name), row.status, row.people ?? "unknown"], row)),
    line(
      ["", "all", "", totals.people],
      { ...totals, opened: totals.opened ?? "not tracked" },
      totals.opened_of,
    ),
    "",
    ...extremes(best, worst),
    ...notRead,
    ...(left ? [`${left} more campaigns are left out: ask for them by campaign_ids or status.`] : []),
    ...(news ? newsLines(news) : []),
  ].join("\n");
}

type Numbers = Pick<ReportedCampaign, "sent"> &
  Partial<Omit<ReportedCampaign, "id" | "name" | "status" | "people" | "rates">>;

/** Shares are made from the counts, since those of the result are rounded already. @param seen delivered e-mails of the campaigns that track opens */
function line(first: (string | number)[], numbers: Numbers, seen = numbers.delivered): string {
  const { sent, delivered, opened, replied, interested, bounced, opted_out } = numbers;
  const shared = (count: number | string = "", of = delivered) =>
    typeof count === "string" || !of ? String(count) : `${count} (${asPercent(count / of)})`;
  const rest = [replied, interested, bounced, opted_out].map((count) => shared(count));
  return `| ${[...first, sent, delivered, shared(opened, seen), ...rest].join(" | ")} |`;
}

const cell = (name: string) => quoted(name).replaceAll("|", "\\|");

function extremes(best: Report["best"], worst: Report["worst"]): string[] {
  if ("reason" in best || "reason" in worst)
    return "reason" in best ? [`Best and worst: ${best.reason}`] : [];
  const told = ({ id, name, numerator, denominator, low, high }: typeof best) =>
    `${id} ${quoted(name)}, ${asPercent(numerator / denominator)} replied (${numerator} of ${denominator} delivered e-mails; 95 % interval ${asPercent(low)} to ${asPercent(high)})`;
  return [
    `Best: ${told(best)}`,
    `Worst: ${told(worst)}`,
    ...(best.low <= worst.high ? ["Their intervals overlap: the difference may be chance."] : []),
  ];
}

function newsLines({ since, replies, bounced, opted_out, paused, not_read = [] }: News): string[] {
  const lines = [
    ...replies.map((one) => `- replied: ${told(one)}`),
    ...bounced.map((one) => `- bounced: ${told(one)}`),
    ...opted_out.map((one) => `- opted out or blacklisted: ${told(one)}`),
    ...paused.map(({ id, name, at }) => `- paused by its bounce shield: ${id} ${quoted(name)}, ${at}`),
    ...not_read.map((what) => `- not read: ${what}`),
  ];
  return ["", `New since ${since}:`, ...(lines.length > 0 ? lines : ["- nothing"])];
}

function told({ prospect_id, email, name, company, interest, campaign_ids, at }: Somebody): string {
  const who = [name && quoted(name), company && `of ${quoted(company)}`, interest].filter(Boolean).join(" ");
  return `${prospect_id} ${visible(email)}${who ? `, ${who}` : ""}${campaign_ids.length > 0 ? `, in ${campaign_ids.join(", ")}` : ""}, ${at}`;
}
