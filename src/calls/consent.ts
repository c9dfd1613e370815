/**
 * A person decides before anything is sent or deleted. A client that can put a form to the person is asked to; for
 * any other the first call changes nothing and hands out a token that the second call must bring. Either answer
 * holds only for the exact arguments and for the state that was shown.
 */
import { canonical } from "../values/canonical.ts";
import type { Loose } from "../values/loose.ts";
import { Refusal } from "../values/refusal.ts";
import { type Binding, digestOf, issueToken, redeemToken } from "./confirmation-token.ts";
import type { Call, ConsentContext, Output } from "./context.ts";
import type { Question } from "./operation.ts";
import { factLines, findingLines, promptOf } from "./question.ts";
import { campaignOf } from "./result.ts";

export type Consent =
  | { given: true }
  | { given: false; because: "declined" | "no answer" | "changed" }
  | { given: false; because: "token"; token: string; hint?: string };

/**
 * @param again reads the question once more after a person took their time
 * @param args the arguments that the person's word is about
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
  // Where a person can be asked, they are: no token bypasses the form.
  if (!ask) {
    const binding: Binding = [tenant, tool, canonical(args), digestOf(question)];
    const hint = token === undefined ? "" : await redeemToken(token, confirmations, binding, now());
    if (hint === undefined) return { given: true };
    const fresh = await issueToken(confirmations, binding, now());
    return { given: false, because: "token", token: fresh, ...(hint && { hint }) };
  }

  const answer = await ask(promptOf(question)).catch(() => undefined);
  if (context.signal?.aborted || !answer) return { given: false, because: "no answer" };
  if (answer.action !== "accept" || answer.content?.confirm !== true)
    return { given: false, because: "declined" };
  const current = await again();
  return current && digestOf(current) === digestOf(question)
    ? { given: true }
    : { given: false, because: "changed" };
}

/** Nothing when the person agreed; the confirmation_required result when their word is still missing. @throws on a no */
export async function consentFor(
  { operation, input, context }: Call,
  question: Question,
  again: () => Promise<Question | undefined>,
): Promise<Output | undefined> {
  const { name, title } = operation;
  const { confirmation, dry_run: _dry, allow_duplicate: _again, ...args } = input;
  const token = confirmation as string | undefined;
  const consent = await askConsent(name, args, token, question, again, context);
  if (consent.given) return undefined;
  if (consent.because === "token") return confirmationRequired(name, args, question, consent);
  throw new Refusal(`${title}: ${refusals[consent.because].what}.`, refusals[consent.because].next);
}

const refusals = {
  declined: { what: "the person declined", next: "do not repeat this unless they ask for it." },
  "no answer": {
    what: "the person gave no answer in time",
    next: "ask them in the chat; if they want it, call again.",
  },
  changed: {
    what: "something that was shown changed while the person was being asked",
    next: "call again, so that they see it as it is now.",
  },
};

function confirmationRequired(
  tool: string,
  args: Loose,
  question: Question,
  { token, hint }: { token: string; hint?: string },
): Output {
  const repeat = `call ${tool} again with the same arguments and`;
  return {
    structured: {
      outcome: "confirmation_required",
      ...campaignOf(args),
      confirmation: token,
      facts: question.facts,
      findings: question.findings ?? [],
      question: question.sentence,
      ...(hint && { reason: hint }),
      next: `Show the facts to the person; if they agree, ${repeat} this confirmation. It is valid for ten minutes.`,
    },
    text: [
      ...(hint ? [hint] : []),
      question.sentence,
      ...factLines(question.facts),
      ...findingLines(question),
      "Nothing was changed yet.",
      `Show this to the person. If they agree, ${repeat} confirmation ${token}`,
    ].join("\n"),
  };
}
