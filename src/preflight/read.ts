/**
 * Reading what the rules look at. A live campaign costs at most five requests, because the account's lane is shared:
 * the campaign, its mailboxes, its prospects, and
 *   DRAFT     all campaigns (is the name taken?) and, with LinkedIn steps, the LinkedIn accounts;
 *   started   its counters, and the LinkedIn accounts or else the bounce shield.
 * An unsent draft costs at most three. What cannot be read is kept as such.
 */

import { acceptDraft } from "../model/campaign.ts";
import { quoted } from "../values/foreign.ts";
import { asArray, asNumber, asObject, asString, type Loose } from "../values/loose.ts";
import {
  type Campaign,
  type CampaignRow,
  campaignFrom,
  listCampaignRows,
  readRow,
} from "../woodpecker/campaigns.ts";
import type { Api } from "../woodpecker/client.ts";
import { ApiFailure, isFailure } from "../woodpecker/failure.ts";
import { linkedinAccounts } from "../woodpecker/linkedin-accounts.ts";
import { reasonOf } from "../woodpecker/meanings.ts";
import { readProspects } from "../woodpecker/prospects.ts";
import { senderBox } from "../woodpecker/sender-boxes.ts";
import {
  type Dossier,
  dossierOf,
  fromText,
  type Known,
  type PartName,
  type Parts,
  type People,
  type Standing,
} from "./dossier.ts";

/** Most prospects that one request gives. */
const SAMPLE = 1_000;

/** @param only the parts that are wanted; all that concern the draft by default */
export async function draftDossier(
  api: Api,
  draft: object,
  now = Date.now(),
  only?: readonly PartName[],
): Promise<Dossier> {
  const view = viewOf(draft);
  const about = { origin: "draft" as const, now };
  const dossier = dossierOf(view, { ...about, given: draft, parts: {} });
  return { ...dossier, parts: await partsOf(api, dossier, readsOfDraft(dossier), only) };
}

/** The list view of what was given; as it is, where it cannot be understood as a draft. */
function viewOf(draft: object): Loose {
  const given = Object.fromEntries(Object.entries(draft).map(([key, value]) => [key, fromText(value)]));
  try {
    return acceptDraft(given);
  } catch {
    return given;
  }
}

/** @throws when the campaign itself cannot be read */
export async function liveDossier(
  api: Api,
  id: number,
  now = Date.now(),
  only?: readonly PartName[],
): Promise<Dossier> {
  return withParts(api, await campaignDossier(api, id, now), only);
}

/** The campaign alone, for callers that need its status before the rest is read. */
export async function campaignDossier(api: Api, id: number, now = Date.now()): Promise<Dossier> {
  const read = await readAll(api, id);
  const { name, status, mailbox_ids, settings, steps } = read.campaign;
  const given = { name, mailbox_ids, settings, steps };
  const about = { origin: "live" as const, id, status, now };
  const autopausedAt = read.autopausedAt && { autopausedAt: read.autopausedAt };
  const parts: Parts = {
    ...(read.row && { standing: { value: standingOf(read.row) } }),
    ...(read.campaign.reason && { content: { unreadable: read.campaign.reason } }),
  };
  return dossierOf(given, { ...about, ...autopausedAt, parts });
}

/** The same with everything else that the rules look at. */
export async function withParts(api: Api, dossier: Dossier, only?: readonly PartName[]): Promise<Dossier> {
  const wanted = readsOfCampaign(dossier, dossier.parts.standing !== undefined);
  return { ...dossier, parts: await partsOf(api, dossier, wanted, only) };
}

interface ReadCampaign {
  campaign: Campaign;
  autopausedAt?: string;
  /** Read instead, where the API does not show the campaign. */
  row?: CampaignRow;
}

