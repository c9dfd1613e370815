/** POST /rest/v2/inbox/messages/{id}/reply: answers a reply. What was sent cannot be read anywhere afterwards. */
import { isAddress } from "../addresses.ts";
import { canSend } from "../check/account.ts";
import { type Check, isBoolean, isFilled, isId, isNullOr, isObject, isString } from "../check/value.ts";
import { EMPTY, problem, type Reply } from "../reply.ts";
import type { Call } from "../router.ts";

/** One string with commas between the addresses; a list of strings is refused. */
const areAddresses: Check = (value) =>
  value === "" || (typeof value === "string" && value.split(",").every((part) => isAddress(part.trim())));

const RECIPIENTS = { to: areAddresses, cc: areAddresses, bcc: areAddresses };

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

interface ReplyBody extends Partial<Record<keyof typeof RECIPIENTS, string | null>> {
  body: { html: string };
  mailbox_id?: number | null;
}

export function replyToMessage({ state, params, body, now }: Call): Reply {
  const message = state.messages.find(({ id }) => String(id) === params.message_id);
  if (!message) return problem(404, "Requested resource does not exist", now());
  // Only the text about recipients is known; the others are worded like it.
  if (!hasShape(body)) return problem(400, "Request body is incorrect", now());
  const reply = body as ReplyBody;
  if (!isFilled(reply.body.html)) return problem(400, "Body html is required", now());
  for (const [name, isGood] of Object.entries(RECIPIENTS)) {
    if (!isGood(reply[name as keyof typeof RECIPIENTS] ?? "")) {
      return problem(400, "Recipient email if provided must be valid email address", now());
    }
  }
  // Left out, it is the mailbox that had written. One that cannot send is treated like one that does not exist.
  if (!canSend(state, reply.mailbox_id ?? message.mailboxId)) {
    return problem(400, "Value of mailbox_id is incorrect.", now());
  }
  message.read = true;
  return EMPTY;
}
