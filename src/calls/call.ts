/** One tool call: arguments → repeats → consent → run → projection → size guard. The only place where this is done. */
import { setTimeout as sleep } from "node:timers/promises";
import { callKey, type Earlier } from "../memory/repeats.ts";
import { diagnose, sayFinding } from "../preflight/index.ts";
import type { CallResult } from "../values/call-result.ts";
import type { Loose } from "../values/loose.ts";
import { NOTHING_CHANGED, Refusal } from "../values/refusal.ts";
import { type Api, DryRunStop } from "../woodpecker/client.ts";
import { ApiFailure } from "../woodpecker/failure.ts";
import { consentFor, questionOf } from "./asking.ts";
import type { CallContext, Output } from "./context.ts";
import { explain, isExplained, lookFor } from "./explain.ts";
import { readInput } from "./input.ts";
import type { CallTools, Operation, Question } from "./operation.ts";
import { isUnclear, READ_BACK_BUDGET_MS, READ_BACK_PAUSES, readBack } from "./readback.ts";
import { about, ago, deduplicated, dryRunOutput, guardSize, project, relabelled } from "./result.ts";

/** Failed calls whose write may have been carried out. */
const unclear = new WeakSet<CallResult>();

export async function callOperation(
  operation: Operation,
  args: unknown,
  context: CallContext,
): Promise<CallResult> {
  let input: Loose;
  try {
    input = readInput(operation, args);
    if (context.dryRun && operation.effect !== "read") input = { ...input, dry_run: true };
  } catch (error) {
    return failed(error, operation, {}, context);
  }
  if (operation.effect === "read" || input.dry_run === true) return finish(operation, input, context);
  // However it is confirmed, it is the same write.
  const { confirmation: _token, allow_duplicate: _again, ...asked } = input;
  const key = callKey(context.tenant, operation.name, asked);
  const halts = operation.effect === "halt";
  const make = () => write(operation, input, key, context);
  const made = await context.repeats.together(key, make, halts).catch((error) => ({
    // The memory of repeats is lost before anything was done.
    result: failed(error, operation, input, context),
    shared: false,
  }));
  const { result, shared } = made;
  return shared
    ? relabelled(result, "coalesced", "The same call was under way; this is its result.")
    : result;
}

/** Tells the journal how a write ended. */
type End = (result: Loose) => Promise<void>;

interface WriteContext extends CallContext {
  /** Told before the first write leaves. */
  begun?: () => Promise<void>;
}

/** A write: an identical one of the last minutes is not done again; a delete makes room for doing it again. */
async function write(
  operation: Operation,
  input: Loose,
  key: string,
  context: CallContext,
): Promise<CallResult> {
  const { repeats } = context;
  const earlier = operation.once ? await repeats.earlier(key) : undefined;
  if (earlier && input.allow_duplicate !== true) return deduplicated(operation, earlier);
  let marked = false;
  const begun = async () => {
    if (!operation.once) return;
    await repeats.begun(key, cutOff(operation));
    marked = true;
  };
  const result = await finish(operation, input, { ...context, begun }, earlier);
  const done = result.structuredContent?.outcome === "done";
  if (operation.once && (done || unclear.has(result))) await repeats.keep(key, result, unclear.has(result));
  // What an earlier call left in doubt stays in doubt.
  else if (marked && !earlier?.unclear) await repeats.drop(key);
  if (operation.effect === "delete" && done) await repeats.forget();
  return result;
}

async function finish(
  operation: Operation,
  input: Loose,
  context: WriteContext,
  earlier?: Earlier,
): Promise<CallResult> {
  const { confirmation, dry_run: _dry, allow_duplicate: _again, ...args } = input;
  const trace = { wrote: false };
  try {
    const asking = { ...context, repeated: earlier && ago(earlier) };
    const ready = await prepare(operation, input, args, confirmation, asking);
    return guardSize(operation, ready.output ?? (await run(operation, input, ready, context, trace)));
  } catch (error) {
    // As long as no write has begun, a look that failed is only that.
    return failed(
      error,
      trace.wrote ? operation : { ...operation, effect: "read" },
      input,
      context,
      trace.wrote,
    );
  }
}

