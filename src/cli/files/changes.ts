/** What a plan is made of: differences, calls, and what a person has to agree to. */
import { isObject, type Loose } from "../../values/loose.ts";

/** Without `before` it is added, without `after` it is removed. */
export interface Difference {
  where: string;
  before?: string;
  after?: string;
}

export interface PlannedCall {
  tool: string;
  args: Loose;
  /** What it does, in a clause. */
  what: string;
}

export interface Plan {
  changes: Difference[];
  /** A difference that Woodpecker's API has no call for, and why. */
  impossible: { what: string; why: string }[];
  calls: PlannedCall[];
}

export const nothing = (): Plan => ({ changes: [], impossible: [], calls: [] });

export function shown(value: unknown): string {
  if (value === undefined || value === null) return "not set";
  if (Array.isArray(value)) return value.length > 0 ? value.join(", ") : "none";
  return isObject(value) ? JSON.stringify(value) : String(value);
}
