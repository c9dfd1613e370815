/**
 * A person decides before anything is sent or deleted. A client that can put a form to the person is asked to; for
 * any other the first call changes nothing and hands out a token that the second call must bring. So it is where a form
 * reached nobody. Either answer holds only for the exact arguments and for the state that was shown.
 */

import type { CallResult } from "../values/call-result.ts";
import { canonical } from "../values/canonical.ts";
import { Refusal } from "../values/refusal.ts";
import { type Binding, digestOf, issueToken, redeemToken, VALID_MS } from "./confirmation-token.ts";
import type { Call, Ended, Output, Rounds } from "./context.ts";
import type { Operation, Question } from "./operation.ts";
import { allFindingLines, factLines, findingLines, promptOf } from "./question.ts";
import { campaignOf, guardSize } from "./result.ts";

/** Asks by a form. @returns nothing when the person agreed, else why nobody was asked. @throws Refusal when they did not agree */
export async function askPerson(
  { operation, context }: Call,
  question: Question,
): Promise<string | undefined> {
  const { ask, signal } = context;
  const answer = await ask?.(promptOf(question)).catch(() => undefined);
  if (signal?.aborted || !answer)
    throw refusal(operation, "gave no answer in time", "ask them in the chat; if they want it, call again.");
  if (answer.unasked !== undefined) return answer.unasked;
  assertAgreed(operation, answer);
  return undefined;
}

function assertAgreed(operation: Operation, { action, content, note }: Answered): void {
  if (action === "accept" && content?.confirm === true) return;
  const next = ["do not repeat this unless they ask for it.", note].filter(Boolean).join(" ");
  throw refusal(operation, action === "unreadable" ? "gave no readable answer" : "declined", next);
}

/** Asks in the result. @returns the question, or nothing when the call brings the answer that the person agrees. @throws Refusal when they do not */
export async function askedInRounds(
  call: Call,
  question: Question,
  { principal, state, answer }: Rounds,
): Promise<CallResult | undefined> {
  const { operation, context } = call;
  const { confirmations, now = Date.now } = context;
  if (state === undefined || !answer) {
    const message = promptOf(question);
    const binding = inRounds(call, question, principal);
    const asks = { message, state: await issueToken(confirmations, binding, now()) };
    return { content: [{ type: "text", text: message }], structuredContent: { outcome: "asked" }, asks };
  }
  const fault = await answeredBy(call, question, { principal, state, answer });
  if (fault === undefined) return undefined;
  throw new Refusal(`${operation.title}: ${fault}`, "call again, so that the person is asked again.");
}

/** @returns nothing where the answer counts, else why it does not. @throws Refusal when the person did not agree */
export async function answeredBy(
  call: Call,
  question: Question,
  { principal, state = "", answer }: Rounds,
): Promise<string | undefined> {
  const { confirmations, now = Date.now } = call.context;
  const redeemed = () =>
    redeemToken(state, confirmations, inRounds(call, question, principal), now(), call.doneAt);
  try {
    if (answer) assertAgreed(call.operation, answer);
  } catch (no) {
    // Answered is answered: a yes that comes after it is another's, or a mistake.
    await redeemed().catch(() => undefined);
    throw no;
  }
  return redeemed();
}

const inRounds = (call: Call, question: Question, principal: string) =>
  bindingOf(call, question, `form for ${principal}`);

const UNCHANGED = "Nothing was changed yet.";

/** What a form came back with. */
type Answered = NonNullable<Rounds["answer"]> & { note?: string | undefined };

const refusal = ({ title }: Operation, did: string, next: string) =>
  new Refusal(`${title}: the person ${did}.`, next);

/** Whether the call brings a good token. @returns nothing when it does, else what is wrong with the one it brings */
export async function confirmedBy(call: Call, question: Question): Promise<string | undefined> {
  const { approvals, confirmations, onlyPersons, now = Date.now } = call.context;
  if (onlyPersons && (await approvals?.takeUp(bindingOf(call, question, IN_TERMINAL), now())))
    return undefined;
  const { confirmation } = call.input;
  if (typeof confirmation !== "string") return "";
  return redeemToken(confirmation, confirmations, bindingOf(call, question), now(), call.doneAt);
}

