/**
 * People's values, as far as they go into the e-mails: "Hi N/A," is worse than a gap. Source: practice; what is odd stands in
 * src/model/oddities.ts, which an import uses too.
 */
import { type Oddity, type OddityKind, oddities, oddityWords } from "../../model/oddities.ts";
import { firstOf, plain, quoted } from "../../values/foreign.ts";
import type { EnrolledRow } from "../../woodpecker/prospects.ts";
import type { Dossier } from "../dossier.ts";
import { type Issue, needing } from "../finding.ts";
import { fieldsShown, openRows } from "../people.ts";
import { peopleOf, seen } from "./prospects.ts";

const path = ["prospects"];

interface Odd extends Oddity {
  field: string;
  value: string;
  email: string;
}

function oddOf(dossier: Dossier, fields: readonly string[]): Odd[] {
  return openRows(peopleOf(dossier).rows).flatMap((row: EnrolledRow) =>
    fields.flatMap((field) => {
      const value = row[field];
      return oddities(field, value).map((oddity) => ({
        ...oddity,
        field,
        value: String(value),
        email: row.email,
      }));
    }),
  );
}

/** One finding for each kind, with how many people and the first three. */
function byKind(dossier: Dossier, fields: readonly string[], remedy: (kind: OddityKind) => string): Issue[] {
  const kinds = new Map<OddityKind, Odd[]>();
  for (const odd of oddOf(dossier, fields)) {
    const same = kinds.get(odd.kind);
    if (same) same.push(odd);
    else kinds.set(odd.kind, [odd]);
  }
  const total = seen(peopleOf(dossier));
  return [...kinds].map(([kind, odd]) => {
    const people = [...new Map(odd.map((one) => [one.email, one])).values()];
    return {
      path,
      message: `Of ${total}, ${people.length} ${people.length === 1 ? "has" : "have"} ${oddityWords[kind]}: ${firstOf(people, 3, sayOne)}.`,
      remedy: remedy(kind),
    };
  });
}

const sayOne = ({ email, field, value, meant }: Odd): string => {
  const address = plain(email, 80);
  if (field === "email") return meant ? `${address} (${plain(meant, 80)}?)` : address;
  return `${address} (${field.replace("_", " ")} ${quoted(value, 40)})`;
};

const addressRemedies: Partial<Record<OddityKind, string>> = {
  role_address: "Write to a person where you know one; a shared address answers less and complains more.",
  no_reply: "Take them out; nobody would read it.",
  address_typo: "Correct the address, or take them out: it would bounce.",
};

export const oddPeopleRules = needing("prospects", [
  {
    name: "odd_values",
    severity: "warning",
    find: (dossier) =>
      byKind(dossier, fieldsShown(dossier), () => "Correct these people's data before they are written to."),
  },
  {
    name: "odd_addresses",
    severity: "warning",
    find: (dossier) => byKind(dossier, ["email"], (kind) => addressRemedies[kind] ?? "Look at the address."),
  },
]);
