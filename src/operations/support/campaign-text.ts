/** A campaign as people read it: its facts, its settings, its steps; messages behind a bar. */
import { describeTimes } from "../../model/delivery.ts";
import type { StepView } from "../../model/tree.ts";
import { oneLine, quoted } from "../../values/foreign.ts";
import type { Loose } from "../../values/loose.ts";
import { hasMarks, withMarks } from "../../values/unseen.ts";
import type { CampaignFacts } from "./campaign-facts.ts";
import { settingsLine } from "./settings-line.ts";

interface Shown extends CampaignFacts {
  id: number;
  name: string;
  status: string;
  mailbox_ids: readonly number[];
  settings: Loose;
  reason?: string | undefined;
}

export function headLines(campaign: Shown): string[] {
  const { id, name, status, mailbox_ids: ids, settings, reason } = campaign;
  const { created, enrolled, mailboxes = [], from_emails = [], folder, bcc, cc, notes = [] } = campaign;
  const { bounce_shield_autopaused_at: pausedAt } = campaign;
  const email = new Map(mailboxes.map((one) => [one.id, one.email]));
  const senders = ids.map((one) => [one, email.get(one)].filter(Boolean).join(" "));
  return [
    `Campaign ${id} ${quoted(name)}: ${status}`,
    ...(reason ? [reason] : []),
    ...(created ? [`Created: ${created}`] : []),
    ...(enrolled === undefined ? [] : [`People enrolled: ${enrolled}`]),
    `Mailboxes: ${senders.join(", ") || from_emails.map((one) => oneLine(one)).join(", ") || "none shown"}`,
    ...(folder ? [`Folder: ${quoted(folder)}`] : []),
    ...(bcc ? [`Bcc: ${oneLine(bcc)}`] : []),
    ...(cc ? [`Cc: ${oneLine(cc)}`] : []),
    ...shieldLine(campaign),
    ...(pausedAt ? [`The bounce shield paused it: ${oneLine(pausedAt)}`] : []),
    ...settingsLine(settings),
    ...notes.map((note) => `Note: ${note}`),
  ];
}

/** Where its row was read, the shield was asked for, too: none is worth saying. */
function shieldLine({ bounce_shield: shield, created, enrolled, from_emails, notes = [] }: Shown): string[] {
  if (shield !== undefined) return [`Bounce shield: ${shield} %`];
  const isKnown = (created ?? enrolled) !== undefined && from_emails === undefined && notes.length === 0;
  return isKnown ? ["Bounce shield: none"] : [];
}

/** Line by line behind a bar, so that no message can stand as a line of ours. */
export const quotedLines = (message: string): string[] =>
  withMarks(message)
    .split("\n")
    .map((line) => `    | ${line}`);

export function stepLines({ step, type, wait, delivery_times, linkedin, versions }: StepView): string[] {
  const what = linkedin ? `${type} ${linkedin.action} by account ${linkedin.account_id}` : type;
  const when = wait ? `, ${wait.value} ${wait.range} after step ${step - 1}` : "";
  const windows = delivery_times ? `, ${describeTimes(delivery_times)}` : "";
  return [
    `Step ${step}: ${what}${when}${windows}`,
    ...versions.flatMap(({ version, subject, message, signature, track_opens, omitted }) => [
      [
        `  ${version}: ${subject === undefined ? "no subject of its own" : JSON.stringify(withMarks(subject))}`,
        ...(signature === undefined ? [] : [`signature ${signature}`]),
        ...(track_opens === undefined ? [] : [`opens ${track_opens ? "tracked" : "not tracked"}`]),
        ...(omitted ? ["message left out"] : []),
      ].join("; "),
      ...(message ? quotedLines(message) : []),
    ]),
  ];
}

/** Said where a text shows what nobody sees. */
export function marksNote(steps: readonly StepView[]): string[] {
  const isMarked = steps.some(({ versions }) =>
    versions.some(({ subject = "", message = "" }) => hasMarks(withMarks(`${subject}${message}`))),
  );
  return isMarked
    ? ["Note: ‹U+…› stands for a character that nobody sees: written back so, it is read as that character."]
    : [];
}
