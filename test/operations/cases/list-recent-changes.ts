import type { Case } from "../../support/case.ts";

export const cases: Case[] = [
  {
    says: "Did you change anything?",
    arguments: {},
    upstream: [],
    result: { changes: [], total: 0 },
    words: ["No change is known"],
  },
];
