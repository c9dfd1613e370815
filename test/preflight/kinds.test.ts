/**
 * Labelled campaigns, test/preflight/corpus: cold e-mail as people write it, clean or with a seeded fault. What the rules find,
 * infos aside, is exactly what the label says: no fault is missed, and nothing else is held against anybody.
 */
import { describe, expect, it } from "vitest";
import { whys } from "../../scripts/generate/check-why.ts";
import { operations } from "../../src/operations/index.ts";
import { findProblems } from "../../src/preflight/index.ts";
import { rules } from "../../src/preflight/rules/index.ts";
import { draft } from "../support/draft.ts";
import { subject } from "./account.ts";
import { kinds, measure, samples, sayMeasure } from "./measure.ts";

const all = samples();
const places = (findings: readonly { rule: string; path: string }[]) =>
  findings.map(({ rule, path }) => `${rule} ${path}`).sort();

describe("a labelled campaign", () => {
  it.each(all.map((sample) => [sample.name, sample] as const))("%s", (_name, { expected, findings }) => {
    const labelled = new Set(expected.map(({ rule }) => rule));
    const found = findings.filter(({ severity, rule }) => severity !== "info" || labelled.has(rule));
    expect(places(found)).toEqual(places(expected));
    for (const { message, remedy, path, step, version } of found) {
      expect(message).toMatch(/^\S.*[.?!]$/s);
      expect(remedy).toMatch(/^\S.*[.?!]$/s);
      expect(step).toBe(path.startsWith("steps[") ? Number(/\d+/.exec(path)?.[0]) + 1 : undefined);
      if (version) expect(path).toContain(`versions[${"ABCDE".indexOf(version)}]`);
    }
  });
});

describe("the whole corpus", () => {
  it("holds more than 250 kinds, most of them clean, in seven languages", () => {
    const measured = measure(all);
    process.stdout.write(`${sayMeasure(measured)}\n`);
    expect(measured.kinds).toBeGreaterThanOrEqual(250);
    expect(measured.clean).toBeGreaterThanOrEqual(measured.faulty);
    expect([...new Set(kinds.filter(({ rule }) => !rule).map(({ lang }) => lang))]).toEqual(
      expect.arrayContaining(["en", "de", "fr", "pl", "uk", "ja", "ar"]),
    );
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  });

  it("labels every rule that a definition can break", () => {
    const labelled = new Set(all.flatMap(({ expected }) => expected.map(({ rule }) => rule)));
    const never = rules.map(({ name }) => name).filter((name) => !labelled.has(name));
    // Of a campaign that was paused, and of one that the API does not show: test/operations/check-account.test.ts.
    expect(never.sort()).toEqual(["bounce_shield_paused", "content"]);
  });
});

describe("what the check says", () => {
  const tools = new RegExp(`\\b(?:${operations.map(({ name }) => name).join("|")})\\b`);

  it("is in words, whatever a rule finds: a tool's name stands only in `next`", () => {
    const bare = { ...subject({ ...draft, mailbox_ids: [] }), given: { ...draft, mailbox_ids: [] } };
    const findings = [...all.flatMap((sample) => sample.findings), ...findProblems(bare)];
    expect(findings.map(({ message }) => message).join("\n")).toContain(
      "needs at least one id of an SMTP mailbox",
    );
    const said = findings.flatMap(({ message, remedy }) => [message, remedy]);
    expect(said.filter((text) => tools.test(text))).toEqual([]);
  });
});

describe("docs/check.md", () => {
  it("says why there is each rule", () => {
    expect(Object.keys(whys).sort()).toEqual(rules.map(({ name }) => name).sort());
  });
});
