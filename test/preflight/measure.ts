/** The whole corpus, labelled files and tables, and what the rules make of it: for the test, and for docs/check.md. */
import { readdirSync, readFileSync } from "node:fs";
import { acceptDraft } from "../../src/model/campaign.ts";
import type { Parts } from "../../src/preflight/dossier.ts";
import { type Finding, findProblems } from "../../src/preflight/index.ts";
import { listen } from "../../src/values/lenient.ts";
import type { Loose } from "../../src/values/loose.ts";
import { subject } from "./account.ts";
import { accounts, calmAccounts } from "./corpus/accounts.ts";
import { cleanPeople } from "./corpus/clean-people.ts";
import { cleanTexts } from "./corpus/clean-texts.ts";
import { cleanTraps } from "./corpus/clean-traps.ts";
import { cleanVoices } from "./corpus/clean-voices.ts";
import { asLive, draftOf, type Kind } from "./corpus/kind.ts";
import { leftovers } from "./corpus/leftovers.ts";
import { moreLeftovers } from "./corpus/leftovers-more.ts";
import { sequences } from "./corpus/sequences.ts";

export interface Sample {
  name: string;
  /** What the rules find in it, infos aside; nothing in a clean one. */
  expected: { rule: string; path: string }[];
  findings: Finding[];
}

export const kinds: readonly Kind[] = [
  ...leftovers,
  ...moreLeftovers,
  ...sequences,
  ...accounts,
  ...calmAccounts,
  ...cleanTexts,
  ...cleanTraps,
  ...cleanVoices,
  ...cleanPeople,
];

const folder = new URL("./corpus/", import.meta.url);

function findingsOf(draft: Loose, live?: Loose, parts?: Parts): Finding[] {
  const seen = subject(acceptDraft(structuredClone(draft), listen()), live, parts);
  return findProblems({ ...seen, given: live ? seen.given : draft });
}

const fromFile = (file: string): Sample => {
  const { about, draft, live, expect } = JSON.parse(readFileSync(new URL(file, folder), "utf8"));
  return { name: `${file}: ${about}`, expected: expect, findings: findingsOf(draft, live) };
};

const fromKind = (kind: Kind): Sample => {
  const { name, rule, path = "steps[0].versions[0].message", people, parts } = kind;
  const live = people && { status: "DRAFT", prospects: people };
  const draft = live ? asLive(draftOf(kind)) : draftOf(kind);
  return { name, expected: rule ? [{ rule, path }] : [], findings: findingsOf(draft, live, parts) };
};

export const samples = (): Sample[] => [
  ...readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map(fromFile),
  ...kinds.map(fromKind),
];

export function measure(all: readonly Sample[]) {
  const faulty = all.filter(({ expected }) => expected.length > 0);
  const clean = all.filter(({ expected }) => expected.length === 0);
  const found = faulty.filter(({ expected, findings }) =>
    expected.every(({ rule }) => findings.some((finding) => finding.rule === rule)),
  );
  const count = (severity: string) =>
    clean.reduce((sum, { findings }) => sum + findings.filter((one) => one.severity === severity).length, 0);
  return {
    kinds: all.length,
    faulty: faulty.length,
    found: found.length,
    clean: clean.length,
    errors: count("error"),
    warnings: count("warning"),
  };
}

export const sayMeasure = ({ kinds, faulty, found, clean, errors, warnings }: ReturnType<typeof measure>) =>
  `${kinds} kinds: of ${faulty} faulty ones ${found} are found; of ${clean} clean ones ${errors} errors and ${warnings} warnings are told.`;
