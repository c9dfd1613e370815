/**
 * Delivery windows and daily numbers. Source: docs/woodpecker-api.md, Campaigns: settings (daily_enroll counts
 * opening e-mails and is shared by the mailboxes) and Mailboxes (daily_limit, and the pause between two e-mails).
 */
import { describeTimes } from "../../model/delivery.ts";
import { minutesByDay } from "../../model/openings.ts";
import { asNumber } from "../../values/loose.ts";
import { type Dossier, emailSteps } from "../dossier.ts";
import { on, type Rule } from "../finding.ts";
import { able, limitOf } from "../senders.ts";
import { leftTogether, saySharing } from "../sharing.ts";

const weekend = (day: string) => day === "SATURDAY" || day === "SUNDAY";

/** The windows of the EMAIL steps, those that several have once. */
const windowsOf = (dossier: Dossier) =>
  [...new Map(emailSteps(dossier).map((step) => [step.windowsPath.join(), step])).values()].map(
    ({ windowsPath: path, windows }) => ({ path, windows, said: describeTimes(windows) }),
  );

export const deliveryRules: readonly Rule[] = [
  on(windowsOf, {
    // People at work read on working days; count_followup_delay_in_working_days has no meaning otherwise.
    name: "windows_on_weekend_only",
    severity: "warning",
    found: ({ windows }) =>
      windows.some(({ days }) => days.length > 0) && windows.every(({ days }) => days.every(weekend)),
    message: (_found, { said }) => `The windows are open on Saturday and Sunday only: ${said}.`,
    remedy: "Add weekdays, if people are to read it at work.",
  }),
  on(windowsOf, {
    // Time of day in the campaign's zone, or in the prospect's where prospect_timezone is on.
    name: "windows_at_night",
    severity: "warning",
    found: ({ windows }) =>
      windows.length > 0 &&
      windows.every(({ from, to }) => from >= "21:00" || (to <= "06:00" && to > "00:00")),
    message: (_found, { said }) => `All windows are between 21:00 and 06:00: ${said}.`,
    remedy: "Move them into the day, or check the time zone.",
  }),
  on(windowsOf, {
    // Sixty minutes are what one of a list of windows by day becomes, where only its first was meant to be an example.
    name: "windows_barely_open",
    severity: "warning",
    found: ({ windows }) => {
      const minutes = [...minutesByDay(windows).values()].reduce((sum, one) => sum + one, 0);
      return minutes > 0 && minutes <= 60;
    },
    message: (_found, { said }) =>
      `In the whole week the windows are open for an hour or less: ${said}. Everybody waits for it.`,
    remedy: "Open them on more days, or for longer.",
  }),
  {
    // A mailbox's daily limit holds for all campaigns that send from it.
    name: "mailbox_shared",
    severity: "info",
    needs: ["running"],
    find: (dossier) =>
      saySharing(dossier).map((message) => ({
        path: ["mailbox_ids"],
        message: `${message}.`,
        remedy: "Add a mailbox, or lower daily_enroll, if this is too slow; the preview counts with it.",
      })),
  },
  {
    name: "window_too_short",
    severity: "warning",
    needs: ["mailboxes"],
    find: (dossier) => {
      const boxes = able(dossier);
      const [opening] = emailSteps(dossier);
      const wanted = Math.min(
        asNumber(dossier.settings.daily_enroll) ?? 0,
        limitOf(boxes) ?? Number.POSITIVE_INFINITY,
      );
      if (!opening || opening.index > 0 || boxes.length === 0) return undefined;
      if (boxes.some(({ gap }) => gap === undefined || gap <= 0)) return undefined;
      const perMinute = boxes.reduce((sum, { gap = 1 }) => sum + 60_000 / gap, 0);
      const most = Math.max(0, ...minutesByDay(opening.windows).values());
      const fits = Math.floor(most * perMinute) + boxes.length;
      return (
        most > 0 &&
        fits < wanted && {
          path: opening.windowsPath,
          message: `In the longest day of ${most} minutes the mailboxes can send about ${fits} e-mails, with a pause after each; daily_enroll asks for ${wanted}.`,
          remedy: "Open the windows longer, add a mailbox, or lower daily_enroll.",
        }
      );
    },
  },
  {
    name: "daily_enroll_above_limits",
    severity: "warning",
    needs: ["mailboxes"],
    find: (dossier) => {
      const { wanted, limit } = asked(dossier);
      return (
        dossier.steps[0]?.type === "EMAIL" &&
        wanted > limit && {
          path: ["settings", "daily_enroll"],
          message: `daily_enroll is ${wanted}, but the mailboxes may send ${limit} e-mails a day together, follow-ups included${forThisOne(dossier)}.`,
          remedy: "Lower daily_enroll, or add mailboxes.",
        }
      );
    },
  },
  {
    // When all steps run at once each day needs daily_enroll e-mails of every step.
    name: "sequence_above_limits",
    severity: "info",
    needs: ["mailboxes"],
    find: (dossier) => {
      const { wanted, limit } = asked(dossier);
      const emails = emailSteps(dossier).length;
      return (
        emails >= 2 &&
        wanted <= limit &&
        wanted * emails > limit && {
          path: ["settings", "daily_enroll"],
          message: `Once all ${emails} e-mail steps run, ${wanted * emails} e-mails a day are due and the mailboxes may send ${limit}${forThisOne(dossier)}: follow-ups come late or openings become fewer.`,
          remedy: `About ${Math.max(1, Math.floor(limit / emails))} a day would flow, or add mailboxes; the preview shows the calendar.`,
        }
      );
    },
  },
];

/** New people a day, and what the mailboxes have left for them; none and no limit where that is not known. */
const asked = (dossier: Dossier) => ({
  wanted: asNumber(dossier.settings.daily_enroll) ?? 0,
  limit: leftTogether(dossier) ?? Number.POSITIVE_INFINITY,
});

/** Which other running campaigns take of them is a finding of its own. */
function forThisOne(dossier: Dossier): string {
  return saySharing(dossier).length > 0 ? " for this campaign, since others send from them, too" : "";
}
