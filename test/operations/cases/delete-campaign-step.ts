import { expect } from "vitest";
import type { Case } from "../../support/case.ts";

const look = "GET /rest/v2/campaigns/2104";

export const cases: Case[] = [
  {
    says: "The spring campaign needs no reminder.",
    arguments: { campaign_id: 2104, step: 2 },
    upstream: [look],
    result: {
      outcome: "confirmation_required",
      campaign_id: 2104,
      confirmation: expect.any(String),
      facts: {
        campaign: 2104,
        name: '"Retail planners, spring"',
        status: "DRAFT",
        step: "2 of 2 (EMAIL)",
        versions: 'A "in the thread"',
      },
    },
    words: ["Delete this step for good?", "step: 2 of 2 (EMAIL)", "Nothing was changed yet"],
  },
  {
    says: "The spring campaign needs no reminder. Yes, take it out.",
    arguments: { campaign_id: 2104, step: 2 },
    agrees: true,
    upstream: [
      look,
      look,
      expect.stringMatching(/^DELETE \/rest\/v2\/campaigns\/2104\/steps\/[0-9a-f-]{36}$/),
      look,
    ],
    result: {
      outcome: "done",
      campaign_id: 2104,
      status: "DRAFT",
      changed: [{ step: 2, field: "step", before: "EMAIL of 1 version" }],
    },
    words: ["(DRAFT)", 'step 2, step: "EMAIL of 1 version" → none'],
  },
];
