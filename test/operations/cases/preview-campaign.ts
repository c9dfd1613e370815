import { expect } from "vitest";
import type { Case } from "../../support/case.ts";
import { draft } from "../../support/draft.ts";

export const cases: Case[] = [
  {
    says: "Show me what Amelia will get from the retail campaign, and when everything leaves if it starts on 20 March.",
    arguments: {
      campaign_id: 2104,
      prospects: [{ email: "Amelia.Hart@harrow-and-lane.example" }],
      from: "2026-03-20",
    },
    upstream: [
      "GET /rest/v2/campaigns/2104",
      "GET /rest/v2/mailboxes",
      "GET /rest/v1/prospects?campaigns_id=2104&campaigns_details=true&per_page=1000",
      "GET /rest/v1/campaign_list?status=RUNNING",
    ],
    result: {
      campaign_id: 2104,
      emails: [
        { step: 1, version: "A", subject: "Spring stock at Harrow and Lane", holes: [] },
        { step: 2, version: "A", subject: "Re: Spring stock at Harrow and Lane", thread: true },
      ],
      calendar: {
        timezone: "Europe/London",
        first_send: "2026-03-20T08:00:00+00:00",
        total: 10,
        days: [
          { date: "2026-03-20", total: 5, by_step: { 1: 5 } },
          { date: "2026-03-23", total: 5, by_step: { 2: 5 } },
        ],
      },
    },
    words: [
      "Hi Amelia",
      'Subject: "Re: Spring stock at Harrow and Lane"',
      "2026-03-23: 5 (step 2: 5)",
      "Nobody answers",
    ],
  },
  {
    says: "What would this draft look like for somebody of whom we know only the address, and how long would 500 people take?",
    arguments: {
      draft: {
        ...draft,
        steps: [
          {
            type: "EMAIL",
            versions: [{ subject: "For {{COMPANY}}", message: '<p>Hello {{FIRST_NAME | "there"}}</p>' }],
          },
          draft.steps[1],
        ],
      },
      prospects: [{ email: "info@fournil.example" }],
      people: 500,
      from: "2026-03-23T07:00:00+01:00",
    },
    upstream: ["GET /rest/v2/mailboxes", "GET /rest/v1/campaign_list?status=RUNNING"],
    result: {
      emails: [
        {
          step: 1,
          email: "info@fournil.example",
          text: "Hello there",
          holes: [expect.stringContaining("info@fournil.example")],
        },
      ],
      set_aside: [{ email: "info@fournil.example", step: 1, missing: ["company"] }],
      calendar: {
        timezone: "Europe/Paris",
        first_send: "2026-03-23T08:30:00+01:00",
        total: 1000,
        days: expect.arrayContaining([
          { date: "2026-03-23", total: 25, by_step: { 1: 25 }, full: ["mailbox limit"] },
        ]),
      },
      assumptions: expect.arrayContaining([
        expect.stringContaining("Clocks change in Europe/Paris on 2026-03-29"),
      ]),
    },
    words: ['! "info@fournil.example" has no company', "1000 sends", "full: mailbox limit", "Clocks change"],
  },
];
