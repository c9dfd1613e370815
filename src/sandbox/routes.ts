/** Every route that the sandbox answers, with its handler. */
import type { Reply } from "./reply.ts";
import type { Call, Route } from "./router.ts";
import { listCampaigns } from "./v1/campaign-list.ts";
import { whoAmI } from "./v1/me.ts";
import { addToCampaign, addToList } from "./v1/prospects/import.ts";
import { listProspects } from "./v1/prospects/list.ts";
import { removeProspects } from "./v1/prospects/remove.ts";
import { listCompanies } from "./v2/agency.ts";
import { addToBlacklist, listBlacklist, removeFromBlacklist } from "./v2/blacklist.ts";
import { clearBounceThreshold, getBounceThreshold, setBounceThreshold } from "./v2/bounce-shield.ts";
import { createCampaign, deleteCampaign, getCampaign } from "./v2/campaigns.ts";
import { makeEditable, pauseCampaign, runCampaign, stopCampaign } from "./v2/control.ts";
import { patchCampaign } from "./v2/edit-campaign.ts";
import { addStep, deleteStep, patchStep } from "./v2/edit-steps.ts";
import { patchVersion } from "./v2/edit-version.ts";
import { listMessages } from "./v2/inbox.ts";
import { replyToMessage } from "./v2/inbox-reply.ts";
import { listLinkedInAccounts } from "./v2/linkedin-accounts.ts";
import { getMailbox, listMailboxes, setFooter } from "./v2/mailboxes.ts";
import { listTasks } from "./v2/manual-tasks.ts";
import { getReport, orderReport } from "./v2/reports/reports.ts";
import { listResponses } from "./v2/responses.ts";

const CAMPAIGN = "/rest/v2/campaigns/{campaign_id}";
const STEP = `${CAMPAIGN}/steps/{step_id}`;
const REPORTS = "/rest/v2/reports";
const BLACKLIST = "/rest/v2/blacklist";
const THRESHOLD = `${CAMPAIGN}/bounce_shield/threshold`;

type Row = [method: string, pattern: string, call: string, handler: (call: Call) => Reply, body?: "body"];

const TABLE: Row[] = [
  ["GET", "/rest/v1/me", "me", whoAmI],
  ["GET", "/rest/v1/campaign_list", "campaign list", listCampaigns],
  ["GET", "/rest/v1/prospects", "prospects", listProspects],
  ["DELETE", "/rest/v1/prospects", "delete prospects", removeProspects],
  ["POST", "/rest/v1/add_prospects_list", "add prospects", addToList, "body"],
  ["POST", "/rest/v1/add_prospects_campaign", "add prospects", addToCampaign, "body"],
  ["GET", "/rest/v2/prospects/{prospect_id}/responses", "get responses", listResponses],
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
  ["POST", `${REPORTS}/campaigns`, "report", orderReport("campaigns"), "body"],
  [
    "POST",
    `${REPORTS}/complete_statistics_for_each_level_of_campaign`,
    "report",
    orderReport("complete"),
    "body",
  ],
  ["POST", `${REPORTS}/messages`, "report", orderReport("messages"), "body"],
  ["POST", `${REPORTS}/open_rate`, "report", orderReport("open_rate"), "body"],
  ["GET", `${REPORTS}/{hash}`, "get report", getReport],
  ["GET", "/rest/v2/inbox/messages", "get inbox messages", listMessages],
  ["POST", "/rest/v2/inbox/messages/{message_id}/reply", "reply to message", replyToMessage, "body"],
  ["GET", "/rest/v2/manual_tasks", "get manual tasks", listTasks],
  ["GET", `${BLACKLIST}/domains`, "get blacklisted domains", listBlacklist("domains")],
  ["POST", `${BLACKLIST}/domains`, "add blacklisted domains", addToBlacklist("domains"), "body"],
  ["DELETE", `${BLACKLIST}/domains`, "delete blacklisted domains", removeFromBlacklist("domains"), "body"],
  ["GET", `${BLACKLIST}/emails`, "get blacklisted emails", listBlacklist("emails")],
  ["POST", `${BLACKLIST}/emails`, "add blacklisted emails", addToBlacklist("emails"), "body"],
  ["DELETE", `${BLACKLIST}/emails`, "delete blacklisted emails", removeFromBlacklist("emails"), "body"],
  ["GET", "/rest/v2/agency/companies", "get companies", listCompanies],
  ["GET", "/rest/v2/mailboxes", "get mailboxes", listMailboxes],
  ["GET", "/rest/v2/mailboxes/{mailbox_id}", "get mailbox", getMailbox],
  ["PATCH", "/rest/v2/mailboxes/{mailbox_id}", "update mailbox", setFooter, "body"],
  ["GET", "/rest/v2/linkedin_accounts", "get linkedin accounts", listLinkedInAccounts],
];

export const ROUTES: readonly Route[] = TABLE.map(([method, pattern, call, handler, body]) => ({
  method,
  pattern,
  call,
  handler,
  takesBody: body !== undefined,
}));
