/** We decided not to go on: what happened, whether anything changed, and what to do next. */

export const NOTHING_CHANGED = "Nothing was changed.";
export const NOTHING_SENT = "Nothing was sent and nothing was changed.";

export class Refusal extends Error {
  readonly parts: { what: string; changed: string; next: string };
  constructor(what: string, next: string, changed = NOTHING_CHANGED) {
    super(what);
    this.parts = { what, changed, next };
  }
}
