/**
 * How close together e-mails come, and who signs them. Source: practice of cold e-mail (two to four working days between
 * e-mails), CAN-SPAM Act 5(a)(1) and the e-commerce directive's article 6 (the sender must be recognisable).
 */
import type { Path } from "../../values/fault.ts";
import { type Dossier, emailSteps, known } from "../dossier.ts";
import { on, type Rule } from "../finding.ts";
import { able } from "../senders.ts";
import { asRead, emailsOf, type Text, visibleText } from "../texts.ts";

const HOURS: Record<string, number> = { MINUTE: 1 / 60, HOUR: 1, DAY: 24 };

/** Hours since the e-mail before; a wait is counted from the step before, whatever that does. */
function gapsOf({ steps }: Dossier): { path: Path; hours: number }[] {
  const gaps: { path: Path; hours: number }[] = [];
  let since: number | undefined;
  for (const step of steps) {
    if (since !== undefined) since += (step.wait?.value ?? 1) * (HOURS[step.wait?.range ?? "DAY"] ?? 24);
    if (step.type !== "EMAIL") continue;
    if (since !== undefined) gaps.push({ path: ["steps", step.index, "wait"], hours: since });
    since = 0;
  }
  return gaps;
}

/** So many e-mails within so many days are more than one writes to a person. */
const CROWD = 5;
const CROWD_HOURS = 5 * 24;

const signOff =
  /(?:^|\n)\s*(?:(?:all the |with )?best(?: wishes| regards)?|(?:kind|warm|many) (?:regards|thanks)|regards|cheers|thanks|thank you|sincerely|yours|talk soon|(?:beste|viele|herzliche|freundliche|liebe|mit (?:freundlichen|besten|herzlichen|lieben)) gr[uü](?:ß|ss)en?|ihre?|cordialement|bien à vous|à bientôt|belle journée|pozdrawiam|z poważaniem|serdecznie|saludos|un saludo|atentamente|cordiali saluti|a presto|saluti|atenciosamente|abraços?|med vänlig(?:a)? hälsning(?:ar)?|mvh|(?:med )?venlig hilsen|vriendelijke groet(?:en)?|met vriendelijke groet|s pozdravem|з повагою|с уважением)[\s,.!–—-]*\n\s*\S|よろしくお願い|敬具/iu;

/** Is the sender's name, company or domain anywhere to be read? undefined where that cannot be told. */
function isSigned(text: Text, dossier: Dossier): boolean | undefined {
  const read = asRead(text).toLowerCase();
  const lines = read.split("\n").filter((line) => line.trim());
  // A short last line before the opt-out is a name: "Nora", "Nora Vance, Northwind".
  // A bracket is a note to be replaced, which another rule finds.
  if (/\n\s*[[<{(][^\n]*$/m.test(asRead(text))) return true;
  if (signOff.test(asRead(text)) || lines.slice(-4).some((line) => /^\s*[–—-]\s*\p{L}/u.test(line)))
    return true;
  const boxes = able(dossier);
  if (text.version.signature !== "NO_SIGNATURE") {
    if (!known(dossier.parts.mailboxes) || boxes.length === 0) return undefined;
    if (boxes.some(({ signature }) => visibleText(signature) !== "" || /<img\b/i.test(signature)))
      return true;
  }
  const names = boxes.flatMap(({ email, fromName }) => [
    ...(fromName ?? "").toLowerCase().split(/[\s,.]+/),
    (email.split("@")[1] ?? "").replace(/\.[a-z]+$/, ""),
  ]);
  return names.some((name) => name.length > 2 && read.includes(name)) || hasNameLine(asRead(text));
}

/** A line of one to four words, each with a capital, that is neither greeting nor link. */
const hasNameLine = (text: string): boolean =>
  text
    .split("\n")
    .slice(1)
    .some((line) => /^\s*\p{Lu}[\p{L}.'’-]+(?:,?\s\p{Lu}[\p{L}.'’-]+){0,3}\s*$/u.test(line)) ||
  !/\p{Lu}/u.test(text);

export const sequenceRules: readonly Rule[] = [
  on(gapsOf, {
    name: "follow_up_same_day",
    severity: "warning",
    found: ({ hours }) => hours < 24,
    message: "This e-mail follows the one before within a day; people take it for pressure.",
    remedy: "Wait two to four days.",
  }),
  {
    name: "e_mails_crowded",
    severity: "warning",
    find: (dossier) => {
      const gaps = gapsOf(dossier);
      const start = gaps.find((_gap, at) => {
        const run = gaps.slice(at, at + CROWD - 1);
        return run.length === CROWD - 1 && run.reduce((sum, { hours }) => sum + hours, 0) <= CROWD_HOURS;
      });
      return (
        start && {
          path: start.path,
          message: `${CROWD} e-mails go to a person within ${CROWD_HOURS / 24} days here; that many so close together bring complaints.`,
          remedy: "Leave two to four days between e-mails, and send fewer of them.",
        }
      );
    },
  },
  on(emailsOf, {
    name: "no_sender",
    severity: "warning",
    found: (text, dossier) => text.step === emailSteps(dossier)[0] && isSigned(text, dossier) === false,
    message:
      "Nothing in this e-mail says who writes: it has no signature, and names neither a person nor a company.",
    remedy: "Sign it with a name and a company, or use the mailbox's signature.",
  }),
];
