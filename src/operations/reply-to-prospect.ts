/**
 * Answers a message of the inbox. A person sees the whole e-mail and what it answers, and agrees. It is a person's own mail: a
 * campaign that is paused meanwhile does not keep it back, pausing all of them does.
 */
import { z } from "zod/v3";
import { operation, type Question } from "../calls/operation.ts";
import { readAddress, readAddresses } from "../model/addresses.ts";
import type { Fault } from "../values/fault.ts";
import { id, line, text } from "../values/fields.ts";
import { cut, inPrompt, oneLine, quoted } from "../values/foreign.ts";
import { readAs } from "../values/lenient.ts";
import { readMessage } from "../woodpecker/replies.ts";
import { requests } from "../woodpecker/requests.ts";
import { type Answering, readAnswering } from "./support/answering.ts";
import { letterFaults } from "./support/letter.ts";
import { outcome } from "./support/outputs.ts";
import { nameOf } from "./support/person-row.ts";
import { interestOf } from "./support/replies.ts";

const MAX_ANSWERED = 1_500;

export const replyToProspect = operation({
  name: "reply_to_prospect",
  title: "Reply to prospect",
  effect: "send",
  toolset: "insights",
  description:
    "Answer a reply: sends one real e-mail at once, in its thread. A person must agree to the whole text first: in a form, or you show them the facts of confirmation_required and call again with its token. Whoever opted out is refused. After an unclear end never call it again.",
  look: "list_replies shows whether the message is read now, and the Woodpecker app what was sent",
  input: {
    message_id: line(100).describe("Of list_replies."),
    text: text(10_000).optional().describe("Plain text, whole."),
    html: text(20_000).optional().describe("In place of text."),
    mailbox_id: id().optional().describe("SMTP id; default: theirs."),
    cc: readAs(
      z
        .array(readAs(line(254), readAddress))
        .max(10)
        .optional()
        .describe("Copies to."),
      readAddresses,
    ),
  },
  output: {
    outcome,
    to: z.string().optional().describe("Recipient."),
    from: z.string().optional().describe("Sender."),
    subject: z.string().optional().describe("Subject."),
    next: z.string().optional(),
  },
  rules: ({ cc = [], ...written }) => [...letterFaults(written), ...copyFaults(cc)],
  once: true,
  // The same words to the same message are the same reply, from wherever and with whatever copies.
  same: ({ message_id, text: words, html }) => ({ message_id, words: (words ?? html)?.trim() }),
  prepare: (input, api) => readAnswering(api, input),
  question: (_input, answering) => questionOf(answering),
  async run({ message_id }, api, { to, sender, subject, cc, letter, message }) {
    await api.send(
      requests.reply(message_id, {
        html: letter.html,
        to,
        cc,
        subject,
        mailbox: sender.id,
        campaigns: campaignsOf(message),
      }),
    );
    return {
      outcome: "done" as const,
      to,
      from: sender.email,
      subject,
      next: "It cannot be recalled. The API does not show sent replies; the Woodpecker app does.",
    };
  },
  async verify({ message_id }, api, { message }) {
    const now = await readMessage(api, message_id);
    return { seen: sayMark(message.read, now?.read) };
  },
  text: ({ to, from, subject, next }) =>
    [`The reply to ${to} left from ${from}: ${quoted(subject ?? "", 998)}.`, next].join("\n"),
});

function copyFaults(cc: readonly string[]): Fault[] {
  const faults = cc.flatMap((address, index) =>
    /^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>.]+$/.test(address)
      ? []
      : [{ path: ["cc", index], message: "must be one e-mail address such as anna@example.com" }],
  );
  const twice = new Set(cc.map((address) => address.toLowerCase())).size < cc.length;
  return twice ? [...faults, { path: ["cc"], message: "names somebody twice" }] : faults;
}

/** The only evidence there is, and no proof. */
function sayMark(before: boolean | undefined, now: boolean | undefined): string {
  const evidence = "The only evidence is the message's read mark:";
  if (now === undefined) return `${evidence} it could not be read.`;
  if (before === true) return `${evidence} it was read before already, so it says nothing.`;
  return now
    ? `${evidence} the message was unread and is read now, so the reply most likely left, unless somebody opened it meanwhile.`
    : `${evidence} the message is still unread, so the reply most likely did not leave.`;
}

const campaignsOf = ({ campaign_ids, enrolment }: Answering["message"]): number[] =>
  campaign_ids.length > 0 ? campaign_ids : enrolment ? [enrolment.id] : [];

function questionOf(answering: Answering): Question {
  const { message, person, to, sender, subject, cc, letter, otherAddress, blacklistUnread } = answering;
  const [campaign] = campaignsOf(message);
  const name = nameOf(person);
  const status = message.enrolment?.personStatus ?? person.status;
  return {
    sentence: "Send this e-mail as a reply? It leaves at once and cannot be recalled.",
    facts: {
      from: `${sender.email} (mailbox ${sender.id})`,
      to: name ? `${to} (${inPrompt(name)})` : to,
      ...(cc.length > 0 && { cc: cc.join(", ") }),
      subject: quoted(subject, 998),
      text: lined("|", letter.shown),
      ...(letter.hidden > 0 && { "characters that nobody sees": letter.hidden }),
      "in answer to": `message ${oneLine(message.id ?? "", 100)} of ${message.received ?? "unknown time"}, written by a third party, quoted below the text`,
      "they wrote": lined(
        ">",
        message.text.length > MAX_ANSWERED ? `${cut(message.text, MAX_ANSWERED)}…` : message.text,
      ),
      ...(campaign !== undefined && { campaign }),
      ...(status && { "their status": oneLine(status) }),
      ...(interestOf(message) && { interest: oneLine(interestOf(message) ?? "") }),
      ...(otherAddress && { "answered from": otherAddress }),
      ...(blacklistUnread && { blacklist: `could not be read (${blacklistUnread})` }),
    },
    state: {
      html: letter.html,
      to,
      cc,
      subject,
      sender: sender.id,
      message: message.id,
      answers: message.html,
    },
  };
}

/** Every line marked, so that none of them can pass for a fact of ours. */
const lined = (mark: string, words: string) =>
  words
    .split("\n")
    .map((one) => `\n${mark} ${one}`)
    .join("");
