import { expect } from "vitest";
import type { Case } from "../../support/case.ts";

const workweek = {
  days: ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"],
  from: "08:00",
  to: "17:00",
};

export const cases: Case[] = [
  {
    says: "How is the payroll campaign built?",
    arguments: { campaign_id: 2102 },
    upstream: [
      "GET /rest/v2/campaigns/2102",
      "GET /rest/v1/campaign_list?id=2102",
      "GET /rest/v2/campaigns/2102/bounce_shield/threshold",
    ],
    result: {
      id: 2102,
      name: "Contractor payroll, Nordics",
      status: "PAUSED",
      mailbox_ids: [502],
      mailboxes: [{ id: 502, email: expect.stringContaining("@") }],
      enrolled: expect.any(Number),
      created: expect.any(String),
      settings: { timezone: "Europe/Stockholm", daily_enroll: 10 },
      steps: [
        {
          step: 1,
          type: "EMAIL",
          delivery_times: [workweek],
          versions: [
            { version: "A", subject: "Paying contractors abroad" },
            { version: "B", signature: "SENDER", track_opens: true },
          ],
        },
        {
          step: 2,
          type: "LINKEDIN",
          wait: { value: 2, range: "DAY" },
          linkedin: { action: "VISIT_PROFILE", account_id: 77 },
        },
        { step: 3, type: "EMAIL", wait: { value: 2, range: "DAY" } },
      ],
    },
    words: [
      'Campaign 2102 "Contractor payroll, Nordics": PAUSED',
      "Mailboxes: 502 ",
      "Bounce shield: none",
      "timezone Europe/Stockholm",
      "Step 1: EMAIL, Mon-Fri 08:00-17:00",
      "Step 2: LINKEDIN VISIT_PROFILE by account 77, 2 DAY after step 1",
      "Step 3: EMAIL, 2 DAY after step 2",
      "no subject of its own",
    ],
  },
  {
    says: "What does its last e-mail say?",
    arguments: { campaign_id: 2102, include: "content", step: 3 },
    upstream: ["GET /rest/v2/campaigns/2102"],
    result: {
      id: 2102,
      steps: [
        {
          step: 3,
          versions: [{ message: expect.stringContaining("a short note in case the first one got lost") }],
        },
      ],
    },
    words: ["Step 3", "a short note in case the first one got lost"],
  },
  {
    says: "Show me the trade fair campaign, the one with the condition in it.",
    arguments: { campaign_id: 2103 },
    upstream: ["GET /rest/v2/campaigns/2103", "GET /rest/v1/campaign_list?id=2103"],
    result: { id: 2103, name: "Trade fair visitors", status: "STOPPED", partial: true, steps: [] },
    words: ["Trade fair visitors", "STOPPED", "cannot show this campaign in full", "Woodpecker app"],
  },
];