async function readAll(api: Api, id: number): Promise<ReadCampaign> {
  try {
    const answer = await api.get(`/rest/v2/campaigns/${id}`);
    const autopausedAt = asString(asObject(answer).bounce_shield_autopaused_at);
    return { campaign: campaignFrom(answer), ...(autopausedAt && { autopausedAt }) };
  } catch (error) {
    if (!isFailure(error, "API_UNSUPPORTED_CAMPAIGN_FEATURES")) throw error;
    const row = await readRow(api, id);
    if (!row) throw error;
    const reason =
      "Woodpecker's API does not show this campaign, because it has a condition, a manual task or a scheduled start; its texts, mailboxes and windows were not looked at.";
    const { name, status } = row;
    return { campaign: { id, name, status, mailbox_ids: [], settings: {}, steps: [], reason }, row };
  }
}

type Reads = { [P in keyof Parts]: (api: Api) => Promise<PartValue<P>> };
type PartValue<P extends keyof Parts> = Extract<NonNullable<Parts[P]>, { value: unknown }>["value"];

const reads = {
  mailboxes: async (api: Api) => asArray(await api.get("/rest/v2/mailboxes")).map(senderBox),
  linkedin: async (api: Api) => linkedinAccounts(await api.get("/rest/v2/linkedin_accounts")),
  campaigns: (api: Api) => listCampaignRows(api),
};

const usesLinkedin = ({ steps }: Dossier) => steps.some(({ linkedin }) => linkedin?.account !== undefined);

function readsOfDraft(dossier: Dossier): Reads {
  return {
    ...(dossier.mailboxIds.length > 0 && { mailboxes: reads.mailboxes }),
    ...(usesLinkedin(dossier) && { linkedin: reads.linkedin }),
    ...(dossier.name.trim() !== "" && { campaigns: reads.campaigns }),
  };
}

function readsOfCampaign(dossier: Dossier, hasStanding: boolean): Reads {
  const id = dossier.id ?? 0;
  const started = dossier.status !== "DRAFT";
  return {
    ...(dossier.mailboxIds.length > 0 && { mailboxes: reads.mailboxes }),
    prospects: (api) => readPeople(api, id),
    ...(!started && { campaigns: reads.campaigns }),
    ...(started && !hasStanding && { standing: async (api) => standingOf(await readRow(api, id)) }),
    ...(usesLinkedin(dossier)
      ? { linkedin: reads.linkedin }
      : started && { bounceShield: (api) => readBounceShield(api, id) }),
  };
}

async function partsOf(
  api: Api,
  dossier: Dossier,
  wanted: Reads,
  only?: readonly PartName[],
): Promise<Parts> {
  const parts: Record<string, Known<unknown>> = {};
  for (const [name, read] of Object.entries(wanted)) {
    if (!only || only.includes(name as PartName)) parts[name] = await known(() => read(api));
  }
  return { ...dossier.parts, ...parts } as Parts;
}

async function known(read: () => Promise<unknown>): Promise<Known<unknown>> {
  try {
    return { value: await read() };
  } catch (error) {
    const reason = reasonOf(error) ?? "the answer could not be used.";
    return { unreadable: error instanceof ApiFailure ? `${quoted(reason, 200).slice(1, -1)}.` : reason };
  }
}

async function readPeople(api: Api, id: number): Promise<People> {
  const { rows, total } = await readProspects(api, {
    campaigns_id: String(id),
    campaigns_details: "true",
    per_page: String(SAMPLE),
  });
  return { rows, total: total ?? rows.length };
}

async function readBounceShield(api: Api, id: number): Promise<number | undefined> {
  const answer = asObject(await api.get(`/rest/v2/campaigns/${id}/bounce_shield/threshold`));
  return asNumber(answer.bounce_rate_threshold);
}

function standingOf(row: CampaignRow | undefined): Standing {
  if (!row?.stats)
    throw new ApiFailure({ outcome: "unreadable", detail: "the counters are not in the answer" });
  const { queue, check, prospects, sent, bounced, emails } = row.stats;
  const bySteps = asArray(emails)
    .map(asObject)
    .map(({ step, emailSend }) => [asNumber(step) ?? 0, asNumber(emailSend) ?? 0] as const);
  return {
    queue: asNumber(queue),
    check: asNumber(check),
    prospects: asNumber(prospects),
    sent: asNumber(sent),
    bounced: asNumber(bounced),
    sentBySteps: Object.fromEntries(bySteps),
  };
}
