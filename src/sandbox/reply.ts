/** The answers of the API that are not a result: every form of error body, and the empty 200. */
import { v2Time } from "./time.ts";
import type { Dialect } from "./types.ts";

export interface Reply {
  status: number;
  /** undefined sends no body, a string is sent as it is, anything else as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
}

export const EMPTY: Reply = { status: 200 };

/** Thrown by a handler in place of a result; how it is said depends on the account and the moment. */
export class Refusal extends Error {
  readonly said: (dialect: Dialect, now: Date) => Reply;
  constructor(said: Refusal["said"]) {
    super("refused");
    this.said = said;
  }
}

const TITLES: Record<number, string> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  413: "Payload Too Large",
  415: "Unsupported Media Type",
  429: "Too Many Requests",
};

/** What the v2 framework says before a campaign rule is looked at. */
export function problem(status: number, detail: string, now: Date): Reply {
  return { status, body: { title: TITLES[status], status, detail, timestamp: v2Time(now) } };
}

const BUSINESS = {
  INPUT_DATA_VALIDATION_FAILURE: [400, "Input data validation failure"],
  MISSING_FEATURES: [403, "Upgrade your plan"],
  CAMPAIGN_NOT_EXIST: [404, "Campaign not found"],
  VALIDATION_FAILURE: [409, "Validation failure"],
  API_UNSUPPORTED_CAMPAIGN_FEATURES: [409, "Campaign contains currently unsupported features"],
  CAMPAIGN_RELATED_TO_ACTIVE_WORKFLOW: [409, "Campaign related to active workflow"],
} as const;

/** Never names the field at fault: `details` is reserved and always null. */
export const business = (code: keyof typeof BUSINESS): Refusal => {
  const [status, message] = BUSINESS[code];
  return new Refusal((dialect) => ({ status, body: { [dialect]: code, message, details: null } }));
};

export const refused = (status: number, detail: string): Refusal =>
  new Refusal((_dialect, now) => problem(status, detail, now));
export const incorrect = (name: string): Refusal => refused(400, `Value of ${name} is incorrect.`);
export const notFound = (): Refusal => refused(404, "Requested resource does not exist");

/** The developer pages moved to `code`, but their 500s kept `type` everywhere except on get campaign. */
export function unknownError(call: string, dialect: Dialect): Reply {
  const key = call === "get campaign" ? dialect : "type";
  return {
    status: 500,
    body: { [key]: "UNKNOWN", message: `Unknown error during ${call} call`, details: null },
  };
}

export function v1Error(status: number, code: string, msg: string): Reply {
  return { status, body: { status: { status: "ERROR", code, msg } } };
}

export const v1Refused = (status: number, code: string, msg: string): Refusal =>
  new Refusal(() => v1Error(status, code, msg));

// The documents quote only part of this message and of the missing v2 overload body; the rest is ours.
export function unauthorised(v1: boolean, now: Date): Reply {
  if (v1) return v1Error(401, "E_SESSION", "Api key is incorrect or no longer valid.");
  return problem(401, "Invalid api key", now);
}

/** For a client company the key does not know; that it is a 403 like the other lacking rights is assumed. */
export function noPermission(v1: boolean, now: Date): Reply {
  if (v1) return v1Error(403, "E_NO_PERMISSION", "Api access denied.");
  return problem(403, "No access to this company", now);
}

export function overload(v1: boolean, now: Date): Reply {
  if (v1) return v1Error(409, "E_TOO_MANY_REQUESTS", "Too many requests in one time");
  return problem(429, "Too many requests in one time", now);
}
