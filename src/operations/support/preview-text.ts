/** The e-mails and the calendar of a preview, as much of them as fits into an answer. */
import { z } from "zod/v3";
import { type Email, readable } from "../../forecast/emails.ts";
import { sayOnHolidays } from "../../forecast/holidays.ts";
import type { Calendar } from "../../forecast/index.ts";
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

export const shownEmail = z.object({
  step: z.number(),
  version: z.string(),
  email: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  holes: z.array(z.string()),
  signature: z.string(),
  thread: z.boolean().optional(),
  variant: z.number().optional(),
  sets_aside: z.boolean().optional(),
  linkedin: z.string().optional(),
  cut: z.boolean().optional(),
});
type ShownEmail = z.infer<typeof shownEmail>;

export const shownCalendar = z.object({
  timezone: z.string(),
  first_send: z.string().optional(),
  last_send: z.string().optional(),
  total: z.number(),
  last_day: z.string().optional(),
  first_action: z.string().optional(),
  linkedin: z.number().optional(),
  never: z.number().optional(),
  days: z.array(
    z.object({
      date: z.string(),
      total: z.number(),
      by_step: z.record(z.number()),
      full: z.array(z.string()).optional(),
      holiday: z.string().optional(),
    }),
  ),
  days_left_out: z.number().optional(),
  holidays: z.array(z.object({ date: z.string(), name: z.string(), total: z.number() })).optional(),
});
type ShownCalendar = z.infer<typeof shownCalendar>;

export const setAside = z.object({
  email: z.string(),
  step: z.number(),
  missing: z.array(z.string()),
  versions: z.array(z.string()).optional(),
});

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

export function emailLines(emails: readonly ShownEmail[]): string[] {
  return emails.flatMap((one) => {
    const { step, version, email, subject, text, holes, signature, variant, linkedin } = one;
    return [
      `--- step ${step} ${version}${variant ? `, variant ${variant}` : ""} to ${quoted(email)}${one.thread ? ", in the thread" : ""}; ${linkedin ? `LinkedIn ${linkedin}` : `signature ${signature}`}${one.sets_aside ? "; not sent: set aside here" : ""}`,
      ...(linkedin ? [] : [`Subject: ${quoted(subject, 300)}`]),
      ...text.split(/\r\n?|\n/).map((line) => `> ${visible(line)}`.trimEnd()),
      ...(one.cut ? ["[cut]"] : []),
      ...holes.map((hole) => `! ${hole}`),
    ];
  });
}

/** Who gets nothing from which step on, and why. */
export function asideLines(people: readonly z.infer<typeof setAside>[], leftOut = 0): string[] {
  if (people.length === 0) return [];
  const lines = people.map(({ email, step, missing, versions }) => {
    const some = versions ? `, where version ${versions.join(" or ")} is drawn` : "";
    return `- ${quoted(email)} at step ${step}: no ${missing.join(", no ")}${some}`;
  });
  return ["Set aside, and written to no more:", ...lines, ...(leftOut > 0 ? [`- and ${leftOut} more`] : [])];
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
