/**
 * A person decides before anything is sent or deleted. A client that can put a form to the person is asked to; for
 * any other the first call changes nothing and hands out a token that the second call must bring. Either answer
 * holds only for the exact arguments and for the state that was shown.
 */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Confirmations } from "../memory/confirmations.ts";
import { placeOf } from "../preflight/finding.ts";
import { canonical } from "../values/canonical.ts";
import type { Loose } from "../values/loose.ts";
import type { Question } from "./operation.ts";

/** Puts a question to the person through the client; undefined when the client cannot. */
export type Ask = (message: string) => Promise<{ action: string; content?: Loose | undefined }>;

export interface ConsentContext {
  ask?: Ask | undefined;
  /** Whose account: a token is worth nothing for another. */
  tenant: string;
  confirmations: Confirmations;
  signal?: AbortSignal;
  now?: () => number;
}

const VALID_MS = 10 * 60 * 1000;

export type Consent =
  | { given: true }
  | { given: false; because: "declined" }
  | { given: false; because: "no answer" }
  | { given: false; because: "changed" }
  | { given: false; because: "token"; token: string; hint?: string };

/**
 * @param again reads the question anew after a person took their time
 * @param args the arguments without `confirmation`
 */
export async function askConsent(
  tool: string,
  args: Loose,
  token: string | undefined,
  question: Question,
  again: () => Promise<Question | undefined>,
  context: ConsentContext,
): Promise<Consent> {
  const { ask, tenant, confirmations, now = Date.now } = context;
  // Where a person can be asked, they are: no token is a way round the form.
  if (!ask) {
    const secret = await confirmations.secret();
    const bound = (expiry: number) => sign(secret, [tenant, tool, canonical(args), expiry, digest(question)]);
    const verdict = token === undefined ? undefined : judge(token, now(), bound);
    // A repeated "run" must not undo the "pause" that came after the first.
    if (verdict === "good" && (await confirmations.takeUp(token as string, now() + VALID_MS, now()))) {
      return { given: true };
    }
    return {
      given: false,
      because: "token",
      token: issue(now(), bound),
      ...(verdict && { hint: verdict === "good" ? "The confirmation was used already." : verdict }),
    };
  }

  const answer = await ask(promptOf(question)).catch(() => undefined);
  if (context.signal?.aborted || !answer) return { given: false, because: "no answer" };
  if (answer.action !== "accept" || answer.content?.confirm !== true)
    return { given: false, because: "declined" };
  const current = await again();
  return current && digest(current) === digest(question)
    ? { given: true }
    : { given: false, because: "changed" };
}

export function promptOf(question: Question): string {
  return [question.sentence, ...factLines(question.facts), ...findingLines(question)].join("\n");
}

const MAX_FINDINGS = 8;

/** What the check found, as a person should see it before deciding. */
export function findingLines({ findings = [] }: Question): string[] {
  const shown = findings.filter((finding) => finding.severity !== "info");
  if (shown.length === 0) return [];
  const lines = shown
    .slice(0, MAX_FINDINGS)
    .map((finding) => `- ${finding.severity.replaceAll("_", " ")}: ${placeOf(finding)}${finding.message}`);
  const more = shown.length > lines.length ? [`- and ${shown.length - lines.length} more`] : [];
  return ["The check found:", ...lines, ...more];
}

export const factLines = (facts: Question["facts"]) =>
  Object.entries(facts).map(([label, value]) => `${label}: ${value}`);

function issue(now: number, bound: (expiry: number) => string): string {
  const expiry = now + VALID_MS;
  return `${expiry.toString(36)}.${bound(expiry)}`;
}

/** "good", or what to tell the caller. */
function judge(token: string, now: number, bound: (expiry: number) => string): string {
  const [time = "", mac = ""] = token.split(".");
  const expiry = Number.parseInt(time, 36);
  if (!Number.isSafeInteger(expiry) || expiry > now + VALID_MS)
    return "The confirmation is not one of this server.";
  if (expiry < now) return "The confirmation is older than ten minutes.";
  const matches = equal(mac, bound(expiry));
  return matches
    ? "good"
    : "The confirmation does not fit: it was for other arguments, or what was shown has changed since.";
}

const sign = (secret: Buffer, parts: unknown[]) =>
  createHmac("sha256", secret).update(JSON.stringify(parts)).digest("base64url");

function equal(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

const digest = ({ sentence, facts, findings, state }: Question) =>
  createHash("sha256").update(canonical({ sentence, facts, findings, state })).digest("base64url");
