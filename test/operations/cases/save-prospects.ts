import { expect } from "vitest";
import type { Case } from "../../support/case.ts";

const anna = { email: "anna.moser@bergladen.example", first_name: "Anna", company: "Bergladen" };
const lena = { email: "lena.brandt@quarrystone-logistik.example" };

/** Who of them is known is read first. */
const look = (...people: { email: string }[]) =>
  `GET /rest/v1/prospects?search=${people.map(({ email }) => `email%3D${email.replace("@", "%40")}`).join("%2C")}&campaigns_details=true&per_page=${people.length * 2}`;

export const cases: Case[] = [
  {
    says: "Put Anna Moser into our list; Lena Brandt should be there already.",
    arguments: { prospects: [anna, lena] },
    upstream: [look(anna, lena), "POST /rest/v1/add_prospects_list"],
    result: {
      outcome: "done",
      added: 1,
      updated: 0,
      duplicates: 1,
      rejected: 0,
      rows: [{ row: 2, email: lena.email, result: "duplicate" }],
    },
    words: ["Added 1, updated 0, known already 1, refused 0"],
  },
  {
    says: "Add Anna to the spring draft, and Lena, who had said no.",
    arguments: { campaign_id: 2104, prospects: [anna, lena] },
    upstream: [look(anna, lena), "GET /rest/v2/campaigns/2104", "POST /rest/v1/add_prospects_campaign"],
    result: {
      outcome: "done",
      added: 1,
      rejected: 1,
      rows: [{ row: 2, email: lena.email, result: "rejected", code: "E_INV_STATUS" }],
    },
    words: ["Added 1", "refused 1", `${lena.email}: E_INV_STATUS`],
  },
  {
    says: "Add Anna to the warehouse campaign.",
    arguments: { campaign_id: 2101, prospects: [anna] },
    upstream: [look(anna), "GET /rest/v2/campaigns/2101", "GET /rest/v2/mailboxes"],
    result: {
      outcome: "confirmation_required",
      campaign_id: 2101,
      confirmation: expect.any(String),
      facts: {
        campaign: 2101,
        name: '"Warehouse leads, DACH"',
        status: "RUNNING",
        people: 1,
        first: anna.email,
      },
    },
    words: ["The campaign e-mails them", "status: RUNNING", "Nothing was changed yet"],
  },
  {
    says: "Add Anna to the warehouse campaign. Yes, write to her.",
    arguments: { campaign_id: 2101, prospects: [anna] },
    agrees: true,
    upstream: [
      look(anna),
      "GET /rest/v2/campaigns/2101",
      "GET /rest/v2/mailboxes",
      look(anna),
      "GET /rest/v2/campaigns/2101",
      "GET /rest/v2/mailboxes",
      "POST /rest/v1/add_prospects_campaign",
    ],
    result: { outcome: "done", added: 1, rejected: 0 },
    words: ["Added 1"],
  },
];
