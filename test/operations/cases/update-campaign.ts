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
      changed: ["name", "settings.daily_enroll"],
    },
    words: ["Campaign 2104 (DRAFT)", "name, settings.daily_enroll", "run_campaign 2104"],
  },
  {
    says: "Have it pause by itself when one e-mail in twenty bounces.",
    arguments: { campaign_id: 2104, bounce_shield: 5 },
    upstream: [look, `PUT ${threshold}`, `GET ${threshold}`],
    result: { outcome: "done", campaign_id: 2104, changed: ["bounce_shield"] },
    words: ["Campaign 2104", "bounce_shield"],
  },
  {
    says: "No, leave that guard away.",
    arguments: { campaign_id: 2104, bounce_shield: null },
    upstream: [look, `DELETE ${threshold}`, `GET ${threshold}`],
    result: { outcome: "done", changed: ["bounce_shield (cleared)"] },
    words: ["bounce_shield (cleared)"],
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
