/**
 * Public holidays. Source: docs/assumptions.md, A46 (windows know weekdays only), and src/model/holidays.ts for which days they
 * are. How many e-mails leave on them is told by the calendar.
 */
import { emailSteps, type HolidaySends, known, SOON } from "../dossier.ts";
import type { Rule } from "../finding.ts";

const MOST = 5;

export const holidayRules: readonly Rule[] = [
  {
    name: "public_holidays",
    severity: "warning",
    needs: ["holidays"],
    find: (dossier) => {
      const { country = "", days = [], people } = known(dossier.parts.holidays) ?? {};
      const [first] = days;
      const [opening] = emailSteps(dossier);
      if (!first || !opening) return undefined;
      const year = new Date(dossier.now).toISOString().slice(0, 4);
      const said = days.slice(0, MOST).map(({ total, ...day }, index) => {
        const counted = index > 0 ? `${total}` : `${total} ${total === 1 ? "e-mail" : "e-mails"}`;
        return `${counted} on ${sayDay(day, year)}`;
      });
      const more = days.length > MOST ? ` and on ${days.length - MOST} more` : "";
      const counted =
        people === undefined ? "" : ` Counted with ${people} people, since nobody is enrolled yet.`;
      return {
        path: opening.windowsPath,
        ...(Date.parse(first.date) > dossier.now + SOON && { severity: "info" as const }),
        message: `${said.join(", ")}${more}: public holidays in ${country}, and Woodpecker sends on them as on any other day.${counted}`,
        remedy:
          "If nobody reads then, pause the campaign over these days, close their windows, or start later.",
      };
    },
  },
];

/** "25 December (Christmas Day)", with the year where it is another one. */
function sayDay({ date, name }: Omit<HolidaySends, "total">, thisYear: string): string {
  const year = date.startsWith(thisYear) ? {} : { year: "numeric" as const };
  const format = new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "long",
    timeZone: "UTC",
    ...year,
  });
  return `${format.format(Date.parse(date))} (${name})`;
}
