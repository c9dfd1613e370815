/**
 * Which step of the file is which step of the campaign? Files hold no ids of steps, because people move and copy them;
 * the texts tell. Order is kept, and a rewritten step counts as the same one rather than as one removed and one added.
 */
import type { Step } from "../../model/steps.ts";
import type { StepView } from "../../model/tree.ts";

interface Alignment {
  /** Zero-based places: in the campaign, in the file. */
  pairs: [number, number][];
  /** Places in the campaign. */
  removed: number[];
  /** Places in the file. */
  added: number[];
}

type Comparable = Pick<Step | StepView, "type" | "linkedin" | "versions">;

/**
 * Of all ways to turn the one list into the other, the one that changes least. That a step came between others is
 * believed only where one behind it is recognised: else those behind may as well have been rewritten, which can be done.
 */
export function align(live: readonly Comparable[], wanted: readonly Comparable[]): Alignment {
  const unlike = compare(live, wanted);
  const free = cheapest(live, wanted, unlike, true);
  const firstAdded = free.added[0] ?? wanted.length;
  const behind = free.pairs.filter(([, after]) => after > firstAdded);
  const recognised = behind.some(([before, after]) => unlike(before, after) < 0.5);
  return behind.length === 0 || recognised ? free : cheapest(live, wanted, unlike, false);
}

/** Removing and adding cost 1 each, and rewriting a step at most 1. @param between whether steps may come between others */
function cheapest(
  live: readonly Comparable[],
  wanted: readonly Comparable[],
  unlike: (i: number, j: number) => number,
  between: boolean,
): Alignment {
  const costs: number[][] = [];
  const cost = (i: number, j: number) => costs[i]?.[j] ?? Number.POSITIVE_INFINITY;
  const removing = (i: number, j: number) => 1 + cost(i + 1, j);
  const adding = (i: number, j: number) =>
    between || i === live.length ? 1 + cost(i, j + 1) : Number.POSITIVE_INFINITY;
  const pairing = (i: number, j: number) => {
    if (!canBeSame(live[i], wanted[j])) return Number.POSITIVE_INFINITY;
    // With another number of versions it is the same step only where its texts are much the same.
    const sameCount = live[i]?.versions.length === wanted[j]?.versions.length;
    return (sameCount ? unlike(i, j) : 1 + 2 * unlike(i, j)) + cost(i + 1, j + 1);
  };
  for (let i = live.length; i >= 0; i -= 1) {
    const row: number[] = [];
    costs[i] = row;
    for (let j = wanted.length; j >= 0; j -= 1) {
      const atEnd = i === live.length && j === wanted.length;
      row[j] = atEnd ? 0 : Math.min(pairing(i, j), removing(i, j), adding(i, j));
    }
  }
  const alignment: Alignment = { pairs: [], removed: [], added: [] };
  for (let [i, j] = [0, 0]; i < live.length || j < wanted.length; ) {
    if (pairing(i, j) <= cost(i, j)) alignment.pairs.push([i++, j++]);
    else if (removing(i, j) <= cost(i, j)) alignment.removed.push(i++);
    else alignment.added.push(j++);
  }
  return alignment;
}

/** What no call can change makes it another step. */
function canBeSame(a: Comparable | undefined, b: Comparable | undefined): boolean {
  return (
    a !== undefined &&
    b !== undefined &&
    a.type === b.type &&
    a.linkedin?.action === b.linkedin?.action &&
    a.linkedin?.account_id === b.linkedin?.account_id
  );
}

const wordsOf = ({ versions }: Comparable) =>
  new Set(versions.flatMap(({ subject = "", message }) => `${subject} ${message}`.split(/[\s<>]+/)));

/** 0 for the same words, 1 for no word in common. */
function compare(live: readonly Comparable[], wanted: readonly Comparable[]) {
  const [before, after] = [live.map(wordsOf), wanted.map(wordsOf)];
  return (i: number, j: number): number => {
    const [a, b] = [before[i] as Set<string>, after[j] as Set<string>];
    const shared = [...a].filter((word) => b.has(word)).length;
    return 1 - (2 * shared) / Math.max(1, a.size + b.size);
  };
}
