import { expect } from "vitest";
import type { Case } from "../../support/case.ts";

const upstream = ["GET /rest/v2/manual_tasks?limit=500"];

export const cases: Case[] = [
  {
    says: "What do I still have to do by hand?",
    arguments: {},
    upstream,
    result: {
      total: 5,
      tasks: ["CALL", "SMS", "CALL", "LINKEDIN", "GENERIC"].map((type) => ({
        type,
        due: expect.stringMatching(/^\d{4}-\d\d-\d\dT13:00:00\.000Z$/),
        prospect: { id: expect.any(Number), email: expect.stringContaining("@") },
        campaign: { id: 2103, name: expect.any(String) },
      })),
      next: expect.stringContaining("Woodpecker app"),
    },
    words: ["5 of 5 open tasks", "Call about the price list", "in the Woodpecker app", "2103"],
  },
  {
    says: "Which calls are there to make?",
    arguments: { type: ["CALL"], limit: 1 },
    upstream,
    result: {
      total: 2,
      tasks: [{ name: "Call about the price list", message: expect.stringContaining("two sites") }],
      next_cursor: expect.any(String),
    },
    words: ["1 of 2 open tasks", "More: call again with cursor"],
  },
  {
    says: "Anything left to do for the spring draft?",
    arguments: { campaign_id: 2104 },
    upstream,
    result: { tasks: [], total: 0 },
    words: ["No open task matches"],
  },
];