/** What repeating a call says when the process that carried it out ended in the middle. */
const cutOff = ({ title, name, effect }: Operation): CallResult => ({
  isError: true,
  content: [
    {
      type: "text",
      text: [
        `${title}: the server ended while it was carried out, before its answer was there.`,
        "It may or may not have been carried out.",
        `Next: do not call ${name} again yet; look first: ${lookFor(name, effect)}.`,
      ].join("\n"),
    },
  ],
});

interface Prepared {
  /** The call ends here: a person has to agree first. */
  output?: Output | undefined;
  api: Api;
  prepared: unknown;
  question: Question | undefined;
  /** How a person agreed. */
  consent?: "form" | "token";
}

async function prepare(
  operation: Operation,
  input: Loose,
  args: Loose,
  token: unknown,
  context: CallContext & { repeated?: string | undefined },
): Promise<Prepared> {
  const { client, signal } = context;
  const dryRun = input.dry_run === true;
  const { people } = peopleIn(input);
  const newApi = () =>
    client.forCall({ signal, halt: operation.effect === "halt", dryRun, people, waiting: waiting(context) });
  const api = newApi();
  const prepared = await operation.prepare?.(input, api);
  const question = await questionOf(operation, input, prepared, context);
  if (!question || dryRun) return { api, prepared, question };
  const again = async () => questionOf(operation, input, await operation.prepare?.(input, newApi()), context);
  const output = await consentFor(operation, args, token as string | undefined, question, again, context);
  // The person may have taken most of the time a call has; what follows gets its own.
  return { output, api: newApi(), prepared, question, consent: context.ask ? "form" : "token" };
}

async function run(
  operation: Operation,
  input: Loose,
  { api, prepared, question, consent }: Prepared,
  context: WriteContext,
  trace: { wrote: boolean },
): Promise<Output> {
  const { journal, caller, begun, progress = () => undefined } = context;
  let end: End | undefined;
  const begin = async () => {
    const intent = {
      tool: operation.name,
      ...(caller && { client: caller }),
      ...about(input),
      ...peopleIn(input),
      ...(consent && { consent }),
    };
    try {
      await begun?.();
      return await journal.begin(intent, operation.effect === "halt");
    } catch (error) {
      if (error instanceof ApiFailure) throw error;
      throw new Refusal(
        `${operation.title}: the ledger of writes cannot be written, and without it nothing may be changed.`,
        "the operator of this server has to mend WOODPECKER_LEDGER.",
        "Nothing was sent and nothing was changed.",
      );
    }
  };
  // Only a write can leave a doubt, by how it ended or by what it answered; a read that fails beside it changed nothing.
  const doubt: { failure?: unknown; answered: boolean } = { answered: false };
  const reading = <T>(answer: Promise<T>) => {
    doubt.answered = false;
    return answer;
  };
  const written: Api = {
    get: (...request) => reading(api.get(...request)),
    getCounted: (...request) => reading(api.getCounted(...request)),
    async send(...request) {
      if (operation.effect !== "read" && input.dry_run !== true) {
        end ??= await begin();
        trace.wrote = true;
      }
      try {
        const answer = await api.send(...request);
        doubt.answered = true;
        return answer;
      } catch (error) {
        doubt.failure = error;
        throw error;
      }
    },
  };
  const tools: CallTools = { progress, pause: (ms) => sleep(ms), recent: journal.list };
  try {
    const output = await operation.run(input, written, prepared, tools);
    await end?.(ending(output));
    return { structured: project(operation, output), text: operation.text(output) };
  } catch (error) {
    if (error instanceof DryRunStop)
      return dryRunOutput(error, input, question, operation.warnings?.(input, prepared) ?? []);
    const already = await wasSo(operation, input, prepared, error, context);
    if (already) {
      await end?.({ outcome: "already" });
      return already;
    }
    if (operation.effect === "read" || !(error === doubt.failure || doubt.answered) || !isUnclear(error)) {
      await end?.({ outcome: isHarmless(error) ? "not_done" : "unknown" });
      throw await diagnosed(operation, input, error, context);
    }
    return lookAfter(operation, input, prepared, error, context, end);
  }
}

/** Whom a call is about, for the journal: how many, and the addresses, which the ledger keeps as hashes. */
function peopleIn({ prospects, prospect_ids: ids }: Loose): { people?: number; addresses?: string[] } {
  if (Array.isArray(ids)) return { people: ids.length };
  if (!Array.isArray(prospects)) return {};
  return { people: prospects.length, addresses: prospects.map((person) => String((person as Loose).email)) };
}

