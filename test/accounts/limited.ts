/** Limits of an operator, and what a call that one of them forbids looks like. */
import { expect } from "vitest";
import type { Answer } from "../support/answer.ts";
import type { Session } from "../support/session.ts";

export const perCall = "WOODPECKER_MAX_PROSPECTS_PER_CALL";

export const perDay = "WOODPECKER_MAX_PROSPECTS_PER_DAY";

export const runs = "WOODPECKER_MAX_RUNS_PER_DAY";

export const people = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => ({ email: `person${from + index}@example.com` }));

export function expectLimit({ failed, text }: Answer, variable: string): void {
  expect(failed).toBe(true);
  expect(text).toContain("is not allowed here");
  expect(text).toContain(variable);
  expect(text).toMatch(/\nNothing was sent and nothing was changed\.\nNext: .*operator/);
}

export const runOf = (session: Session) => session.agree("run_campaign", { campaign_id: 2102 });
