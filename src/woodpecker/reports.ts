/** Reports are made by Woodpecker in the background: asked for with POST, then fetched by their hash until READY. */

import { asNumber, asObject, asString, isObject, type Loose } from "../values/loose.ts";
import { entriesOf, unreadable } from "./answers.ts";
import type { Api } from "./client.ts";
import { ApiFailure } from "./failure.ts";
import { requests } from "./requests.ts";

interface Period {
  from: string;
  to: string;
}

/** What waiting for a report needs of the one who asks for it. */
interface Waiter {
  progress: (done: number, total: number | undefined, message: string) => void;
  pause: (ms: number) => Promise<void>;
}

export interface ReportRow {
  campaign: number;
  step: number;
  version: string;
  sent: number;
  delivered: number;
  opened: number;
  clicked: number;
  replied: number;
  bounced: number;
  optout: number;
  interested: number;
}

const POLL_MS = 1_000;
const MAX_POLLS = 30;

/** Rows per campaign, step and version in the period; campaigns that sent nothing in it are absent. */
export const readStepReport = async (api: Api, period: Period, waiter: Waiter): Promise<ReportRow[]> =>
  awaitStepReport(api, await orderStepReport(api, period), waiter);

/** @returns the number by which the report is fetched, once Woodpecker has made it */
export async function orderStepReport(api: Api, period: Period): Promise<string> {
  const hash = asString(asObject(await api.send(requests.report(period))).hash);
  if (!hash || !/^[\w-]{1,128}$/.test(hash)) throw notReady("Woodpecker gave no report number");
  return hash;
}

export async function awaitStepReport(
  api: Api,
  hash: string,
  { progress, pause }: Waiter,
): Promise<ReportRow[]> {
  for (let poll = 1; poll <= MAX_POLLS; poll += 1) {
    const { status, report } = asObject(await api.get(`/rest/v2/reports/${hash}`));
    if (asString(status) === undefined) throw unreadable("the answer is not a report: it has no status");
    if (status === "READY") {
      if (!isObject(report)) throw unreadable("the answer is not a report: it has no rows");
      return entriesOf(report, { field: "data" }).map(rowFrom);
    }
    if (status === "FAILED") throw notReady("Woodpecker could not make the report");
    progress(poll, MAX_POLLS, "Woodpecker is making the report");
    await pause(POLL_MS);
  }
  throw notReady("Woodpecker has not finished the report yet");
}

const notReady = (detail: string) => new ApiFailure({ outcome: "rejected", code: "REPORT", detail });

const rowFrom = (row: Loose): ReportRow => ({
  campaign: asNumber(row.id) ?? 0,
  step: asNumber(row.step) ?? 0,
  version: asString(row.version) ?? "A",
  sent: countOf(row.sent),
  delivered: countOf(row.delivered),
  opened: countOf(row.opened),
  clicked: countOf(row.clicked),
  replied: countOf(row.responded),
  bounced: countOf(row.bounced),
  optout: countOf(row.opt_out),
  interested: countOf(row.interested_yes),
});

/** Rates and counts come as numbers or as text with a percent sign. */
const countOf = (value: unknown): number =>
  asNumber(value) ?? (Number.parseFloat(asString(value) ?? "") || 0);
