/**
 * Are the versions of an A/B test different, or is it chance? Each rate gets its Wilson score interval; the leader is
 * called ahead only when Newcombe's interval for the difference to every other version, built from those, lies above
 * zero, the level being shared among the comparisons (Bonferroni).
 *
 * E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927) 209-212.
 * R. G. Newcombe, Interval estimation for the difference between independent proportions: comparison of eleven
 * methods, Statistics in Medicine 17 (1998) 873-890, method 10.
 */
import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";

export interface Trial {
  version: string;
  hits: number;
  trials: number;
}

export interface Comparison {
  versions: { version: string; rate: number; low: number; high: number }[];
  verdict: string;
}

const LEVEL = 0.05;

/** 95 % Wilson score interval, from 0 to 1; of no trials it is everything. */
export function wilson(hits: number, trials: number, z = quantile(1)): { low: number; high: number } {
  if (trials <= 0) return { low: 0, high: 1 };
  const rate = Math.min(hits, trials) / trials;
  const centre = rate + z ** 2 / (2 * trials);
  const margin = z * Math.sqrt((rate * (1 - rate)) / trials + z ** 2 / (4 * trials ** 2));
  const scale = 1 + z ** 2 / trials;
  return { low: Math.max(0, (centre - margin) / scale), high: Math.min(1, (centre + margin) / scale) };
}

export function compareVersions(given: readonly Trial[]): Comparison {
  const versions = given.map(({ version, hits, trials }) => ({
    version,
    rate: rounded(rateOf({ hits, trials })),
    ...mapped(wilson(hits, trials)),
  }));
  const [leader, ...others] = [...given].sort((a, b) => rateOf(b) - rateOf(a));
  const ahead =
    leader !== undefined &&
    others.length > 0 &&
    others.every((other) => isAhead(leader, other, others.length));
  return { versions, verdict: ahead ? `${leader.version} is ahead` : "too early to tell" };
}

function isAhead(leader: Trial, other: Trial, comparisons: number): boolean {
  if (leader.trials <= 0 || other.trials <= 0) return false;
  const z = quantile(comparisons);
  const [first, second] = [rateOf(leader), rateOf(other)];
  const margin = Math.hypot(
    first - wilson(leader.hits, leader.trials, z).low,
    wilson(other.hits, other.trials, z).high - second,
  );
  return first - second - margin > 0;
}

const quantile = (comparisons: number) => normalQuantile(1 - LEVEL / comparisons / 2, 0, 1);

const rateOf = ({ hits, trials }: { hits: number; trials: number }) =>
  trials > 0 ? Math.min(hits, trials) / trials : 0;

export const rounded = (value: number) => Math.round(value * 10_000) / 10_000;

const mapped = ({ low, high }: { low: number; high: number }) => ({ low: rounded(low), high: rounded(high) });
