/** What a check can say, and the form of a rule. */
import { letterOf } from "../model/versions.ts";
import type { Path } from "../values/fault.ts";
import type { Dossier, PartName } from "./dossier.ts";

export const severities = ["error", "could_not_check", "warning", "info"] as const;
/**
 * error            Woodpecker refuses it, or people receive something broken.
 * could_not_check  What the rule needs could not be read; that is not the same as being in order.
 * warning          It works, but probably not as meant, or at a cost.
 * info             Worth knowing.
 */
export type Severity = (typeof severities)[number];

export interface Finding {
  rule: string;
  severity: Severity;
  /** The place in the list view, zero-based as in JSON: steps[1].versions[0].subject. */
  path: string;
  /** As people count: from 1. */
  step?: number;
  /** A to E. */
  version?: string;
  message: string;
  remedy: string;
  /** All places, where the same is to be said of several; `path` is the first. */
  places?: string[];
}

/** One thing that a rule found; without a severity it has that of its rule. */
export interface Issue {
  path: Path;
  message: string;
  remedy: string;
  severity?: Severity;
}

/** What is said of something that is in order. */
type Nothing = undefined | null | false | "";

export interface Rule {
  name: string;
  severity: Severity;
  /** Parts of the account without which it cannot tell. A part that does not concern the campaign keeps it silent. */
  needs?: readonly PartName[];
  find: (dossier: Dossier) => Issue | Nothing | readonly Issue[];
}

/** Judges each of these by itself, and says it of its place. */
export const each =
  <T extends { path: Path }>(
    list: (dossier: Dossier) => readonly T[],
    judge: (one: T, dossier: Dossier) => Omit<Issue, "path"> | Nothing,
  ) =>
  (dossier: Dossier): Issue[] =>
    list(dossier).flatMap((one) => {
      const issue = judge(one, dossier);
      return issue ? [{ path: one.path, ...issue }] : [];
    });

interface RuleOnEach<T, F> extends Omit<Rule, "find"> {
  found: (one: T, dossier: Dossier) => F | Nothing;
  message: string | ((found: F, one: T) => string);
  remedy: string | ((found: F) => string);
}

/** A rule that says of each of these what it finds there. */
export const on = <T extends { path: Path }, F>(
  list: (dossier: Dossier) => readonly T[],
  { found, message, remedy, ...rule }: RuleOnEach<T, F>,
): Rule => ({
  ...rule,
  find: each(list, (one, dossier) => {
    const what = found(one, dossier);
    if (!what) return undefined;
    return {
      message: typeof message === "string" ? message : message(what, one),
      remedy: typeof remedy === "string" ? remedy : remedy(what),
    };
  }),
});

/** Rules that all need this part. */
export const needing = (part: PartName, rules: readonly Rule[]): readonly Rule[] =>
  rules.map((rule) => ({ ...rule, needs: [part] }));

/** Where it is, as people say it: "step 2 B, subject: ", of several places each; nothing where it concerns the whole. */
export const placeOf = ({ step, path, places = [path] }: Finding): string =>
  step === undefined ? "" : `${places.map(wordsFor).join("; ")}: `;

/** steps[1].versions[1].subject → step 2 B, subject */
function wordsFor(path: string): string {
  const [, step, version, part] = /^steps\[(\d+)\](?:\.versions\[(\d+)\](?:\.([a-z_]+))?)?/.exec(path) ?? [];
  const named = version === undefined ? "" : ` ${letterOf(Number(version))}`;
  return `step ${Number(step) + 1}${named}${part ? `, ${part}` : ""}`;
}

/** What is to be said of several places is said once, with all of them. */
export function saidOnce(findings: readonly Finding[]): Finding[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { rule, severity, message, remedy } = finding;
    const key = JSON.stringify([rule, severity, message, remedy]);
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()].map(([first, ...rest]) =>
    rest.length === 0
      ? (first as Finding)
      : { ...(first as Finding), places: [first as Finding, ...rest].map(({ path }) => path) },
  );
}

/** One finding as one line. */
export const sayFinding = ({ path, places = [path], message, remedy }: Finding) =>
  `${path ? `${places.join(", ")}: ` : ""}${message} ${remedy}`;
