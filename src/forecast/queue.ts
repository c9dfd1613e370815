/**
 * People who wait for the same step, in the order in which they come due. Those who are due within a quarter of an hour
 * are one cohort, spread evenly: what is kept grows with the days that are simulated, not with the people.
 */
import { MINUTE } from "../model/zone.ts";

interface Cohort {
  first: number;
  last: number;
  count: number;
  taken: number;
}

export interface Queue {
  cohorts: Cohort[];
  size: number;
  /** When the first in line is due; Infinity when nobody waits. */
  head: number;
}

const COHORT_MS = 15 * MINUTE;

export const emptyQueue = (): Queue => ({ cohorts: [], size: 0, head: Number.POSITIVE_INFINITY });

export function enqueue(queue: Queue, due: number, count = 1): void {
  queue.size += count;
  const last = queue.cohorts.at(-1);
  if (last && last.taken === 0 && due >= last.last && due - last.first < COHORT_MS && count === 1) {
    last.count += 1;
    last.last = due;
  } else queue.cohorts.push({ first: due, last: due, count, taken: 0 });
  queue.head = headOf(queue);
}

function headOf({ cohorts }: Queue): number {
  const head = cohorts[0];
  if (!head) return Number.POSITIVE_INFINITY;
  return head.count === 1
    ? head.first
    : head.first + ((head.last - head.first) * head.taken) / (head.count - 1);
}

export function dequeue(queue: Queue): void {
  const head = queue.cohorts[0];
  if (!head) return;
  queue.size -= 1;
  head.taken += 1;
  if (head.taken === head.count) queue.cohorts.shift();
  queue.head = headOf(queue);
}
