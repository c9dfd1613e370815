/** GET /rest/v2/mailboxes, all or one. */
import { sentToday } from "../clock/senders.ts";
import { problem, type Reply } from "../reply.ts";
import type { Call } from "../router.ts";
import type { Mailbox, State } from "../state.ts";

export function listMailboxes({ state, now }: Call): Reply {
  return {
    status: 200,
    body: [...state.mailboxes.values()].map((mailbox) => withSentToday(state, mailbox, now())),
  };
}

// The error tabs of this route are not visible; both answers are the framework's general ones.
export function getMailbox({ state, params, now }: Call): Reply {
  const id = params.mailbox_id ?? "";
  if (!/^\d+$/.test(id)) return problem(400, "Value of id is incorrect.", now());
  const mailbox = state.mailboxes.get(Number(id));
  if (!mailbox) return problem(404, "Requested resource does not exist", now());
  return { status: 200, body: withSentToday(state, mailbox, now()) };
}

function withSentToday(state: State, mailbox: Mailbox, now: Date): Mailbox {
  if (mailbox.type === "IMAP") return mailbox;
  return { ...mailbox, details: { ...mailbox.details, sent_today: sentToday(state, mailbox.id, now) } };
}
