import { expect } from "vitest";
import type { Case } from "../../support/case.ts";

const change = (campaign: number) =>
  expect.stringMatching(
    new RegExp(`^PATCH /rest/v2/campaigns/${campaign}/steps/[0-9a-f-]{36}/versions/[0-9a-f]{64}$`),
  );

export const cases: Case[] = [
  {
    says: "Step 1, version B of the second wave still has no subject: make it 'Forty invoices'.",
    arguments: { campaign_id: 2105, step: 1, version: "B", subject: "Forty invoices" },
    upstream: ["GET /rest/v2/campaigns/2105", change(2105), "GET /rest/v2/campaigns/2105"],
    result: {
      outcome: "done",
      campaign_id: 2105,
      status: "EDITED",
      changed: [{ step: 1, version: "B", field: "subject", after: "Forty invoices" }],
      warnings: [],
      next: "It sends nothing until run_campaign 2105, when all edits are done.",
    },
    words: ["(EDITED)", 'step 1, version B, subject: none → "Forty invoices"', "run_campaign 2105"],
  },
  {
    says: "Rewrite the reminder, I give you plain text.",
    arguments: {
      campaign_id: 2104,
      step: 2,
      version: "A",
      text: "Hello {{FIRST_NAME}},\n\nstill on for spring?",
    },
    upstream: ["GET /rest/v2/campaigns/2104", change(2104), "GET /rest/v2/campaigns/2104"],
    result: {
      outcome: "done",
      changed: [{ step: 2, version: "A", field: "message" }],
      warnings: [expect.stringContaining("{{FIRST_NAME}} has no fallback")],
    },
    words: ["step 2, version A, message: ", "{{FIRST_NAME}} has no fallback"],
  },
  {
    says: "No opens, no signature in the first one.",
    arguments: { campaign_id: 2104, step: 1, version: "A", signature: "NO_SIGNATURE", track_opens: false },
    upstream: ["GET /rest/v2/campaigns/2104", change(2104), "GET /rest/v2/campaigns/2104"],
    result: {
      outcome: "done",
      changed: [
        { step: 1, version: "A", field: "signature", before: "SENDER", after: "NO_SIGNATURE" },
        { step: 1, version: "A", field: "track_opens", before: true, after: false },
      ],
    },
    words: ['signature: "SENDER" → "NO_SIGNATURE"', "track_opens: true → false"],
  },
];
