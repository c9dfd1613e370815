/** Before a call runs: what it has to read first, and a person's consent where it needs one. */
import type { Api } from "../woodpecker/client.ts";
import { consentFor } from "./consent.ts";
import type { Call, Output } from "./context.ts";
import type { Question } from "./operation.ts";
import { peopleIn } from "./people.ts";
import { questionOf } from "./question.ts";

export interface Ready {
  api: Api;
  prepared: unknown;
  question: Question | undefined;
  /** How a person agreed; nothing where nobody had to. */
  consent?: "form" | "token";
}

/** What the call runs with; or its end, where a person has to agree first. */
export async function prepare(call: Call): Promise<Ready | { output: Output }> {
  const { operation, input, context } = call;
  const dryRun = input.dry_run === true;
  const api = apiFor(call);
  const prepared = await operation.prepare?.(input, api);
  const question = await questionOf(call, prepared);
  if (!question || dryRun) return { api, prepared, question };
  const again = async () => questionOf(call, await operation.prepare?.(input, apiFor(call)));
  const output = await consentFor(call, question, again);
  if (output) return { output };
  // The person may have taken most of the time that a call has; what follows gets its own.
  return { api: apiFor(call), prepared, question, consent: context.ask ? "form" : "token" };
}

const apiFor = ({ operation, input, context }: Call): Api =>
  context.client.forCall({
    signal: context.signal,
    halt: operation.effect === "halt",
    dryRun: input.dry_run === true,
    people: peopleIn(input).people,
    // Waiting brings a call no further.
    waiting: (message: string) => context.progress?.(0, undefined, message),
  });
