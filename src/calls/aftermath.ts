/** After a call that did not simply end well: it was a dry run, it was so already, it must be looked after, or it failed. */
import { diagnose, mayBeWhy, saidOnce, sayFinding } from "../preflight/index.ts";
import { DryRunStop } from "../woodpecker/client.ts";
import { ApiFailure } from "../woodpecker/failure.ts";
import type { Call, Output } from "./context.ts";
import { dryRunOutput } from "./dry-run.ts";
import { isHarmless } from "./explain.ts";
import { heldToHalts } from "./halts.ts";
import type { Ready } from "./prepare.ts";
import { isUnclear, READ_BACK_BUDGET_MS, READ_BACK_PAUSES, readBack } from "./readback.ts";
import { campaignOf, ending, outputOf, project, withUndo } from "./result.ts";
import type { Writes } from "./writes.ts";

/** @throws the failure that is to be explained, with everything that was found out about it */
export async function aftermath(
  error: unknown,
  call: Call,
  { prepared, question }: Ready,
  writes: Writes,
): Promise<Output> {
  const { operation, input } = call;
  if (error instanceof DryRunStop)
    return dryRunOutput(
      error,
      input,
      question,
      operation.warnings?.(input, prepared) ?? [],
      operation.foresee?.(input, prepared),
    );
  const already = await wasSo(call, prepared, error);
  if (already) {
    await writes.end({ outcome: "already" });
    return already;
  }
  if (writes.left() && writes.mayExplain(error) && isUnclear(error))
    return lookAfter(error, call, prepared, writes);
  await writes.end({ outcome: isHarmless(error) ? "not_done" : "unknown" });
  throw await diagnosed(call, prepared, error);
}

/** A conflict may only mean that somebody else was quicker: then what was wanted is there already. */
async function wasSo(
  { operation, input, context }: Call,
  prepared: unknown,
  error: unknown,
): Promise<Output | undefined> {
  const conflict =
    error instanceof ApiFailure && error.facts.outcome === "rejected" && error.facts.http === 409;
  if (!conflict || operation.once || (operation.effect !== "send" && operation.effect !== "halt"))
    return undefined;
  try {
    const api = context.client.forCall({ budgetMs: READ_BACK_BUDGET_MS });
    const found = await operation.verify?.(input, api, prepared);
    if (!found || !("output" in found)) return undefined;
    return outputOf(operation, { ...found.output, outcome: "already" });
  } catch {
    return undefined;
  }
}

/** The write may have been carried out: look, and say what is there. A yes that could not be read is still a yes. */
async function lookAfter(
  failure: ApiFailure,
  call: Call,
  prepared: unknown,
  writes: Writes,
): Promise<Output> {
  const { operation, input, context } = call;
  const api = context.client.forCall({ budgetMs: READ_BACK_BUDGET_MS });
  const found = await readBack(operation, input, api, prepared, context.readBackPauses ?? READ_BACK_PAUSES);
  if ("output" in found) {
    const seen = { ...found.output, verified_by: "read" };
    const output = await heldToHalts(call, seen).catch(async (halted: unknown) => {
      await writes.end({ outcome: "unknown" });
      throw halted;
    });
    const back = await writes.end(ending(output), output);
    const note = "Woodpecker's answer did not arrive whole; reading back shows that it was done.";
    const shown = {
      structured: { ...project(operation, { ...back, ...output }), verified_by: "read" },
      text: operation.text(output),
    };
    const { structured, text } = withUndo(shown, back.undo);
    return { structured, text: `${text}\n${note}` };
  }
  if (failure.facts.outcome === "unreadable") {
    await writes.end({ outcome: "done" });
    const next = `Woodpecker said yes, but its answer could not be read. Look before calling ${operation.name} again.`;
    return {
      structured: { outcome: "done", ...campaignOf(input), next },
      text: `${operation.title} was accepted. ${next} ${found.seen}`,
    };
  }
  await writes.end({ outcome: "unknown" });
  throw new ApiFailure({ ...failure.facts, seen: found.seen });
}

/** Codes with which Woodpecker refuses without naming the part it means. */
const silentCodes = ["VALIDATION_FAILURE", "INPUT_DATA_VALIDATION_FAILURE"];

/** The same failure, with what a check of the campaign finds. */
async function diagnosed(
  { operation, input, context }: Call,
  prepared: unknown,
  error: unknown,
): Promise<unknown> {
  const silent =
    error instanceof ApiFailure &&
    error.facts.outcome === "rejected" &&
    silentCodes.includes(error.facts.code ?? "");
  if (!silent || !operation.diagnose) return error;
  const api = context.client.forCall({ budgetMs: READ_BACK_BUDGET_MS });
  const about = operation.diagnose(input, prepared);
  const findings = await diagnose(api, about);
  if (!findings) return error;
  const causes = findings.filter(mayBeWhy("only" in about ? about.only : undefined));
  const found = saidOnce(causes).map(sayFinding);
  return new ApiFailure({ ...error.facts, found });
}
