import { expect } from "vitest";
import type { Case } from "../../support/case.ts";
import { day } from "../../support/day.ts";

const period = { from: day(28), to: day(0) };
const order = "POST /rest/v2/reports/complete_statistics_for_each_level_of_campaign";
const fetched = expect.stringMatching(/^GET \/rest\/v2\/reports\/[0-9a-f]{64}$/);
const texts = "GET /rest/v2/campaigns/2101";

export const cases: Case[] = [
  {
    says: "How is the warehouse campaign doing?",
    arguments: { campaign_id: 2101 },
    upstream: ["GET /rest/v1/campaign_list?id=2101"],
    result: {
      campaign_id: 2101,
      name: "Warehouse leads, DACH",
      status: "RUNNING",
      counters: { prospects: 18, sent: 29, bounced: 1, replied: 4, check: 2 },
      rates: {
        replied: { value: 0.1429, numerator: 4, denominator: 28, of: "delivered e-mails" },
        bounced: { value: 0.0345, numerator: 1, denominator: 29, of: "sent e-mails" },
      },
      steps: [
        { step: 1, sent: 14 },
        { step: 2, sent: 10 },
        { step: 3, sent: 5 },
      ],
    },
    words: [
      "2101",
      "lifetime",
      "replied: 14.3 % (4 of 28 delivered e-mails)",
      "bounced: 3.4 % (1 of 29 sent e-mails)",
      "sent 29",
    ],
  },
  {
    says: "Which of the two openings works better, in the last four weeks?",
    arguments: { campaign_id: 2101, period },
    sandbox: { reportPolls: 0 },
    upstream: ["GET /rest/v1/campaign_list?id=2101", order, fetched, texts],
    result: {
      campaign_id: 2101,
      period,
      counters: { sent: 29, delivered: 28, replied: 4, bounced: 1 },
      steps: [
        { step: 1, version: "A" },
        { step: 1, version: "B" },
        { step: 2, version: "A" },
        { step: 3, version: "A" },
      ],
      comparisons: [
        {
          step: 1,
          metric: "replied of delivered",
          versions: [{ version: "A" }, { version: "B" }],
          verdict: "too early to tell",
        },
        { step: 1, metric: "opened of delivered" },
      ],
    },
    words: [period.from, period.to, "(UTC)", "Step 1, replied of delivered: A ", "too early to tell"],
  },
];
