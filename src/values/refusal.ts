/** We decided not to go on: what happened, whether anything changed, and what to do next. */
import type { Loose } from "./loose.ts";

export const NOTHING_CHANGED = "Nothing was changed.";
export const NOTHING_SENT = "Nothing was sent and nothing was changed.";

export class Refusal extends Error {
  readonly parts: { what: string; changed: string; next: string };
  /** The same for programs, in the form of the tool's output; most refusals have none. */
  readonly data: Loose | undefined;
  constructor(what: string, next: string, changed = NOTHING_CHANGED, data?: Loose) {
    super(what);
    this.parts = { what, changed, next };
    this.data = data;
  }
}
