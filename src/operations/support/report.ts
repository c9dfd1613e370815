/** The numbers of several campaigns side by side: a row for each, their sum, and which got most and fewest replies. */
import type { CampaignRow } from "../../woodpecker/campaigns.ts";
import type { ReportRow } from "../../woodpecker/reports.ts";
import { rounded, wilson } from "./ab-test.ts";

/** "not tracked": no version counts opens; "unknown": Woodpecker does not say whether one does. */
export type Opened = number | "not tracked" | "unknown";

export interface ReportedCampaign {
  id: number;
  name: string;
  status: string;
  /** Enrolled now, also where the other numbers are of a period. */
  people?: number | undefined;
  sent: number;
  delivered: number;
  opened: Opened;
  replied: number;
  interested: number;
  bounced: number;
  opted_out: number;
  /** Of delivered e-mails; none where nothing was delivered. */
  rates: Record<string, number>;
}

/** As it is told: of a campaign of which Woodpecker counted nothing in the period, no more than that. */
export type ToldCampaign = Pick<ReportedCampaign, "id" | "name" | "status" | "people" | "sent" | "rates"> &
  Partial<ReportedCampaign>;

type Numbers = Pick<
  ReportedCampaign,
  "sent" | "delivered" | "replied" | "interested" | "bounced" | "opted_out"
> & { opened: number | undefined };

const counted = ["sent", "delivered", "replied", "interested", "bounced", "opted_out"] as const;

/** From the counters of its list row. */
export function lifetimeRow(row: CampaignRow): ReportedCampaign {
  const { all = {}, sent = 0, delivered = 0 } = row.counters ?? {};
  const { opened, replied = 0, interested = 0, bounced = 0, optout = 0 } = all;
  return rowOf(row, { sent, delivered, opened, replied, interested, bounced, opted_out: optout });
}

/** From the rows of the report by step and version; of a campaign that it leaves out, nothing was sent. */
export function periodRow(row: CampaignRow, report: readonly ReportRow[]): ReportedCampaign {
  const own = report.filter(({ campaign }) => campaign === row.id);
  const sum = (field: "sent" | "delivered" | "opened" | "replied" | "interested" | "bounced" | "optout") =>
    own.reduce((total, entry) => total + entry[field], 0);
  return rowOf(row, {
    sent: sum("sent"),
    delivered: sum("delivered"),
    opened: sum("opened"),
    replied: sum("replied"),
    interested: sum("interested"),
    bounced: sum("bounced"),
    opted_out: sum("optout"),
  });
}

export function toldOf(row: ReportedCampaign): ToldCampaign {
  const { id, name, status, people, sent, rates } = row;
  const quiet = !row.opened || typeof row.opened === "string";
  return quiet && counted.every((field) => row[field] === 0)
    ? { id, name, status, people, sent, rates }
    : row;
}

function rowOf({ id, name, status, counters }: CampaignRow, numbers: Numbers): ReportedCampaign {
  const opened = openedOf(numbers.opened, counters?.tracksOpens);
  const row = { id, name, status, people: counters?.prospects, ...numbers, opened };
  return { ...row, rates: ratesOf(row) };
}

export function openedOf(opened: number | undefined, tracked: boolean | undefined): Opened {
  if (opened) return opened;
  if (tracked === undefined) return "unknown";
  return tracked ? (opened ?? "unknown") : "not tracked";
}

function ratesOf({ delivered, ...row }: Omit<ReportedCampaign, "id" | "name" | "status" | "rates">) {
  if (delivered === 0) return {};
  const shares = { ...row, opened: typeof row.opened === "number" ? row.opened : undefined };
  return Object.fromEntries(
    (["opened", "replied", "interested", "bounced", "opted_out"] as const).flatMap((field) => {
      const count = shares[field];
      return count === undefined ? [] : [[field, rounded(count / delivered)]];
    }),
  );
}

/** Opens are summed, and shared out, over the campaigns that track them. */
export function totalsOf(rows: readonly ReportedCampaign[]) {
  const sums = Object.fromEntries(
    counted.map((field) => [field, rows.reduce((total, row) => total + row[field], 0)]),
  ) as Record<(typeof counted)[number], number>;
  const tracking = rows.filter((row) => typeof row.opened === "number");
  const opened = tracking.reduce((total, row) => total + Number(row.opened), 0);
  const seen = tracking.reduce((total, row) => total + row.delivered, 0);
  const { opened: _all, ...rates } = ratesOf({ ...sums, opened: 0 }) as Record<string, number>;
  return {
    campaigns: rows.length,
    people: rows.reduce((total, row) => total + (row.people ?? 0), 0),
    ...sums,
    ...(tracking.length > 0 && { opened, opened_of: seen }),
    rates: { ...(seen > 0 && { opened: rounded(opened / seen) }), ...rates },
  };
}

type Ranked = ReturnType<typeof rankedOf>;
type Place = Ranked | { reason: string };

/** Below it the interval of a usual reply rate reaches from under 1 % to over 10 %: it would rank chance. */
const LEAST_DELIVERED = 50;

/** By the share of delivered e-mails that were replied to, each with its 95 % interval. */
export function ranked(rows: readonly ReportedCampaign[]): { best: Place; worst: Place } {
  const enough = rows.filter(({ delivered }) => delivered >= LEAST_DELIVERED).map(rankedOf);
  const [first] = enough;
  if (!first || enough.length < 2) {
    const reason = `Too little to compare: ${enough.length === 1 ? "only one campaign has" : "no campaign has"} ${LEAST_DELIVERED} delivered e-mails.`;
    return { best: { reason }, worst: { reason } };
  }
  const share = ({ numerator, denominator }: Ranked) => numerator / denominator;
  const best = enough.reduce((lead, one) => (share(one) > share(lead) ? one : lead), first);
  const worst = enough.reduce((last, one) => (share(one) < share(last) ? one : last), first);
  if (share(best) === share(worst)) {
    const reason = "All campaigns with enough delivered e-mails have the same reply rate.";
    return { best: { reason }, worst: { reason } };
  }
  return { best, worst };
}

function rankedOf({ id, name, replied, delivered }: ReportedCampaign) {
  const { low, high } = wilson(replied, delivered);
  return { id, name, numerator: replied, denominator: delivered, low: rounded(low), high: rounded(high) };
}
