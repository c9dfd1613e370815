/**
 * Tables of kinds, test/preflight/corpus/*.ts: each faulty one is found by its rule and by no other, and nothing but infos is
 * said of a clean one.
 */
import { describe, expect, it } from "vitest";
import { acceptDraft } from "../../src/model/campaign.ts";
import { findProblems } from "../../src/preflight/index.ts";
import { listen } from "../../src/values/lenient.ts";
import { subject } from "./account.ts";
import { cleanTexts } from "./corpus/clean-texts.ts";
import { draftOf, type Kind } from "./corpus/kind.ts";
import { leftovers } from "./corpus/leftovers.ts";
import { sequences } from "./corpus/sequences.ts";

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
