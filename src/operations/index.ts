/** The whole product at a glance: every operation, in the order in which clients list them. */
import type { Operation } from "../operation.ts";
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
