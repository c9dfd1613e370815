import type { Reply } from "./reply.ts";
import type { Call, Route } from "./router.ts";
import { listCampaigns } from "./v1/campaign-list.ts";
import { createCampaign, deleteCampaign, getCampaign } from "./v2/campaigns.ts";
import { makeEditable, pauseCampaign, runCampaign, stopCampaign } from "./v2/control.ts";
import { getMailbox, listMailboxes } from "./v2/mailboxes.ts";

const CAMPAIGN = "/rest/v2/campaigns/{campaign_id}";

type Row = [method: string, pattern: string, call: string, handler: (call: Call) => Reply, body?: "body"];

const TABLE: Row[] = [
  ["GET", "/rest/v1/campaign_list", "campaign list", listCampaigns],
  ["POST", "/rest/v2/campaigns", "create campaign", createCampaign, "body"],
  ["GET", CAMPAIGN, "get campaign", getCampaign],
  ["DELETE", CAMPAIGN, "delete campaign", deleteCampaign],
  ["POST", `${CAMPAIGN}/run`, "run campaign", runCampaign],
  ["POST", `${CAMPAIGN}/pause`, "pause campaign", pauseCampaign],
  ["POST", `${CAMPAIGN}/stop`, "stop campaign", stopCampaign],
  ["POST", `${CAMPAIGN}/make_editable`, "make editable campaign", makeEditable],
  ["GET", "/rest/v2/mailboxes", "get mailboxes", listMailboxes],
  ["GET", "/rest/v2/mailboxes/{mailbox_id}", "get mailbox", getMailbox],
];

export const ROUTES: readonly Route[] = TABLE.map(([method, pattern, call, handler, body]) => ({
  method,
  pattern,
  call,
  handler,
  takesBody: body !== undefined,
}));
