import { expect } from "vitest";
import type { Case } from "../../support/case.ts";

const id = { id: expect.any(String) };

export const cases: Case[] = [
  {
    says: "The payroll campaign went well. Make me one like it for the Baltics.",
    arguments: {
      campaign_id: 2102,
      name: "Contractor payroll, Baltics",
      settings: { timezone: "Europe/Riga" },
      versions: [{ step: 1, version: "A", subject: "Paying people in Riga" }],
    },
    upstream: [
      "GET /rest/v2/campaigns/2102",
      "GET /rest/v2/campaigns/2102/bounce_shield/threshold",
      "GET /rest/v1/campaign_list",
      "POST /rest/v2/campaigns",
    ],
    result: {
      outcome: "done",
      campaign_id: 2201,
      name: "Contractor payroll, Baltics",
      status: "DRAFT",
      steps: [
        {
          step: 1,
          ...id,
          versions: [
            { version: "A", ...id },
            { version: "B", ...id },
          ],
        },
        { step: 2, ...id, versions: [{ version: "A", ...id }] },
        { step: 3, ...id, versions: [{ version: "A", ...id }] },
      ],
      undo: "delete_campaign 2201",
    },
    words: [
      "Created campaign 2201",
      "DRAFT, 3 steps",
      "Not copied: prospects, statistics",
      "copy of 2102",
      "run_campaign 2201",
    ],
  },
  {
    says: "Just copy it.",
    arguments: { campaign_id: 2104 },
    upstream: [
      "GET /rest/v2/campaigns/2104",
      "GET /rest/v2/campaigns/2104/bounce_shield/threshold",
      "GET /rest/v1/campaign_list",
      "POST /rest/v2/campaigns",
    ],
    result: { outcome: "done", name: "Retail planners, spring (copy)", status: "DRAFT" },
    words: ["Retail planners, spring (copy)"],
  },
];
