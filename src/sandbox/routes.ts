import type { Reply } from "./reply.ts";
import type { Call, Route } from "./router.ts";
import { listCampaigns } from "./v1/campaign-list.ts";
import { whoAmI } from "./v1/me.ts";
import { clearBounceThreshold, getBounceThreshold, setBounceThreshold } from "./v2/bounce-shield.ts";
import { createCampaign, deleteCampaign, getCampaign } from "./v2/campaigns.ts";
import { makeEditable, pauseCampaign, runCampaign, stopCampaign } from "./v2/control.ts";
import { patchCampaign } from "./v2/edit-campaign.ts";
import { addStep, deleteStep, patchStep } from "./v2/edit-steps.ts";
import { patchVersion } from "./v2/edit-version.ts";
import { listLinkedInAccounts } from "./v2/linkedin-accounts.ts";
import { getMailbox, listMailboxes } from "./v2/mailboxes.ts";

const CAMPAIGN = "/rest/v2/campaigns/{campaign_id}";
const STEP = `${CAMPAIGN}/steps/{step_id}`;
const THRESHOLD = `${CAMPAIGN}/bounce_shield/threshold`;

type Row = [method: string, pattern: string, call: string, handler: (call: Call) => Reply, body?: "body"];

const TABLE: Row[] = [
  ["GET", "/rest/v1/me", "me", whoAmI],
  ["GET", "/rest/v1/campaign_list", "campaign list", listCampaigns],
  ["POST", "/rest/v2/campaigns", "create campaign", createCampaign, "body"],
  ["GET", CAMPAIGN, "get campaign", getCampaign],
  ["DELETE", CAMPAIGN, "delete campaign", deleteCampaign],
  ["POST", `${CAMPAIGN}/run`, "run campaign", runCampaign],
  ["POST", `${CAMPAIGN}/pause`, "pause campaign", pauseCampaign],
  ["POST", `${CAMPAIGN}/stop`, "stop campaign", stopCampaign],
  ["POST", `${CAMPAIGN}/make_editable`, "make editable campaign", makeEditable],
  ["PATCH", CAMPAIGN, "update campaign", patchCampaign, "body"],
  ["POST", `${CAMPAIGN}/steps`, "add step", addStep, "body"],
  ["PATCH", STEP, "update step", patchStep, "body"],
  ["DELETE", STEP, "delete step", deleteStep],
  ["PATCH", `${STEP}/versions/{version_id}`, "update step version", patchVersion, "body"],
  ["GET", THRESHOLD, "get bounce shield threshold", getBounceThreshold],
  ["PUT", THRESHOLD, "set bounce shield threshold", setBounceThreshold, "body"],
  ["DELETE", THRESHOLD, "delete bounce shield threshold", clearBounceThreshold],
  ["GET", "/rest/v2/mailboxes", "get mailboxes", listMailboxes],
  ["GET", "/rest/v2/mailboxes/{mailbox_id}", "get mailbox", getMailbox],
  ["GET", "/rest/v2/linkedin_accounts", "get linkedin accounts", listLinkedInAccounts],
];

export const ROUTES: readonly Route[] = TABLE.map(([method, pattern, call, handler, body]) => ({
  method,
  pattern,
  call,
  handler,
  takesBody: body !== undefined,
}));
