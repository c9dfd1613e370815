/** Reading campaigns: what the answers mean. Tolerant of fields that are new, missing or null. */

import { settingsFrom } from "../model/settings.ts";
import { listFromTree, type StepView } from "../model/tree.ts";
import { visible } from "../values/foreign.ts";
import {
  asArray,
  asNumber,
  asNumbers,
  asObject,
  asString,
  isObject,
  type Loose,
  present,
} from "../values/loose.ts";
import { entriesOf, hasId, lineOf, unreadable } from "./answers.ts";
import type { Api } from "./client.ts";
import { type Counters, countersFrom } from "./counters.ts";
import { isFailure } from "./failure.ts";
import { bounceShieldPath, campaignPath } from "./requests.ts";
import { UNSUPPORTED, unsupportedReason } from "./unsupported.ts";
import { shallow } from "./wild.ts";

/** A row of `GET /rest/v1/campaign_list`; with one id the row carries lifetime counters. */
export interface CampaignRow {
  id: number;
  name: string;
  status: string;
  created?: string;
  daily_enroll?: number;
  from_names: string[];
  from_emails: string[];
  gdpr_unsubscribe?: boolean;
  folder?: string;
  folder_id?: number;
  bcc?: string;
  cc?: string;
  counters?: Counters;
}

export interface Campaign {
  id: number;
  name: string;
  status: string;
  mailbox_ids: number[];
  settings: Loose;
  steps: StepView[];
  /** When the bounce shield paused it. */
  autopausedAt?: string;
  /** Not all of it is here, for this reason. */
  partial?: true;
  reason?: string;
  /** All that could be read, where the campaign has features that the API does not show. */
  row?: CampaignRow;
}

export async function listCampaignRows(
  api: Api,
  query: { status?: string; id?: string } = {},
): Promise<CampaignRow[]> {
  const entries = entriesOf(await api.get("/rest/v1/campaign_list", query), { isEntry: () => true });
  const rows = entries.filter(hasId);
  // A row that makes no sense must not keep the others from being paused.
  if (entries.length > 0 && rows.length === 0) throw unreadable("the list does not hold campaigns");
  return rows.map(rowFrom);
}

const nameOf = (value: unknown) => visible(asString(value) ?? "").trim() || undefined;

function rowFrom(row: Loose): CampaignRow {
  const emails = asArray(row.from_emails).flatMap((email) => lineOf(email) ?? []);
  const email = lineOf(row.from_email);
  const names = asArray(row.from_names).flatMap((name) => nameOf(name) ?? []);
  const name = nameOf(row.from_name);
  return {
    id: asNumber(row.id) ?? 0,
    name: visible(asString(row.name) ?? ""),
    status: lineOf(row.status) ?? "UNKNOWN",
    created: lineOf(row.created),
    daily_enroll: asNumber(row.per_day),
    from_names: names.length > 0 || !name ? names : [name],
    from_emails: emails.length > 0 || !email ? emails : [email],
    gdpr_unsubscribe: typeof row.gdpr_unsubscribe === "boolean" ? row.gdpr_unsubscribe : undefined,
    folder: visible(asString(row.folder_name) ?? "") || undefined,
    folder_id: asNumber(row.folder_id),
    bcc: lineOf(row.bcc) || undefined,
    cc: lineOf(row.cc) || undefined,
    counters: isObject(row.stats) ? countersFrom(row.stats) : undefined,
  };
}

/** The whole campaign, or its list row where the API answers 409 because it has conditions, tasks or a planned start. */
export async function readCampaign(api: Api, id: number): Promise<Campaign> {
  try {
    return await readShownCampaign(api, id);
  } catch (error) {
    if (!isFailure(error, UNSUPPORTED)) throw error;
    const row = await readRow(api, id);
    if (!row) throw error;
    const { name, status, daily_enroll, gdpr_unsubscribe } = row;
    return {
      id,
      name,
      status,
      mailbox_ids: [],
      settings: present({ daily_enroll, gdpr_unsubscribe }),
      steps: [],
      partial: true,
      reason: unsupportedReason,
      row,
    };
  }
}

/** One request, whatever it answers. */
export const readShownCampaign = async (api: Pick<Api, "get">, id: number): Promise<Campaign> =>
  campaignFrom(await api.get(campaignPath(id)));

export async function readRow(api: Api, id: number): Promise<CampaignRow | undefined> {
  const rows = await listCampaignRows(api, { id: String(id) });
  return rows.find((row) => row.id === id);
}

/** Of what is passed on without being known. */
const MAX_SETTING_DEPTH = 6;

export function campaignFrom(answer: unknown): Campaign {
  const body = asObject(answer);
  const id = asNumber(body.id);
  if (id === undefined) throw unreadable("the answer is not a campaign: it has no id");
  const { steps, truncated } = listFromTree(body.steps);
  const autopausedAt = lineOf(body.bounce_shield_autopaused_at);
  return {
    id,
    name: visible(asString(body.name) ?? ""),
    status: lineOf(body.status) ?? "UNKNOWN",
    mailbox_ids: asNumbers(body.email_account_ids),
    settings: asObject(shallow(settingsFrom(body.settings), MAX_SETTING_DEPTH)),
    steps,
    ...(autopausedAt && { autopausedAt }),
    ...(truncated && { partial: true as const, reason: `Only the first ${steps.length} steps are shown.` }),
  };
}

/** What a campaign would send from, and how much a day; undefined where Woodpecker does not say it whole. */
export async function readSending(
  api: Pick<Api, "get">,
  id: number,
): Promise<{ mailboxes: number[] | undefined; dailyEnroll: number | undefined }> {
  const { email_account_ids: ids, settings } = asObject(await api.get(campaignPath(id)));
  const mailboxes = asNumbers(ids);
  const isWhole = Array.isArray(ids) && mailboxes.length === ids.length;
  return {
    mailboxes: isWhole ? mailboxes : undefined,
    dailyEnroll: asNumber(asObject(settings).daily_enroll),
  };
}

/** The share of bounces, in percent, that pauses a campaign; null where none is set. */
export async function readBounceShield(api: Api, id: number): Promise<number | null> {
  const answer = asObject(await api.get(bounceShieldPath(id)));
  return asNumber(answer.bounce_rate_threshold) ?? null;
}
