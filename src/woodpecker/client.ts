/** The Woodpecker API as operations see it: `get` and `send`, each answered with JSON or an ApiFailure. Knows nothing of MCP. */

import { asNumber } from "../model/loose.ts";
import { isHiddenError, readError } from "./errors.ts";
import { ApiFailure, type FailureFacts } from "./failure.ts";
import { createLane, type Lane } from "./lane.ts";
import { createSend, type Exchange, type Request, type Send, type Timeouts } from "./request.ts";

/** Where and as whom. The key is a header of every request and appears nowhere else. */
export interface Account {
  origin: string;
  key: string;
  companyId?: string;
}

export type Method = Request["method"];
export type WriteMethod = Exclude<Method, "GET">;

/** What one tool call brings to its requests. */
export interface CallContext {
  signal?: AbortSignal;
  /** How a write may be repeated: "halt" (pause, stop) may be, whatever happened; others only when nothing was sent. */
  halt?: boolean;
  /** Act in the agency's own account, whatever client company is set. */
  headquarters?: boolean;
  /** Stop before the first write and say what it would have been. */
  dryRun?: boolean;
}

export interface Api {
  /** JSON of a 2xx answer; undefined when the body is empty (204, or an empty 200). */
  get(path: string, query?: Record<string, string>): Promise<unknown>;
  /** The same, with the size of the whole list that v1 gives in X-Total-Count. */
  getCounted(path: string, query?: Record<string, string>): Promise<{ value: unknown; total?: number }>;
  send(method: WriteMethod, path: string, body?: unknown): Promise<unknown>;
}

export interface Client {
  forCall(context: CallContext): Api;
  close(): Promise<void>;
}

export interface ClientOptions {
  timeouts?: Timeouts;
  /** Pauses before the next attempt, in ms: after "busy", and after a failure that may be passing. */
  busyPauses?: number[];
  failurePauses?: number[];
  /** How long one call may take in all, so that it answers before the client's own 60 s are over. */
  budgetMs?: number;
  userAgent?: string;
}

/** Thrown instead of the first write of a dry run: the exact request that would have left. */
export class DryRunStop extends Error {
  readonly request: { method: WriteMethod; path: string; body?: unknown };
  constructor(request: { method: WriteMethod; path: string; body?: unknown }) {
    super("dry run");
    this.request = request;
  }
}

/** One client per account: its lane, its connections. `account` is asked for with the first request. */
export function createClient(account: () => Promise<Account>, options: ClientOptions = {}): Client {
  const lane = createLane();
  const { send, close } = createSend(options.timeouts);
  const known = once(account);

  return {
    close,
    forCall(context) {
      const endsAt = Date.now() + (options.budgetMs ?? 50_000);
      async function request(method: Method, path: string, body?: unknown): Promise<Answer> {
        const { origin, key, companyId } = await known();
        return attempt(lane, send, context, options, endsAt, {
          method,
          url: `${origin}${path}`,
          headers: {
            "x-api-key": key,
            ...(companyId && !context.headquarters && { "x-company-id": companyId }),
            ...(body !== undefined && { "content-type": "application/json" }),
            "user-agent": options.userAgent ?? "woodpecker-campaigns-mcp",
          },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        });
      }
      return {
        get: async (path, query = {}) => (await request("GET", withQuery(path, query))).value,
        async getCounted(path, query = {}) {
          const { value, headers } = await request("GET", withQuery(path, query));
          const total = asNumber(headers["x-total-count"]);
          return { value, ...(total !== undefined && { total }) };
        },
        async send(method, path, body) {
          if (context.dryRun) throw new DryRunStop({ method, path, ...(body !== undefined && { body }) });
          return (await request(method, path, body)).value;
        },
      };
    },
  };
}

/** Attempts until it is done, refused, or trying again could do harm. Each attempt takes its own turn in the lane. */
async function attempt(
  lane: Lane,
  send: Send,
  { signal, halt }: CallContext,
  { busyPauses = [5_000, 15_000], failurePauses = [500, 1_500] }: ClientOptions,
  endsAt: number,
  request: Request,
): Promise<Answer> {
  const repeatable = request.method === "GET" || halt === true;
  // What stops sending does not wait for a look that fails.
  const pauses = halt && request.method === "GET" ? [] : failurePauses;
  let busy = 0;
  let failed = 0;
  for (;;) {
    // A write that has begun is never cut off: cancelling it would only hide whether it was carried out.
    const cut = request.method === "GET" ? signal : undefined;
    const exchange = await lane.run(() => send(request, cut), { signal, urgent: halt });
    const result = classify(exchange, request.method);
    if ("value" in result) return result;
    const { outcome, retryAfter } = result.failure;
    const passing =
      outcome === "not_sent" || (repeatable && (outcome === "unknown" || outcome === "unreadable"));
    let pause: number | undefined;
    if (outcome === "rate_limited") pause = pauseAfterBusy(busyPauses[busy++], retryAfter);
    else if (passing && !isLasting(result.failure.code)) pause = pauses[failed++];
    if (pause === undefined || Date.now() + pause + LEAST_ATTEMPT_MS > endsAt)
      throw new ApiFailure(result.failure);
    await sleep(pause, signal);
  }
}

/** With less time left than this, no new attempt is begun. */
const LEAST_ATTEMPT_MS = 5_000;

/** What Woodpecker asks for is the least pause; when it asks for more than a call can wait, there is no next attempt. */
function pauseAfterBusy(pause: number | undefined, retryAfter = 0): number | undefined {
  if (pause === undefined || retryAfter > 20) return undefined;
  return Math.max(pause, retryAfter * 1000);
}

/** A certificate or a proxy does not mend itself within a call. */
const isLasting = (code = "") =>
  /CERT|TLS|SSL|SELF_SIGNED|ALTNAME|UND_ERR_ABORTED|UND_ERR_INVALID/.test(code);

interface Answer {
  value: unknown;
  headers: Record<string, string>;
}

type Classified = Answer | { failure: FailureFacts };

/** Order of judgement: was it sent, was it answered, what the body says, what the status says. */
function classify(exchange: Exchange, method: Method): Classified {
  if (exchange.kind === "failed") {
    const { started, code, detail } = exchange;
    return { failure: { outcome: started ? "unknown" : "not_sent", code, detail } };
  }
  const { status: http, body, headers } = exchange;
  const json = body.kind === "json" ? body.value : undefined;
  const ok = http >= 200 && http < 300;
  if (ok && body.kind === "unreadable") {
    return { failure: { outcome: "unreadable", http, detail: `the answer could not be read: ${body.why}` } };
  }
  if (ok && !isHiddenError(json)) return { value: json, headers };

  const said = readError(json);
  const facts = { http, ...said, detail: said.detail ?? (body.kind === "unreadable" ? body.why : undefined) };
  if (http === 429 || said.code === "E_TOO_MANY_REQUESTS") {
    return {
      failure: { ...facts, outcome: "rate_limited", retryAfter: retryAfterOf(headers["retry-after"]) },
    };
  }
  if (ok || (http >= 400 && http < 500)) return { failure: { ...facts, outcome: "rejected" } };
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

function withQuery(path: string, query: Record<string, string>): string {
  const search = new URLSearchParams(query).toString();
  return search ? `${path}?${search}` : path;
}

function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener("abort", done, { once: true });
  });
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