/** Codes with which Woodpecker refuses without naming the part it means. */
const silentCodes = [
  "VALIDATION_FAILURE",
  "INPUT_DATA_VALIDATION_FAILURE",
  "API_UNSUPPORTED_CAMPAIGN_FEATURES",
  "MISSING_FEATURES",
];

/** The same failure, with what a check of the campaign finds. */
async function diagnosed(
  operation: Operation,
  input: Loose,
  error: unknown,
  { client }: CallContext,
): Promise<unknown> {
  const silent =
    error instanceof ApiFailure &&
    error.facts.outcome === "rejected" &&
    silentCodes.includes(error.facts.code ?? "");
  if (!silent || !operation.diagnose) return error;
  const findings = await diagnose(
    client.forCall({ budgetMs: READ_BACK_BUDGET_MS }),
    operation.diagnose(input),
  );
  const found = findings
    .filter((finding) => finding.severity !== "info")
    .slice(0, 5)
    .map(sayFinding);
  return new ApiFailure({ ...error.facts, found });
}

/** Certainly nothing came of it. */
const isHarmless = (error: unknown) =>
  error instanceof ApiFailure || (error instanceof Refusal && error.parts.changed === NOTHING_CHANGED);

/** A conflict may only mean that somebody else was quicker: then what was wanted is there already. */
async function wasSo(
  operation: Operation,
  input: Loose,
  prepared: unknown,
  error: unknown,
  { client }: CallContext,
): Promise<Output | undefined> {
  const conflict =
    error instanceof ApiFailure && error.facts.outcome === "rejected" && error.facts.http === 409;
  if (!conflict || operation.once || (operation.effect !== "send" && operation.effect !== "halt"))
    return undefined;
  try {
    const found = await operation.verify?.(
      input,
      client.forCall({ budgetMs: READ_BACK_BUDGET_MS }),
      prepared,
    );
    if (!found || !("output" in found)) return undefined;
    const output = { ...found.output, outcome: "already" };
    return { structured: project(operation, output), text: operation.text(output) };
  } catch {
    return undefined;
  }
}

/** What to keep of a result in the journal. */
function ending({ outcome, campaign_id, undo, verified_by }: Loose): Loose {
  return {
    outcome,
    ...(campaign_id !== undefined && { campaign_id }),
    ...(undo !== undefined && { undo }),
    ...(verified_by !== undefined && { verified_by }),
  };
}

/** The write may have been carried out: look, and say what is there. A yes that could not be read is still a yes. */
async function lookAfter(
  operation: Operation,
  input: Loose,
  prepared: unknown,
  failure: ApiFailure,
  context: CallContext,
  end: End | undefined,
): Promise<Output> {
  const api = context.client.forCall({ budgetMs: READ_BACK_BUDGET_MS });
  const found = await readBack(operation, input, api, prepared, context.readBackPauses ?? READ_BACK_PAUSES);
  if ("output" in found) {
    const output = { ...found.output, verified_by: "read" };
    await end?.(ending(output));
    const note = "Woodpecker's answer did not arrive whole; reading back shows that it was done.";
    return {
      structured: { ...project(operation, output), verified_by: "read" },
      text: `${operation.text(output)}\n${note}`,
    };
  }
  if (failure.facts.outcome === "unreadable") {
    await end?.({ outcome: "done" });
    const next = `Woodpecker said yes, but its answer could not be read. Look before calling ${operation.name} again.`;
    return {
      structured: { outcome: "done", ...about(input), next },
      text: `${operation.title} was accepted. ${next} ${found.seen}`,
    };
  }
  await end?.({ outcome: "unknown" });
  throw new ApiFailure({ ...failure.facts, seen: found.seen });
}

/** Waiting brings a call no further. */
const waiting =
  ({ progress }: CallContext) =>
  (message: string) =>
    progress?.(0, undefined, message);

function failed(
  error: unknown,
  operation: Operation,
  input: Loose,
  { onDefect }: CallContext,
  wrote = false,
): CallResult {
  if (!isExplained(error)) onDefect?.(error);
  const text = explain(error, operation, input);
  const result: CallResult = { content: [{ type: "text", text }], isError: true };
  if (wrote && isUnclear(error)) unclear.add(result);
  return result;
}
