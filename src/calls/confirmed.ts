/** After Woodpecker's yes: is it so? What the next read contradicts is accepted, not done. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Loose } from "../values/loose.ts";
import type { Call } from "./context.ts";
import type { Operation } from "./operation.ts";
import type { Ready } from "./prepare.ts";
import { look, READ_BACK_PAUSES } from "./readback.ts";

/** The output as reading back shows it: done, or accepted and still otherwise. */
export async function confirmed(
  { operation, input, context }: Call,
  { api, prepared }: Ready,
  output: Loose,
): Promise<Loose> {
  if (!operation.readBack || output.outcome !== "done") return output;
  // An answer may be read from a copy that lags behind, so what contradicts is looked at twice.
  const [pause = 0] = context.readBackPauses ?? READ_BACK_PAUSES;
  let found = await look(operation, input, api, prepared);
  if (found && "seen" in found && !found.other) {
    await sleep(pause);
    found = (await look(operation, input, api, prepared)) ?? found;
  }
  if (!found) return { ...output, next: joined(output.next, "Reading it back did not work.") };
  if ("output" in found) {
    const { status } = found.output;
    return status === undefined ? output : { ...output, status };
  }
  const { seen, status, other } = found;
  if (other) return { ...output, next: joined(output.next, seen) };
  return {
    ...output,
    outcome: "accepted",
    ...(status !== undefined && { status }),
    undo: undefined,
    changed: undefined,
    next: acceptedNext(operation),
    seen,
  };
}

/** What to do where Woodpecker said yes and it is not so. */
export function acceptedNext({ name, effect }: Pick<Operation, "name" | "effect">): string {
  return effect === "halt"
    ? `Call ${name} again; if it stays so, do it in the Woodpecker app.`
    : `Look again with get_campaign in a minute; call ${name} again only if it is still so, or do it in the Woodpecker app.`;
}

const joined = (...parts: unknown[]) => parts.filter(Boolean).join(" ");
