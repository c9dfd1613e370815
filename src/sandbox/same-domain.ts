/**
 * The pause of colleagues after a reply or a bounce: kept as a list of statuses, and shown as the account's form has it,
 * as that list with null for the documented boolean, or as the boolean alone.
 */
import type { Campaign, Settings } from "./campaign.ts";
import type { Forms } from "./types.ts";

type Given = Partial<Settings>;

/** The pages with the boolean do not know the list. */
export const hasItsForm = ({ sameDomain }: Forms, given: Given = {}): boolean =>
  sameDomain === "list" || given.auto_pause_prospect_from_domain_statuses === undefined;

/** What is kept of what was given. */
export function keptOf(given: Given = {}): Given {
  const { auto_pause_prospect_from_domain: onReply, auto_pause_prospect_from_domain_statuses: list } = given;
  if (typeof onReply !== "boolean" && list === undefined) return { auto_pause_prospect_from_domain: null };
  const statuses = new Set(list);
  if (onReply) statuses.add("REPLIED");
  return {
    auto_pause_prospect_from_domain: null,
    auto_pause_prospect_from_domain_statuses: [...statuses],
  };
}

export function shownAs({ sameDomain }: Forms, campaign: Campaign): object {
  if (sameDomain === "list") return campaign;
  const { auto_pause_prospect_from_domain_statuses: statuses, ...settings } = campaign.settings;
  return {
    ...campaign,
    settings: { ...settings, auto_pause_prospect_from_domain: statuses.includes("REPLIED") },
  };
}
