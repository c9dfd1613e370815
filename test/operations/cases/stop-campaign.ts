import type { Case } from "../../support/case.ts";

export const cases: Case[] = [
  {
    says: "The warehouse campaign is over, stop it.",
    arguments: { campaign_id: 2101 },
    upstream: [
      "GET /rest/v2/campaigns/2101",
      "POST /rest/v2/campaigns/2101/stop",
      "GET /rest/v2/campaigns/2101",
    ],
    result: { outcome: "done", campaign_id: 2101, status: "STOPPED" },
    words: ['Campaign 2101 "Warehouse leads, DACH" is STOPPED now'],
  },
  {
    says: "Stop the trade fair campaign.",
    arguments: { campaign_id: 2103 },
    upstream: ["GET /rest/v2/campaigns/2103", "GET /rest/v1/campaign_list?id=2103"],
    result: { outcome: "already", campaign_id: 2103, status: "STOPPED" },
    words: ["was STOPPED already", "nothing was changed"],
  },
  {
    says: "What would stopping the payroll campaign send?",
    arguments: { campaign_id: 2102, dry_run: true },
    upstream: ["GET /rest/v2/campaigns/2102"],
    result: {
      outcome: "dry_run",
      campaign_id: 2102,
      request: { method: "POST", path: "/rest/v2/campaigns/2102/stop" },
    },
    words: ["nothing was sent", "POST /rest/v2/campaigns/2102/stop"],
  },
];