/** The model asks the person, and brings their word with the next call. */
export async function inChat(call: Call, question: Question, reason: string): Promise<Ended> {
  const output = await handOut(call, question, reason);
  const result = guardSize(call.operation, output);
  return { result: output.meta ? { ...result, _meta: output.meta } : result, certainty: "not_done" };
}

/** The result that hands out a token, with why it came to that. */
async function handOut(call: Call, question: Question, reason: string): Promise<Output> {
  if (call.context.onlyPersons) return waitForPerson(call, question, reason);
  const { confirmations, now = Date.now } = call.context;
  const token = await issueToken(confirmations, bindingOf(call, question), now());
  const next = `Show this to the person; if they agree, call ${call.operation.name} again with the same arguments and this confirmation. It is valid for ten minutes.`;
  const last = [`Next: ${next}`, `confirmation: ${token}`];
  return { ...asking(call, question, { reason, next, last, token }), ...metaFor(call.operation) };
}

/**
 * From a client that shows forms a token counts only if it was handed out because a form reached nobody; where only persons
 * may agree, only the one that the card got.
 */
const purposeOf = ({ context }: Call) =>
  context.onlyPersons ? ON_CARD : context.ask ? "unanswered form" : "no forms";

const [ON_CARD, IN_TERMINAL] = ["card", "terminal"];

/** The result where the model is not to hold a token: the person agrees on the card, which alone gets one, or in a terminal. */
async function waitForPerson(call: Call, question: Question, reason: string): Promise<Output> {
  const { operation, context } = call;
  const { approvals, card, confirmations, now = Date.now } = context;
  const lines = [question.sentence, ...factLines(question.facts), ...findingLines(question)];
  const about = { expiry: now() + VALID_MS, tool: operation.name, lines };
  const isKept = await Promise.resolve(approvals?.wait(bindingOf(call, question, IN_TERMINAL), about))
    .then(() => approvals !== undefined)
    .catch(() => false);
  const token =
    card && operation.card
      ? await issueToken(confirmations, bindingOf(call, question, ON_CARD), now())
      : undefined;
  const ways = [
    ...(token ? ["on the card above"] : []),
    ...(isKept ? ["in a terminal with: woodpecker-campaigns-mcp approve"] : []),
  ];
  const next =
    ways.length > 0
      ? `The person decides ${ways.join(", or ")}. ${isKept ? `After a yes in the terminal call ${operation.name} again with the same arguments, within ten minutes.` : ""}`.trim()
      : "Nobody can agree here: this client shows no forms, and no state folder can be written (WOODPECKER_STATE_DIR). The operator of this server can change that.";
  return { ...asking(call, question, { reason, next, last: [next] }), ...metaFor(operation, token) };
}

/** Where the card finds its token in the result; hosts do not show this part to the model. */
const CARD_TOKEN = "woodpecker/confirmation";

/** Hosts do not tell the card which tool it stands for; its answer goes to the one that asks. */
const metaFor = ({ card, name }: Operation, token?: string) =>
  card ? { meta: { "woodpecker/tool": name, ...(token && { [CARD_TOKEN]: token }) } } : {};

function bindingOf(call: Call, question: Question, purpose = purposeOf(call)): Binding {
  const { operation, input, context, mark = "" } = call;
  const { confirmation: _token, dry_run: _dry, allow_duplicate: _again, ...args } = input;
  return [context.tenant, operation.name, canonical(args), digestOf(question), `${purpose} ${mark}`];
}

interface Asking {
  /** Why nobody was asked by a form. */
  reason: string;
  next: string;
  /** The end of the text. */
  last: readonly string[];
  /** What the next call has to bring; without one a person decides elsewhere. */
  token?: string;
}

function asking(call: Call, question: Question, { reason, next, last, token }: Asking): Output {
  return {
    structured: {
      outcome: "confirmation_required",
      ...campaignOf(call.input),
      ...(question.name !== undefined && { name: question.name }),
      ...(token !== undefined && { confirmation: token }),
      ...(question.campaigns && { campaigns: question.campaigns }),
      facts: question.facts,
      findings: question.findings ?? [],
      question: question.sentence,
      ...(reason && { reason }),
      next,
    },
    text: [
      ...(reason ? [reason] : []),
      question.sentence,
      ...factLines(question.facts),
      ...allFindingLines(question),
      question.unchanged ?? UNCHANGED,
      ...last,
    ].join("\n"),
  };
}
