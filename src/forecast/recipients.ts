/** Whom a preview shows: people who were named, some of those enrolled, or invented ones. */

import { oddities } from "../model/oddities.ts";
import { type Dossier, known, whyUnread } from "../preflight/dossier.ts";
import { fieldsShown, openRows, valueFor } from "../preflight/people.ts";
import { bareSnippets } from "../preflight/texts.ts";
import { quoted } from "../values/foreign.ts";
import { draw, type Recipient } from "./emails.ts";

/** Shown where nobody is enrolled: one of whom everything is known, and one of whom only the address is. */
const invented: Recipient[] = [
  {
    email: "anna.example@company.example",
    first_name: "Anna",
    last_name: "Example",
    company: "Example Company",
    website: "https://company.example",
    title: "Head of Operations",
    city: "Lyon",
    country: "France",
    industry: "Bakeries",
  },
  { email: "info@company.example" },
];

/** Who is shown: those that were named, or some of the enrolled, or somebody invented. */
export function recipientsOf(
  dossier: Dossier,
  wanted: Recipient[] | undefined,
  sample: number,
  seed: number,
): { people: Recipient[]; assumptions: string[] } {
  const { parts } = dossier;
  const rows: readonly Recipient[] = known(parts.prospects)?.rows ?? [];
  if (wanted) {
    const people = wanted.map((person) => ({
      ...rows.find(({ email }) => email.toLowerCase() === person.email.toLowerCase()),
      ...person,
    }));
    return { people, assumptions: strangers(dossier, wanted) };
  }
  const open = openRows(rows);
  const pool = open.length > 0 ? open : rows;
  if (pool.length === 0) {
    const why = whyUnread(parts.prospects) ? "The prospects could not be read" : "Nobody is enrolled";
    const shown = invented.slice(0, sample);
    const them = shown.length === 1 ? "an invented person" : "two invented people";
    return { people: shown, assumptions: [`${why}; the e-mails are shown for ${them}.`] };
  }
  const wrong = new Map(pool.map((row) => [row, wrongWith(row, dossier)]));
  const byDraw = [...pool].sort((a, b) => draw(seed, a.email) - draw(seed, b.email));
  const worst = [...byDraw].sort((a, b) => (wrong.get(b) ?? 0) - (wrong.get(a) ?? 0)).slice(0, sample);
  const people = byDraw.filter((row) => worst.includes(row));
  const isWorst = people.some((row) => wrong.get(row)) && pool.length > people.length;
  const why = "Shown are the people with most that is missing or odd in the fields that the texts use.";
  return { people, assumptions: isWorst ? [why] : [] };
}

/** How much is missing or odd in the fields that the texts use; what is missing weighs most. */
function wrongWith(row: Recipient, dossier: Dossier): number {
  const missing = bareSnippets(dossier).filter((name) => !valueFor(name, row)).length;
  const odd = fieldsShown(dossier).flatMap((field) => oddities(field, row[field])).length;
  return missing * 10 + odd;
}

/** Those who were named and are not in the campaign. */
function strangers({ origin, parts }: Dossier, wanted: readonly Recipient[]): string[] {
  const people = known(parts.prospects);
  if (origin !== "live" || !people) return [];
  const enrolled = new Set(people.rows.map(({ email }) => email.toLowerCase()));
  const not = wanted
    .filter(({ email }) => !enrolled.has(email.toLowerCase()))
    .map(({ email }) => quoted(email));
  const among =
    people.rows.length < people.total ? `among the first ${people.rows.length} people of` : "enrolled in";
  return not.length > 0 ? [`Not ${among} this campaign: ${not.join(", ")}.`] : [];
}
