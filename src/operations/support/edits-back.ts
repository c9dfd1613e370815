/** The calls that set edited fields back to what they were, where they are still as the edit left them. */
import type { KeptEdit } from "../../memory/changes.ts";
import { type DeliveryTime, windowsByDay } from "../../model/delivery.ts";
import { sameValue } from "../../model/tree.ts";
import type { Loose } from "../../values/loose.ts";
import type { Campaign } from "../../woodpecker/campaigns.ts";

export interface BackCall {
  tool: string;
  arguments: Loose;
}

/** A campaign as it is now; its bounce shield where somebody asked for it. */
export type CampaignNow = Campaign & { bounce_shield?: number | null | undefined };

/** @param newer names of fields that a later change of this server was about */
export function editsBack(
  edits: readonly KeptEdit[],
  campaign: CampaignNow,
  newer: ReadonlySet<string>,
): { calls: BackCall[]; notes: string[] } {
  const calls = new Map<string, BackCall>();
  const notes: string[] = [];
  for (const edit of edits) {
    const place = placeOf(edit, campaign);
    const why = newer.has(edit.what) ? "was changed again later" : whyNot(edit, place);
    if (why !== undefined) notes.push(`${edit.what} ${why}`);
    else if (place) {
      const key = JSON.stringify([place.tool, place.where]);
      const call = calls.get(key) ?? {
        tool: place.tool,
        arguments: { campaign_id: campaign.id, ...place.where },
      };
      set(call.arguments, edit);
      calls.set(key, call);
    }
  }
  return { calls: [...calls.values()], notes };
}

interface Place {
  tool: string;
  where: Loose;
  now: unknown;
}

/** Where it stands now: numbers of steps and letters of versions may have moved since. */
function placeOf({ field, step, version, letter }: KeptEdit, campaign: CampaignNow): Place | undefined {
  if (step === undefined) return { tool: "update_campaign", where: {}, now: ofCampaign(field, campaign) };
  const found = campaign.steps.find(({ id }) => id === step);
  if (!found) return undefined;
  const where = { step: found.step };
  if (version === undefined) return { tool: "update_campaign_step", where, now: found[field] };
  const { versions } = found;
  const one = versions.find(({ id }) => id === version) ?? versions.find((each) => each.version === letter);
  return (
    one && {
      tool: "update_step_version",
      where: { ...where, version: one.version },
      now: one[field],
    }
  );
}

function ofCampaign(field: string, campaign: CampaignNow): unknown {
  const setting = settingOf(field);
  return setting === undefined ? (campaign as unknown as Loose)[field] : campaign.settings[setting];
}

const settingOf = (field: string) =>
  field.startsWith("settings.") ? field.slice("settings.".length) : undefined;

function whyNot(edit: KeptEdit, place: Place | undefined): string | undefined {
  const { field, before, after, unread, needed } = edit;
  if (unread) return "could not be read before, so what it was is not known";
  if (!place) return "is not there any more";
  if (needed) return "had no value before, which the first EMAIL step needs";
  if (!sameNow(field, place.now, after)) return "was changed since by somebody else";
  // The words for "none" that the tools take.
  if (before === null && !["bounce_shield", "subject"].includes(field))
    return "had no value before, which cannot be set";
  if (field === "delivery_times" && Array.isArray(before) && before.length === 0)
    return "had no windows before, which cannot be set";
  return undefined;
}

const sameNow = (field: string, now: unknown, after: unknown): boolean =>
  field === "delivery_times"
    ? sameValue(windowsByDay((now ?? []) as DeliveryTime[]), windowsByDay((after ?? []) as DeliveryTime[]))
    : sameValue(now ?? null, after);

function set(args: Loose, { field, before }: KeptEdit): void {
  const setting = settingOf(field);
  if (setting !== undefined) args.settings = { ...(args.settings as Loose), [setting]: before };
  else args[field] = field === "subject" ? (before ?? "") : before;
}
