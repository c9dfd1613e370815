/**
 * Tables of kinds, test/preflight/corpus/*.ts: each faulty one is found by its rule and by no other, and nothing but infos is
 * said of a clean one.
 */
import { describe, expect, it } from "vitest";
import { whys } from "../../scripts/generate/check-why.ts";
import { operations } from "../../src/operations/index.ts";
import { findProblems } from "../../src/preflight/index.ts";
import { rules } from "../../src/preflight/rules/index.ts";
import { draft } from "../support/draft.ts";
import { subject } from "./account.ts";
import { findingsOf as allOf, type Kind } from "./corpus/kind.ts";
import { kinds, measure, samples, sayMeasure } from "./measure.ts";

const faulty = kinds.filter(({ rule }) => rule !== undefined);
const clean = kinds.filter(({ rule }) => rule === undefined);

function findingsOf(kind: Kind): string[] {
  return allOf(kind)
    .filter(({ severity, rule }) => severity !== "info" || rule === kind.rule)
    .map(({ rule, path }) => `${rule} ${path}`);
}

describe("the whole corpus", () => {
  it("holds more than 250 kinds, most of them clean, in five languages and more; every fault is found and nobody is blamed", () => {
    const measured = measure(samples());
    process.stdout.write(`${sayMeasure(measured)}\n`);
    expect(measured.kinds).toBeGreaterThanOrEqual(250);
    expect(measured.clean).toBeGreaterThanOrEqual(measured.faulty);
    expect([...new Set(clean.map(({ lang }) => lang))]).toEqual(
      expect.arrayContaining(["en", "de", "fr", "pl", "uk", "ja", "ar"]),
    );
    expect(new Set(kinds.map(({ name }) => name)).size).toBe(kinds.length);
    expect(measured).toMatchObject({ found: measured.faulty, errors: 0, warnings: 0 });
  });
});

describe("what the check says", () => {
  const tools = new RegExp(`\\b(?:${operations.map(({ name }) => name).join("|")})\\b`);

  it("is in words, whatever a rule finds: a tool's name stands only in `next`", () => {
    const bare = { ...subject({ ...draft, mailbox_ids: [] }), given: { ...draft, mailbox_ids: [] } };
    const findings = [...samples().flatMap((sample) => sample.findings), ...findProblems(bare)];
    expect(findings.map(({ message }) => message).join("\n")).toContain(
      "needs at least one id of an SMTP mailbox",
    );
    // Both are about a campaign that only Woodpecker has in this state; test/preflight/live.test.ts plays them.
    const silent = rules.filter(({ name }) => !findings.some(({ rule }) => rule === name));
    expect(silent.map(({ name }) => name)).toEqual(["content", "bounce_shield_paused"]);
    const said = findings.flatMap(({ message, remedy }) => [message, remedy]);
    expect(said.filter((text) => tools.test(text))).toEqual([]);
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
