/** Why a request failed, in a clause, and what stands behind it: the code, the status, Woodpecker's own words. */
import { quoted } from "../values/foreign.ts";
import { Refusal } from "../values/refusal.ts";
import { ApiFailure, type FailureFacts } from "./failure.ts";
import { meaningOf } from "./meanings.ts";

/** (MISSING_FEATURES, HTTP 403; Woodpecker says "Upgrade your plan") */
export function evidence(
  { code, http, detail, details, words, page }: FailureFacts,
  what: string,
  most = { words: 300, details: 400, page: 200 },
): string {
  const said =
    detail && detail !== what && http ? `Woodpecker says ${quoted(detail, most.words)}` : undefined;
  const cause = detail && !http && detail !== what ? detail : undefined;
  const more = details && http ? `its details: ${quoted(details, most.details)}` : undefined;
  const shown =
    words && `${page || code === "WEB_PAGE" ? "the page" : "the answer"} reads ${quoted(words, most.page)}`;
  const parts = [[code, http && `HTTP ${http}`].filter(Boolean).join(", "), said, more, shown, cause].filter(
    Boolean,
  );
  return parts.length > 0 ? ` (${parts.join("; ")})` : "";
}

/** Where it is one of several things that are said. */
const SHORT = { words: 150, details: 150, page: 100 };

/** What happened, in a clause; nothing for a defect of ours. */
export function reasonOf(error: unknown): string | undefined {
  if (error instanceof Refusal) return error.parts.what;
  if (!(error instanceof ApiFailure)) return undefined;
  const { facts } = error;
  const what = meaningOf(facts)?.what ?? facts.detail;
  // Without a status it is ours, and the clause says all of it.
  return what === undefined || facts.http === undefined ? what : `${what}${evidence(facts, what, SHORT)}`;
}

/** The same where only a failure is awaited. @throws what is a defect of ours */
export function reasonFor(failure: unknown): string {
  const reason = reasonOf(failure);
  if (reason === undefined) throw failure;
  return reason;
}

/** Why something could not be read, where that is no failure of the call. */
export interface Unread {
  unread: string;
}

/** @throws what is a defect of ours */
export async function orReason<T>(reading: Promise<T>): Promise<T | Unread> {
  try {
    return await reading;
  } catch (error) {
    return { unread: reasonFor(error) };
  }
}
