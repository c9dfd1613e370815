import { expect } from "vitest";
import type { Case } from "../../support/case.ts";
import { draft } from "../../support/draft.ts";

const people = (id: number) =>
  `GET /rest/v1/prospects?campaigns_id=${id}&campaigns_details=true&per_page=1000`;

export const cases: Case[] = [
  {
    says: "Is the retail campaign ready to go?",
    arguments: { campaign_id: 2104 },
    upstream: [
      "GET /rest/v2/campaigns/2104",
      "GET /rest/v2/mailboxes",
      people(2104),
      "GET /rest/v1/campaign_list",
    ],
    result: {
      verdict: "warnings",
      campaign_id: 2104,
      status: "DRAFT",
      findings: expect.arrayContaining([
        {
          rule: "snippet_without_fallback",
          severity: "warning",
          path: "steps[0].versions[0].subject",
          places: ["steps[0].versions[0].subject", "steps[0].versions[0].message"],
          step: 1,
          version: "A",
          message: expect.stringContaining("of the 6 prospects who can be written to, 1 has no value"),
          remedy: expect.stringContaining('{{COMPANY | "…"}}'),
        },
      ]),
    },
    words: [
      "Campaign 2104",
      "warnings, 1 warning",
      "steps[0].versions[0].subject, steps[0].versions[0].message",
      "set aside",
    ],
  },
  {
    says: "Why does the beta campaign not send anything?",
    arguments: { campaign_id: 2106 },
    upstream: [
      "GET /rest/v2/campaigns/2106",
      "GET /rest/v2/mailboxes",
      people(2106),
      "GET /rest/v1/campaign_list?id=2106",
      "GET /rest/v2/campaigns/2106/bounce_shield/threshold",
    ],
    result: {
      verdict: "blocked",
      status: "COMPLETED",
      not_sending: [
        expect.stringContaining("It is COMPLETED"),
        expect.stringMatching(/No mailbox of the campaign can send now: 504/),
      ],
      findings: expect.arrayContaining([
        expect.objectContaining({ rule: "mailbox_error", path: "mailbox_ids[0]" }),
      ]),
    },
    words: ["blocked, 1 error", "Why nothing is sent", "1. It is COMPLETED", "Reconnect"],
  },
  {
    says: "Check this before you create it.",
    arguments: {
      draft: {
        ...draft,
        mailbox_ids: [601],
        steps: [
          {
            type: "EMAIL",
            versions: [{ subject: "RE: our call", message: "<p>Hi {{FIRSTNAME}}, {a|b} [Your name]</p>" }],
          },
        ],
      },
    },
    upstream: ["GET /rest/v2/mailboxes", "GET /rest/v1/campaign_list"],
    result: {
      verdict: "blocked",
      name: "Bakeries in Lyon",
      findings: expect.arrayContaining(
        [
          { rule: "mailbox_receives", path: "mailbox_ids[0]" },
          { rule: "unknown_snippet", path: "steps[0].versions[0].message" },
          { rule: "other_spintax", path: "steps[0].versions[0].message" },
          { rule: "placeholder", path: "steps[0].versions[0].message" },
          { rule: "fake_reply", path: "steps[0].versions[0].subject" },
        ].map((one) => expect.objectContaining(one)),
      ),
    },
    words: ['Draft "Bakeries in Lyon": blocked', "Use 501", "{{FIRST_NAME}} is", "[Your name]"],
  },
];
