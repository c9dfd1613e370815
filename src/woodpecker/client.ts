/** The Woodpecker API as operations see it: `get` and `send`, each answered with JSON or an ApiFailure. Knows nothing of MCP. */

import { asNumber } from "../values/loose.ts";
import { attempt, type Caller, type Pauses, type Watch } from "./attempts.ts";
import { type Breaker, createBreaker } from "./breaker.ts";
import type { Answer } from "./classify.ts";
import { ApiFailure } from "./failure.ts";
import { createLane, type Lane } from "./lane.ts";
import { createSend, type Method, type Send, type Timeouts } from "./request.ts";
import type { WriteRequest } from "./requests.ts";

/** Where and as whom; agency routes are always asked as the agency itself. The key is a header of every request and appears nowhere else. */
export interface Credentials {
  origin: string;
  key: string;
  companyId?: string;
}

/** What one tool call brings to its requests. */
interface RequestOptions extends Omit<Caller, "endsAt"> {
  /** How many people the whole call is about, for limits. */
  people?: number | undefined;
  /** How many starts it is about, likewise. */
  runs?: number | undefined;
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
  send(request: WriteRequest): Promise<unknown>;
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

export interface ClientOptions extends Pauses {
  timeouts?: Timeouts;
  /** Without one the client has its own, and closes it. */
  network?: Network | undefined;
  lane?: Lane | undefined;
  watch?: Watch | undefined;
  /** How long one call may take in all, so that it answers before the client's own 60 s are over. */
  budgetMs?: number;
  userAgent?: string;
  /** Nothing but GET leaves. */
  readOnly?: boolean;
  /** Asked before every write; throws where it must not leave. */
  guard?: (
    request: WriteRequest,
    api: Pick<Api, "get">,
    call: Pick<RequestOptions, "people" | "runs" | "dryRun">,
  ) => Promise<void>;
}

/** Thrown instead of the first write of a dry run: the exact request that would have left. */
export class DryRunStop extends Error {
  readonly request: Pick<WriteRequest, "method" | "path" | "body">;
  constructor({ method, path, body }: WriteRequest) {
    super("dry run");
    this.request = { method, path, ...(body !== undefined && { body }) };
  }
}

/** One client per account: its lane, its connections. `account` is asked for with the first request. */
export function createClient(account: () => Promise<Credentials>, options: ClientOptions = {}): Client {
  const network = options.network ?? createNetwork(options.timeouts);
  const { lane = createLane(), watch, busyPauses, failurePauses } = options;
  const road = { ...network, lane, watch, busyPauses, failurePauses };
  const credentials = once(account);

  return {
    close: options.network ? async () => undefined : network.close,
    forCall(context) {
      const endsAt = Date.now() + (context.budgetMs ?? options.budgetMs ?? 50_000);
      async function request(method: Method, path: string, body?: unknown): Promise<Answer> {
        const { origin, key, companyId } = await credentials();
        return attempt(
          road,
          { ...context, endsAt },
          {
            method,
            url: `${origin}${path}`,
            headers: {
              "x-api-key": key,
              ...(companyId && !path.startsWith("/rest/v2/agency/") && { "x-company-id": companyId }),
              ...(body !== undefined && { "content-type": "application/json" }),
              "user-agent": options.userAgent ?? "woodpecker-campaigns-mcp",
            },
            ...(body !== undefined && { body: JSON.stringify(body) }),
          },
        );
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
        async send(write) {
          if (options.readOnly) throw new ApiFailure({ outcome: "not_sent", code: "READ_ONLY" });
          await options.guard?.(write, { get }, context).catch(asNotSent);
          if (context.dryRun) throw new DryRunStop(write);
          return (await request(write.method, write.path, write.body)).value;
        },
      };
    },
  };
}

/** A look that a guard needs may fail in any way: the write it stands before has not left. */
function asNotSent(error: unknown): never {
  throw error instanceof ApiFailure ? new ApiFailure({ ...error.facts, outcome: "not_sent" }) : error;
}

function withQuery(path: string, query: Record<string, string>): string {
  const search = new URLSearchParams(query).toString();
  return search ? `${path}?${search}` : path;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
