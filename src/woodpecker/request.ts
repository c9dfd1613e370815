/** One HTTP exchange with undici, and an honest account of how it ended. */
import type { Dispatcher } from "undici";
import { whyFailed } from "./network-failure.ts";
import { isPage, wordsOf } from "./page-text.ts";
import { proxyFor } from "./proxy.ts";
import { tamed } from "./wild.ts";

export interface Timeouts {
  connect: number;
  headers: number;
  body: number;
}

/**
 * Headers: Woodpecker may keep a request waiting for 15 s before it works on it, and a page of 500 people was seen to
 * take a minute; more than this does not fit into a call.
 */
export const timeouts: Timeouts = { connect: 5_000, headers: 45_000, body: 10_000 };

const MAX_BODY_BYTES = 10 * 1024 * 1024;

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export interface Request {
  method: Method;
  url: string;
  headers: Record<string, string>;
  body?: string;
}

export type Body =
  | { kind: "empty" }
  | { kind: "json"; value: unknown }
  | {
      kind: "unreadable";
      why: string;
      page?: boolean;
      /** What a person would read there. */
      words?: string | undefined;
    };

export type Exchange =
  | { kind: "answered"; status: number; headers: Record<string, string>; body: Body }
  | { kind: "failed"; started: boolean; code: string; detail: string };

/** `within` is how many ms the exchange may take from first to last: a body that drips never trips undici's own limits. */
export type Send = (request: Request, within: number, signal?: AbortSignal) => Promise<Exchange>;

/**
 * undici's `request`: no redirects followed (its redirect handling would give the key to another origin), no retries, no
 * decompression, a size cap. Reads keep connections; a write has one of its own, because a kept one may be closed by the
 * other side just as the request is written, and then nobody knows whether it arrived. undici is loaded with the first
 * request, not at start.
 */
export function createSend(limits: Timeouts = timeouts): { send: Send; close: () => Promise<void> } {
  const dispatchers = new Map<string, Promise<Dispatcher>>();
  // Kept: in the bundle each dynamic import goes through all that the module exports once more.
  let loaded: Promise<typeof import("undici")> | undefined;
  const undici = () => {
    loaded ??= import("undici");
    return loaded;
  };

  async function load(kept: boolean, proxy: string | undefined): Promise<Dispatcher> {
    const { Agent, ProxyAgent } = await undici();
    const options = {
      // One account has one request under way; a server for many has those of all of them.
      connections: 100,
      pipelining: kept ? 1 : 0,
      keepAliveTimeout: 4_000,
      keepAliveMaxTimeout: 10_000,
      headersTimeout: limits.headers,
      bodyTimeout: limits.body,
      maxResponseSize: MAX_BODY_BYTES,
      connect: { timeout: limits.connect },
    };
    return proxy === undefined ? new Agent(options) : new ProxyAgent({ ...options, uri: proxy });
  }

  function dispatcherFor(method: Method, url: string): Promise<Dispatcher> {
    const kept = method === "GET";
    const proxy = proxyFor(url);
    const name = `${kept} ${proxy}`;
    const known = dispatchers.get(name) ?? load(kept, proxy);
    dispatchers.set(name, known);
    return known;
  }

  async function send(
    { method, url, headers, body }: Request,
    within: number,
    signal?: AbortSignal,
  ): Promise<Exchange> {
    const { request } = await undici();
    const progress = { started: false };
    const late = AbortSignal.timeout(within);
    try {
      // Within: the address of a proxy may be none.
      const dispatcher = (await dispatcherFor(method, url)).compose(noteStart(progress));
      const answer = await request(url, {
        method,
        headers: { accept: "application/json", "accept-encoding": "identity", ...headers },
        body,
        signal: signal ? AbortSignal.any([signal, late]) : late,
        dispatcher,
      });
      const bytes = await answer.body.arrayBuffer();
      const received = joined(answer.headers);
      return {
        kind: "answered",
        status: answer.statusCode,
        headers: received,
        body: readBody(new Uint8Array(bytes), received["content-encoding"], headers["x-api-key"]),
      };
    } catch (error) {
      return {
        kind: "failed",
        started: progress.started,
        ...whyFailed(error, {
          started: progress.started,
          cancelled: signal?.aborted === true,
          late: late.aborted,
          proxied: proxyFor(url) !== undefined,
        }),
      };
    }
  }

  return {
    send,
    close: async () => {
      await Promise.all([...dispatchers.values()].map(async (dispatcher) => (await dispatcher).destroy()));
    },
  };
}

/**
 * Whether the request was begun is the only thing that separates "nothing was sent" from "it may have been carried
 * out"; error codes such as ECONNRESET come in both cases.
 */
function noteStart(progress: { started: boolean }): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) =>
    dispatch(options, {
      onRequestStart(controller, context) {
        progress.started = true;
        handler.onRequestStart?.(controller, context);
      },
      onRequestUpgrade: (...event) => handler.onRequestUpgrade?.(...event),
      onResponseStart: (...event) => handler.onResponseStart?.(...event),
      onResponseData: (...event) => handler.onResponseData?.(...event),
      onResponseEnd: (...event) => handler.onResponseEnd?.(...event),
      onResponseError: (...event) => handler.onResponseError?.(...event),
    });
}

/** @param key never goes further than this, whatever an answer repeats */
function readBody(bytes: Uint8Array, encoding: string | undefined, key: string | undefined): Body {
  if (bytes.length === 0) return { kind: "empty" };
  if (encoding && encoding !== "identity")
    return { kind: "unreadable", why: `it is compressed (${encoding})` };
  const clean = (text: string) => (key ? withoutKey(text, key) : text);
  let text: string;
  try {
    text = clean(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    const readable = clean(new TextDecoder("latin1").decode(bytes));
    return { ...notJson(readable), why: "it has an invalid encoding" };
  }
  if (text.trim() === "") return { kind: "empty" };
  try {
    return { kind: "json", value: tamed(JSON.parse(text)) };
  } catch {
    return notJson(text);
  }
}

function notJson(text: string): Extract<Body, { kind: "unreadable" }> {
  const words = wordsOf(text);
  return isPage(text)
    ? { kind: "unreadable", why: "the answer is a web page, not the API", page: true, words }
    : { kind: "unreadable", why: "it is not valid JSON", words };
}

function joined(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : (value ?? ""),
    ]),
  );
}

/** The text without the key, plain or in the usual codings. */
export function withoutKey(text: string, key: string): string {
  const forms = [key, encodeURIComponent(key), Buffer.from(key).toString("base64")];
  return forms.reduce((rest, form) => rest.replaceAll(form, "[key]"), text);
}
