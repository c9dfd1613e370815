/** The Woodpecker API as operations see it: `get` and `send`, each answered with JSON or an ApiFailure. Knows nothing of MCP. */

import { cut } from "../values/foreign.ts";
import { asNumber } from "../values/loose.ts";
import { type Breaker, createBreaker } from "./breaker.ts";
import { type Answer, type Classified, classify } from "./classify.ts";
import { ApiFailure, type FailureFacts } from "./failure.ts";
import { createLane, type Lane } from "./lane.ts";
import { createSend, type Exchange, type Request, type Send, type Timeouts, withoutKey } from "./request.ts";

/** Where and as whom; agency routes are always asked as the agency itself. The key is a header of every request and appears nowhere else. */
export interface Credentials {
  origin: string;
  key: string;
  companyId?: string;
}

export type Method = Request["method"];
export type WriteMethod = Exclude<Method, "GET">;

/** What one tool call brings to its requests. */
export interface RequestOptions {
  signal?: AbortSignal;
  /** How a write may be repeated: "halt" (pause, stop) may be, whatever happened; others only when nothing was sent. */
  halt?: boolean;
  /** How many people the whole call is about, for limits. */
  people?: number | undefined;
  /** Told when the call waits for Woodpecker. */
  waiting?: (message: string) => void;
  /** How long the requests of the call may take in all. */
  budgetMs?: number;
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
  forCall(context: RequestOptions): Api;
  close(): Promise<void>;
}

/** Connections, and whether Woodpecker answers at all: the only things that accounts have in common. */
export interface Network {
  send: Send;
  breaker: Breaker;
  close: () => Promise<void>;
}

export const createNetwork = (timeouts?: Timeouts): Network => ({
  ...createSend(timeouts),
  breaker: createBreaker(),
});

/** Told how long things took, in ms. */
export interface Watch {
  waited?: (ms: number) => void;
  exchanged?: (method: Method, end: Exchange, ms: number) => void;
}

