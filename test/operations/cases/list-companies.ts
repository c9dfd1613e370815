import type { Case } from "../../support/case.ts";

const upstream = ["GET /rest/v2/agency/companies?page=1"];

export const cases: Case[] = [
  {
    says: "Which clients do we look after?",
    arguments: {},
    sandbox: { agency: true },
    upstream,
    result: {
      total: 2,
      companies: [
        { id: 7001, name: "Northwind", active: true },
        { id: 7002, name: "Harborline", active: true },
      ],
    },
    words: ["2 of 2", '7001 "Northwind"', '7002 "Harborline"'],
  },
  {
    says: "One at a time, please.",
    arguments: { limit: 1 },
    sandbox: { agency: true },
    upstream,
    result: { total: 2, companies: [{ id: 7001 }], next_cursor: "after-7001" },
    words: ["1 of 2", "cursor after-7001"],
  },
];
