import { expect } from "vitest";
import type { Case } from "../../support/case.ts";

const look = [
  "GET /rest/v2/campaigns/2102",
  "GET /rest/v2/mailboxes",
  "GET /rest/v1/prospects?campaigns_id=2102&campaigns_details=true&per_page=1000",
  "GET /rest/v1/campaign_list?status=RUNNING",
  "GET /rest/v1/campaign_list?id=2102",
  "GET /rest/v2/linkedin_accounts",
  "GET /rest/v2/campaigns/2102/bounce_shield/threshold",
];

/** What a person agreed to, looked at when they did: who is enrolled, the bounce shield and, last, the campaign itself. */
const lastLook = [
  "GET /rest/v1/prospects?campaigns_id=2102&campaigns_details=true&per_page=1000",
  "GET /rest/v2/campaigns/2102/bounce_shield/threshold",
  "GET /rest/v2/campaigns/2102",
];
/** Was what ran what was agreed to? */
const readBack = ["GET /rest/v2/campaigns/2102", "GET /rest/v2/campaigns/2102/bounce_shield/threshold"];

export const cases: Case[] = [
  {
    says: "Start the payroll campaign again.",
    arguments: { campaign_id: 2102 },
    upstream: look,
    result: {
      outcome: "confirmation_required",
      campaign_id: 2102,
      name: "Contractor payroll, Nordics",
      confirmation: expect.any(String),
      facts: {
        campaign: 2102,
        status: "PAUSED",
        senders: "ivo@brightlane.example",
        steps: 3,
        "people enrolled": 10,
        "first send window": expect.stringMatching(/\(Europe\/Stockholm\)$/),
      },
    },
    words: [
      "e-mails real people",
      'name: "Contractor payroll, Nordics"',
      "people enrolled: 10",
      "Nothing was changed yet",
    ],
  },
  {
    says: "Start the payroll campaign again. Yes, I have seen what it is.",
    arguments: { campaign_id: 2102 },
    agrees: true,
    upstream: [...look, ...lastLook, "POST /rest/v2/campaigns/2102/run", ...readBack],
    result: {
      outcome: "done",
      campaign_id: 2102,
      status: "RUNNING",
      undo: expect.stringContaining("pause_campaign 2102"),
    },
    words: ['Campaign 2102 "Contractor payroll, Nordics" is RUNNING now', "pause_campaign 2102"],
  },
  {
    says: "Start the warehouse campaign.",
    arguments: { campaign_id: 2101 },
    upstream: ["GET /rest/v2/campaigns/2101"],
    result: { outcome: "already", campaign_id: 2101, status: "RUNNING" },
    words: ["2101", "was RUNNING already"],
  },
];
