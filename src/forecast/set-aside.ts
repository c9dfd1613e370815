/** Who is set aside on the way, at which step, and for want of what (docs/woodpecker-api.md, Texts: snippets). */
import { snippetFields } from "../model/snippets.ts";
import type { SeenStep } from "../preflight/dossier.ts";
import { valueFor } from "../preflight/people.ts";
import { bareIn, type Recipient } from "./emails.ts";

interface SetAside {
  email: string;
  step: number;
  /** Fields of the person. */
  missing: string[];
  /** Only whoever draws one of these versions; absent where every version needs what is missing. */
  versions?: string[];
}

/** Each person once, at the first step at which it can happen. */
export function setAsideAmong(people: readonly Recipient[], steps: readonly SeenStep[]): SetAside[] {
  const needs = steps.map(({ number, type, versions }) => ({
    number,
    versions: versions.map(({ letter, subject = "", message }) => ({
      letter,
      names: [...new Set(bareIn(type === "EMAIL" ? `${subject}\n${message}` : message))],
    })),
  }));
  return people.flatMap((person) => {
    for (const { number, versions } of needs) {
      const lacking = versions
        .map(({ letter, names }) => ({ letter, names: names.filter((name) => !valueFor(name, person)) }))
        .filter(({ names }) => names.length > 0);
      if (lacking.length === 0) continue;
      const missing = [
        ...new Set(lacking.flatMap(({ names }) => names.map((name) => snippetFields[name] ?? name))),
      ];
      const some = lacking.length < versions.length && { versions: lacking.map(({ letter }) => letter) };
      return [{ email: person.email, step: number, missing, ...some }];
    }
    return [];
  });
}

/** Of those who lack something: who gets nothing at all, and who would get something before it ends, or end only by the draw. */
export function bySetAside(people: readonly Recipient[], steps: readonly SeenStep[]) {
  const all = setAsideAmong(people, steps);
  const atOnce = ({ step, versions }: SetAside) => step === steps[0]?.number && !versions;
  return { nothing: all.filter(atOnce).length, partly: all.filter((one) => !atOnce(one)).length };
}
