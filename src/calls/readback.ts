/**
 * After a write that may or may not have been carried out, the server looks instead of trying again: three reads, a
 * little later each time.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Loose } from "../values/loose.ts";
import type { Api } from "../woodpecker/client.ts";
import { ApiFailure } from "../woodpecker/failure.ts";
import type { Operation, Seen } from "./operation.ts";

export const READ_BACK_PAUSES = [1_000, 3_000, 7_000];

/** How long the reads may take in all, besides the pauses. */
export const READ_BACK_BUDGET_MS = 15_000;

/** Was it carried out, as far as an answer can tell? */
export const isUnclear = (error: unknown): error is ApiFailure =>
  error instanceof ApiFailure && (error.facts.outcome === "unknown" || error.facts.outcome === "unreadable");

/** Undefined where reading did not work. */
export async function look(
  { verify }: Operation,
  input: Loose,
  api: Api,
  prepared: unknown,
): Promise<Seen<Loose> | undefined> {
  try {
    return await verify?.(input, api, prepared);
  } catch (error) {
    if (error instanceof ApiFailure) return undefined;
    throw error;
  }
}

/** The output of the operation where reading shows that it was carried out, else what was seen last. */
export async function readBack(
  operation: Operation,
  input: Loose,
  api: Api,
  prepared: unknown,
  pauses: readonly number[],
): Promise<Seen<Loose>> {
  let seen = "Reading back did not work either.";
  for (const pause of operation.verify ? pauses : []) {
    await sleep(pause);
    const found = await look(operation, input, api, prepared);
    if (found && "output" in found) return found;
    if (found) seen = found.seen;
  }
  return { seen };
}
