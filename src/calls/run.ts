/** Carries a call out. What does not simply end well goes through the aftermath. */
import { aftermath } from "./aftermath.ts";
import { confirmed } from "./confirmed.ts";
import type { Call, Ended } from "./context.ts";
import { failed } from "./failed.ts";
import { heldToHalts, marksBefore } from "./halts.ts";
import { type Ready, toolsFor } from "./prepare.ts";
import { ended, ending, notingRecords, outputOf, withUndo } from "./result.ts";
import { begin, recordWrites, type Writes } from "./writes.ts";

export async function run(call: Call, ready: Ready): Promise<Ended> {
  const { operation, input } = call;
  // A read may ask with POST (a report), and a dry run stops at its first write: neither changes anything.
  const changes = operation.effect !== "read" && input.dry_run !== true;
  const writes = recordWrites(ready, call, changes ? () => begin(call, ready.consent) : undefined);
  const marked = changes ? { ...call, marks: await marksBefore(call) } : call;
  const { result, certainty } = await attempt(marked, ready, writes);
  return { result: notingRecords(result, writes.notRecorded()), certainty };
}

async function attempt(call: Call, ready: Ready, writes: Writes): Promise<Ended> {
  const { operation, input, context } = call;
  const tools = toolsFor(context, writes.changeId);
  try {
    const answered = await operation.run(input, writes.api, ready.prepared, tools);
    const output = await heldToHalts(call, await confirmed(call, ready, answered));
    const back = await writes.end(ending(output), output);
    return ended(operation, withUndo(outputOf(operation, { ...back, ...output }), back.undo));
  } catch (error) {
    try {
      return ended(operation, await aftermath(error, call, ready, writes));
    } catch (explained) {
      return failed(explained, call, writes.left());
    }
  }
}
