/**
 * Labelled campaigns, test/preflight/corpus/*.json: real-world cold e-mail, clean or with a seeded defect. What the rules
 * find, infos aside, is exactly what the label says: no defect is missed, and nothing else is held against anybody.
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { acceptDraft } from "../../src/model/campaign.ts";
import { type Finding, findProblems } from "../../src/preflight/index.ts";
import { rules } from "../../src/preflight/rules/index.ts";
import { listen } from "../../src/values/lenient.ts";
import type { Loose } from "../../src/values/loose.ts";
import { subject } from "./account.ts";
import { kinds } from "./measure.ts";

interface Labelled {
  about: string;
  draft: Loose;
  live?: Loose;
  expect: { rule: string; path: string }[];
}

const folder = new URL("./corpus/", import.meta.url);
const corpus = readdirSync(folder)
  .filter((file) => file.endsWith(".json"))
  .map((file) => {
    const labelled: Labelled = JSON.parse(readFileSync(new URL(file, folder), "utf8"));
    return { name: file.replace(".json", ""), ...labelled };
  });

function check({ draft, live }: Labelled): Finding[] {
  const seen = subject(acceptDraft(structuredClone(draft), listen()), live);
  return findProblems({ ...seen, given: live ? seen.given : draft });
}

const places = (findings: { rule: string; path: string }[]) =>
  findings.map(({ rule, path }) => `${rule} ${path}`).sort();

describe("the corpus", () => {
  it("is large, and many of it are clean", () => {
    const clean = corpus.filter((one) => one.expect.length === 0);
    expect(corpus.length).toBeGreaterThanOrEqual(60);
    expect(clean.length).toBeGreaterThanOrEqual(30);
  });

  it.each(corpus.map((one) => [one.name, one.about, one] as const))("%s: %s", (_name, _about, one) => {
    const labelled = new Set(one.expect.map(({ rule }) => rule));
    const found = check(one).filter(({ severity, rule }) => severity !== "info" || labelled.has(rule));
    expect(places(found)).toEqual(places(one.expect));
    for (const { message, remedy, path, step, version } of found) {
      expect(message).toMatch(/^\S.*[.?!]$/s);
      expect(remedy).toMatch(/^\S.*[.?!]$/s);
      expect(step).toBe(path.startsWith("steps[") ? Number(/\d+/.exec(path)?.[0]) + 1 : undefined);
      if (version) expect(path).toContain(`versions[${"ABCDE".indexOf(version)}]`);
    }
  });

  it("labels every rule that a definition can break", () => {
    const labelled = new Set([
      ...corpus.flatMap((one) => one.expect.map(({ rule }) => rule)),
      ...kinds.map(({ rule }) => rule),
    ]);
    const never = rules.map(({ name }) => name).filter((name) => !labelled.has(name));
    // Of a campaign that was paused, and of one that the API does not show: test/operations/check-account.test.ts.
    expect(never.sort()).toEqual(["bounce_shield_paused", "content"]);
  });
});
