/** GET /rest/v2/mailboxes, all or one, and PATCH of a footer. */

import { isNullOr, isObject, isString } from "../check/value.ts";
import { sentToday } from "../clock/senders.ts";
import { EMPTY, incorrect, notFound, type Reply } from "../reply.ts";
import type { Call } from "../router.ts";
import type { Mailbox, State } from "../state.ts";

export function listMailboxes({ state, now }: Call): Reply {
  return {
    status: 200,
    body: [...state.mailboxes.values()].map((mailbox) => withSentToday(state, mailbox, now())),
  };
}

// The error tabs of these routes are not visible; the answers are the framework's general ones.
function findMailbox({ state, params }: Call): Mailbox {
  const id = params.mailbox_id ?? "";
  if (!/^\d+$/.test(id)) throw incorrect("id");
  const found = state.mailboxes.get(Number(id));
  if (!found) throw notFound();
  return found;
}

export function getMailbox(call: Call): Reply {
  return { status: 200, body: withSentToday(call.state, findMailbox(call), call.now()) };
}

const isFooter = isObject({ footer: isNullOr(isString) });

/** An empty text or null takes it away. A mailbox that only receives has none. */
export function setFooter(call: Call): Reply {
  const found = findMailbox(call);
  if (found.type === "IMAP" || !isFooter(call.body)) throw incorrect("footer");
  found.details.signature = (call.body as { footer: string | null }).footer ?? "";
  return EMPTY;
}

function withSentToday(state: State, mailbox: Mailbox, now: Date): Mailbox {
  if (mailbox.type === "IMAP") return mailbox;
  return { ...mailbox, details: { ...mailbox.details, sent_today: sentToday(state, mailbox.id, now) } };
}
