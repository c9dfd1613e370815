/** What the end of an exchange means: a value, or how it failed. */
import { isHiddenError, readError } from "./error-body.ts";
import type { FailureFacts } from "./failure.ts";
import type { Body, Exchange, Request } from "./request.ts";
import { secondsToWait } from "./wild.ts";

export interface Answer {
  value: unknown;
  headers: Record<string, string>;
}

export type Classified = Answer | { failure: FailureFacts };

/** Order of judgement: was it sent, was it answered, what the body says, what the status says. */
export function classify(exchange: Exchange, method: Request["method"]): Classified {
  if (exchange.kind === "failed") {
    const { started, code, detail } = exchange;
    return { failure: { outcome: started ? "unknown" : "not_sent", code, detail } };
  }
  const { status: http, body, headers } = exchange;
  const json = body.kind === "json" ? body.value : undefined;
  const ok = http >= 200 && http < 300;
  if (ok && body.kind === "unreadable") {
    // A web page with status 200 is a gateway or a login form speaking, not Woodpecker.
    if (body.page) return { failure: { outcome: "unknown", http, code: "WEB_PAGE", words: body.words } };
    const detail = `the answer could not be read: ${body.why}`;
    return { failure: { outcome: "unreadable", http, detail, words: body.words } };
  }
  if (ok && !isHiddenError(json)) return { value: json, headers };

  const reported = readError(json);
  const refused = ok || (http >= 400 && http < 500);
  const facts = { http, ...reported, ...(refused && { body: json }), ...unreadable(body, http) };
  if (http === 429 || reported.code === "E_TOO_MANY_REQUESTS") {
    return {
      failure: { ...facts, outcome: "rate_limited", retryAfter: secondsToWait(headers["retry-after"]) },
    };
  }
  if (refused) return { failure: { ...facts, outcome: "rejected" } };
  if (http >= 300 && http < 400) {
    const detail = "Woodpecker answered with a redirect, which is never followed";
    return {
      failure: { ...facts, outcome: method === "GET" ? "rejected" : "unknown", code: "REDIRECT", detail },
    };
  }
  return { failure: { ...facts, outcome: "unknown" } };
}

/** Refusals that a firewall, a proxy or a login form gives in place of the API; other pages are those of a server that knows. */
const strangersStatuses = [400, 401, 402, 403, 404, 406, 407, 451, 511];

function unreadable(body: Body, http: number): Partial<FailureFacts> {
  if (body.kind !== "unreadable") return {};
  const stranger = body.page === true && strangersStatuses.includes(http);
  return {
    ...(stranger && { code: "WEB_PAGE" }),
    ...(body.words === undefined ? { detail: body.why } : { words: body.words }),
    ...(body.page && { page: true }),
  };
}
