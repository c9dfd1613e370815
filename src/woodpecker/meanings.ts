/**
 * What each code and status of the Woodpecker API means to a person, and what they do next. The codes are those of the
 * vendor's campaign pages (v2) and error page (v1); E_UNNOWN is spelled as Woodpecker spells it.
 */
import { own } from "../values/loose.ts";
import type { FailureFacts } from "./failure.ts";
import { inTheApp, unsupportedWhat } from "./unsupported.ts";

export interface Meaning {
  what: string;
  next: string;
  /** In place of `next` where Woodpecker gives no words that would say why. */
  wordless?: string;
  /** In place of `next` where a check found none of the usual causes. */
  unfound?: string;
  /** In place of `what` where its words say more than the code does. */
  told?: Pick<Meaning, "what" | "next">;
}

const key =
  "check the API key (WOODPECKER_API_KEY, or x-woodpecker-api-key where each caller sends one); in Woodpecker it is under Add-ons > API keys (its documents say Settings -> API Keys)";
const plan =
  "the account's owner can check the plan and the \"API keys & integrations\" add-on in Woodpecker's billing";
const later =
  "wait a minute and call again; if it goes on, status.woodpecker.co shows whether Woodpecker has a problem, and its support can look at it";
const wrongKey: Meaning = { what: "Woodpecker does not accept the API key", next: key };
const busy: Meaning = {
  what: "Woodpecker is busy with other requests of this account (it works on one at a time)",
  next: "call again in a minute; other tools that use the same account make it wait",
};
const byComparing =
  "it gives no reason: compare the request with a campaign that works (get_campaign), field by field; dry_run shows what is sent";
const noAgency: Meaning = {
  what: "the key is not that of an agency's headquarters account",
  next: "whoever runs the server can set such a key, or remove WOODPECKER_COMPANY_ID",
};
const theirError: Meaning = { what: "Woodpecker had an error of its own", next: later };

export const codes: Record<string, Meaning> = {
  MISSING_FEATURES: {
    what: "the account's plan does not include something this campaign uses",
    next: "the account's owner can see in Woodpecker's billing what the plan includes; no check can see that from here",
  },
  VALIDATION_FAILURE: {
    what: "Woodpecker found something in the campaign that it does not accept, and does not say what",
    next: "the usual causes are a mailbox with an error or without a sending slot (list_mailboxes), a first e-mail without a subject, a window, a time zone or a snippet that Woodpecker does not know (get_campaign)",
    unfound:
      "compare it with a campaign that works (get_campaign), or look at it in the Woodpecker app, which may name what is wrong",
  },
  CAMPAIGN_NOT_EXIST: {
    what: "there is no campaign with this id in this account",
    next: "find the id with list_campaigns",
  },
  API_UNSUPPORTED_CAMPAIGN_FEATURES: {
    what: unsupportedWhat,
    next: inTheApp,
  },
  CAMPAIGN_RELATED_TO_ACTIVE_WORKFLOW: {
    what: "the campaign belongs to an active workflow",
    next: "switch that workflow off in the Woodpecker app first; pause_campaign stops the sending meanwhile",
  },
  INPUT_DATA_VALIDATION_FAILURE: {
    what: "Woodpecker did not accept the data; it does not say which field",
    next: byComparing,
    told: {
      what: "Woodpecker did not accept the data",
      next: "its own words say what is wrong; correct that and call again (dry_run shows what is sent)",
    },
  },
  E_WRONG_PARAM: {
    what: "Woodpecker did not accept a parameter",
    next: "its own words name the parameter; correct that one",
    wordless: byComparing,
  },
  E_SESSION: wrongKey,
  E_NO_PERMISSION: {
    what: "the account may not use the API: no add-on, no active subscription, or an inactive client company",
    next: plan,
  },
  E_URL_NOT_FOUND: {
    what: "Woodpecker has no such address",
    next: "check WOODPECKER_API_URL; if it is the default, this server needs an update",
  },
  E_TOO_MANY_REQUESTS: busy,
  E_RECORD_NOT_FOUND: {
    what: "what was named does not exist in this account",
    next: "look the id up again with a list or search tool",
  },
  E_INV_STATUS: {
    what: "none of the people may be added: they replied, bounced or opted out, or their status is not ACTIVE",
    next: "leave them out; Woodpecker protects them from being written to again",
  },
  E_REQUIRED_ELEMENT: {
    what: "something that Woodpecker requires is missing",
    next: "its own words name it",
    wordless: byComparing,
  },
  E_UNNOWN: theirError,
  UNKNOWN: theirError,
};

