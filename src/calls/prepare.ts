/** Before a call runs: what it has to read first, and whether it would be allowed. */
import { setTimeout as sleep } from "node:timers/promises";
import { readingOnce } from "../woodpecker/around.ts";
import { type Api, DryRunStop } from "../woodpecker/client.ts";
import type { Call, CallContext } from "./context.ts";
import type { CallTools, Question } from "./operation.ts";
import { peopleIn } from "./people.ts";
import { questionOf } from "./question.ts";

export interface Ready {
  api: Api;
  prepared: unknown;
  question: Question | undefined;
  /** How a person agreed; nothing where nobody had to. */
  consent?: "form" | "token";
}

/** What the call runs with, and what a person is to be asked. */
export async function prepare(call: Call): Promise<Ready> {
  const api = apiFor(call);
  const prepared = await call.operation.prepare?.(call.input, api, toolsFor(call.context));
  // What stops sending asks only when it was done.
  const halts = call.operation.effect === "halt" && call.input.dry_run !== true;
  return { api, prepared, question: halts ? undefined : await questionOf(call, prepared) };
}

/** What a limit forbids, or the operation itself refuses, is refused before anybody is asked. */
export async function rehearse(call: Call, { prepared }: Ready): Promise<void> {
  const { operation, input, context } = call;
  const api = apiFor({ ...call, input: { ...input, dry_run: true } });
  try {
    await operation.run(input, api, prepared, toolsFor({ ...context, progress: undefined }));
  } catch (error) {
    if (!(error instanceof DryRunStop)) throw error;
  }
}

/** What a running operation gets besides the api. */
export const toolsFor = (
  { progress = () => undefined, journal, imports, changes, companyId, accountName: name }: CallContext,
  changeId: CallTools["changeId"] = () => undefined,
): CallTools => ({
  progress,
  imports,
  changes,
  changeId,
  pause: (ms) => sleep(ms),
  recent: journal.list,
  account: { companyId, name },
});

/** The requests of one call, with a time of their own: a person may have taken most of what the call had. */
export function apiFor({ operation, input, context, mayLeave, runs, around }: Call): Api {
  const api = context.client.forCall({
    signal: context.signal,
    halt: operation.effect === "halt",
    dryRun: input.dry_run === true,
    people: peopleIn(input).people,
    runs,
    mayLeave,
    // Waiting brings a call no further.
    waiting: (message: string) => context.progress?.(0, undefined, message),
  });
  return around ? readingOnce(api, around) : api;
}
