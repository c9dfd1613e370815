/**
 * A person decides before anything is sent or deleted. A client that can put a form to the person is asked to; for
 * any other the first call changes nothing and hands out a token that the second call must bring. Either answer
 * holds only for the exact arguments and for the state that was shown.
 */
import { canonical } from "../values/canonical.ts";
import type { Loose } from "../values/loose.ts";
import { Refusal } from "../values/refusal.ts";
import { type Binding, digestOf, issueToken, redeemToken } from "./confirmation-token.ts";
import type { Call, Output } from "./context.ts";
import type { Operation, Question } from "./operation.ts";
import { factLines, findingLines, promptOf } from "./question.ts";
import { campaignOf } from "./result.ts";

/** Asks by a form. @throws Refusal unless the person agrees */
export async function askPerson({ operation, context }: Call, question: Question): Promise<void> {
  const { ask, signal } = context;
  const answer = await ask?.(promptOf(question)).catch(() => undefined);
  if (signal?.aborted || !answer)
    throw refusal(operation, "gave no answer in time", "ask them in the chat; if they want it, call again.");
  if (answer.action !== "accept" || answer.content?.confirm !== true)
    throw refusal(operation, "declined", "do not repeat this unless they ask for it.");
}

const refusal = ({ title }: Operation, did: string, next: string) =>
  new Refusal(`${title}: the person ${did}.`, next);

/** Nothing when the call brings a good token; else the result that hands one out. */
export async function confirmedBy(
  { operation, input, context }: Call,
  question: Question,
): Promise<Output | undefined> {
  const { tenant, confirmations, now = Date.now } = context;
  const { confirmation, dry_run: _dry, allow_duplicate: _again, ...args } = input;
  const binding: Binding = [tenant, operation.name, canonical(args), digestOf(question)];
  const hint =
    typeof confirmation === "string" ? await redeemToken(confirmation, confirmations, binding, now()) : "";
  if (hint === undefined) return undefined;
  const token = await issueToken(confirmations, binding, now());
  return confirmationRequired(operation.name, args, question, { token, ...(hint && { hint }) });
}

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
      ...(question.name !== undefined && { name: question.name }),
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