export const httpStatuses: Record<number, Meaning> = {
  400: {
    what: "Woodpecker did not accept the request",
    next: "its own words say why; correct that and call again",
    wordless: byComparing,
  },
  401: wrongKey,
  402: { what: "Woodpecker wants a payment first", next: plan },
  403: { what: "Woodpecker does not allow this with this key", next: plan },
  404: { what: "Woodpecker does not know what was named", next: "look the id up again with a list tool" },
  405: { what: "Woodpecker does not offer this operation at that address", next: "check WOODPECKER_API_URL" },
  409: {
    what: "the state of the campaign does not allow this",
    next: "read the campaign with get_campaign; steps and settings can only change in DRAFT or EDITED",
  },
  413: { what: "the request is too large for Woodpecker", next: "shorten the messages or send fewer" },
  415: { what: "Woodpecker did not accept the form of the request", next: "this server may need an update" },
  422: {
    what: "Woodpecker did not accept the data",
    next: "its own words say why; correct that and call again",
    wordless: byComparing,
  },
  429: busy,
  500: theirError,
  502: { what: "a gateway in front of Woodpecker had an error", next: later },
  503: { what: "Woodpecker is not available at the moment", next: later },
  504: { what: "Woodpecker did not answer its gateway in time", next: later },
};

/** Causes of our own side of the line. */
export const causes: Record<string, Meaning> = {
  BUSY: {
    what: "too many calls are waiting for Woodpecker already",
    next: "call again when the others have been answered",
  },
  RUNNING_ELSEWHERE: {
    what: "the same call is being carried out by another replica of this server, and has not ended yet",
    next: "wait a minute; list_recent_changes shows how it ended",
  },
  LOCKED: {
    what: "another change in this account has not ended yet, and only one is made at a time",
    next: "call again in a minute; pausing and stopping wait for nothing",
  },
  LOCK_LOST: {
    what: "this server was held up for so long that another replica may have begun a change meanwhile",
    next: "look at the campaign with get_campaign, then call again",
  },
  CANCELLED: { what: "the call was cancelled", next: "call again if it is still wanted" },
  READ_ONLY: {
    what: "this server was started with access read, in which nothing but reading leaves it",
    next: "whoever runs the server can start it with --access draft or full",
  },
  SHARED_MEMORY: {
    what: "the memory that the replicas of this server share (Redis) does not answer, and without it a write could be done twice",
    next: "call again in a minute; pause_campaign and stop_campaign work all the same. The operator of this server can look at /readyz and WOODPECKER_REDIS_URL",
  },
  LIMIT: {
    what: "the operator of this server does not allow this",
    next: "ask the operator, if it should be possible; no tool can change it",
  },
  DOWN: {
    what: "Woodpecker has not answered for a while, so this was not even tried",
    next: "wait half a minute and call again; pausing and stopping are always tried. status.woodpecker.co shows whether Woodpecker has a problem",
  },
  WEB_PAGE: {
    what: "a web page answered in place of Woodpecker's API: a firewall, a proxy or a login form",
    next: "check WOODPECKER_API_URL and the network",
  },
  REDIRECT: {
    what: "Woodpecker answered with a redirect, which is never followed, so that the key stays where it belongs",
    next: "check WOODPECKER_API_URL",
  },
  PROXY: {
    what: "the proxy that HTTPS_PROXY, HTTP_PROXY or ALL_PROXY names did not pass the request on",
    next: "check the proxy's address and whether it wants a password; NO_PROXY=api.woodpecker.co bypasses it",
  },
  TIMEOUT: { what: "Woodpecker's answer took longer than a call may take", next: later },
  UND_ERR_RES_EXCEEDED_MAX_SIZE: {
    what: "Woodpecker's answer was larger than 10 MiB",
    next: "ask for less: a filter, a smaller limit or a single campaign",
  },
  TLS: {
    what: "the secure connection to Woodpecker failed",
    next: "behind a company proxy, start the server with NODE_EXTRA_CA_CERTS naming the company's certificate file",
  },
};

