import type { Case } from "../../support/case.ts";

const upstream = ["GET /rest/v2/linkedin_accounts"];

export const cases: Case[] = [
  {
    says: "Which LinkedIn accounts do we have?",
    arguments: {},
    upstream,
    result: {
      total: 2,
      accounts: [
        { id: 77, name: "Ivo Bell", status: "CONNECTED", usable: true, level: "PREMIUM", inmail: true },
        {
          id: 78,
          name: "Nora Vance",
          status: "DISCONNECTED",
          usable: false,
          level: "CLASSIC",
          inmail: false,
        },
      ],
    },
    words: [
      "2 of 2",
      '77 "Ivo Bell" CONNECTED, PREMIUM, can send InMail',
      '78 "Nora Vance" DISCONNECTED, CLASSIC, cannot send InMail',
    ],
  },
  {
    says: "And which of them work?",
    arguments: { usable_only: true },
    upstream,
    result: { total: 1, accounts: [{ id: 77 }] },
    words: ["1 of 1", '77 "Ivo Bell"'],
  },
];
