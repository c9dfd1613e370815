import { expect } from "vitest";
import type { Case } from "../../support/case.ts";

const look = (query: string) => `GET /rest/v1/prospects?${query}`;

export const cases: Case[] = [
  {
    says: "Take Amelia Hart and Rupert Penn out of the spring campaign.",
    arguments: { prospect_ids: [90_037, 90_038], scope: "campaign", campaign_id: 2104 },
    upstream: ["GET /rest/v2/campaigns/2104", look("id=90037%2C90038&campaigns_id=2104")],
    result: {
      outcome: "confirmation_required",
      campaign_id: 2104,
      confirmation: expect.any(String),
      facts: { people: 2, found: "2 of them", campaign: 2104, scope: "campaign" },
    },
    words: ["They stay in the account", "amelia.hart@harrow-and-lane.example", "Nothing was changed yet"],
  },
  {
    says: "Rupert Penn wants to be forgotten. Yes, everywhere and for good.",
    arguments: { prospect_ids: [90_038], scope: "account" },
    agrees: true,
    upstream: [look("id=90038"), look("id=90038"), "DELETE /rest/v1/prospects?id=90038"],
    result: { outcome: "done", deleted: 1, scope: "account" },
    words: ["Deleted 1 from the account", "cannot be undone"],
  },
];
