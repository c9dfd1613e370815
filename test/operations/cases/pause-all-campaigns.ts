import type { Case } from "../../support/case.ts";

export const cases: Case[] = [
  {
    says: "Stop everything, now!",
    arguments: {},
    upstream: [
      "GET /rest/v1/campaign_list?status=RUNNING",
      "POST /rest/v2/campaigns/2101/pause",
      "GET /rest/v1/campaign_list?status=RUNNING",
    ],
    result: {
      outcome: "done",
      paused: [{ campaign_id: 2101, name: "Warehouse leads, DACH" }],
      next: "Resume one with run_campaign: 2101.",
    },
    words: ["Paused 1 campaign", '2101 "Warehouse leads, DACH"', "run_campaign: 2101"],
  },
  {
    says: "Is anything still going out? Then stop it.",
    arguments: {},
    sandbox: { seed: "empty" },
    upstream: ["GET /rest/v1/campaign_list?status=RUNNING"],
    result: { outcome: "already", paused: [] },
    words: ["No campaign was running"],
  },
  {
    says: "What would the emergency brake do?",
    arguments: { dry_run: true },
    upstream: ["GET /rest/v1/campaign_list?status=RUNNING"],
    result: {
      outcome: "dry_run",
      request: { method: "POST", path: "/rest/v2/campaigns/2101/pause" },
    },
    words: ["nothing was sent", "POST /rest/v2/campaigns/2101/pause"],
  },
];
