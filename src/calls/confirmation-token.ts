/**
 * The token with which a person's word comes back from a client that shows no forms: an expiry and a MAC over the account,
 * the tool, its arguments and everything that was shown (RFC 2104, SHA-256).
 */
import { createHash, createHmac } from "node:crypto";
import { type Confirmations, isEqual } from "../memory/confirmations.ts";
import { canonical } from "../values/canonical.ts";
import type { Loose } from "../values/loose.ts";
import type { Question } from "./operation.ts";

export const VALID_MS = 10 * 60 * 1000;

/** What a token is bound to: account, tool, arguments, the digest of what was shown, why it was handed out, and the halts until then. */
export type Binding = readonly [tenant: string, tool: string, args: string, digest: string, purpose: string];

/** Two questions with the same digest ask for the same, about the same; counters and the clock may have moved on. */
export const digestOf = (question: Question) =>
  createHash("sha256")
    .update(canonical(lastingOf(question)))
    .digest("base64url");

export function lastingOf({ sentence, facts, derived = [], state }: Question): Loose {
  const lasting = Object.fromEntries(Object.entries(facts).filter(([label]) => !derived.includes(label)));
  return { sentence, lasting, state };
}

export async function issueToken(
  confirmations: Confirmations,
  binding: Binding,
  now: number,
): Promise<string> {
  return tokenOf(await confirmations.secret(), binding, now + VALID_MS);
}

/**
 * Takes the token up, once. @returns undefined when it is good, else what to tell the caller
 * @param doneAt when the same was last begun, if it was: a token from before it is a second one for what was done with the first
 */
export async function redeemToken(
  token: string,
  confirmations: Confirmations,
  binding: Binding,
  now: number,
  doneAt = Number.NEGATIVE_INFINITY,
): Promise<string | undefined> {
  const [time = "", signature = ""] = token.split(".");
  const expiry = Number.parseInt(time, 36);
  if (!Number.isSafeInteger(expiry) || expiry > now + VALID_MS)
    return "The confirmation is not one of this server.";
  if (expiry < now) return "The confirmation is older than ten minutes.";
  const secret = await confirmations.secret();
  if (!isEqual(signature.slice(0, KEY_ID), keyId(secret)))
    return "The confirmation is not one of this server as it runs now: it was made before a restart, or by another server.";
  // As a whole: another spelling of the same token could be taken up once more.
  if (!isEqual(token, tokenOf(secret, binding, expiry)))
    return "The confirmation does not fit: it was for other arguments, or what was shown has changed since, or was halted.";
  if (expiry - VALID_MS <= doneAt)
    return "The confirmation was used already, or made before the same was done with another one.";
  // A repeated "run" must not undo the "pause" that came after the first.
  const isFirst = await confirmations.takeUp(token, now + VALID_MS, now);
  return isFirst ? undefined : "The confirmation was used already.";
}

const tokenOf = (secret: Buffer, binding: Binding, expiry: number) =>
  `${expiry.toString(36)}.${keyId(secret)}${sign(secret, binding, expiry)}`;

/** Says which secret a token was signed with, and nothing of the secret. */
const KEY_ID = 6;
const keyId = (secret: Buffer) =>
  createHash("sha256").update("key id").update(secret).digest("base64url").slice(0, KEY_ID);

function sign(secret: Buffer, [tenant, tool, args, digest, purpose]: Binding, expiry: number): string {
  return createHmac("sha256", secret)
    .update(JSON.stringify([tenant, tool, args, expiry, digest, purpose]))
    .digest("base64url");
}
