/** POST /rest/v2/inbox/messages/{id}/reply: answers a reply. What was sent cannot be read anywhere afterwards. */
import { canSend } from "../check/account.ts";
import {
  type Check,
  isAddress,
  isBoolean,
  isFilled,
  isId,
  isNullOr,
  isObject,
  isString,
} from "../check/value.ts";
import { EMPTY, incorrect, notFound, type Reply, refused } from "../reply.ts";
import type { Call } from "../router.ts";

/** One string with commas between the addresses; a list of strings is refused. */
const areAddresses: Check = (value) =>
  value === "" || (typeof value === "string" && value.split(",").every((part) => isAddress(part.trim())));

const hasShape = isObject(
  { body: isObject({ html: isString }) },
  {
    mailbox_id: isNullOr(isId),
    to: isNullOr(isString),
    cc: isNullOr(isString),
    bcc: isNullOr(isString),
    subject: isNullOr(isString),
    quote_original_message: isNullOr(isBoolean),
  },
);

interface ReplyBody extends Partial<Record<"to" | "cc" | "bcc", string | null>> {
  body: { html: string };
  mailbox_id?: number | null;
}

export function replyToMessage({ state, params, body }: Call): Reply {
  const message = state.messages.find(({ id }) => String(id) === params.message_id);
  if (!message) throw notFound();
  // Only the text about recipients is known; the others are worded like it.
  if (!hasShape(body)) throw refused(400, "Request body is incorrect");
  const reply = body as ReplyBody;
  if (!isFilled(reply.body.html)) throw refused(400, "Body html is required");
  const { to, cc, bcc } = reply;
  if (![to, cc, bcc].every((list) => areAddresses(list ?? "")))
    throw refused(400, "Recipient email if provided must be valid email address");
  // Left out, it is the mailbox that had written. One that cannot send is treated like one that does not exist.
  if (!canSend(state, reply.mailbox_id ?? message.mailboxId)) throw incorrect("mailbox_id");
  message.read = true;
  return EMPTY;
}
