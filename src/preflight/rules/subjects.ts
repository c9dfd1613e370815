/**
 * Subjects of e-mails. Source: Google's guidelines for senders (no misleading subjects), CAN-SPAM Act 5(a)(2) (deceptive
 * subject headings), RFC 5322 3.6.5 (what "Re:" means), practice on length: phones show 35 to 50 characters.
 */
import { quoted } from "../../values/foreign.ts";
import { type Dossier, emailSteps } from "../dossier.ts";
import { on, type Rule } from "../finding.ts";
import { asSent, outsideTags, subjectsOf } from "../texts.ts";

const MAX_SUBJECT = 70;
/** Also of mail programs in Greek, Ukrainian and Chinese, and in brackets. */
const reply =
  /^\s*(?:\[(?:re|fwd?)\]|\((?:re|fwd?)\)|(?:re|fwd?|aw|wg|antw|odp|pd|sv|vs|vb|rv|tr|res|enc|ynt|απ|σχετ|відп|回复|回覆|答复|转发|轉寄)\s*(?:\[\d+\])?\s*[:：])/i;

/** Subjects of EMAIL steps; those of InMail follow LinkedIn's rules. */
const ofEmails = (dossier: Dossier) => subjectsOf(dossier).filter(({ step }) => step.type === "EMAIL");

export const subjectRules: readonly Rule[] = [
  on(ofEmails, {
    name: "fake_reply",
    severity: "warning",
    found: (text) => reply.exec(asSent(text))?.[0],
    message: (found) =>
      `${quoted(found, 20)} pretends that this answers somebody, but an e-mail with a subject opens a new conversation; people feel tricked, and laws on misleading subjects forbid it.`,
    remedy: "Leave it out; a follow-up without a subject stays in the conversation.",
  }),
  on(ofEmails, {
    name: "subject_long",
    severity: "warning",
    found: (text) => asSent(text).length > MAX_SUBJECT,
    message: (_found, text) =>
      `The subject has about ${asSent(text).length} characters; most programs cut it at 50 to 70.`,
    remedy: "Shorten it to what matters.",
  }),
  on(ofEmails, {
    name: "subject_shouts",
    severity: "warning",
    found: (text) => shouts(outsideTags(text)),
    message: (_found, { text }) => `${quoted(text, 60)} shouts: capitals or signs that spam filters count.`,
    remedy: "Write it as you would to a colleague.",
  }),
  on(ofEmails, {
    // RFC 5322 2.2: a subject is text, without markup.
    name: "subject_html",
    severity: "error",
    found: (text) => /<\/?(?:p|div|br|b|i|strong|em|span|a|h[1-6]|font|u)\b[^<>]*>/i.test(outsideTags(text)),
    message: "The subject holds HTML; people would read the tags.",
    remedy: "Write it as plain text.",
  }),
  on(ofEmails, {
    // {{UNSUBSCRIBE}} and {{CLICK=…}} are links; a subject has none.
    name: "subject_link",
    severity: "error",
    found: ({ text }) => /\{\{\s*(?:UNSUBSCRIBE|CLICK=)|https?:\/\//i.test(text),
    message: "The subject holds a link; nobody can click it there.",
    remedy: "Move it into the message.",
  }),
  {
    // docs/woodpecker-api.md, Steps: subjects: without a subject a follow-up stays in the thread; versions may differ in that.
    name: "thread_mixed",
    severity: "info",
    find: (dossier) =>
      emailSteps(dossier)
        .slice(1)
        .filter(({ versions }) => new Set(versions.map(({ subject }) => !subject?.trim())).size > 1)
        .map(({ index }) => ({
          path: ["steps", index, "versions"],
          message:
            "Some versions stay in the thread and others open a new one; the comparison then measures that too.",
          remedy: "Give all of them a subject, or none, unless that is the test.",
        })),
  },
];

/** Names in a row, "DATEV und DSGVO", each of one word. */
const listed =
  /(?<!\p{Lu}{2}\s)(?<!\p{L})\p{Lu}{2,}(?:(?:\s?[,/&+]\s?|\s(?:and|or|und|oder|et|ou|i|y|e|vs\.?|та|і|και)\s)\p{Lu}{2,})+(?!\p{L})(?!\s\p{Lu}{2})/gu;

/** Acronyms do not count as shouting: it takes two long words in capitals, or a subject that is mostly of them. */
function shouts(whole: string): boolean {
  const text = whole.replace(listed, "");
  if (/!{2,}|\?{3,}|[$€£]{2,}|[!?]{3,}/.test(text)) return true;
  const letters = text.match(/\p{L}/gu) ?? [];
  const capitals = text.match(/\p{Lu}/gu) ?? [];
  const longOnes = text.match(/(?<![\p{L}\p{N}])\p{Lu}{5,}(?![\p{L}\p{N}])/gu) ?? [];
  return (
    longOnes.length >= 2 ||
    (longOnes.length >= 1 && letters.length >= 10 && capitals.length / letters.length > 0.6)
  );
}
