/**
 * One tool call from top to bottom: arguments → repeats → prepare → a person's consent → the last look → run → aftermath →
 * result. Every call goes through here, and nothing of this is done anywhere else.
 */
import { callKey, type Earlier } from "../memory/repeats.ts";
import type { IsHeld } from "../memory/write-lock.ts";
import type { CallResult } from "../values/call-result.ts";
import type { Fault } from "../values/fault.ts";
import type { Loose } from "../values/loose.ts";
import { readCampaign } from "../woodpecker/campaigns.ts";
import { ApiFailure } from "../woodpecker/failure.ts";
import { answeredBy, askedInRounds, askPerson, confirmedBy, inChat } from "./consent.ts";
import type { Call, CallContext, Ended } from "./context.ts";
import { failed } from "./failed.ts";
import { halt } from "./halt.ts";
import { campaignsIn, halted, haltMark } from "./halts.ts";
import { readInput } from "./input.ts";
import type { Operation, Question } from "./operation.ts";
import type { Ready } from "./prepare.ts";
import { cutOff, deduplicated, inAccount, noting, relabelled } from "./result.ts";
import { steps } from "./several.ts";

export async function callOperation(
  operation: Operation,
  args: unknown,
  context: CallContext,
): Promise<CallResult> {
  const call: Call = { operation, input: {}, context };
  let notes: readonly Fault[] = [];
  try {
    const halt = operation.effect === "halt";
    const read = await readInput(operation, args, () =>
      context.client.forCall({ signal: context.signal, halt }),
    );
    call.input = read.input;
    notes = read.notes;
  } catch (error) {
    return failed(error, call, false).result;
  }
  if (operation.effect === "read") return noting((await look(call)).result, notes);
  if (context.dryRun) call.input = { ...call.input, dry_run: true };
  const result = call.input.dry_run === true ? (await look(call)).result : await write(call);
  return inAccount(noting(result, notes), context);
}

/** Nothing changes: nobody is asked, and nothing has to wait its turn. */
const look = (call: Call) => explained(call, async () => steps.run(call, await steps.prepare(call)));

/**
 * Identical writes at the same time are carried out once, and share the result. What stops sending does not: since the other
 * one looked, something may have been started, and to stop twice does no harm.
 */
async function write(call: Call): Promise<CallResult> {
  const { operation, context } = call;
  try {
    const key = callKey(context.tenant, operation.name, askedOf(call));
    if (operation.effect === "halt") return await writeOnce(call, key);
    const { result, shared } = await context.repeats.together(key, () => writeOnce(call, key));
    // A question is for whom it was put to, in the way that their client has; nothing was done, so this one is asked as well.
    if (shared && isQuestion(result)) return await write(call);
    return shared
      ? relabelled(result, "coalesced", "The same call was under way; this is its result.")
      : result;
  } catch (error) {
    // The memory of repeats is lost, before anything was done.
    return failed(error, call, false).result;
  }
}

const isQuestion = ({ asks, structuredContent }: CallResult) =>
  asks !== undefined || structuredContent?.outcome === "confirmation_required";

/** What makes two calls the same: however it is confirmed, and whatever is said that goes without saying, it is one write. */
function askedOf({ operation, input }: Call) {
  const { confirmation: _token, allow_duplicate: _again, dry_run: _dry, ...asked } = input;
  return (operation.same?.(asked) ?? asked) as Loose;
}

/** A create or an import of the last minutes is not done again; a delete makes room for doing it again. */
async function writeOnce(call: Call, key: string): Promise<CallResult> {
  const { operation, input, context } = call;
  const { repeats } = context;
  const earlier = operation.once ? await earlierOf(call, key) : undefined;
  if (earlier && input.allow_duplicate !== true)
    return deduplicated(operation, earlier, await statusNow(call, earlier));
  let marked = false;
  const begun = async () => {
    if (!operation.once) return;
    await repeats.begun(key, cutOff(operation));
    marked = true;
  };
  const { result, certainty } = await carryOut({ ...call, key, earlier, begun });
  if (operation.once && certainty !== "not_done") await repeats.keep(key, result, certainty === "unclear");
  // What an earlier call left in doubt stays in doubt.
  else if (marked && !earlier?.unclear) await repeats.drop(key);
  if (operation.effect === "delete" && certainty === "done") await repeats.forget();
  return result;
}

