/**
 * Tables of kinds, test/preflight/corpus/*.ts: each faulty one is found by its rule and by no other, and nothing but infos is
 * said of a clean one.
 */
import { describe, expect, it } from "vitest";
import { whys } from "../../scripts/generate/check-why.ts";
import { acceptDraft } from "../../src/model/campaign.ts";
import { findProblems } from "../../src/preflight/index.ts";
import { rules } from "../../src/preflight/rules/index.ts";
import { listen } from "../../src/values/lenient.ts";
import { subject } from "./account.ts";
import { cleanTexts } from "./corpus/clean-texts.ts";
import { draftOf, type Kind } from "./corpus/kind.ts";
import { leftovers } from "./corpus/leftovers.ts";
import { sequences } from "./corpus/sequences.ts";
import { measure, samples, sayMeasure } from "./measure.ts";

const kinds = [...leftovers, ...cleanTexts, ...sequences];
const faulty = kinds.filter(({ rule }) => rule !== undefined);
const clean = kinds.filter(({ rule }) => rule === undefined);

function findingsOf(kind: Kind): string[] {
  const draft = draftOf(kind);
  const seen = subject(acceptDraft(structuredClone(draft), listen()));
  return findProblems({ ...seen, given: draft })
    .filter(({ severity }) => severity !== "info")
    .map(({ rule, path }) => `${rule} ${path}`);
}

describe("the whole corpus", () => {
  it("holds more than 250 kinds, 125 of them clean at least; every fault is found and nobody is blamed", () => {
    const measured = measure(samples());
    process.stdout.write(`${sayMeasure(measured)}\n`);
    expect(measured.kinds).toBeGreaterThanOrEqual(250);
    expect(measured.clean).toBeGreaterThanOrEqual(125);
    expect(measured).toMatchObject({ found: measured.faulty, errors: 0, warnings: 0 });
  });
});

describe("docs/check.md", () => {
  it("says why there is each rule", () => {
    expect(Object.keys(whys).sort()).toEqual(rules.map(({ name }) => name).sort());
  });
});

describe("the tables of kinds", () => {
  it("find each fault at its place, and nothing else", () => {
    const wrong = faulty.flatMap((kind) => {
      const found = findingsOf(kind);
      const expected = [`${kind.rule} ${kind.path ?? "steps[0].versions[0].message"}`];
      return found.join() === expected.join() ? [] : [{ kind: kind.name, expected, found }];
    });
    expect(wrong).toEqual([]);
  });

  it("leave the clean ones alone", () => {
    const blamed = clean.map((kind) => ({ kind: kind.name, found: findingsOf(kind) }));
    expect(blamed.filter(({ found }) => found.length > 0)).toEqual([]);
  });
});
