/**
 * Who calls, and for which account. Either the process has one account and callers show a token (or are on this machine),
 * or each caller brings a key of their own, or shows an OAuth token that the operator has given a key. There is no
 * fallback from one to another.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { openNamedAccounts } from "../../accounts/named.ts";
import { accountOf, keyAccount } from "../../accounts/source.ts";
import type { Log } from "../../log.ts";
import { faultInKey } from "../../settings/api-key.ts";
import type { Settings } from "../../settings/index.ts";
import { isCompanyId } from "../../settings/parsers.ts";
import { type Caller, callerOf } from "./caller.ts";
import { choose } from "./choose.ts";
import { createOAuth, type OAuth } from "./oauth.ts";
import { Refused } from "./reply.ts";

interface Callers {
  /** @param handle the name of the account that is asked for. @throws Refused */
  identify(request: IncomingMessage, handle?: string): Promise<Caller>;
  /** Where accounts have names: those that there are now. */
  names?: (() => string[]) | undefined;
  /** What an OAuth client reads to find out whom to ask for a token. */
  oauth?: OAuth | undefined;
}

export async function createCallers(settings: Settings, log: Log): Promise<Callers> {
  const { auth, mcpToken } = settings;
  const named = openNamedAccounts(settings, log);
  const names = named && (() => [...named.now().keys()]);
  const failures = createFailures();
  const refused = (message: string) => new Refused(401, message, { "www-authenticate": "Bearer" });

  if (auth === "oauth") {
    const oauth = await createOAuth(settings, named, log);
    return {
      names,
      oauth,
      // Not counted: nobody guesses a signature, and to come without a token is how a client finds the issuer.
      identify: (request, handle) => oauth.verify(bearerOf(request), handle),
    };
  }

  const passes = (request: IncomingMessage) => mcpToken === undefined || isToken(request, mcpToken);
  const wantToken = (request: IncomingMessage) =>
    failures.count(request, refused("a bearer token is needed"));
  if (auth === "header") {
    return {
      async identify(request) {
        if (!passes(request)) return wantToken(request);
        const key = request.headers["x-woodpecker-api-key"];
        const fault = typeof key === "string" ? faultInKey(key) : undefined;
        if (typeof key !== "string" || fault) {
          const message = "the header x-woodpecker-api-key must bring the caller's Woodpecker API key";
          return failures.count(request, refused(fault ? `${message}: ${fault}` : message));
        }
        const companyId = companyOf(request) ?? settings.companyId;
        const account = keyAccount({ apiKey: key, apiUrl: settings.apiUrl, companyId });
        return callerOf(account, "", `key ${account.tenant.slice(0, 8)}`);
      },
    };
  }

  const account = accountOf(settings);
  return {
    names,
    async identify(request, handle) {
      if (!passes(request)) return wantToken(request);
      return callerOf(named ? choose(handle, named.now()) : account);
    },
  };
}

const COMPANY = "x-woodpecker-company-id";

/** The client company that a caller with a key of their own names. A name like it is a slip: its write would land in another company. */
function companyOf({ headers }: IncomingMessage): string | undefined {
  const slip = Object.keys(headers).find((name) => name !== COMPANY && /company/.test(name));
  if (slip)
    throw new Refused(400, `the header ${slip} is not understood; the client company goes into ${COMPANY}`);
  const company = headers[COMPANY];
  if (company === undefined) return undefined;
  if (typeof company === "string" && isCompanyId(company)) return company;
  throw new Refused(400, `the header ${COMPANY} must be a number, the id of the client company`);
}

const bearerOf = ({ headers: { authorization = "" } }: IncomingMessage) =>
  /^Bearer +(\S+)$/i.exec(authorization)?.[1];

function isToken(request: IncomingMessage, token: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(bearerOf(request) ?? ""), digest(token));
}

const FAILURES_A_MINUTE = 10;

/** A caller who fails too often is told to wait; one with the right token is never counted, whatever the address. */
function createFailures() {
  const limiter = new RateLimiterMemory({ points: FAILURES_A_MINUTE, duration: 60 });
  return {
    /** Throws what was wrong, or that there were too many of them. */
    async count({ socket }: IncomingMessage, error: unknown): Promise<never> {
      if (error instanceof Refused && error.status === 401) {
        await limiter.consume(socket.remoteAddress ?? "").catch(() => {
          throw new Refused(429, "too many failed attempts; wait a minute", { "retry-after": "60" });
        });
      }
      throw error;
    },
  };
}
