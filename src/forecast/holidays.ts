/**
 * What of a calendar falls on public holidays. Woodpecker's windows know weekdays only, so e-mails leave on holidays as on any other
 * day (docs/assumptions.md, A46).
 */
import { type Holidays, holidaysOf } from "../model/holidays.ts";
import { isZone } from "../model/zone.ts";
import { type Dossier, emailSteps, type HolidaySends, known } from "../preflight/dossier.ts";
import { firstOf } from "../values/foreign.ts";
import { asString } from "../values/loose.ts";
import { type CalendarDay, forecast } from "./index.ts";
import { PEOPLE_OF_A_DRAFT, planOf } from "./plan.ts";

/** The days of a calendar that are a holiday. */
export const holidaysAmong = (days: readonly CalendarDay[], holidays: Holidays | undefined): HolidaySends[] =>
  days.flatMap(({ date, total }) => {
    const name = holidays?.nameOf(date);
    return name ? [{ date, name, total }] : [];
  });

/** For people: what is marked, and what is not known. */
export function sayHolidays(timezone: string, holidays: Holidays | undefined, lastDay = ""): string {
  const skipped = "Public holidays are not skipped: Woodpecker's windows know weekdays only";
  if (!holidays) return `${skipped}. None are known for ${timezone}, so none are marked.`;
  const [first, last] = holidays.years;
  const isKnown = lastDay === "" || holidays.knows(Number(lastDay.slice(0, 4)));
  const beyond = isKnown ? "" : `; before ${first} and after ${last} they are not known here`;
  return `${skipped}. The national ones (${holidays.country}) are marked${beyond}; regional ones are not.`;
}

const MOST = 5;

/** "20 on 25 Dec 2026 (Christmas Day), …", the first ones. */
export const sayOnHolidays = (days: readonly HolidaySends[]): string =>
  firstOf(days, MOST, ({ date, name, total }) => `${total} on ${sayDate(date)} (${name})`);

const sayDate = (date: string): string =>
  new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  }).format(Date.parse(date));

/** The same with how many e-mails would leave on which holidays, if the campaign ran from now on; where that can be told. */
export async function withHolidays(dossier: Dossier): Promise<Dossier> {
  const { now, origin, settings, parts, status } = dossier;
  const timezone = asString(settings.timezone) ?? "";
  if (emailSteps(dossier).length === 0 || !isZone(timezone) || status === "COMPLETED") return dossier;
  const holidays = await holidaysOf(timezone);
  if (!holidays) return dossier;
  const nobody = origin === "draft" || known(parts.prospects)?.total === 0;
  const people = nobody ? PEOPLE_OF_A_DRAFT : undefined;
  const { days } = forecast(planOf(dossier, now, people).plan);
  const value = {
    country: holidays.country,
    days: holidaysAmong(emailDays(dossier, days), holidays),
    ...(people !== undefined && { people }),
  };
  return { ...dossier, parts: { ...parts, holidays: { value } } };
}

/** Without what LinkedIn steps do. */
function emailDays(dossier: Dossier, days: readonly CalendarDay[]): CalendarDay[] {
  const emails = emailSteps(dossier).map(({ number }) => String(number));
  return days
    .map((day) => ({ ...day, total: emails.reduce((sum, number) => sum + (day.by_step[number] ?? 0), 0) }))
    .filter(({ total }) => total > 0);
}
