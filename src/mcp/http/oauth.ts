/**
 * OAuth 2.1 resource server: says whom to ask for a token (RFC 9728), checks tokens (RFC 9068, RFC 7519) against the
 * configured issuer and audience, and finds the Woodpecker key of the token's subject in the operator's file. It issues
 * nothing and passes nothing on.
 */
import { readFileSync, statSync } from "node:fs";
import type { JWTPayload } from "jose";
import { keyAccount } from "../../accounts/source.ts";
import type { Log } from "../../log.ts";
import { isKey } from "../../settings/api-key.ts";
import type { Settings } from "../../settings/index.ts";
import { isCompanyId } from "../../settings/parsers.ts";
import { UsageError } from "../../settings/usage-error.ts";
import { asObject } from "../../values/loose.ts";
import type { Caller } from "./caller.ts";
import { Refused } from "./reply.ts";

export interface OAuth {
  /** Where the metadata is, and what it says. */
  metadata: { paths: string[]; document: object };
  /** @throws Refused */
  verify(token: string | undefined): Promise<Caller>;
}

export async function createOAuth({ oauth, apiUrl }: Settings, log: Log): Promise<OAuth> {
  const { issuer, audience, accounts } = oauth as NonNullable<Settings["oauth"]>;
  const { createRemoteJWKSet, jwtVerify } = await import("jose");
  const people = openPeople(accounts, log);
  const resource = new URL(audience);
  const path = "/.well-known/oauth-protected-resource";
  const where = new URL(resource.pathname === "/" ? path : `${path}${resource.pathname}`, resource).href;
  const refused = (message: string, error?: string) =>
    new Refused(401, message, {
      "www-authenticate": [
        `Bearer resource_metadata="${where}"`,
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
    metadata: {
      // RFC 9728 puts the resource's path at the end; some clients look at the root only.
      paths: [path, new URL(where).pathname],
      document: { resource: audience, authorization_servers: [issuer], bearer_methods_supported: ["header"] },
    },
    async verify(token) {
      if (token === undefined) throw refused("an access token is needed");
      let payload: JWTPayload;
      try {
        ({ payload } = await jwtVerify(token, await keySet(), {
          issuer,
          audience,
          algorithms: [
            "RS256",
            "RS384",
            "RS512",
            "PS256",
            "PS384",
            "PS512",
            "ES256",
            "ES384",
            "ES512",
            "EdDSA",
          ],
          requiredClaims: ["exp", "sub"],
          clockTolerance: 30,
        }));
      } catch (error) {
        if (isAboutToken(error)) throw refused("the access token is not valid here", "invalid_token");
        throw new Refused(503, "the issuer's keys cannot be read", { "retry-after": "10" });
      }
      const { sub = "" } = payload;
      const account = people(sub);
      if (!account) throw new Refused(403, "no Woodpecker key is set for this person; ask the operator");
      const source = keyAccount({ ...account, apiUrl });
      // With another key it is another caller: a session must not go on with the key that was taken away.
      return { principal: `${issuer} ${sub} ${source.tenant}`, person: sub, account: source };
    },
  };
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

interface Person {
  apiKey: string;
  companyId?: string | undefined;
}

/**
 * Subject → key, from a JSON file that is read again when it has changed. Whoever stands in it readably has access, and
 * nobody else: a key that was taken out must not live on because of a slip in another entry.
 */
function openPeople(path: string, log: Log): (subject: string) => Person | undefined {
  const atStart = readPeople(path);
  if (atStart.faults[0]) throw new UsageError(`WOODPECKER_OAUTH_ACCOUNTS: ${atStart.faults[0]}`);
  let { people } = atStart;
  let read = changedAt(path);
  return (subject) => {
    const changed = changedAt(path);
    if (changed !== read) {
      read = changed;
      const now = readPeople(path);
      people = now.people;
      for (const fault of now.faults) log("error", "oauth_accounts", { fault, people: people.size });
    }
    return people.get(subject);
  };
}

const changedAt = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs;

function readPeople(path: string): { people: Map<string, Person>; faults: string[] } {
  const people = new Map<string, Person>();
  let file: unknown;
  try {
    file = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { people, faults: [code ? `the file cannot be read (${code})` : "the file is not JSON"] };
  }
  const entries = Object.entries(asObject(file));
  const faults = entries.flatMap(([subject, entry]) => {
    const { api_key: apiKey = entry, company_id: company } = asObject(entry);
    if (typeof apiKey !== "string" || !isKey(apiKey)) return [`"${subject}" has no usable api_key`];
    const companyId = company === undefined ? undefined : String(company);
    if (companyId !== undefined && !isCompanyId(companyId))
      return [`the company_id of "${subject}" is not a number`];
    people.set(subject, { apiKey, companyId });
    return [];
  });
  if (entries.length === 0) faults.push('it must hold {"subject": {"api_key": "…"}} for at least one person');
  return { people, faults };
}
