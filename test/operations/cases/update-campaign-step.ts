import { expect } from "vitest";
import type { Case } from "../../support/case.ts";

const change = expect.stringMatching(/^PATCH \/rest\/v2\/campaigns\/2104\/steps\/[0-9a-f-]{36}$/);
const mornings = [{ days: ["TUESDAY", "THURSDAY"], from: "09:00", to: "11:30" }];

export const cases: Case[] = [
  {
    says: "Send the reminder of the spring campaign on Tuesday and Thursday mornings only.",
    arguments: { campaign_id: 2104, step: 2, delivery_times: mornings },
    upstream: ["GET /rest/v2/campaigns/2104", change, "GET /rest/v2/campaigns/2104"],
    result: {
      outcome: "done",
      campaign_id: 2104,
      status: "DRAFT",
      changed: [
        { step: 2, field: "delivery_times", before: "Mon-Fri 08:00-17:00", after: "Tue Thu 09:00-11:30" },
      ],
    },
    words: ["(DRAFT)", 'step 2, delivery_times: "Mon-Fri 08:00-17:00" → "Tue Thu 09:00-11:30"'],
  },
  {
    says: "Only make Friday shorter, the other days are fine.",
    arguments: {
      campaign_id: 2104,
      step: 1,
      delivery_times: [{ days: ["FRIDAY"], from: "08:00", to: "12:00" }],
      merge: true,
    },
    upstream: ["GET /rest/v2/campaigns/2104", change, "GET /rest/v2/campaigns/2104"],
    result: { outcome: "done", changed: [{ step: 1, after: "Mon-Thu 08:00-17:00, Fri 08:00-12:00" }] },
    words: ["Mon-Thu 08:00-17:00, Fri 08:00-12:00"],
  },
];
