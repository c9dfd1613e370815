/** The calls that take a change back as things stand now, or why there are none. Nothing that did not run before is ever started. */
import type { Kept } from "../../memory/changes.ts";
import type { Imports } from "../../memory/imports.ts";
import type { Change } from "../../memory/journal.ts";
import { oneLine } from "../../values/foreign.ts";
import type { CampaignRow } from "../../woodpecker/campaigns.ts";
import { type BackCall, editsBack } from "./edits-back.ts";
import type { Now } from "./standing-now.ts";

interface WayBack {
  undo: BackCall[];
  /** Why there is none, or what it does not bring back. */
  note?: string | undefined;
}

interface Asked {
  change: Change;
  kept: Kept | undefined;
  /** Fields of the campaign that later changes were about. */
  newer: ReadonlySet<string>;
  now: Now;
  imports: Imports;
}

const without = (note: string): WayBack => ({ undo: [], note });

const onCampaign = (tool: string, campaign_id: number): BackCall => ({ tool, arguments: { campaign_id } });

const MAX_IDS = 20;

const halts: Record<string, string> = {
  pause_campaign: "PAUSED",
  stop_campaign: "STOPPED",
  make_campaign_editable: "EDITED",
};

export async function wayBack(asked: Asked): Promise<WayBack> {
  const { change, kept } = asked;
  const { tool, outcome } = change;
  if (outcome === "running") return without("It is not over yet.");
  if (outcome === "already") return without("It changed nothing.");
  if (tool === "pause_all_campaigns") return resumeAll(asked);
  if (change.fields?.length && kept?.edits.length) return edits(asked, kept);
  if (outcome === "not_done") return without("It changed nothing.");
  if (outcome === "accepted")
    return without("Woodpecker accepted it, and it did not show: look how it stands.");
  if (outcome === "unknown")
    return without("Nobody knows whether it was carried out: look how it stands first.");
  if (tool in halts) return resume(asked);
  if (tool === "run_campaign") return pause(asked);
  if (tool === "create_campaign" || tool === "duplicate_campaign") return remove(asked);
  if (tool === "save_prospects") return takeBack(asked);
  if (tool === "delete_campaign" || tool === "delete_prospects" || tool === "delete_campaign_step")
    return without("It was deleted for good.");
  if (tool === "reply_to_prospect") return without("The mail has left.");
  if (tool === "add_campaign_step")
    return without("delete_campaign_step takes the step out; a person is asked.");
  if (change.undo !== undefined) return without(change.undo);
  if (change.fields?.length) return without("The values from before are not known any more.");
  return without("What changed is not known.");
}

/** The campaign as it stands in the list. */
async function statusOf(id: number | undefined, now: Now): Promise<CampaignRow | WayBack> {
  const rows = await now.rows();
  if ("unread" in rows) return without(`How it stands could not be read: ${rows.unread}.`);
  return rows.get(id ?? 0) ?? without("The campaign has been deleted.");
}

async function resume({ change, now }: Asked): Promise<WayBack> {
  const { campaign_id, tool, was, undo } = change;
  if (was === undefined) return without("Whether it ran before could not be read.");
  if (was !== "RUNNING") return without("It did not run before, and running it would launch it.");
  if (undo !== undefined && !undo.startsWith("run_campaign")) return without(undo);
  const found = await statusOf(campaign_id, now);
  if ("undo" in found) return found;
  if (found.status !== halts[tool]) return without(`It is ${oneLine(found.status)} now.`);
  return { undo: [onCampaign("run_campaign", found.id)] };
}

/** Exactly those that the call paused, as far as they are still paused. */
async function resumeAll({ change, now }: Asked): Promise<WayBack> {
  const { campaigns = [] } = change;
  if (campaigns.length === 0) return without("It paused none.");
  const rows = await now.rows();
  if ("unread" in rows) return without(`How they stand could not be read: ${rows.unread}.`);
  const paused = campaigns.filter((id) => rows.get(id)?.status === "PAUSED");
  const others = campaigns.length - paused.length;
  const undo: BackCall[] = [];
  for (let at = 0; at < paused.length; at += MAX_IDS)
    undo.push({ tool: "run_campaign", arguments: { campaign_ids: paused.slice(at, at + MAX_IDS) } });
  return { undo, ...(others > 0 && { note: `${others} of them are not paused any more.` }) };
}

async function pause({ change: { campaign_id }, now }: Asked): Promise<WayBack> {
  const found = await statusOf(campaign_id, now);
  if ("undo" in found) return found;
  if (found.status !== "RUNNING")
    return without(`It is ${oneLine(found.status)} now; mail that has left cannot be recalled.`);
  return {
    undo: [onCampaign("pause_campaign", found.id)],
    note: "Mail that has left cannot be recalled.",
  };
}

async function remove({ change: { campaign_id }, now }: Asked): Promise<WayBack> {
  const found = await statusOf(campaign_id, now);
  if ("undo" in found) return found;
  if (found.status !== "DRAFT")
    return without(`It is ${oneLine(found.status)} now, so deleting it would lose more than this.`);
  return { undo: [onCampaign("delete_campaign", found.id)] };
}

async function takeBack({ change: { change_id }, imports }: Asked): Promise<WayBack> {
  const found = await imports.find(change_id);
  if (!found || found.created.length + found.enrolled.length === 0)
    return without(
      "It brought nobody in that is still known here; what it changed of people is kept nowhere.",
    );
  return { undo: [{ tool: "delete_prospects", arguments: { added_by: change_id } }] };
}

async function edits({ change, newer, now }: Asked, kept: Kept): Promise<WayBack> {
  const { campaign_id: id } = change;
  const found = await statusOf(id, now);
  if ("undo" in found) return found;
  const latest = kept.edits.filter(({ what }) => !newer.has(what));
  if (latest.length === 0) return without("All of it was changed again later.");
  const withShield = latest.some(({ field }) => field === "bounce_shield");
  const campaign = await now.campaign(found.id, withShield);
  if ("unread" in campaign) return without(`How it stands could not be read: ${campaign.unread}.`);
  const { calls, notes } = editsBack(kept.edits, campaign, newer);
  if (calls.length === 0) return without(`${notes.join("; ")}.`);
  const { status } = campaign;
  const isOpen = status === "DRAFT" || status === "EDITED";
  // Only what runs now goes on running.
  const runs = status === "RUNNING";
  if (!isOpen && !runs) notes.push(`It is ${oneLine(status)}; the calls leave it EDITED`);
  return {
    undo: [
      ...(isOpen ? [] : [onCampaign("make_campaign_editable", found.id)]),
      ...calls,
      ...(runs ? [onCampaign("run_campaign", found.id)] : []),
    ],
    ...(notes.length > 0 && { note: `${notes.join("; ")}.` }),
  };
}
