/** The e-mails and the calendar of a preview, as much of them as fits into an answer. */
import { type Email, readable } from "../../forecast/emails.ts";
import { sayOnHolidays } from "../../forecast/holidays.ts";
import type { Calendar } from "../../forecast/index.ts";
import type { HolidaySends } from "../../preflight/dossier.ts";
import { cut, quoted, visible } from "../../values/foreign.ts";
import { counted } from "./editing.ts";
import { fitting } from "./fit.ts";

/** Structured result and text share the limit of a result; both hold the e-mails, one of them their HTML too. */
export const room = {
  aside: 2_000,
  emails: 11_000,
  days: 5_500,
  holidays: 1_500,
  html: 3_500,
  text: 1_800,
};

type ShownEmail = Email & { text: string; cut?: boolean | undefined };

/** As many as there is room for, at least one; the others are not even made readable. */
export async function shownEmails(emails: readonly Email[]): Promise<ShownEmail[]> {
  const shown: ShownEmail[] = [];
  let left = room.emails;
  for (const email of emails) {
    const next = shortened(await readable(email));
    left -= JSON.stringify(next).length + 1;
    if (left < 0 && shown.length > 0) break;
    shown.push(next);
  }
  return shown;
}

function shortened(email: Email & { text: string }): ShownEmail {
  const { html, text, subject, holes } = email;
  const isLong = html.length > room.html || text.length > room.text;
  return {
    ...email,
    subject: cut(subject, 300),
    html: cut(html, room.html),
    text: cut(text, room.text),
    holes: holes.slice(0, 8),
    ...(isLong && { cut: true }),
  };
}

export function shownDays<C extends Calendar>(calendar: C) {
  const days: C["days"] = fitting(calendar.days, room.days);
  const out = calendar.days.length - days.length;
  return { ...calendar, days, ...(out > 0 && { days_left_out: out }) };
}

type Flags = "thread" | "sets_aside";

export function emailLines(
  emails: readonly (Omit<ShownEmail, Flags> & { [F in Flags]?: boolean | undefined })[],
): string[] {
  return emails.flatMap(
    ({
      step,
      version,
      email,
      subject,
      text,
      holes,
      signature,
      thread,
      variant,
      linkedin,
      sets_aside,
      cut: isCut,
    }) => {
      return [
        `--- step ${step} ${version}${variant ? `, variant ${variant}` : ""} to ${quoted(email)}${thread ? ", in the thread" : ""}; ${linkedin ? `LinkedIn ${linkedin}` : `signature ${signature}`}${sets_aside ? "; not sent: set aside here" : ""}`,
        ...(linkedin ? [] : [`Subject: ${quoted(subject, 300)}`]),
        ...text.split(/\r\n?|\n/).map((line) => `> ${visible(line)}`.trimEnd()),
        ...(isCut ? ["[cut]"] : []),
        ...holes.map((hole) => `! ${hole}`),
      ];
    },
  );
}

/** Who gets nothing from which step on, and why. */
export function asideLines(
  people: readonly { email: string; step: number; missing: string[]; versions?: string[] | undefined }[],
  leftOut = 0,
): string[] {
  if (people.length === 0) return [];
  const lines = people.map(({ email, step, missing, versions }) => {
    const some = versions ? `, where version ${versions.join(" or ")} is drawn` : "";
    return `- ${quoted(email)} at step ${step}: no ${missing.join(", no ")}${some}`;
  });
  return ["Set aside, and written to no more:", ...lines, ...(leftOut > 0 ? [`- and ${leftOut} more`] : [])];
}

type Loosely<T> = { [K in keyof T]: T[K] | undefined };
interface ShownCalendar extends Partial<Loosely<Pick<Calendar, "first_send" | "last_send" | "never">>> {
  first_action?: string | undefined;
  last_day?: string | undefined;
  linkedin?: number | undefined;
  timezone: string;
  total: number;
  days: {
    date: string;
    total: number;
    by_step: Record<string, number>;
    full?: string[] | undefined;
    holiday?: string | undefined;
  }[];
  holidays?: readonly HolidaySends[] | undefined;
  days_left_out?: number | undefined;
}

export function calendarLines(calendar: ShownCalendar): string[] {
  const { timezone, first_send, last_send, total, never, days, days_left_out = 0, linkedin } = calendar;
  const { holidays = [] } = calendar;
  return [
    `Calendar (${timezone}): ${counted(total, "send")}${linkedin ? `, ${linkedin} of them on LinkedIn` : ""}${first_send ? `, from ${first_send} to ${last_send}` : ""}${never ? `; ${never} would never leave` : ""}.`,
    ...(calendar.first_action
      ? [`First action: ${calendar.first_action}; last day: ${calendar.last_day ?? "unknown"}.`]
      : []),
    ...(holidays.length > 0 ? [`On public holidays: ${sayOnHolidays(holidays)}.`] : []),
    ...days.map(dayLine),
    ...(days_left_out > 0 ? [`… and ${counted(days_left_out, "more day")}.`] : []),
  ];
}

function dayLine({ date, total, by_step, full, holiday }: ShownCalendar["days"][number]): string {
  const steps = Object.entries(by_step).map(([step, count]) => `step ${step}: ${count}`);
  return `${date}${holiday ? ` (${holiday})` : ""}: ${total} (${steps.join(", ")})${full ? `, full: ${full.join(", ")}` : ""}`;
}