/** What is remembered of the same call; or that a process ended in the middle of it, which only the ledger knows. */
async function earlierOf({ operation, context }: Call, key: string): Promise<Earlier | undefined> {
  const known = await context.repeats.earlier(key);
  if (known) return known;
  const doubt = await context.journal.inDoubt(key);
  return doubt && { result: cutOff(operation), at: Date.parse(doubt.time), unclear: true };
}

async function statusNow({ context }: Call, { result }: Earlier): Promise<string | undefined> {
  const id = result.structuredContent?.campaign_id;
  if (typeof id !== "number") return undefined;
  try {
    return (await readCampaign(context.client.forCall({ signal: context.signal }), id)).status;
  } catch {
    return undefined;
  }
}

async function carryOut(call: Call): Promise<Ended> {
  return call.operation.effect === "halt" ? explained(call, () => halt(call)) : decide(call);
}

/**
 * A write has the account to itself from its last look to its end. A person is never waited for meanwhile: where one has to be
 * asked by a form, the turn is given back, and what was shown is looked at once more when it comes again.
 */
function decide(call: Call): Promise<Ended> {
  return explained(call, async () => {
    const mark = await haltMark(call);
    const marked = { ...call, mark };
    const inTurn = <T>(work: (call: Call) => Promise<T>) =>
      call.context.writeLock.hold((isHeld) =>
        lastDone(call).then((doneAt) =>
          work({ ...marked, doneAt, mayLeave: () => mayLeave(call, mark, isHeld) }),
        ),
      );

    const first = await inTurn(async (held) => {
      const agreed = await broughtAlong(held);
      if (agreed) return steps.run(held, agreed);
      const ready = await steps.prepare(held);
      if (!ready.question) return steps.run(held, ready);
      await steps.rehearse(held, ready);
      if (held.context.rounds) {
        const result = await askedInRounds(held, ready.question, held.context.rounds);
        if (result) return { result, certainty: "not_done" as const };
        return steps.run(held, { ...(await steps.unchanged(held, ready)), consent: "form" });
      }
      const fault = await confirmedBy(held, ready.question);
      if (fault === undefined)
        return steps.run(held, { ...(await steps.unchanged(held, ready)), consent: "token" });
      return held.context.ask ? ready : inChat(held, ready.question, fault);
    });
    if ("result" in first) return first;
    const question = first.question as Question;
    const unasked = await askPerson(call, question);
    if (unasked !== undefined) return inChat(marked, question, unasked);
    return inTurn(async (held) =>
      steps.run(held, { ...(await steps.lookAgain(held, first)), consent: "form" }),
    );
  });
}

/** What the call can run with at once, where it brings the word of a person who agreed to what is there now. */
async function broughtAlong(call: Call): Promise<Ready | undefined> {
  const { rounds } = call.context;
  if (rounds ? !rounds.answer : typeof call.input.confirmation !== "string") return undefined;
  const ready = await steps.agreedNow(call);
  const { question } = ready ?? {};
  if (!ready || !question) return undefined;
  // A limit that was reached meanwhile takes no word up.
  await steps.rehearse(call, ready);
  const fault = await (rounds ? answeredBy(call, question, rounds) : confirmedBy(call, question));
  return fault === undefined ? { ...ready, consent: rounds ? "form" : "token" } : undefined;
}

/** When the same was last begun for one of its campaigns, in ms since 1970, unless nothing came of it; a repeat of what is done once is known otherwise. */
async function lastDone({ operation, input, context }: Call): Promise<number | undefined> {
  const bringsWord = input.confirmation !== undefined || context.rounds?.answer !== undefined;
  if (operation.effect !== "send" || operation.once || !bringsWord) return undefined;
  const ids = campaignsIn(input);
  const known = await context.journal.history(operation.name).catch(() => []);
  const times = known.flatMap(({ campaign_id: id, outcome, time }) =>
    id !== undefined && ids.includes(id) && outcome !== "not_done" ? [Date.parse(time)] : [],
  );
  return times.length > 0 ? Math.max(...times) : undefined;
}

/** Asked when the write has its turn in the lane: was it overtaken by a halt, is its turn among the writes still its own? */
async function mayLeave(call: Call, mark: string, isHeld: IsHeld): Promise<void> {
  if ((await haltMark(call)) !== mark) throw halted(campaignsIn(call.input));
  if (!(await isHeld())) throw new ApiFailure({ outcome: "not_sent", code: "LOCK_LOST" });
}

async function explained(call: Call, work: () => Promise<Ended>): Promise<Ended> {
  try {
    return await work();
  } catch (error) {
    return failed(error, call, false);
  }
}
