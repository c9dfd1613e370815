import { expect } from "vitest";
import type { Case } from "../../support/case.ts";

const look = "GET /rest/v2/campaigns/2101";

export const cases: Case[] = [
  {
    says: "Open the warehouse campaign for changes, I know that it stops sending meanwhile.",
    arguments: { campaign_id: 2101 },
    upstream: [look, "POST /rest/v2/campaigns/2101/make_editable", look],
    result: {
      outcome: "done",
      campaign_id: 2101,
      name: "Warehouse leads, DACH",
      status: "EDITED",
      undo: expect.stringContaining("run_campaign 2101"),
      next: "It sends nothing until run_campaign 2101, which asks a person first; make every edit before that.",
    },
    words: ["is EDITED now", "sends nothing until run_campaign 2101"],
  },
  {
    says: "Can I change the spring draft?",
    arguments: { campaign_id: 2104 },
    upstream: ["GET /rest/v2/campaigns/2104"],
    result: { outcome: "already", campaign_id: 2104, status: "DRAFT" },
    words: ["2104", "was DRAFT already", "nothing was changed"],
  },
];
