/**
 * Tables of kinds, test/preflight/corpus/*.ts: each faulty one is found by its rule and by no other, and nothing but infos is
 * said of a clean one.
 */
import { describe, expect, it } from "vitest";
import { acceptDraft } from "../../src/model/campaign.ts";
import { findProblems } from "../../src/preflight/index.ts";
import { listen } from "../../src/values/lenient.ts";
import { subject } from "./account.ts";
import { draftOf, type Kind } from "./corpus/kind.ts";
import { leftovers } from "./corpus/leftovers.ts";

const faulty = leftovers;

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
});
