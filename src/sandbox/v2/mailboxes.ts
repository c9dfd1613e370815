import { problem, type Reply } from "../reply.ts";
import type { Call } from "../router.ts";

export function listMailboxes({ state }: Call): Reply {
  return { status: 200, body: [...state.mailboxes.values()] };
}

// The error tabs of this route are not visible; both answers are the framework's general ones.
export function getMailbox({ state, params, now }: Call): Reply {
  const id = params.mailbox_id ?? "";
  if (!/^\d+$/.test(id)) return problem(400, "Value of id is incorrect.", now());
  const mailbox = state.mailboxes.get(Number(id));
  return mailbox ? { status: 200, body: mailbox } : problem(404, "Requested resource does not exist", now());
}
