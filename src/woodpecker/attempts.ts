/** How often a request is tried, and when trying again could do harm. */
import { cut } from "../values/foreign.ts";
import type { Breaker } from "./breaker.ts";
import { type Answer, type Classified, classify } from "./classify.ts";
import { ApiFailure, type FailureFacts } from "./failure.ts";
import type { Lane } from "./lane.ts";
import { kindOf } from "./meanings.ts";
import { type Exchange, type Method, type Request, type Send, withoutKey } from "./request.ts";

/** Told how long things took, in ms. */
export interface Watch {
  waited?: (ms: number) => void;
  exchanged?: (method: Method, end: Exchange, ms: number) => void;
}

/** Pauses before the next attempt, in ms: after "busy", and after a failure that may be passing. */
export interface Pauses {
  busyPauses?: readonly number[] | undefined;
  failurePauses?: readonly number[] | undefined;
}

/** What the requests of one account share. */
interface Road extends Pauses {
  send: Send;
  breaker: Breaker;
  lane: Lane;
  watch?: Watch | undefined;
}

/** What a call brings to each of its requests. */
export interface Caller {
  signal?: AbortSignal | undefined;
  /** A write that may be repeated whatever happened (pause, stop); others only when nothing was sent. */
  halt?: boolean | undefined;
  /** Told when the call waits for Woodpecker. */
  waiting?: ((message: string) => void) | undefined;
  /** Asked when a write has its turn and is about to leave. @throws when it must not leave any more */
  mayLeave?: (() => Promise<void>) | undefined;
  /** No new attempt is begun that could not end before this. */
  endsAt: number;
}

/** Attempts until it is done, refused, or trying again could do harm. Each attempt takes its own turn in the lane. */
export async function attempt(
  { lane, breaker, send, watch = {}, busyPauses = [5_000, 15_000], failurePauses = [500, 1_500] }: Road,
  { signal, halt, waiting, mayLeave, endsAt }: Caller,
  request: Request,
): Promise<Answer> {
  const reads = request.method === "GET";
  // What stops sending does not wait for a look that fails.
  const pauses = halt && reads ? [] : failurePauses;
  // A write that has begun is never cut off: cancelling it would only hide whether it was carried out.
  const cancel = reads ? signal : undefined;
  const exchange = async () => {
    if (!reads) await mayLeave?.();
    const begun = performance.now();
    watch.waited?.(begun - asked);
    const room = Math.max(LEAST_MS, endsAt - Date.now());
    const end = await send(request, halt ? Math.min(room, HALT_MS) : room, cancel);
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
    } else if ((outcome === "not_sent" || (open && (reads || halt))) && !isLasting(failure)) {
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
  if (!("failure" in result)) return result;
  const { failure } = result;
  const clean = (text: string) => cut(key ? withoutKey(text, key) : text, MAX_DETAIL);
  const texts = (["detail", "details", "words"] as const).flatMap((field) => {
    const text = failure[field];
    return text === undefined ? [] : [[field, clean(text)]];
  });
  return { failure: { ...failure, ...Object.fromEntries(texts) } };
}

const MAX_DETAIL = 300;

/** What stops sending is rather asked for again than waited for. */
const HALT_MS = 20_000;

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

/** Ours: asking once more in the same way gives the same. */
const lastingCodes = [
  "UND_ERR_ABORTED",
  "UND_ERR_INVALID_ARG",
  "UND_ERR_INVALID_RETURN_VALUE",
  "UND_ERR_RES_EXCEEDED_MAX_SIZE",
];

/** A certificate, a clock or a proxy does not come right within a call. */
const isLasting = (facts: FailureFacts): boolean =>
  ["certificate", "clock", "proxy"].includes(kindOf(facts)) || lastingCodes.includes(facts.code ?? "");

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
