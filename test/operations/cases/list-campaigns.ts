import type { Case } from "../../support/case.ts";

export const cases: Case[] = [
  {
    says: "What do I have in Woodpecker?",
    arguments: {},
    upstream: ["GET /rest/v1/campaign_list"],
    result: {
      total: 6,
      campaigns: [
        { id: 2104, status: "DRAFT" },
        { id: 2105, status: "EDITED" },
        {
          id: 2101,
          name: "Warehouse leads, DACH",
          status: "RUNNING",
          daily_enroll: 15,
          from_emails: ["nora@northwind.example"],
          gdpr_unsubscribe: true,
          folder: "Northwind",
        },
        { id: 2102, status: "PAUSED" },
        { id: 2103, status: "STOPPED" },
        { id: 2106, status: "COMPLETED" },
      ],
    },
    words: ["6 of 6", '"Warehouse leads, DACH" RUNNING', "from nora@northwind.example"],
  },
  {
    says: "Which campaigns are running or paused?",
    arguments: { status: ["RUNNING", "PAUSED"] },
    upstream: ["GET /rest/v1/campaign_list?status=RUNNING%2CPAUSED"],
    result: { total: 2, campaigns: [{ id: 2101 }, { id: 2102 }] },
    words: ["2 of 2", "PAUSED", "RUNNING"],
  },
  {
    says: "Find the one about contractors.",
    arguments: { name_contains: "CONTRACTOR" },
    upstream: ["GET /rest/v1/campaign_list"],
    result: { total: 1, campaigns: [{ id: 2102, name: "Contractor payroll, Nordics" }] },
    words: ["1 of 1", "Contractor payroll, Nordics"],
  },
  {
    says: "Show me the newest two.",
    arguments: { limit: 2 },
    upstream: ["GET /rest/v1/campaign_list"],
    result: { total: 6, next_cursor: "after-2105", campaigns: [{ id: 2104 }, { id: 2105 }] },
    words: ["2 of 6", "cursor after-2105"],
  },
  {
    says: "And the next two.",
    arguments: { limit: 2, cursor: "after-2105" },
    upstream: ["GET /rest/v1/campaign_list"],
    result: { total: 6, next_cursor: "after-2102", campaigns: [{ id: 2101 }, { id: 2102 }] },
    words: ["2 of 6", "cursor after-2102"],
  },
  {
    says: "Which of these two send from Nora's address?",
    arguments: { ids: [2101, 2102], from_email: "Nora@Northwind.example" },
    upstream: ["GET /rest/v1/campaign_list?id=2101%2C2102"],
    result: { total: 1, campaigns: [{ id: 2101 }] },
    words: ["1 of 1", "created 20"],
  },
  {
    says: "What do I have in my new account?",
    arguments: {},
    sandbox: { seed: "empty" },
    upstream: ["GET /rest/v1/campaign_list"],
    result: { total: 0, campaigns: [] },
    words: ["No campaign matches"],
  },
];
