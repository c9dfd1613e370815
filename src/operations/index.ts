/** The whole product at a glance: every operation, in the order in which clients list them. */
import { type Access, accessLevels, effects, type Operation, type Toolset } from "../operation.ts";
import { createCampaign } from "./create-campaign.ts";
import { deleteCampaign } from "./delete-campaign.ts";
import { getCampaign } from "./get-campaign.ts";
import { listCampaigns } from "./list-campaigns.ts";
import { listMailboxes } from "./list-mailboxes.ts";
import { pauseCampaign } from "./pause-campaign.ts";
import { runCampaign } from "./run-campaign.ts";
import { stopCampaign } from "./stop-campaign.ts";

export const operations: readonly Operation[] = [
  listCampaigns,
  getCampaign,
  createCampaign,
  runCampaign,
  pauseCampaign,
  stopCampaign,
  deleteCampaign,
  listMailboxes,
];

/** What exists at this access level and in these toolsets; the rest is absent, not refused. */
export function permitted(access: Access, toolsets: readonly Toolset[]): Operation[] {
  const level = accessLevels.indexOf(access);
  return operations.filter(
    ({ effect, toolset }) =>
      accessLevels.indexOf(effects[effect].access) <= level && toolsets.includes(toolset),
  );
}