/** What a failure is about, for everybody who has to tell failures apart. */
export type FailureKind =
  | "key"
  | "plan"
  /** The host name has no address. */
  | "name"
  /** A certificate that is not valid today: the clock of this computer may be wrong. */
  | "clock"
  | "certificate"
  | "proxy"
  /** What answers is not Woodpecker's API. */
  | "address"
  | "unreachable"
  | "other";

export function kindOf({ code = "", http, outcome, detail }: Partial<FailureFacts>): FailureKind {
  if (code === "WEB_PAGE" || code === "REDIRECT") return "address";
  if (code === "E_NO_PERMISSION" || code === "MISSING_FEATURES" || http === 402 || http === 403)
    return "plan";
  if (http === 401 || code === "E_SESSION") return isAboutPlan(detail) ? "plan" : "key";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "name";
  if (code === "PROXY") return "proxy";
  if (clockCodes.test(code)) return "clock";
  if (tlsCodes.test(code)) return "certificate";
  if (http === 404) return "address";
  const isOurs = Object.hasOwn(causes, code) && code !== "DOWN" && code !== "TIMEOUT";
  return outcome === "not_sent" && http === undefined && !isOurs ? "unreachable" : "other";
}

const clockCodes = /HAS_EXPIRED|NOT_YET_VALID/;
/** Of OpenSSL, of Node's TLS, and EPROTO, which stands for a handshake that failed. */
const tlsCodes =
  /CERT|TLS|SSL|SELF_SIGNED|ALTNAME|UNABLE_TO_VERIFY|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|^EPROTO$/;

/** Whether Woodpecker's words are about the plan, and not about the key or the request. */
export const isAboutPlan = (words = ""): boolean => /\badd-?ons?\b|\bplans?\b/i.test(words);

/** Words that say no more than the code. */
const empty = /^(?:input data )?validation failure\.?$/i;

/** In Woodpecker's own words a 401 may be about the plan and not about the key, and a 400 may say what is wrong. */
export function meaningOf(facts: Partial<FailureFacts>): Meaning | undefined {
  const meaning = basicMeaning(facts);
  const { detail, details, words } = facts;
  if (meaning?.told && (details || (detail && !empty.test(detail)))) return { ...meaning, ...meaning.told };
  return meaning?.wordless && !detail && !details && !words
    ? { ...meaning, next: meaning.wordless }
    : meaning;
}

function basicMeaning({ code, http, detail }: Partial<FailureFacts>): Meaning | undefined {
  if (code === "WEB_PAGE") return causes.WEB_PAGE;
  if (http === 403 && /\bagency\b/i.test(detail ?? "")) return noAgency;
  if (http === 401 && isAboutPlan(detail)) return codes.E_NO_PERMISSION;
  const known = code === undefined ? undefined : (own(codes, code) ?? own(causes, code));
  if (known) return known;
  const kind = kindOf({ code, http, detail });
  if (kind === "certificate" || kind === "clock") return causes.TLS;
  if (http === undefined) return undefined;
  if (httpStatuses[http]) return httpStatuses[http];
  return http >= 500 ? httpStatuses[500] : http >= 400 ? httpStatuses[400] : undefined;
}