export interface ClientOptions {
  timeouts?: Timeouts;
  /** Without one the client has its own, and closes it. */
  network?: Network | undefined;
  lane?: Lane | undefined;
  watch?: Watch | undefined;
  /** Pauses before the next attempt, in ms: after "busy", and after a failure that may be passing. */
  busyPauses?: number[];
  failurePauses?: number[];
  /** How long one call may take in all, so that it answers before the client's own 60 s are over. */
  budgetMs?: number;
  userAgent?: string;
  /** Nothing but GET leaves. */
  readOnly?: boolean;
  /** Asked before every write; throws where it must not leave. */
  guard?: (
    request: { method: WriteMethod; path: string; body?: unknown },
    api: Pick<Api, "get">,
    call: Pick<RequestOptions, "people" | "dryRun">,
  ) => Promise<void>;
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
export function createClient(account: () => Promise<Credentials>, options: ClientOptions = {}): Client {
  const network = options.network ?? createNetwork(options.timeouts);
  const road = { ...network, lane: options.lane ?? createLane() };
  const known = once(account);

  return {
    close: options.network ? async () => undefined : network.close,
    forCall(context) {
      const endsAt = Date.now() + (context.budgetMs ?? options.budgetMs ?? 50_000);
      async function request(method: Method, path: string, body?: unknown): Promise<Answer> {
        const { origin, key, companyId } = await known();
        return attempt(road, context, options, endsAt, {
          method,
          url: `${origin}${path}`,
          headers: {
            "x-api-key": key,
            ...(companyId && !path.startsWith("/rest/v2/agency/") && { "x-company-id": companyId }),
            ...(body !== undefined && { "content-type": "application/json" }),
            "user-agent": options.userAgent ?? "woodpecker-campaigns-mcp",
          },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        });
      }
      const get: Api["get"] = async (path, query = {}) =>
        (await request("GET", withQuery(path, query))).value;
      return {
        get,
        async getCounted(path, query = {}) {
          const { value, headers } = await request("GET", withQuery(path, query));
          const total = asNumber(headers["x-total-count"]);
          return { value, ...(total !== undefined && { total }) };
        },
        async send(method, path, body) {
          if (options.readOnly) throw new ApiFailure({ outcome: "not_sent", code: "READ_ONLY" });
          await options.guard?.({ method, path, body }, { get }, context).catch(asNotSent);
          if (context.dryRun) throw new DryRunStop({ method, path, ...(body !== undefined && { body }) });
          return (await request(method, path, body)).value;
        },
      };
    },
  };
}

/** A look that a guard needs may fail in any way: the write it stands before has not left. */
function asNotSent(error: unknown): never {
  throw error instanceof ApiFailure ? new ApiFailure({ ...error.facts, outcome: "not_sent" }) : error;
}

/** What the requests of one account share. */
type Road = Pick<Network, "send" | "breaker"> & { lane: Lane };

/** Attempts until it is done, refused, or trying again could do harm. Each attempt takes its own turn in the lane. */
async function attempt(
  { lane, breaker, send }: Road,
  { signal, halt, waiting }: RequestOptions,
  { busyPauses = [5_000, 15_000], failurePauses = [500, 1_500], watch = {} }: ClientOptions,
  endsAt: number,
  request: Request,
): Promise<Answer> {
  const reads = request.method === "GET";
  // What stops sending does not wait for a look that fails.
  const pauses = halt && reads ? [] : failurePauses;
  // A write that has begun is never cut off: cancelling it would only hide whether it was carried out.
  const cancel = reads ? signal : undefined;
  const exchange = async () => {
    const begun = performance.now();
    watch.waited?.(begun - asked);
    const end = await send(request, Math.max(LEAST_MS, endsAt - Date.now()), cancel);
    watch.exchanged?.(request.method, end, performance.now() - begun);
    return cleaned(classify(end, request.method), request.headers["x-api-key"] ?? "");
  };

  let asked = 0;
  let busy = 0;
  let failed = 0;
  let last: FailureFacts | undefined;
  // An attempt of a write that may have worked outweighs a later one that certainly did not.
  let unclear: FailureFacts | undefined;
  const fail = (facts: FailureFacts) => new ApiFailure(unclear ?? facts);

  for (;;) {
    if (!halt && !breaker.admits()) throw fail(last ?? down);
    asked = performance.now();
    const result = await lane
      .run(exchange, { signal, urgent: halt, writes: !reads && !halt })
      .catch((error: unknown) => {
        throw error instanceof ApiFailure ? fail(error.facts) : error;
      });
    if (!("failure" in result)) {
      breaker.note(true);
      lane.faster();
      return result;
    }
    const { failure } = result;
    const { outcome, retryAfter, http, code } = failure;
    if (code !== "CANCELLED") breaker.note(http !== undefined && http < 500);
    if (http === 401) lane.drain({ ...failure, outcome: "not_sent" });
    if (outcome === "rejected") throw new ApiFailure(failure);

    last = failure;
    const open = outcome === "unknown" || outcome === "unreadable";
    if (open && !reads) unclear = failure;
    let pause: number | undefined;
    if (outcome === "rate_limited") {
      lane.slower();
      pause = pauseAfterBusy(busyPauses[busy++], retryAfter);
    } else if ((outcome === "not_sent" || (open && (reads || halt))) && !isLasting(code)) {
      pause = jittered(pauses[failed++]);
    }
    if (pause === undefined || Date.now() + pause + LEAST_ATTEMPT_MS > endsAt) throw fail(failure);
    waiting?.(
      outcome === "rate_limited" ? "Woodpecker is busy; waiting" : "Woodpecker did not answer; trying again",
    );
    await sleep(pause, signal);
  }
}

/** Also a key that only shows once invisible characters are gone; and not more of a text than a person reads. */
function cleaned(result: Classified, key: string): Classified {
  if (!("failure" in result) || result.failure.detail === undefined) return result;
  const detail = cut(key ? withoutKey(result.failure.detail, key) : result.failure.detail, MAX_DETAIL);
  return { failure: { ...result.failure, detail } };
}

const MAX_DETAIL = 300;

/** An attempt that has begun gets at least this long. */
const LEAST_MS = 1_000;

const down: FailureFacts = {
  outcome: "not_sent",
  code: "DOWN",
  detail: "Woodpecker has not answered for a while",
};

/** So that several callers do not come back at the same moment. */
const jittered = (pause: number | undefined) =>
  pause === undefined ? undefined : pause * (0.5 + Math.random() / 2);

/** With less time left than this, no new attempt is begun. */
const LEAST_ATTEMPT_MS = 5_000;

/** What Woodpecker asks for is the least pause; when it asks for more than a call can wait, there is no next attempt. */
function pauseAfterBusy(pause: number | undefined, retryAfter = 0): number | undefined {
  if (pause === undefined || retryAfter > 20) return undefined;
  return Math.max(pause, retryAfter * 1000);
}

/** A certificate or a proxy does not mend itself within a call. */
const isLasting = (code = "") =>
  /CERT|TLS|SSL|SELF_SIGNED|ALTNAME|PROXY|UND_ERR_ABORTED|UND_ERR_INVALID|UND_ERR_RES_EXCEEDED/.test(code);

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
