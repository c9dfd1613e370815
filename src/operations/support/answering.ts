/** What a reply needs to know before anyone is asked: the message, who wrote it, who may be written to, and from where. */
import { obstacleOf, whyUnusable } from "../../preflight/senders.ts";
import { unfit } from "../../values/fault.ts";
import { oneLine, quoted } from "../../values/foreign.ts";
import { readBlocked } from "../../woodpecker/blacklist.ts";
import type { Api } from "../../woodpecker/client.ts";
import { type Mailbox, readMailboxes } from "../../woodpecker/mailboxes.ts";
import type { EnrolledRow } from "../../woodpecker/prospects.ts";
import { orReason, reasonFor } from "../../woodpecker/reason.ts";
import { type Reply, readMessage, readResponses } from "../../woodpecker/replies.ts";
import { domainOf, readByEmail } from "../../woodpecker/selected.ts";
import { type Letter, letterTo, refused, type Written } from "./letter.ts";
import { type ReadReply, withPeople } from "./replies.ts";

export interface Given extends Written {
  message_id: string;
  mailbox_id?: number | undefined;
  cc?: readonly string[] | undefined;
}

export interface Answering {
  message: ReadReply;
  person: EnrolledRow;
  to: string;
  sender: Mailbox;
  subject: string;
  cc: readonly string[];
  letter: Letter;
  /** Another address that the person answered from. */
  otherAddress?: string | undefined;
  /** Why nobody knows whether they stand on the blacklist. */
  blacklistUnread?: string | undefined;
}

const MAX_SUBJECT = 300;

export async function readAnswering(api: Api, given: Given): Promise<Answering> {
  const { message_id: id, mailbox_id: mailboxId, cc = [] } = given;
  const found = await readMessage(api, id);
  if (!found)
    throw refused(
      `message ${quoted(id)} is not among the newest of the inbox`,
      "list_replies shows the messages there are; an old one is answered in the Woodpecker app.",
    );
  const { replies, notRead } = await withPeople(api, [found], new Map());
  const message = replies[0] as ReadReply;
  const { person } = message;
  if (!person?.email)
    throw refused(
      notRead === undefined
        ? "nobody of the account wrote this message"
        : `who wrote it could not be read: ${notRead}`,
      notRead === undefined ? "answer it in the Woodpecker app." : "call again later.",
    );
  const to = person.email;
  if (cc.some((address) => address.toLowerCase() === to.toLowerCase()))
    throw unfit(["cc"], "holds the address that the reply goes to");
  assertWritable([person, ...(cc.length > 0 ? await readByEmail(api, cc) : [])]);
  const letter = await letterTo(person, given);
  const response = await responseOf(api, message, person.id);
  const sender = senderAmong(await readMailboxes(api), mailboxId, response?.sentFrom);
  const blacklistUnread = await assertNotBlocked(api, [to, ...cc]);
  return {
    message,
    person,
    to,
    sender,
    subject: replySubject(message.subject),
    cc,
    letter,
    otherAddress: response?.otherAddress,
    blacklistUnread,
  };
}

const optedOut = /^(?:BLACKLIST(?:ED)?|OPT[-_ ]?OUT)$/i;

/** Also those who get a copy. @throws Refusal where somebody said that they want no more e-mails */
function assertWritable(people: readonly EnrolledRow[]): void {
  for (const { email, status, campaigns } of people) {
    const all = [status, ...campaigns.map(({ personStatus }) => personStatus)];
    if (all.some((one) => typeof one === "string" && optedOut.test(one)))
      throw refused(`${email} has opted out or is on the blacklist`, "write to them no more.");
  }
}

/** @returns why it could not be read, where it could not @throws Refusal where somebody stands on the blacklist of the account */
async function assertNotBlocked(api: Api, addresses: readonly string[]): Promise<string | undefined> {
  const emails = addresses.map((address) => address.toLowerCase());
  const domains = [...new Set(emails.map(domainOf))];
  const blocked: string[] = [];
  try {
    blocked.push(...(await readBlocked(api, "emails", emails)));
    blocked.push(...(await readBlocked(api, "domains", domains)));
  } catch (error) {
    return reasonFor(error);
  }
  if (blocked.length > 0)
    throw refused(`${blocked.join(", ")} is on the blacklist of the account`, "write to them no more.");
  return undefined;
}

/** The same message among all that the person wrote, which tells from where they were written to. */
async function responseOf(api: Api, { id }: Reply, personId: number): Promise<Reply | undefined> {
  const responses = await orReason(readResponses(api, personId, undefined));
  return "unread" in responses ? undefined : responses.find((response) => response.id === id);
}

function senderAmong(
  mailboxes: readonly Mailbox[],
  given: number | undefined,
  sentFrom: string | undefined,
): Mailbox {
  const now = Date.now();
  const able = mailboxes.filter((mailbox) => obstacleOf(mailbox, now) === undefined);
  const choice = `one that can send: ${able.map(({ id, email }) => `${id} ${email}`).join(", ") || "none"}`;
  const fault = (message: string) => unfit(["mailbox_id"], `${message}; ${choice}`);
  if (given !== undefined) {
    const mailbox = mailboxes.find(({ id }) => id === given);
    if (!mailbox) throw fault("is no mailbox of this account");
    const why = whyUnusable(mailbox, now);
    if (why !== undefined) throw fault(`cannot send (${why})`);
    return mailbox;
  }
  const wrote = mailboxes.filter(
    ({ type, email }) => type === "SMTP" && email !== "" && email.toLowerCase() === sentFrom?.toLowerCase(),
  );
  const [own, second] = wrote.filter((mailbox) => able.includes(mailbox));
  if (own && !second) return own;
  if (second) throw fault("is needed, since several mailboxes have the address that wrote to them");
  const why = wrote[0] && whyUnusable(wrote[0], now);
  throw fault(
    why === undefined
      ? "is needed, since Woodpecker does not say which mailbox wrote to them"
      : `is needed, since ${wrote[0]?.email}, which wrote to them, cannot send (${why})`,
  );
}

/** One "Re:", whatever the mail program of the other calls it. */
function replySubject(original: string): string {
  const bare = oneLine(original, MAX_SUBJECT).replace(/^(?:(?:re|aw|sv|antw|odp|vs)\s*:\s*)+/i, "");
  return `Re: ${bare}`.trim();
}
