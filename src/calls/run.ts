/** Carries a call out. What does not simply end well goes through the aftermath. */
import { setTimeout as sleep } from "node:timers/promises";
import { aftermath } from "./aftermath.ts";
import type { Call, Ended } from "./context.ts";
import { failed } from "./failed.ts";
import type { CallTools } from "./operation.ts";
import type { Ready } from "./prepare.ts";
import { ended, ending, notingRecords, outputOf } from "./result.ts";
import { begin, recordWrites, type Writes } from "./writes.ts";

export async function run(call: Call, ready: Ready): Promise<Ended> {
  const { operation, input } = call;
  // A read may ask with POST (a report), and a dry run stops at its first write: neither changes anything.
  const changes = operation.effect !== "read" && input.dry_run !== true;
  const writes = recordWrites(ready.api, changes ? () => begin(call, ready.consent) : undefined);
  const { result, certainty } = await attempt(call, ready, writes);
  return { result: notingRecords(result, writes.notRecorded()), certainty };
}

async function attempt(call: Call, ready: Ready, writes: Writes): Promise<Ended> {
  const { operation, input, context } = call;
  const { progress = () => undefined, journal } = context;
  const tools: CallTools = { progress, pause: (ms) => sleep(ms), recent: journal.list };
  try {
    const output = await operation.run(input, writes.api, ready.prepared, tools);
    await writes.end(ending(output));
    return ended(operation, outputOf(operation, output));
  } catch (error) {
    try {
      return ended(operation, await aftermath(error, call, ready, writes));
    } catch (explained) {
      return failed(explained, call, writes.left());
    }
  }
}
