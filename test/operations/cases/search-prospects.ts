import type { Case } from "../../support/case.ts";

const list = (query: string) => `GET /rest/v1/prospects?${query}`;

export const cases: Case[] = [
  {
    says: "Do we have tobias.keller@lagerhof.example?",
    arguments: { email: "tobias.keller@lagerhof.example" },
    upstream: [
      list("page=1&per_page=25&search=email%3Dtobias.keller%40lagerhof.example&campaigns_details=true"),
    ],
    result: {
      total: 1,
      prospects: [
        {
          id: 90_002,
          email: "tobias.keller@lagerhof.example",
          first_name: "Tobias",
          last_name: "Keller",
          company: "Lagerhof",
          campaigns: [{ id: 2101, status: "REPLIED", interest: "MAYBE-LATER" }],
        },
      ],
    },
    words: ["1 of 1", "90002", "tobias.keller@lagerhof.example", '"Lagerhof"'],
  },
  {
    says: "Who in the warehouse campaign was set aside?",
    arguments: { campaign_id: 2101, status: ["TO-CHECK"] },
    upstream: [list("page=1&per_page=25&campaigns_id=2101&status=TO-CHECK&campaigns_details=true")],
    result: { total: 2, prospects: [{ status: "TO-CHECK" }, { status: "TO-CHECK" }] },
    words: ["2 of 2", "dario.moretti@example.com", "fenna.dekker@example.com", "TO-CHECK"],
  },
  {
    says: "Which heads of something do we know in Graz?",
    arguments: { fields: { city: "Graz", title: "head" }, limit: 3 },
    upstream: [list("page=1&per_page=3&search=city%3DGraz%2Ctitle%3Dhead&campaigns_details=true")],
    result: {
      total: 5,
      next_cursor: "page-2-of-3",
      prospects: [{ id: 90_001 }, { id: 90_005 }, { id: 90_009 }],
    },
    words: ["3 of 5", "cursor page-2-of-3"],
  },
  {
    says: "Is there anybody from Atlantis?",
    arguments: { fields: { country: "Atlantis" } },
    upstream: [
      list("page=1&per_page=25&search=country%3DAtlantis&campaigns_details=true"),
      list("page=1&per_page=1000&search=country%3DA"),
    ],
    result: { total: 0, prospects: [] },
    words: ["No prospect matches"],
  },
];
