/** What is queued in the clock: something happens to a campaign or a person at a moment. */
import type { Outcome } from "../state.ts";

export type Event =
  | Outcome
  /** It is a campaign's turn to write to somebody new; whoever did so longer ago comes first. */
  | { kind: "opening"; at: number; last: number; campaignId: number }
  /** A prospect's next step has come due; `at` moves on while it has to wait, `due` does not. */
  | { kind: "followup"; at: number; due: number; campaignId: number; prospectId: number }
  /** Nothing has been queued for a day, perhaps. */
  | { kind: "end"; at: number; campaignId: number };
