/** The two halves of a preview: what people get, and when. */
import { type Email, emailsTo, type Recipient } from "../../forecast/emails.ts";
import { holidaysAmong, sayHolidays } from "../../forecast/holidays.ts";
import { forecast } from "../../forecast/index.ts";
import { clockChanges, planOf } from "../../forecast/plan.ts";
import { recipientsOf } from "../../forecast/recipients.ts";
import { setAsideAmong } from "../../forecast/set-aside.ts";
import { holidaysOf } from "../../model/holidays.ts";
import { type Dossier, known, type SeenStep } from "../../preflight/dossier.ts";
import { openRows } from "../../preflight/people.ts";
import { fitting } from "./fit.ts";
import { room, shownDays, shownEmails } from "./preview-text.ts";

interface Choice {
  prospects?: readonly object[] | undefined;
  sample: number;
  seed: number;
  all_variants?: boolean | undefined;
}

export async function lettersOf(
  dossier: Dossier,
  { prospects, sample, seed, all_variants: all = false }: Choice,
) {
  const { people, assumptions } = recipientsOf(dossier, prospects as Recipient[] | undefined, sample, seed);
  const written: Email[] = people.flatMap((person) => emailsTo(person, dossier.steps, { seed, all }));
  const emails = await shownEmails(written);
  return {
    shown: {
      emails,
      ...(emails.length < written.length && { emails_left_out: written.length - emails.length }),
    },
    aside: asideOf(dossier, prospects as Recipient[] | undefined),
    assumptions: [...assumptions, ...versionNote(dossier, seed, all)],
  };
}

export async function calendarOf(dossier: Dossier, from: number, people: number | undefined) {
  const { plan, assumptions } = planOf(dossier, from, people);
  let first: { at: number; step: number } | undefined;
  const calendar = forecast(plan, (at, step) => {
    first ??= { at, step };
  });
  const changes = calendar.last_send
    ? clockChanges(plan.timezone, plan.from, Date.parse(calendar.last_send))
    : [];
  const linkedin = dossier.steps
    .filter(({ type }) => type === "LINKEDIN")
    .flatMap(({ number }) => calendar.days.map(({ by_step }) => by_step[String(number)] ?? 0))
    .reduce((sum, one) => sum + one, 0);
  const holidays = await holidaysOf(plan.timezone);
  const lastDay = calendar.last_send?.slice(0, 10);
  const days = calendar.days.map((day) => {
    const holiday = holidays?.nameOf(day.date);
    return { ...day, ...(holiday && { holiday }) };
  });
  const shown = {
    ...shownDays({ ...calendar, days }),
    ...(holidays && { holidays: fitting(holidaysAmong(calendar.days, holidays), room.holidays) }),
    ...(lastDay && { last_day: lastDay }),
    ...(first && { first_action: actionOf(dossier.steps[first.step], calendar.first_send ?? "") }),
    ...(linkedin > 0 && { linkedin }),
  };
  return {
    shown: { calendar: shown },
    assumptions: [...assumptions, sayHolidays(plan.timezone, holidays, lastDay), ...changes],
  };
}

function actionOf(step: SeenStep | undefined, at: string): string {
  const action = step?.linkedin?.action.toLowerCase().replaceAll("_", " ");
  return `${action ? `LinkedIn ${action}` : "e-mail"} of step ${step?.number ?? 1}, ${at}`;
}

/** Everybody who can still be written to, and whoever was named. */
function asideOf(dossier: Dossier, wanted: readonly Recipient[] = []) {
  const enrolled: readonly Recipient[] = openRows(known(dossier.parts.prospects)?.rows ?? []);
  const named = new Set(wanted.map(({ email }) => email.toLowerCase()));
  const others = enrolled.filter(({ email }) => !named.has(email.toLowerCase()));
  const stored = new Map(enrolled.map((row) => [row.email.toLowerCase(), row]));
  const people = [
    ...wanted.map((person) => ({ ...stored.get(person.email.toLowerCase()), ...person })),
    ...others,
  ];
  const all = setAsideAmong(people, dossier.steps);
  const shown = fitting(all, room.aside);
  return all.length > 0
    ? {
        set_aside: shown,
        ...(shown.length < all.length && { set_aside_left_out: all.length - shown.length }),
      }
    : {};
}

function versionNote({ steps }: Dossier, seed: number, all: boolean): string[] {
  const notes = [
    "Signatures are added by Woodpecker and not shown; the opt-out link stands for Woodpecker's own.",
  ];
  const several = steps.some(({ type, versions }) => type === "EMAIL" && versions.length > 1);
  if (!all && several)
    notes.push(
      `Which version and which spintax a person gets is drawn by Woodpecker; here seed ${seed} drew.`,
    );
  return notes;
}
