/** The whole product at a glance: every operation, in the order in which clients list them. */
import type { Operation } from "../calls/operation.ts";
import { addCampaignStep } from "./add-campaign-step.ts";
import { checkCampaign } from "./check-campaign.ts";
import { createCampaign } from "./create-campaign.ts";
import { deleteCampaign } from "./delete-campaign.ts";
import { deleteCampaignStep } from "./delete-campaign-step.ts";
import { deleteProspects } from "./delete-prospects.ts";
import { duplicateCampaign } from "./duplicate-campaign.ts";
import { getAccountReport } from "./get-account-report.ts";
import { getCampaign } from "./get-campaign.ts";
import { getCampaignStatistics } from "./get-campaign-statistics.ts";
import { listCampaigns } from "./list-campaigns.ts";
import { listCompanies } from "./list-companies.ts";
import { listLinkedinAccounts } from "./list-linkedin-accounts.ts";
import { listMailboxes } from "./list-mailboxes.ts";
import { listRecentChanges } from "./list-recent-changes.ts";
import { listReplies } from "./list-replies.ts";
import { listTasks } from "./list-tasks.ts";
import { makeCampaignEditable } from "./make-campaign-editable.ts";
import { pauseAllCampaigns } from "./pause-all-campaigns.ts";
import { pauseCampaign } from "./pause-campaign.ts";
import { previewCampaign } from "./preview-campaign.ts";
import { replyToProspect } from "./reply-to-prospect.ts";
import { runCampaign } from "./run-campaign.ts";
import { saveProspects } from "./save-prospects.ts";
import { searchProspects } from "./search-prospects.ts";
import { stopCampaign } from "./stop-campaign.ts";
import { stopProspects } from "./stop-prospects.ts";
import { updateCampaign } from "./update-campaign.ts";
import { updateCampaignStep } from "./update-campaign-step.ts";
import { updateStepVersion } from "./update-step-version.ts";

export const operations: readonly Operation[] = [
  listCampaigns,
  getCampaign,
  createCampaign,
  runCampaign,
  pauseCampaign,
  stopCampaign,
  deleteCampaign,
  updateCampaign,
  makeCampaignEditable,
  addCampaignStep,
  updateCampaignStep,
  updateStepVersion,
  deleteCampaignStep,
  duplicateCampaign,
  checkCampaign,
  previewCampaign,
  pauseAllCampaigns,
  getCampaignStatistics,
  getAccountReport,
  listReplies,
  replyToProspect,
  listTasks,
  searchProspects,
  saveProspects,
  deleteProspects,
  stopProspects,
  listMailboxes,
  listLinkedinAccounts,
  listCompanies,
  listRecentChanges,
];
