/** What the end of an exchange means: a value, or how it failed. */
import { isHiddenError, readError } from "./error-body.ts";
import type { FailureFacts } from "./failure.ts";
import type { Exchange, Request } from "./request.ts";

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
    if (body.page) return { failure: { outcome: "unknown", http, code: "WEB_PAGE", detail: body.why } };
    return { failure: { outcome: "unreadable", http, detail: `the answer could not be read: ${body.why}` } };
  }
  if (ok && !isHiddenError(json)) return { value: json, headers };

  const reported = readError(json);
  const page = body.kind === "unreadable" ? body.why : undefined;
  const refused = ok || (http >= 400 && http < 500);
  const facts = { http, ...reported, detail: reported.detail ?? page, ...(refused && { body: json }) };
  if (http === 429 || reported.code === "E_TOO_MANY_REQUESTS") {
    return {
      failure: { ...facts, outcome: "rate_limited", retryAfter: retryAfterOf(headers["retry-after"]) },
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

/** Seconds, or a date in the future; anything else counts as absent. */
function retryAfterOf(header: string | undefined): number | undefined {
  if (!header) return undefined;
  if (/^\d{1,6}$/.test(header)) return Number(header);
  const seconds = Math.ceil((Date.parse(header) - Date.now()) / 1000);
  return seconds > 0 ? seconds : undefined;
}
