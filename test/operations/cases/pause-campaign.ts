import type { Case } from "../../support/case.ts";

export const cases: Case[] = [
  {
    says: "Pause the warehouse campaign, now.",
    arguments: { campaign_id: 2101 },
    upstream: [
      "GET /rest/v2/campaigns/2101",
      "POST /rest/v2/campaigns/2101/pause",
      "GET /rest/v2/campaigns/2101",
    ],
    result: { outcome: "done", campaign_id: 2101, name: "Warehouse leads, DACH", status: "PAUSED" },
    words: ['Campaign 2101 "Warehouse leads, DACH" is PAUSED now', "run_campaign 2101 resumes it"],
  },
  {
    says: "Pause the payroll campaign.",
    arguments: { campaign_id: 2102 },
    upstream: ["GET /rest/v2/campaigns/2102"],
    result: { outcome: "already", campaign_id: 2102, status: "PAUSED" },
    words: ["was PAUSED already", "nothing was changed"],
  },
  {
    says: "Pause the trade fair campaign.",
    arguments: { campaign_id: 2103 },
    upstream: ["GET /rest/v2/campaigns/2103", "GET /rest/v1/campaign_list?id=2103"],
    result: { outcome: "already", campaign_id: 2103, status: "STOPPED" },
    words: ["was STOPPED already", "sends nothing"],
  },
];
