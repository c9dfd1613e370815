/** The campaign endpoints: paths, and what their answers mean. Tolerant of fields that are new, missing or null. */

import { settingsFrom } from "../model/settings.ts";
import { listFromTree, type StepView } from "../model/tree.ts";
import { visible } from "../values/foreign.ts";
import { asArray, asNumber, asNumbers, asObject, asString, type Loose } from "../values/loose.ts";
import { entriesOf, lineOf } from "./answers.ts";
import type { Api, WriteMethod } from "./client.ts";
import { ApiFailure, isFailure } from "./failure.ts";

/** A row of `GET /rest/v1/campaign_list`; with one id the row carries lifetime counters. */
export interface CampaignRow {
  id: number;
  name: string;
  status: string;
  created?: string;
  daily_enroll?: number;
  from_emails: string[];
  folder?: string;
  stats?: Loose;
}

export interface Campaign {
  id: number;
  name: string;
  status: string;
  mailbox_ids: number[];
  settings: Loose;
  steps: StepView[];
  /** Only a list row could be read: the campaign has features that the API does not show. */
  partial?: true;
  reason?: string;
}

const v2 = "/rest/v2/campaigns";

export async function listCampaignRows(
  api: Api,
  query: { status?: string; id?: string } = {},
): Promise<CampaignRow[]> {
  const answer = await api.get("/rest/v1/campaign_list", query);
  return entriesOf(answer)
    .map(rowFrom)
    .filter((row) => row.id > 0);
}

function rowFrom(entry: unknown): CampaignRow {
  const row = asObject(entry);
  const emails = asArray(row.from_emails).flatMap((email) => lineOf(email) ?? []);
  const one = lineOf(row.from_email);
  return {
    id: asNumber(row.id) ?? 0,
    name: visible(asString(row.name) ?? ""),
    status: lineOf(row.status) ?? "UNKNOWN",
    created: lineOf(row.created),
    daily_enroll: asNumber(row.per_day),
    from_emails: emails.length > 0 || !one ? emails : [one],
    folder: visible(asString(row.folder_name) ?? "") || undefined,
    stats: row.stats === undefined ? undefined : asObject(row.stats),
  };
}

/** The whole campaign, or its list row where the API answers 409 because it has conditions, tasks or a planned start. */
export async function readCampaign(api: Api, id: number): Promise<Campaign> {
  try {
    return campaignFrom(await api.get(`${v2}/${id}`));
  } catch (error) {
    if (!isFailure(error, "API_UNSUPPORTED_CAMPAIGN_FEATURES")) throw error;
    const row = await readRow(api, id);
    if (!row) throw error;
    return {
      ...row,
      mailbox_ids: [],
      settings: row.daily_enroll === undefined ? {} : { daily_enroll: row.daily_enroll },
      steps: [],
      partial: true,
      reason:
        "Woodpecker's API cannot show this campaign in full: it has a condition, a manual task or a scheduled start. Its steps and settings are visible in the Woodpecker app only.",
    };
  }
}

export async function readRow(api: Api, id: number): Promise<CampaignRow | undefined> {
  const rows = await listCampaignRows(api, { id: String(id) });
  return rows.find((row) => row.id === id);
}

export function campaignFrom(answer: unknown): Campaign {
  const body = asObject(answer);
  const id = asNumber(body.id);
  if (id === undefined) {
    throw new ApiFailure({
      outcome: "unreadable",
      http: 200,
      detail: "the answer is not a campaign: it has no id",
    });
  }
  const { steps, truncated } = listFromTree(body.steps);
  return {
    id,
    name: visible(asString(body.name) ?? ""),
    status: lineOf(body.status) ?? "UNKNOWN",
    mailbox_ids: asNumbers(body.email_account_ids),
    settings: settingsFrom(body.settings),
    steps,
    ...(truncated && { partial: true as const, reason: `Only the first ${steps.length} steps are shown.` }),
  };
}

export const createCampaign = (body: unknown) => ["POST", v2, body] as const;
export const runCampaign = (id: number) => ["POST", `${v2}/${id}/run`] as const;
export const pauseCampaign = (id: number) => ["POST", `${v2}/${id}/pause`] as const;
export const stopCampaign = (id: number) => ["POST", `${v2}/${id}/stop`] as const;
export const deleteCampaign = (id: number) => ["DELETE", `${v2}/${id}`] as const;
export const makeEditable = (id: number) => ["POST", `${v2}/${id}/make_editable`] as const;
export const updateCampaign = (id: number, body: unknown) => ["PATCH", `${v2}/${id}`, body] as const;
export const addStep = (id: number, body: unknown) => ["POST", `${v2}/${id}/steps`, body] as const;

const stepPath = (id: number, step: string) => `${v2}/${id}/steps/${encodeURIComponent(step)}`;

export const updateStep = (id: number, step: string, body: unknown) =>
  ["PATCH", stepPath(id, step), body] as const;
export const deleteStep = (id: number, step: string) => ["DELETE", stepPath(id, step)] as const;
export const updateVersion = (id: number, step: string, version: string, body: unknown) =>
  ["PATCH", `${stepPath(id, step)}/versions/${encodeURIComponent(version)}`, body] as const;

/** Sets the share of bounces, in percent, that pauses a campaign; null clears it. */
export function setBounceShield(id: number, percent: number | null): [WriteMethod, string, unknown?] {
  const path = `${v2}/${id}/bounce_shield/threshold`;
  return percent === null ? ["DELETE", path] : ["PUT", path, { bounce_rate_threshold: percent }];
}

export async function readBounceShield(api: Api, id: number): Promise<number | null> {
  const answer = asObject(await api.get(`${v2}/${id}/bounce_shield/threshold`));
  return asNumber(answer.bounce_rate_threshold) ?? null;
}
