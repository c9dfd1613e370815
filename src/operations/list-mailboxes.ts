/** The mailboxes that campaigns can send from, and what keeps one from sending. */
import { z } from "zod/v3";
import { operation } from "../calls/operation.ts";
import { whyUnusable } from "../preflight/senders.ts";
import { pageInput, pageOutput } from "../values/fields.ts";
import { quoted } from "../values/foreign.ts";
import { moreLine, page } from "../values/page.ts";
import { type Mailbox, readMailboxes } from "../woodpecker/mailboxes.ts";

export const listMailboxes = operation({
  name: "list_mailboxes",
  title: "List mailboxes",
  effect: "read",
  toolset: "accounts",
  description:
    "List the mailboxes of the Woodpecker account: SMTP ids for create_campaign, health, daily limit. Changes nothing.",
  input: {
    type: z.enum(["SMTP", "IMAP", "ALL"]).default("SMTP").describe("SMTP sends, IMAP receives."),
    usable_only: z.boolean().optional().describe("Only usable ones."),
    ...pageInput,
  },
  output: {
    mailboxes: z
      .array(
        z.object({
          id: z.number(),
          type: z.string(),
          email: z.string(),
          from_name: z.string().optional(),
          provider: z.string().optional(),
          usable: z.boolean(),
          error: z.string().optional(),
          daily_limit: z.number().optional(),
          sent_today: z.number().optional(),
        }),
      )
      .describe("The mailboxes."),
    ...pageOutput,
  },
  async run({ type, usable_only, limit, cursor }, api) {
    const now = Date.now();
    const matching = (await readMailboxes(api))
      .filter((mailbox) => type === "ALL" || mailbox.type === type)
      .map((mailbox) => ({ mailbox, error: whyUnusable(mailbox, now) }))
      .filter(({ error }) => error === undefined || !usable_only)
      .map(({ mailbox, error }) => shown(mailbox, error));
    const { entries, ...rest } = page(matching, { limit, cursor });
    return { mailboxes: entries, ...rest };
  },
  text({ mailboxes, total, next_cursor }) {
    if (total === 0) return "No mailbox matches.";
    const rows = mailboxes.map(({ id, type, email, usable, error, daily_limit, sent_today }) => {
      const load = daily_limit === undefined ? "" : `, ${sent_today ?? 0} of ${daily_limit} sent today`;
      return `${id} ${type} ${email}: ${usable ? "usable" : `not usable: ${quoted(error ?? "unknown", 200)}`}${load}`;
    });
    return [`${mailboxes.length} of ${total}`, ...rows, ...moreLine(next_cursor)].join("\n");
  },
});

const shown = (mailbox: Mailbox, error: string | undefined) => ({
  id: mailbox.id,
  type: mailbox.type,
  email: mailbox.email,
  from_name: mailbox.fromName,
  provider: mailbox.provider,
  usable: error === undefined,
  error,
  daily_limit: mailbox.dailyLimit,
  sent_today: mailbox.sentToday,
});
