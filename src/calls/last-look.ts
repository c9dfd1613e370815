/**
 * Right before a write, when no other write of the account can come in between: is what the decision rests on still so?
 * Where it is not, nothing is sent, and the person sees it as it is now.
 */
import { canonical } from "../values/canonical.ts";
import { Refusal } from "../values/refusal.ts";
import { digestOf } from "./confirmation-token.ts";
import type { Call } from "./context.ts";
import type { Question } from "./operation.ts";
import { apiFor, prepare, type Ready } from "./prepare.ts";
import { questionOf } from "./question.ts";

/** After everything was prepared in the same turn: only the operation's own last look. @throws Refusal when something has changed */
export async function unchanged(call: Call, ready: Ready): Promise<Ready> {
  const { lookNow, agreed } = call.operation;
  if (!lookNow) return ready;
  const api = apiFor(call);
  const now = await lookNow(call.input, api, ready.prepared);
  if (canonical(agreed?.(now)) !== canonical(ready.question?.state)) throw changed(call);
  return { ...ready, api };
}

/**
 * The person's word came with the call: no more is read than what they agreed to, so that it can be told whether that is still
 * so. Undefined where the operation has no such look.
 */
export async function agreedNow(call: Call): Promise<Ready | undefined> {
  const { lookNow } = call.operation;
  if (!lookNow) return undefined;
  const api = apiFor(call);
  const prepared = await lookNow(call.input, api, undefined);
  return { api, prepared, question: await questionOf(call, prepared) };
}

/** In a new turn, after a person took their time. @throws Refusal when something has changed */
export async function lookAgain(call: Call, before: Ready): Promise<Ready> {
  if (call.operation.lookNow) return unchanged(call, before);
  const now = await prepare(call);
  if (!isSame(before.question, now.question)) throw changed(call);
  return now;
}

const isSame = (before: Question | undefined, now: Question | undefined) =>
  before && now ? digestOf(before) === digestOf(now) : before === now;

export const changed = ({ operation, context }: Call) =>
  new Refusal(
    `${operation.title}: something that was shown changed ${context.ask ? "while the person was being asked" : "at that moment"}.`,
    "call again, so that they see it as it is now.",
  );
