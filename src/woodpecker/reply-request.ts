/** The answer to a message of the inbox: one real e-mail (docs/woodpecker-api.md, Inbox). */

interface ReplyMail {
  html: string;
  to: string;
  cc: readonly string[];
  subject: string;
  /** SMTP. */
  mailbox: number;
  /** That the message answers. */
  campaigns: readonly number[];
}

/** What would stand there by itself is sent all the same, so that it is what a person saw. */
export const reply = (message: string, { html, to, cc, subject, mailbox, campaigns }: ReplyMail) => ({
  kind: "reply" as const,
  method: "POST" as const,
  path: `/rest/v2/inbox/messages/${encodeURIComponent(message)}/reply`,
  body: {
    body: { html },
    mailbox_id: mailbox,
    to,
    ...(cc.length > 0 && { cc: cc.join(", ") }),
    subject,
    quote_original_message: true,
  },
  campaign: campaigns[0],
  alsoIn: campaigns.slice(1),
  mailboxes: [mailbox],
});
