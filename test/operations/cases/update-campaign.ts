import type { Case } from "../../support/case.ts";

const look = "GET /rest/v2/campaigns/2104";
const threshold = "/rest/v2/campaigns/2104/bounce_shield/threshold";

export const cases: Case[] = [
  {
    says: "Call the spring campaign something with May in it, and open forty a day.",
    arguments: { campaign_id: 2104, name: "Retail planners, May", settings: { daily_enroll: 40 } },
    upstream: [look, "PATCH /rest/v2/campaigns/2104", look],
    result: {
      outcome: "done",
      campaign_id: 2104,
      status: "DRAFT",
      changed: [
        { field: "name", before: "Retail planners, spring", after: "Retail planners, May" },
        { field: "settings.daily_enroll", before: 25, after: 40 },
      ],
    },
    words: [
      'Campaign 2104 "Retail planners, spring" (DRAFT)',
      "settings.daily_enroll: 25 → 40",
      "run_campaign 2104",
    ],
  },
  {
    says: "Have it pause by itself when one e-mail in twenty bounces.",
    arguments: { campaign_id: 2104, bounce_shield: 5 },
    upstream: [look, `GET ${threshold}`, `PUT ${threshold}`, `GET ${threshold}`],
    result: {
      outcome: "done",
      campaign_id: 2104,
      changed: [{ field: "bounce_shield", before: null, after: 5 }],
    },
    words: ["Campaign 2104", "bounce_shield: none → 5"],
  },
  {
    says: "No, leave that guard away.",
    arguments: { campaign_id: 2104, bounce_shield: null },
    upstream: [look, `GET ${threshold}`],
    result: { outcome: "already", changed: [] },
    words: ["it is so already; nothing was sent"],
  },
  {
    says: "What would you send to let Nora write the second wave?",
    arguments: { campaign_id: 2105, mailbox_ids: [501], dry_run: true },
    upstream: ["GET /rest/v2/campaigns/2105"],
    result: {
      outcome: "dry_run",
      campaign_id: 2105,
      request: {
        method: "PATCH",
        path: "/rest/v2/campaigns/2105",
        body: { email_account_ids: [501] },
      },
    },
    words: ["nothing was sent", "PATCH /rest/v2/campaigns/2105"],
  },
];
