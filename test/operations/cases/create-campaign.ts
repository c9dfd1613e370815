import { expect } from "vitest";
import type { Case } from "../../support/case.ts";
import { draft } from "../../support/draft.ts";

const id = { id: expect.any(String) };

export const cases: Case[] = [
  {
    says: "Draft a campaign for the bakeries: two subjects to compare, a visit on LinkedIn, a reminder after three days.",
    arguments: {
      ...draft,
      steps: [
        {
          type: "EMAIL",
          versions: [
            { subject: 'Flour for {{COMPANY | "your bakery"}}', message: "<p>May I bring a sack?</p>" },
            { subject: "A sack to try?", message: "<p>Would fresh flour help?</p>" },
          ],
        },
        {
          type: "LINKEDIN",
          linkedin: { action: "VISIT_PROFILE", account_id: 77 },
          versions: [{ message: "" }],
        },
        {
          type: "EMAIL",
          wait: { value: 3, range: "DAY" },
          versions: [{ message: "<p>Shall I come by on Thursday?</p>" }],
        },
      ],
    },
    upstream: ["GET /rest/v1/campaign_list", "POST /rest/v2/campaigns"],
    result: {
      outcome: "done",
      campaign_id: 2201,
      name: "Bakeries in Lyon",
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
      warnings: [],
      undo: "delete_campaign 2201",
    },
    words: [
      "Created campaign 2201",
      "DRAFT, 3 steps",
      "Step 1: A, B",
      "Nothing is sent yet",
      "run_campaign 2201",
    ],
  },
  {
    says: "Draft it with the first name in it.",
    arguments: {
      ...draft,
      steps: [{ type: "EMAIL", versions: [{ subject: "Hi", message: "{{FIRST_NAME}}" }] }],
    },
    upstream: ["GET /rest/v1/campaign_list", "POST /rest/v2/campaigns"],
    result: { outcome: "done", warnings: [expect.stringContaining("{{FIRST_NAME}} has no fallback")] },
    words: ["Look at this before running it", "Step 1 A: {{FIRST_NAME}} has no fallback"],
  },
  {
    says: "What would you send to create it?",
    arguments: { ...draft, dry_run: true },
    upstream: ["GET /rest/v1/campaign_list"],
    result: {
      outcome: "dry_run",
      request: { method: "POST", path: "/rest/v2/campaigns", body: { name: "Bakeries in Lyon" } },
    },
    words: ["nothing was sent", "POST /rest/v2/campaigns"],
  },
];
