/**
 * Reading what the rules look at. A live campaign costs at most five requests, because the account's lane is shared:
 * the campaign, its mailboxes, its prospects, and
 *   DRAFT     all campaigns (is the name taken?) and, with LinkedIn steps, the LinkedIn accounts;
 *   started   its counters, and one of: the LinkedIn accounts; while it runs, the running campaigns, which may share its
 *             mailboxes; else the bounce shield.
 * An unsent draft costs at most three. What cannot be read is kept as such.
 */

import { acceptDraft } from "../model/campaign.ts";
import { plain } from "../values/foreign.ts";
import { listen } from "../values/lenient.ts";
import type { Loose } from "../values/loose.ts";
import {
  type CampaignRow,
  listCampaignRows,
  readBounceShield,
  readCampaign,
  readRow,
} from "../woodpecker/campaigns.ts";
import type { Api } from "../woodpecker/client.ts";
import type { Counters } from "../woodpecker/counters.ts";
import { ApiFailure } from "../woodpecker/failure.ts";
import { readLinkedinAccounts } from "../woodpecker/linkedin-accounts.ts";
import { readMailboxes } from "../woodpecker/mailboxes.ts";
import { readEnrolled } from "../woodpecker/prospects.ts";
import { reasonOf } from "../woodpecker/reason.ts";
import { unsupportedUnseen } from "../woodpecker/unsupported.ts";
import { type Dossier, dossierOf, fromText, type Known, type PartName, type Parts } from "./dossier.ts";

/** Most prospects that one request gives. */
export const PAGE = 1_000;

/** @param only the parts that are wanted; all that concern the draft by default */
export async function draftDossier(
  api: Api,
  draft: object,
  now = Date.now(),
  only?: readonly PartName[],
): Promise<Dossier> {
  const view = viewOf(draft);
  const origin = { origin: "draft" as const, now };
  const dossier = dossierOf(view, { ...origin, given: draft, parts: {} });
  return { ...dossier, parts: await partsOf(api, dossier, readsOfDraft(dossier), only) };
}

/** The list view of what was given; as it is, where it cannot be understood as a draft. */
function viewOf(draft: object): Loose {
  const fields = Object.fromEntries(Object.entries(draft).map(([key, value]) => [key, fromText(value)]));
  try {
    return acceptDraft(fields, listen());
  } catch {
    return fields;
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
  const { name, status, mailbox_ids, settings, steps, autopausedAt, row, reason } = await readCampaign(
    api,
    id,
  );
  const unseen = row ? unsupportedUnseen : reason;
  const view = { name, mailbox_ids, settings: row ? {} : settings, steps };
  const about = { origin: "live" as const, id, status, now };
  const parts: Parts = {
    ...(row && { standing: await known(async () => standingOf(row)) }),
    ...(unseen && { content: { unreadable: unseen } }),
  };
  return dossierOf(view, { ...about, ...(autopausedAt && { autopausedAt }), parts });
}

/**
 * No more than what a person agrees to: who is enrolled, the bounce shield (of `before`, where that was read) and, last, the
 * campaign itself.
 */
export async function agreedDossier(api: Api, id: number, before?: Dossier): Promise<Dossier> {
  const { bounceShield } = before?.parts ?? {};
  const blank = dossierOf({}, { origin: "live", id, parts: {}, now: Date.now() });
  const { parts } = await withParts(api, blank, bounceShield ? ["prospects"] : ["prospects", "bounceShield"]);
  return { ...(await campaignDossier(api, id)), parts: { ...parts, ...(bounceShield && { bounceShield }) } };
}

/** The same with everything else that the rules look at. */
export async function withParts(api: Api, dossier: Dossier, only?: readonly PartName[]): Promise<Dossier> {
  const wanted = readsOfCampaign(dossier, dossier.parts.standing !== undefined);
  return { ...dossier, parts: await partsOf(api, dossier, wanted, only ?? usualParts(dossier)) };
}

type Reads = { [P in keyof Parts]: (api: Api) => Promise<PartValue<P>> };
type PartValue<P extends keyof Parts> = Extract<NonNullable<Parts[P]>, { value: unknown }>["value"];

const listAll = (api: Api) => listCampaignRows(api);
const listRunning = (api: Api) => listCampaignRows(api, { status: "RUNNING" });

/** Whoever has the list of all needs no other request. */
const amongAll = (all: Known<unknown>): Known<readonly CampaignRow[]> =>
  "unreadable" in all
    ? all
    : { value: (all.value as readonly CampaignRow[]).filter(({ status }) => status === "RUNNING") };

const usesLinkedin = ({ steps }: Dossier) => steps.some(({ linkedin }) => linkedin?.account !== undefined);

function readsOfDraft(dossier: Dossier): Reads {
  return {
    ...(dossier.mailboxIds.length > 0 && { mailboxes: readMailboxes }),
    ...(usesLinkedin(dossier) && { linkedin: readLinkedinAccounts }),
    ...(dossier.name.trim() !== "" && { campaigns: listAll }),
    ...(dossier.mailboxIds.length > 0 && { running: listRunning }),
  };
}

function readsOfCampaign(dossier: Dossier, hasStanding: boolean): Reads {
  const id = dossier.id ?? 0;
  const started = dossier.status !== "DRAFT";
  return {
    ...(dossier.mailboxIds.length > 0 && { mailboxes: readMailboxes }),
    prospects: (api) => readEnrolled(api, id, PAGE),
    ...(!started && { campaigns: listAll }),
    ...(dossier.mailboxIds.length > 0 && { running: listRunning }),
    ...(started && !hasStanding && { standing: async (api) => standingOf(await readRow(api, id)) }),
    ...(usesLinkedin(dossier) && { linkedin: readLinkedinAccounts }),
    bounceShield: async (api) => (await readBounceShield(api, id)) ?? undefined,
  };
}

/** What says most, so that a check costs no more than five requests. */
function usualParts(dossier: Dossier): PartName[] {
  const usual: PartName[] = ["mailboxes", "linkedin", "prospects", "campaigns", "standing"];
  if (dossier.status === "DRAFT") return [...usual, "running"];
  if (usesLinkedin(dossier)) return usual;
  return [...usual, dossier.status === "RUNNING" ? "running" : "bounceShield"];
}

async function partsOf(
  api: Api,
  dossier: Dossier,
  wanted: Reads,
  only?: readonly PartName[],
): Promise<Parts> {
  const parts: Record<string, Known<unknown>> = {};
  for (const [name, read] of Object.entries(wanted)) {
    if (only && !only.includes(name as PartName)) continue;
    parts[name] =
      name === "running" && parts.campaigns
        ? amongAll(parts.campaigns)
        : await known<unknown>(() => read(api));
  }
  return { ...dossier.parts, ...parts } as Parts;
}

async function known<T>(read: () => Promise<T>): Promise<Known<T>> {
  try {
    return { value: await read() };
  } catch (error) {
    const reason = reasonOf(error) ?? "the answer could not be used.";
    return { unreadable: error instanceof ApiFailure ? `${plain(reason, 200)}.` : reason };
  }
}

function standingOf(row: CampaignRow | undefined): Counters {
  if (row?.counters) return row.counters;
  throw new ApiFailure({ outcome: "unreadable", detail: "the counters are not in the answer" });
}
