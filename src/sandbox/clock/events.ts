import type { Touch } from "../state.ts";

/** What will come of an e-mail that has been sent. */
export interface Outcome {
  kind: "bounce" | "open" | "click" | "reply" | "autoreply" | "optout";
  at: number;
  campaignId: number;
  prospectId: number;
  touch: Touch;
}

/** What one mailbox has done lately. */
export interface Sender {
  /** The UTC day that `sent` counts, as a number of days. */
  day: number;
  sent: number;
  /** Not before this may it send again. */
  freeAt: number;
}

/** What the clock needs to know from one advance to the next. */
export interface ClockState {
  /** How far the account has been played. */
  until: number;
  pending: Outcome[];
  senders: Map<number, Sender>;
}

export type Event =
  | Outcome
  /** It is a campaign's turn to write to somebody new. */
  | { kind: "opening"; at: number; campaignId: number }
  /** A prospect's next step has come due; `at` moves on while it has to wait, `due` does not. */
  | { kind: "followup"; at: number; due: number; campaignId: number; prospectId: number }
  /** Nothing has been queued for a day, perhaps. */
  | { kind: "end"; at: number; campaignId: number };
