/** The arithmetic of A/B tests: against numbers from the literature, and by what must hold for all numbers. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareVersions, type Trial, wilson } from "../../../src/operations/support/ab-test.ts";

const TINY = 1e-12;
const four = (value: number) => Number(value.toFixed(4));

describe("the Wilson interval", () => {
  // R. G. Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17 (1998), table I.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
    [20, 20, 0.8389, 1],
    [28, 29, 0.8282, 0.9939],
  ])("of %i in %i is %f to %f", (hits, trials, low, high) => {
    const found = wilson(hits, trials);
    expect([four(found.low), four(found.high)]).toEqual([low, high]);
  });

  it("of nothing is everything", () => {
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
  });

  const counts = fc
    .integer({ min: 1, max: 100_000 })
    .chain((trials) => fc.record({ trials: fc.constant(trials), hits: fc.integer({ min: 0, max: trials }) }));

  it("lies between 0 and 1 and contains the rate", () => {
    const property = fc.property(counts, ({ hits, trials }) => {
      const { low, high } = wilson(hits, trials);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(1);
      expect(low).toBeLessThanOrEqual(hits / trials + TINY);
      expect(high).toBeGreaterThanOrEqual(hits / trials - TINY);
    });
    fc.assert(property);
  });

  it("narrows with more trials at the same rate", () => {
    const property = fc.property(counts, fc.integer({ min: 2, max: 50 }), ({ hits, trials }, times) => {
      const [few, many] = [wilson(hits, trials), wilson(hits * times, trials * times)];
      expect(many.high - many.low).toBeLessThan(few.high - few.low);
    });
    fc.assert(property);
  });

  it("is mirrored when hits and misses change places", () => {
    const property = fc.property(counts, ({ hits, trials }) => {
      const [one, other] = [wilson(hits, trials), wilson(trials - hits, trials)];
      expect(one.low).toBeCloseTo(1 - other.high, 10);
      expect(one.high).toBeCloseTo(1 - other.low, 10);
    });
    fc.assert(property);
  });

  it("widens with the level that is asked for", () => {
    const property = fc.property(counts, ({ hits, trials }) => {
      const [usual, strict] = [wilson(hits, trials, 1.96), wilson(hits, trials, 2.58)];
      expect(strict.high - strict.low).toBeGreaterThan(usual.high - usual.low);
    });
    fc.assert(property);
  });
});

const letters = ["A", "B", "C", "D", "E"];
const trial = fc
  .integer({ min: 0, max: 3_000 })
  .chain((trials) => fc.record({ trials: fc.constant(trials), hits: fc.integer({ min: 0, max: trials }) }));
const named = (trials: { hits: number; trials: number }[]): Trial[] =>
  trials.map((one, index) => ({ version: letters[index] as string, ...one }));
const versions = fc.array(trial, { minLength: 2, maxLength: 5 }).map(named);
const verdict = (...counts: [number, number][]) =>
  compareVersions(named(counts.map(([hits, trials]) => ({ hits, trials })))).verdict;

describe("the verdict", () => {
  // R. G. Newcombe, Statistics in Medicine 17 (1998) 873-890, table II, method 10: is zero inside the interval?
  it.each([
    [[56, 70], [48, 80], "A is ahead"],
    [[9, 10], [3, 10], "A is ahead"],
    [[6, 7], [2, 7], "A is ahead"],
    [[5, 56], [0, 29], "too early to tell"],
    [[0, 10], [0, 20], "too early to tell"],
    [[0, 10], [0, 10], "too early to tell"],
    [[10, 10], [0, 20], "A is ahead"],
    [[10, 10], [0, 10], "A is ahead"],
  ] as [[number, number], [number, number], string][])("of %j against %j: %s", (a, b, expected) => {
    expect(verdict(a, b)).toBe(expected);
    expect(verdict(b, a)).toBe(expected.replace("A", "B"));
  });

  it.each([
    [
      "an obvious difference in large samples",
      [
        [300, 2000],
        [100, 2000],
      ],
      "A is ahead",
    ],
    [
      "the last of five",
      [
        [100, 2000],
        [100, 2000],
        [90, 2000],
        [110, 2000],
        [300, 2000],
      ],
      "E is ahead",
    ],
    [
      "two that lead together",
      [
        [300, 2000],
        [300, 2000],
        [100, 2000],
      ],
      "too early to tell",
    ],
    [
      "what a campaign of forty people shows",
      [
        [4, 20],
        [1, 20],
      ],
      "too early to tell",
    ],
    ["one version", [[30, 100]], "too early to tell"],
    [
      "nothing sent",
      [
        [0, 0],
        [0, 0],
      ],
      "too early to tell",
    ],
    [
      "one of which nothing was sent",
      [
        [300, 2000],
        [0, 0],
      ],
      "too early to tell",
    ],
    ["no versions", [], "too early to tell"],
  ] as [string, [number, number][], string][])("of %s", (_name, counts, expected) => {
    expect(verdict(...counts)).toBe(expected);
  });

  it("asks for more where there are more versions, since one of many leads by chance", () => {
    const [a, b]: [[number, number], [number, number]] = [
      [36, 200],
      [21, 200],
    ];
    expect(verdict(a, b)).toBe("A is ahead");
    expect(verdict(a, b, [21, 200], [21, 200], [21, 200])).toBe("too early to tell");
  });

  it("does not depend on the order of the versions", () => {
    const property = fc.property(
      versions.chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
      ),
      ([all, shuffled]) => {
        expect(compareVersions(shuffled).verdict).toBe(compareVersions(all).verdict);
      },
    );
    fc.assert(property, { numRuns: 500 });
  });

  it("of equal versions is always too early to tell", () => {
    const property = fc.property(trial, fc.integer({ min: 2, max: 5 }), (one, count) => {
      expect(compareVersions(named(Array(count).fill(one))).verdict).toBe("too early to tell");
    });
    fc.assert(property);
  });

  it("names nobody but the one with the highest rate", () => {
    const property = fc.property(versions, (all) => {
      const { verdict: said } = compareVersions(all);
      if (said === "too early to tell") return;
      const rate = ({ hits, trials }: Trial) => hits / Math.max(1, trials);
      const [best, second] = [...all].sort((a, b) => rate(b) - rate(a)) as [Trial, Trial];
      expect(said).toBe(`${best.version} is ahead`);
      expect(rate(best)).toBeGreaterThan(rate(second));
    });
    fc.assert(property, { numRuns: 500 });
  });

  it("comes with the rate and the interval of each, in the order given", () => {
    const { versions: shown } = compareVersions([
      { version: "B", hits: 15, trials: 148 },
      { version: "A", hits: 81, trials: 263 },
    ]);
    expect(shown).toEqual([
      { version: "B", rate: 0.1014, low: 0.0624, high: 0.1605 },
      { version: "A", rate: 0.308, low: 0.2553, high: 0.3662 },
    ]);
  });
});
