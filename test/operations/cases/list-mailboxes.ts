import { expect } from "vitest";
import type { Case } from "../../support/case.ts";

export const cases: Case[] = [
  {
    says: "Which mailboxes can I send from?",
    arguments: { usable_only: true },
    upstream: ["GET /rest/v2/mailboxes", "GET /rest/v1/campaign_list?status=RUNNING"],
    result: {
      total: 3,
      mailboxes: [
        {
          id: 501,
          type: "SMTP",
          email: "nora@northwind.example",
          from_name: "Nora Vance",
          usable: true,
          daily_limit: 50,
        },
        { id: 502, usable: true },
        { id: 503, usable: true },
      ],
    },
    words: ["3 of 3", "501 SMTP nora@northwind.example: usable, 0 of 50 sent today"],
  },
  {
    says: "What is wrong with my mailboxes?",
    arguments: {},
    upstream: ["GET /rest/v2/mailboxes", "GET /rest/v1/campaign_list?status=RUNNING"],
    result: {
      total: 4,
      mailboxes: expect.arrayContaining([
        expect.objectContaining({
          id: 504,
          usable: false,
          error: "Authentication failed. Reconnect the mailbox.",
        }),
      ]),
    },
    words: ["4 of 4", '504 SMTP nora@get-northwind.example: not usable: "Authentication failed'],
  },
  {
    says: "And where do the answers arrive? One is enough.",
    arguments: { type: "IMAP", limit: 1 },
    upstream: ["GET /rest/v2/mailboxes"],
    result: { total: 4, next_cursor: "after-601", mailboxes: [{ id: 601, type: "IMAP", usable: false }] },
    words: ["1 of 4", "cursor after-601"],
  },
];
