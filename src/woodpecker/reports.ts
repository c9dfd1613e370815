/** Reports are made by Woodpecker in the background: asked for with POST, then fetched by their hash until READY. */

import type { CallTools } from "../calls/operation.ts";
import { asArray, asNumber, asObject, asString, type Loose } from "../values/loose.ts";
import type { Api } from "./client.ts";
import { ApiFailure } from "./failure.ts";

export interface Period {
  from: string;
  to: string;
}

const POLL_MS = 1_000;
const MAX_POLLS = 30;

/** Rows per campaign, step and version in the period; campaigns that sent nothing in it are absent. */
export async function readStepReport(
  api: Api,
  period: Period,
  { progress, pause }: CallTools,
): Promise<Loose[]> {
  const path = "/rest/v2/reports/complete_statistics_for_each_level_of_campaign";
  const hash = asString(asObject(await api.send("POST", path, period)).hash);
  if (!hash || !/^[\w-]{1,128}$/.test(hash)) throw notReady("Woodpecker gave no report number");
  for (let poll = 1; poll <= MAX_POLLS; poll += 1) {
    const { status, report } = asObject(await api.get(`/rest/v2/reports/${hash}`));
    if (status === "READY") return asArray(asObject(report).data).map(asObject);
    if (status === "FAILED") throw notReady("Woodpecker could not make the report");
    progress(poll, MAX_POLLS, "Woodpecker is making the report");
    await pause(POLL_MS);
  }
  throw notReady("Woodpecker has not finished the report yet");
}

const notReady = (detail: string) => new ApiFailure({ outcome: "rejected", code: "REPORT", detail });

/** Rates and counts come as numbers or as text with a percent sign. */
export function reportNumber(value: unknown): number {
  return asNumber(value) ?? (Number.parseFloat(asString(value) ?? "") || 0);
}
