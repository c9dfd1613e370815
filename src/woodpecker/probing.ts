/**
 * Asks the API single questions through the client of the account, one after another, and keeps how each was answered:
 * status, headers, body and time. What it writes are drafts and edits of them; running and enrolling are refused here.
 */
import type { Api } from "./client.ts";
import { ApiFailure } from "./failure.ts";
import type { Exchange, Method } from "./request.ts";
import type { WriteRequest } from "./requests.ts";

export interface Question {
  method: Method;
  path: string;
  query?: Record<string, string>;
}

export interface Seen {
  question: Question;
  /** Nothing where no answer came. */
  status: number | undefined;
  headers: Record<string, string>;
  body: unknown;
  ms: number;
  /** In our words: why there is no answer, or none that can be read. */
  trouble?: string;
}

export interface Prober {
  read(question: Question): Promise<Seen>;
  write(request: WriteRequest): Promise<Seen>;
  /** Everything so far, oldest first, each attempt for itself. */
  seen: readonly Seen[];
}

/** Told of each exchange by the client; questions follow one another, so that the last one asked is the one answered. */
interface Tape {
  exchanged: (method: Method, end: Exchange, ms: number) => void;
  asking: (question: Question) => void;
  seen: Seen[];
}

export function createTape(): Tape {
  let current: Question | undefined;
  const seen: Seen[] = [];
  return {
    seen,
    asking: (question) => {
      current = question;
    },
    exchanged(method, end, ms) {
      if (current?.method === method) seen.push({ question: current, ...told(end), ms: Math.round(ms) });
    },
  };
}

/** @param hold waits for the turn to write */
export function createProber(
  tape: Tape,
  apiFor: () => Api,
  hold: <T>(work: () => Promise<T>) => Promise<T>,
): Prober {
  async function asked(question: Question, send: () => Promise<unknown>): Promise<Seen> {
    const before = tape.seen.length;
    tape.asking(question);
    let trouble = "no answer";
    try {
      await send();
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      trouble = error.facts.code ?? trouble;
    }
    const last = tape.seen.at(-1);
    if (last && tape.seen.length > before) return last;
    return { question, status: undefined, headers: {}, body: undefined, ms: 0, trouble };
  }
  return {
    seen: tape.seen,
    read: (question) => asked(question, () => apiFor().get(question.path, question.query)),
    async write(request) {
      const { kind, method, path } = request;
      if (kind !== "create" && kind !== "edit" && kind !== "delete") throw new Error(`never asked: ${kind}`);
      return hold(() => asked({ method, path }, () => apiFor().send(request)));
    },
  };
}

export const isDone = ({ status = 0 }: Seen) => status >= 200 && status < 300;

/** Understood and refused, so that nothing came of it. A busy server may yet carry out what it was asked. */
export const isRefused = ({ status = 0 }: Seen) =>
  status >= 400 && status < 500 && status !== 408 && status !== 429;

function told(end: Exchange): Pick<Seen, "status" | "headers" | "body" | "trouble"> {
  if (end.kind === "failed") return { status: undefined, headers: {}, body: undefined, trouble: end.detail };
  const { status, headers, body } = end;
  return {
    status,
    headers,
    body: body.kind === "json" ? body.value : undefined,
    ...(body.kind === "unreadable" && { trouble: body.why }),
  };
}

const CAMPAIGNS = "/rest/v2/campaigns";
const get = (path: string, query: Record<string, string> = {}): Question => ({ method: "GET", path, query });

export const questions = {
  me: get("/rest/v1/me"),
  mailboxes: get("/rest/v2/mailboxes"),
  campaigns: (query: Record<string, string> = {}) => get("/rest/v1/campaign_list", query),
  campaignsV2: get(CAMPAIGNS),
  campaign: (id: number) => get(`${CAMPAIGNS}/${id}`),
  prospects: (query: Record<string, string>) => get("/rest/v1/prospects", query),
  inbox: get("/rest/v2/inbox/messages", { per_page: "1" }),
  companies: get("/rest/v2/agency/companies", { page: "1" }),
};

/** A path without what an account may have put into it. */
export const routeOf = (path: string) => path.replace(/(?<=\/(?:campaigns|steps|versions)\/)[^/]+/g, "{id}");
