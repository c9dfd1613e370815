import { expect } from "vitest";
import type { Case } from "../../support/case.ts";

const look = ["GET /rest/v2/campaigns/2104", "GET /rest/v1/campaign_list?id=2104"];

export const cases: Case[] = [
  {
    says: "Throw the spring draft away.",
    arguments: { campaign_id: 2104 },
    upstream: look,
    result: {
      outcome: "confirmation_required",
      campaign_id: 2104,
      confirmation: expect.any(String),
      facts: { campaign: 2104, status: "DRAFT", steps: 2, "people enrolled": 6, "e-mails sent": 0 },
    },
    words: ["cannot be restored", 'name: "Retail planners, spring"', "Nothing was changed yet"],
  },
  {
    says: "Throw the spring draft away. Yes, for good.",
    arguments: { campaign_id: 2104 },
    agrees: true,
    upstream: [...look, ...look, "DELETE /rest/v2/campaigns/2104", look[0] as string],
    result: { outcome: "done", campaign_id: 2104, name: "Retail planners, spring" },
    words: ['Campaign 2104 "Retail planners, spring" is deleted', "cannot be restored"],
  },
];
