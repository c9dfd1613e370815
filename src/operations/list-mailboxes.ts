/** The mailboxes that campaigns can send from, what keeps one from sending, and which running campaigns share it. */
import { z } from "zod/v3";
import { operation } from "../calls/operation.ts";
import { whyUnusable } from "../preflight/senders.ts";
import { sendsFrom } from "../preflight/sharing.ts";
import { pageInput, pageOutput } from "../values/fields.ts";
import { plain, quoted } from "../values/foreign.ts";
import { moreLine, page } from "../values/page.ts";
import { type CampaignRow, listCampaignRows } from "../woodpecker/campaigns.ts";
import type { Api } from "../woodpecker/client.ts";
import { type Mailbox, readMailboxes } from "../woodpecker/mailboxes.ts";
import { orReason } from "../woodpecker/reason.ts";

export const listMailboxes = operation({
  name: "list_mailboxes",
  title: "List mailboxes",
  effect: "read",
  toolset: "accounts",
  description:
    "List the mailboxes of the Woodpecker account: SMTP ids, health, limit, warm-up, running campaigns of each.",
  input: {
    type: z.enum(["SMTP", "IMAP", "ALL"]).default("SMTP").describe("SMTP sends, IMAP receives."),
    usable_only: z.boolean().optional().describe("Able to send."),
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
          warm_up: z.string().optional(),
          campaigns: z
            .array(z.object({ id: z.number(), name: z.string(), daily_enroll: z.number().optional() }))
            .optional(),
        }),
      )
      .describe("The mailboxes; campaigns: running ones that send from it."),
    note: z.string().optional().describe("What could not be read."),
    ...pageOutput,
  },
  async run({ type, usable_only, limit, cursor }, api) {
    const now = Date.now();
    const matching = (await readMailboxes(api))
      .filter((mailbox) => type === "ALL" || mailbox.type === type)
      .map((mailbox) => ({ id: mailbox.id, mailbox, error: whyUnusable(mailbox, now) }))
      .filter(({ error }) => error === undefined || !usable_only);
    const { entries, ...rest } = page(matching, { limit, cursor });
    const senders = entries.filter(({ mailbox }) => mailbox.type === "SMTP");
    const { running, note } = senders.length > 0 ? await readRunning(api) : {};
    return {
      mailboxes: entries.map(({ mailbox, error }) => shown(mailbox, error, running)),
      ...(note && { note }),
      ...rest,
    };
  },
  text({ mailboxes, note, total, next_cursor }) {
    if (total === 0) return "No mailbox matches.";
    const rows = mailboxes.map((row) => {
      const { id, type, email, from_name, provider, usable, error, daily_limit, sent_today } = row;
      const sent = sent_today === undefined ? "" : `, ${sent_today} sent today`;
      return [
        `${id} ${type} ${email}`,
        `: ${usable ? "usable" : `not usable: ${quoted(error ?? "unknown", 200)}`}`,
        daily_limit === undefined ? sent : `, ${sent_today ?? 0} of ${daily_limit} sent today`,
        row.warm_up && `, warm-up ${row.warm_up}`,
        from_name && `, from ${quoted(from_name)}`,
        provider && `, provider ${provider}`,
        row.campaigns && `, ${sayCampaigns(row.campaigns)}`,
      ]
        .filter(Boolean)
        .join("");
    });
    const notes = note ? [note] : [];
    return [`${mailboxes.length} of ${total}`, ...rows, ...notes, ...moreLine(next_cursor)].join("\n");
  },
});

/** The mailboxes are worth telling also where the campaigns cannot be read. */
async function readRunning(api: Api): Promise<{ running?: CampaignRow[]; note?: string }> {
  const running = await orReason(listCampaignRows(api, { status: "RUNNING" }));
  if (!("unread" in running)) return { running };
  return { note: `Which running campaigns send from them could not be read: ${plain(running.unread, 200)}.` };
}

function sayCampaigns(campaigns: readonly Pick<CampaignRow, "id" | "name" | "daily_enroll">[]): string {
  if (campaigns.length === 0) return "no running campaign sends from it";
  const named = campaigns.map(
    ({ id, name, daily_enroll }) =>
      `${id} ${quoted(name)}${daily_enroll === undefined ? "" : ` (${daily_enroll} openings a day)`}`,
  );
  return `sends for ${named.join(", ")}`;
}

const shown = (mailbox: Mailbox, error: string | undefined, running: readonly CampaignRow[] | undefined) => ({
  id: mailbox.id,
  type: mailbox.type,
  email: mailbox.email,
  from_name: mailbox.fromName,
  provider: mailbox.provider,
  usable: error === undefined,
  error,
  daily_limit: mailbox.dailyLimit,
  sent_today: mailbox.sentToday,
  warm_up: mailbox.warmUp,
  ...(running &&
    mailbox.type === "SMTP" && {
      campaigns: running
        .filter((row) => sendsFrom(row, mailbox.email))
        .map(({ id, name, daily_enroll }) => ({ id, name, daily_enroll })),
    }),
});
