/**
 * What stops sending waits for nothing, and takes with it every send of the campaign that has not left. Where a part of the
 * call asks a person, everything else is done before.
 */
import type { CallResult } from "../values/call-result.ts";
import { Refusal } from "../values/refusal.ts";
import { askedInRounds, askPerson, confirmedBy, inChat } from "./consent.ts";
import type { Call, Ended } from "./context.ts";
import { failed } from "./failed.ts";
import { haltedBy } from "./halts.ts";
import type { Question } from "./operation.ts";
import { apiFor, type Ready } from "./prepare.ts";
import { questionOf } from "./question.ts";
import { notingRecords } from "./result.ts";
import { steps } from "./several.ts";

export async function halt(call: Call): Promise<Ended> {
  const { operation, input, context } = call;
  let isTold = true;
  for (const what of haltedBy(operation, input)) isTold = (await context.halts.halt(what)) && isTold;
  const ended = await carriedOut(call);
  // Where more could not be recorded, that is said already.
  return isTold || ended.result.structuredContent?.not_recorded !== undefined
    ? ended
    : { ...ended, result: notingRecords(ended.result, UNTOLD) };
}

const UNTOLD =
  "Other processes of this server could not be told, since the state folder or Redis cannot be written: a start that a person agreed to there is not void.";

async function carriedOut(call: Call): Promise<Ended> {
  const { operation, input } = call;
  const ready = await steps.prepare(call);
  const { asksFor: part } = operation;
  if (part === undefined || input[part] !== true) return steps.run(call, ready);
  const first = await steps.run({ ...call, input: { ...input, [part]: undefined } }, ready);
  // Nobody could be read; or it was not done, and for what it still shows the rest may help.
  if (first.result.isError && !first.result.structuredContent) return first;
  try {
    return await rest(call, ready, first);
  } catch (error) {
    return { ...first, result: together(first.result, failed(error, call, false).result) };
  }
}

async function rest(call: Call, ready: Ready, first: Ended): Promise<Ended> {
  const question = await questionOf(call, ready.prepared);
  if (!question) return steps.run(call, ready);
  const consent = await agreed(call, question);
  if (typeof consent === "string") return steps.run(call, { ...ready, api: apiFor(call), question, consent });
  return { ...first, result: consent.asks ? consent : together(first.result, consent) };
}

/** How the person agreed, or the result that asks them. @throws Refusal when they do not */
async function agreed(call: Call, question: Question): Promise<"form" | "token" | CallResult> {
  const { rounds, ask } = call.context;
  try {
    if (rounds) return (await askedInRounds(call, question, rounds)) ?? "form";
    const fault = await confirmedBy(call, question);
    if (fault === undefined) return "token";
    const unasked = ask ? await askPerson(call, question) : fault;
    return unasked === undefined ? "form" : (await inChat(call, question, unasked)).result;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { what, next, changed } = error.parts;
    throw new Refusal(what, next, question.unchanged ?? changed);
  }
}

/** What was done stays said, whatever became of the rest. */
function together(first: CallResult, rest: CallResult): CallResult {
  const text = [first, rest].map(({ content }) => content[0]?.text ?? "").join("\n");
  const next = rest.isError ? { next: rest.content[0]?.text } : {};
  return {
    ...first,
    ...(rest._meta !== undefined && { _meta: rest._meta }),
    content: [{ type: "text", text }],
    structuredContent: { ...first.structuredContent, ...rest.structuredContent, ...next },
  };
}
