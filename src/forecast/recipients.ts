/** Whom a preview shows: people who were named, some of those enrolled, or invented ones. */
import { type Dossier, known } from "../preflight/dossier.ts";
import { openRows } from "../preflight/people.ts";
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
  { parts }: Dossier,
  wanted: Recipient[] | undefined,
  sample: number,
  seed: number,
): { people: Recipient[]; assumptions: string[] } {
  const rows: readonly Recipient[] = known(parts.prospects)?.rows ?? [];
  if (wanted) {
    const people = wanted.map((person) => ({
      ...rows.find(({ email }) => email.toLowerCase() === person.email.toLowerCase()),
      ...person,
    }));
    return { people, assumptions: [] };
  }
  const open = openRows(rows);
  const pool = open.length > 0 ? open : rows;
  if (pool.length === 0) {
    const why =
      parts.prospects && "unreadable" in parts.prospects
        ? "The prospects could not be read"
        : "Nobody is enrolled";
    const shown = invented.slice(0, sample);
    const them = shown.length === 1 ? "an invented person" : "two invented people";
    return { people: shown, assumptions: [`${why}; the e-mails are shown for ${them}.`] };
  }
  const people = [...pool].sort((a, b) => draw(seed, a.email) - draw(seed, b.email)).slice(0, sample);
  return { people, assumptions: [] };
}
