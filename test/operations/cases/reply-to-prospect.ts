import { expect } from "vitest";
import type { Case } from "../../support/case.ts";

export const cases: Case[] = [
  {
    says: "Answer her that Thursday at ten suits us.",
    arguments: { message_id: "40001", text: "Thursday at ten suits us." },
    upstream: expect.arrayContaining([
      "GET /rest/v2/inbox/messages?per_page=50",
      "GET /rest/v2/mailboxes",
    ]) as unknown as string[],
    result: {
      outcome: "confirmation_required",
      facts: { subject: expect.stringMatching(/^"Re: /), text: "\n| Thursday at ten suits us." },
      confirmation: expect.any(String),
    },
    words: ["Send this e-mail as a reply?", "| Thursday at ten suits us.", "> ", "Nothing was changed yet"],
  },
];
