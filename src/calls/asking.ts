/** Consent within a call: the question, the answers that end the call, and the result that asks for a token. */

import type { Loose } from "../values/loose.ts";
import { Refusal } from "../values/refusal.ts";
import { askConsent, factLines, findingLines } from "./consent.ts";
import type { CallContext, Output } from "./context.ts";
import type { Operation, Question } from "./operation.ts";
import { about } from "./result.ts";

/** The operation's own question, with what the server adds: whose account, and that it was done before. */
export async function questionOf(
  operation: Operation,
  input: Loose,
  prepared: unknown,
  { company, repeated }: CallContext & { repeated?: string | undefined },
): Promise<Question | undefined> {
  const own = operation.question?.(input, prepared);
  const question =
    own ?? (repeated ? { sentence: "Do this a second time? It was done already.", facts: {} } : undefined);
  if (!question) return undefined;
  const facts = {
    ...(company && { "client company": await company() }),
    ...question.facts,
    ...(repeated && { "done already": repeated }),
  };
  return { ...question, facts };
}

/**
 * Nothing when the person agreed; the confirmation_required result when their word is still missing.
 *
 * @param again reads the question anew, after a person took their time
 */
export async function consentFor(
  operation: Operation,
  args: Loose,
  token: string | undefined,
  question: Question,
  again: () => Promise<Question | undefined>,
  context: CallContext,
): Promise<Output | undefined> {
  const consent = await askConsent(operation.name, args, token, question, again, context);
  if (consent.given) return undefined;
  if (consent.because === "declined") {
    throw new Refusal(
      `${operation.title}: the person declined.`,
      "do not repeat this unless they ask for it.",
    );
  }
  if (consent.because === "no answer") {
    throw new Refusal(
      `${operation.title}: the person gave no answer in time.`,
      "ask them in the chat; if they want it, call again.",
    );
  }
  if (consent.because === "changed") {
    throw new Refusal(
      `${operation.title}: something that was shown changed while the person was being asked.`,
      "call again, so that they see it as it is now.",
    );
  }
  const { token: confirmation, hint } = consent;
  const repeat = "with the same arguments and";
  const ask = `Show this to the person. If they agree, call ${operation.name} again ${repeat} confirmation ${confirmation}`;
  return {
    structured: {
      outcome: "confirmation_required",
      ...about(args),
      confirmation,
      facts: question.facts,
      findings: question.findings ?? [],
      question: question.sentence,
      ...(hint && { reason: hint }),
      next: `Show the facts to the person; if they agree, call ${operation.name} again ${repeat} this confirmation. It is valid for ten minutes.`,
    },
    text: [
      hint,
      question.sentence,
      ...factLines(question.facts),
      ...findingLines(question),
      "Nothing was changed yet.",
      ask,
    ]
      .filter(Boolean)
      .join("\n"),
  };
}
