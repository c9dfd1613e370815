/** One tool call: arguments → consent → run → projection → size guard. The only place where this is done. */
import { askConsent, type ConsentContext, factLines } from "./consent.ts";
import { explain, isExplained, Refusal } from "./explain.ts";
import { readInput } from "./input.ts";
import type { Loose } from "./model/loose.ts";
import type { CallTools, Operation, Question } from "./operation.ts";
import { type Api, type Client, DryRunStop } from "./woodpecker/client.ts";

export interface CallContext extends ConsentContext {
  client: Client;
  progress?: CallTools["progress"] | undefined;
  /** The client company that an agency's key acts in; part of every question. */
  company?: (() => Promise<string>) | undefined;
  onDefect?: (error: unknown) => void;
}

export interface CallResult {
  [key: string]: unknown;
  content: { type: "text"; text: string }[];
  structuredContent?: Loose;
  isError?: boolean;
}

/** What a result may weigh: Claude Code caps a tool result at 25,000 tokens. */
const MAX_RESULT = 40_000;

export async function callOperation(
  operation: Operation,
  args: unknown,
  context: CallContext,
): Promise<CallResult> {
  let input: Loose = {};
  try {
    input = readInput(operation, args);
    const output = await perform(operation, input, context);
    return guardSize(operation, output);
  } catch (error) {
    if (!isExplained(error)) context.onDefect?.(error);
    return { content: [{ type: "text", text: explain(error, operation, input) }], isError: true };
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

interface Output {
  structured: Loose;
  text: string;
}

async function perform(operation: Operation, input: Loose, context: CallContext): Promise<Output> {
  const { confirmation, dry_run: dryRun, ...args } = input;
  const api = context.client.forCall({
    signal: context.signal,
    halt: operation.effect === "halt",
    dryRun: dryRun === true,
  });
  const prepared = await operation.prepare?.(input, api);
  const question = await questionOf(operation, input, prepared, context);
  if (question && dryRun !== true) {
    const pending = await consentFor(
      operation,
      args,
      confirmation as string | undefined,
      question,
      api,
      context,
    );
    if (pending) return pending;
  }
  try {
    const output = await operation.run(input, api, prepared, {
      progress: context.progress ?? (() => undefined),
      pause,
    });
    return { structured: project(operation, output), text: operation.text(output) };
  } catch (error) {
    if (error instanceof DryRunStop) return dryRunOutput(error, args, question);
    throw error;
  }
}

/** The output schema is the projection: what it does not name stays behind. It never turns a write that was done into an error. */
function project(operation: Operation, output: Loose): Loose {
  const parsed = operation.output.safeParse(output);
  return parsed.success ? parsed.data : output;
}

/** What the call was about, for results that come before `run` could say. */
const about = ({ campaign_id }: Loose): Loose => (campaign_id === undefined ? {} : { campaign_id });

async function questionOf(
  operation: Operation,
  input: Loose,
  prepared: unknown,
  { company }: CallContext,
): Promise<Question | undefined> {
  const question = operation.question?.(input, prepared);
  if (!question || !company) return question;
  return { ...question, facts: { "client company": await company(), ...question.facts } };
}

/** Nothing when the person agreed; the confirmation_required result when their word is still missing. */
async function consentFor(
  operation: Operation,
  args: Loose,
  token: string | undefined,
  question: Question,
  api: Api,
  context: CallContext,
): Promise<Output | undefined> {
  const again = async () => questionOf(operation, args, await operation.prepare?.(args, api), context);
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
      `${operation.title}: the campaign changed while the person was being asked.`,
      "call again, so that they see it as it is now.",
    );
  }
  const { token: confirmation, hint } = consent;
  const ask = `Show this to the person. If they agree, call ${operation.name} again with the same arguments and confirmation ${confirmation}`;
  const next = `Show the facts to the person; if they agree, call ${operation.name} again with the same arguments and this confirmation. It is valid for ten minutes.`;
  return {
    structured: {
      outcome: "confirmation_required",
      ...about(args),
      confirmation,
      facts: question.facts,
      findings: [],
      question: question.sentence,
      next,
    },
    text: [hint, question.sentence, ...factLines(question.facts), "Nothing was changed yet.", ask]
      .filter(Boolean)
      .join("\n"),
  };
}

function dryRunOutput({ request }: DryRunStop, args: Loose, question: Question | undefined): Output {
  const text = [
    "Dry run: nothing was sent. The request would be:",
    `${request.method} ${request.path}`,
    ...(request.body === undefined ? [] : [JSON.stringify(request.body)]),
    ...(question
      ? ["Before it, a person would be asked:", question.sentence, ...factLines(question.facts)]
      : []),
  ].join("\n");
  return {
    structured: { outcome: "dry_run", ...about(args), request, ...(question && { facts: question.facts }) },
    text,
  };
}

function guardSize(operation: Operation, { structured, text }: Output): CallResult {
  const size = JSON.stringify(structured).length;
  if (size + text.length <= MAX_RESULT)
    return { content: [{ type: "text", text }], structuredContent: structured };
  if (operation.effect === "read" && size > MAX_RESULT / 2) {
    throw new Refusal(
      `${operation.title}: the result has ${size} characters, more than a client can take.`,
      "ask for less: a smaller limit, a filter, or one step at a time.",
    );
  }
  const short = `${text.slice(0, MAX_RESULT - size - 100)}\n… the rest is in the structured result.`;
  return { content: [{ type: "text", text: short }], structuredContent: structured };
}
