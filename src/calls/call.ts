/**
 * One tool call from top to bottom: arguments → repeats → prepare (and a person's consent) → run → aftermath → result. Every
 * call goes through here, and nothing of this is done anywhere else.
 */
import { callKey } from "../memory/repeats.ts";
import type { CallResult } from "../values/call-result.ts";
import type { Call, CallContext, Ended } from "./context.ts";
import { failed } from "./failed.ts";
import { readInput } from "./input.ts";
import type { Operation } from "./operation.ts";
import { prepare } from "./prepare.ts";
import { cutOff, deduplicated, guardSize, relabelled } from "./result.ts";
import { run } from "./run.ts";

export async function callOperation(
  operation: Operation,
  args: unknown,
  context: CallContext,
): Promise<CallResult> {
  const call: Call = { operation, input: {}, context };
  try {
    call.input = readInput(operation, args);
  } catch (error) {
    return failed(error, call, false).result;
  }
  if (operation.effect === "read") return (await carryOut(call)).result;
  if (context.dryRun) call.input = { ...call.input, dry_run: true };
  return call.input.dry_run === true ? (await carryOut(call)).result : write(call);
}

/** Identical writes at the same time are carried out once, and share the result. */
async function write(call: Call): Promise<CallResult> {
  const { operation, input, context } = call;
  // However it is confirmed, it is the same write.
  const { confirmation: _token, allow_duplicate: _again, ...asked } = input;
  const key = callKey(context.tenant, operation.name, asked);
  const halts = operation.effect === "halt";
  try {
    const { result, shared } = await context.repeats.together(key, () => writeOnce(call, key), halts);
    return shared
      ? relabelled(result, "coalesced", "The same call was under way; this is its result.")
      : result;
  } catch (error) {
    // The memory of repeats is lost, before anything was done.
    return failed(error, call, false).result;
  }
}

/** A create or an import of the last minutes is not done again; a delete makes room for doing it again. */
async function writeOnce(call: Call, key: string): Promise<CallResult> {
  const { operation, input, context } = call;
  const { repeats } = context;
  const earlier = operation.once ? await repeats.earlier(key) : undefined;
  if (earlier && input.allow_duplicate !== true) return deduplicated(operation, earlier);
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

async function carryOut(call: Call): Promise<Ended> {
  try {
    const ready = await prepare(call);
    if (!("output" in ready)) return await run(call, ready);
    return { result: guardSize(call.operation, ready.output), certainty: "not_done" };
  } catch (error) {
    return failed(error, call, false);
  }
}
