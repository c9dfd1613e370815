import { expect } from "vitest";
import type { Case } from "../../support/case.ts";

const look = "GET /rest/v2/campaigns/2104";
const append = "POST /rest/v2/campaigns/2104/steps";

export const cases: Case[] = [
  {
    says: "Add a last reminder to the spring campaign.",
    arguments: {
      campaign_id: 2104,
      step: { type: "EMAIL", versions: [{ message: "<div>Shall I close the file?</div>" }] },
    },
    upstream: [look, append, look],
    result: {
      outcome: "done",
      campaign_id: 2104,
      status: "DRAFT",
      changed: [{ step: 3, field: "step", after: "EMAIL of 1 version" }],
      step: 3,
      versions: [{ version: "A", id: expect.any(String) }],
    },
    words: ["(DRAFT)", 'step 3, step: none → "EMAIL of 1 version"', "run_campaign 2104"],
  },
  {
    says: "And let Ivo look at their profiles at the end.",
    arguments: {
      campaign_id: 2104,
      step: {
        type: "LINKEDIN",
        linkedin: { action: "VISIT_PROFILE", account_id: 77 },
        versions: [{ message: "" }],
      },
    },
    upstream: [look, append, look],
    result: {
      outcome: "done",
      changed: [{ step: 3, field: "step", after: "LINKEDIN of 1 version" }],
      step: 3,
    },
    words: ["LINKEDIN of 1 version"],
  },
  {
    says: "What exactly would that add?",
    arguments: {
      campaign_id: 2104,
      step: { type: "EMAIL", versions: [{ message: "<div>Shall I close the file?</div>" }] },
      dry_run: true,
    },
    upstream: [look],
    result: {
      outcome: "dry_run",
      request: {
        method: "POST",
        path: "/rest/v2/campaigns/2104/steps",
        body: {
          parent_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          step: {
            type: "EMAIL",
            delivery_time: { MONDAY: [{ from: "08:00", to: "17:00" }] },
            body: { versions: [{ subject: null, message: "<div>Shall I close the file?</div>" }] },
          },
        },
      },
    },
    words: ["nothing was sent", append],
  },
];
