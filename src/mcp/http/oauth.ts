/**
 * OAuth 2.1 resource server: says whom to ask for a token (RFC 9728), checks tokens (RFC 9068, RFC 7519) against the
 * configured issuer and audience, and finds the Woodpecker key of the token's subject in the operator's file. It issues
 * nothing and passes nothing on.
 */
import type { JWTPayload } from "jose";
import type { NamedAccounts } from "../../accounts/named.ts";
import { type Allowed, openPeople } from "../../accounts/people.ts";
import type { AccountSource } from "../../accounts/source.ts";
import type { Log } from "../../log.ts";
import type { Settings } from "../../settings/index.ts";
import { asObject } from "../../values/loose.ts";
import { type Caller, callerOf } from "./caller.ts";
import { choose } from "./choose.ts";
import { Refused } from "./reply.ts";

export interface OAuth {
  /** What a client reads to find out whom to ask for a token; nothing where the path is another one. */
  metadataAt(path: string): object | undefined;
  /** @throws Refused */
  verify(token: string | undefined, handle: string | undefined): Promise<Caller>;
}

const METADATA = "/.well-known/oauth-protected-resource";

export async function createOAuth(
  settings: Settings,
  named: NamedAccounts | undefined,
  log: Log,
): Promise<OAuth> {
  const { issuer, audience, accounts } = settings.oauth as NonNullable<Settings["oauth"]>;
  const { createRemoteJWKSet, jwtVerify } = await import("jose");
  const people = openPeople(accounts, settings, named, log);
  // RFC 9728: each path is a resource of its own, and puts its path behind that of the metadata.
  const { origin, pathname } = new URL(audience);
  const own = `${METADATA}${pathname === "/" ? "" : pathname}`;
  const below = (base: string, handle?: string) =>
    handle === undefined ? base : `${base.replace(/\/$/, "")}/${handle}`;
  const refused = (handle: string | undefined, message: string, error?: string) =>
    new Refused(401, message, {
      "www-authenticate": [
        `Bearer resource_metadata="${origin}${below(own, handle)}"`,
        ...(error ? [`error="${error}"`] : []),
      ].join(", "),
    });

  /** Found with the first token, and looked for again after a failure. */
  let keys: Promise<ReturnType<typeof createRemoteJWKSet>> | undefined;
  const keySet = () => {
    keys ??= findKeys(issuer).then(
      (place) => createRemoteJWKSet(new URL(place), { timeoutDuration: 5_000 }),
      (error: unknown) => {
        keys = undefined;
        throw error;
      },
    );
    return keys;
  };

  return {
    metadataAt(path) {
      const [, handle] =
        /^\/([A-Za-z0-9_-]+)$/.exec(path.startsWith(own) ? path.slice(own.length) : "") ?? [];
      // Some clients look at the root only.
      if (path !== METADATA && path !== own && !(named && handle)) return undefined;
      return {
        resource: below(audience, handle),
        authorization_servers: [issuer],
        bearer_methods_supported: ["header"],
      };
    },
    async verify(token, handle) {
      if (token === undefined) throw refused(handle, "an access token is needed");
      let payload: JWTPayload;
      try {
        ({ payload } = await jwtVerify(token, await keySet(), {
          issuer,
          // One for an account alone opens no other.
          audience: handle === undefined ? audience : [audience, below(audience, handle)],
          algorithms: "RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA".split(" "),
          requiredClaims: ["exp", "sub"],
          clockTolerance: 30,
        }));
      } catch (error) {
        if (isAboutToken(error)) throw refused(handle, "the access token is not valid here", "invalid_token");
        throw new Refused(503, "the issuer's keys cannot be read", { "retry-after": "10" });
      }
      const { sub = "" } = payload;
      const allowed = people(sub);
      if (!allowed) throw new Refused(403, "no Woodpecker key is set for this person; ask the operator");
      // With another key it is another caller: a session must not go on with the key that was taken away.
      return callerOf(accountFor(allowed, handle), `${issuer} ${sub}`, sub);
    },
  };

  function accountFor(allowed: Allowed, handle: string | undefined): AccountSource {
    if ("names" in allowed) {
      const all = named?.now();
      const theirs = allowed.names.flatMap((name) => {
        const found = all?.get(name);
        return found ? [[name, found] as const] : [];
      });
      return choose(handle, new Map(theirs));
    }
    if (handle === undefined) return allowed.account;
    throw new Refused(403, `there is no account "${handle}" for you; yours is /mcp`);
  }
}

/** jose's codes for what is wrong with a token, as opposed to keys that could not be fetched. */
const isAboutToken = (error: unknown) =>
  /^ERR_(JWT|JWS|JOSE_(ALG|NOT)|JWKS_NO_MATCHING|JWKS_MULTIPLE)/.test(
    String((error as { code?: unknown }).code),
  );

/** RFC 8414, else OpenID Connect Discovery. The metadata must be the issuer's own. */
async function findKeys(issuer: string): Promise<string> {
  const { origin, pathname } = new URL(issuer);
  const path = pathname.replace(/\/$/, "");
  const places = [
    `${origin}/.well-known/oauth-authorization-server${path}`,
    `${origin}${path}/.well-known/openid-configuration`,
  ];
  for (const place of places) {
    const answer = await fetch(place, { redirect: "error", signal: AbortSignal.timeout(5_000) }).catch(
      () => undefined,
    );
    if (!answer?.ok) continue;
    // Some answer every address with a page.
    const { issuer: named, jwks_uri: keys } = asObject(await answer.json().catch(() => undefined));
    if (named === issuer && typeof keys === "string") return keys;
  }
  throw new Error("the issuer's metadata cannot be read");
}
