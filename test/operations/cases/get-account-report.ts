import { expect } from "vitest";
import type { Case } from "../../support/case.ts";
import { day } from "../../support/day.ts";

const period = { from: day(28), to: day(0) };
const order = "POST /rest/v2/reports/complete_statistics_for_each_level_of_campaign";
const latest = (status: string, by: string) =>
  `GET /rest/v1/prospects?status=${status}&sort=-${by}&campaigns_details=true&per_page=100&campaigns_id=2101`;

export const cases: Case[] = [
  {
    says: "How are the two campaigns that run or ran doing?",
    arguments: { campaign_ids: [2101, 2102] },
    upstream: ["GET /rest/v1/campaign_list?id=2101", "GET /rest/v1/campaign_list?id=2102"],
    result: {
      campaigns: [
        {
          id: 2101,
          name: "Warehouse leads, DACH",
          status: "RUNNING",
          people: 18,
          sent: 29,
          delivered: 28,
          replied: 4,
          bounced: 1,
          rates: { replied: 0.1429 },
        },
        { id: 2102 },
      ],
      totals: { campaigns: 2, people: expect.any(Number), replied: expect.any(Number) },
      best: { reason: expect.stringContaining("Too little to compare") },
      worst: { reason: expect.stringContaining("50 delivered e-mails") },
    },
    words: ["| 2101 |", "4 (14.3 %)", "lifetime", "Too little to compare"],
  },
  {
    says: "The last four weeks of what runs, and who answered since.",
    arguments: { status: ["RUNNING"], period, since: day(28) },
    sandbox: { reportPolls: 0 },
    upstream: [
      "GET /rest/v1/campaign_list?status=RUNNING",
      order,
      "GET /rest/v1/campaign_list?id=2101",
      expect.stringMatching(/^GET \/rest\/v2\/reports\/[0-9a-f]{64}$/),
      latest("REPLIED", "last_replied"),
      latest("BOUNCED", "updated"),
      latest("BLACKLIST", "updated"),
    ],
    result: {
      campaigns: [{ id: 2101, sent: 29, delivered: 28, replied: 4, opted_out: 1 }],
      period,
      news: {
        replies: [
          {
            name: "Lena Brandt",
            company: "Quarrystone Logistik",
            interest: "INTERESTED",
            campaign_ids: [2101],
          },
          { name: "Tobias Keller" },
          { name: "Henrik Falk" },
          { name: "Florian Lorenz" },
        ],
        bounced: [{ email: "jonas.amsel@alpenkiste.example" }],
        opted_out: [{ email: "greta.stein@hafenbogen.example" }],
        paused: [],
      },
    },
    words: [
      period.from,
      "New since",
      '- replied: 90001 lena.brandt@quarrystone-logistik.example, "Lena Brandt"',
    ],
  },
];
