/** How an upstream request ended badly. Everything that explains a failure to a person starts from here. */

/**
 * rejected      Woodpecker understood and refused; nothing changed.
 * not_sent      the request never left; nothing changed.
 * rate_limited  Woodpecker was busy with other requests; nothing changed.
 * unreadable    Woodpecker accepted it (2xx), but the answer could not be used.
 * unknown       it left, and no trustworthy answer came: it may or may not have been carried out.
 */
export type Outcome = "rejected" | "not_sent" | "rate_limited" | "unreadable" | "unknown";

export interface FailureFacts {
  outcome: Outcome;
  /** HTTP status, when an answer came. */
  http?: number;
  /** Woodpecker's own code (MISSING_FEATURES, E_SESSION, …) or, without an answer, the cause (ECONNREFUSED, …). */
  code?: string;
  /** Woodpecker's own words, or the cause in ours: third-party text, capped. */
  detail?: string;
  /** `details` of an error body, in one line. */
  details?: string;
  /** What an answer that is not JSON says, as a person would read it. */
  words?: string | undefined;
  /** That answer was a web page. */
  page?: boolean;
  /** The body of a refusal; it may say what became of each part. */
  body?: unknown;
  /** What a check found after a refusal that does not say why. */
  found?: string[];
  /** What reading back showed after an unclear end. */
  seen?: string;
  /** What is known all the same, for programs. */
  data?: Record<string, unknown>;
  /** Seconds after which Woodpecker wants to be asked again. */
  retryAfter?: number;
}

export class ApiFailure extends Error {
  readonly facts: FailureFacts;
  constructor(facts: FailureFacts) {
    super(`${facts.outcome}: ${facts.code ?? facts.http ?? "no code"}`);
    this.facts = facts;
  }
}

/** The memory that several replicas of this server share is not there, so nobody can say what the others are doing. */
export const sharedLost = () => new ApiFailure({ outcome: "not_sent", code: "SHARED_MEMORY" });

export const isFailure = (error: unknown, code: string): error is ApiFailure =>
  error instanceof ApiFailure && error.facts.code === code;
