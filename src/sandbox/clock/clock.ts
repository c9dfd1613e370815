/**
 * The time of a sandbox is that of its source plus whatever it was advanced by. Only an advance makes anything happen: while a
 * test is at work, nothing moves by itself.
 */
import { statesOf, type World } from "../world.ts";
import { advanceTo } from "./advance.ts";

const HOUR = 3_600_000;
const MOST_HOURS = 24 * 366;

export interface Clock {
  now(): Date;
  /** Throws a RangeError for anything that is not a number of hours. */
  advance(world: World, hours: number): void;
}

export const isHours = (value: unknown): value is number =>
  typeof value === "number" && value > 0 && value <= MOST_HOURS;

export function createClock(source: () => Date, seed: number): Clock {
  let advancedBy = 0;
  const now = () => new Date(source().getTime() + advancedBy);
  return {
    now,
    advance(world, hours) {
      if (!isHours(hours)) throw new RangeError(`hours must be more than 0 and at most ${MOST_HOURS}`);
      advancedBy += hours * HOUR;
      for (const state of statesOf(world)) advanceTo(state, now().getTime(), seed);
    },
  };
}
