/** The arguments of a call as they are meant, checked; a call whose arguments do not fit ends here. */
import { readArguments } from "../values/check.ts";
import { type Fault, InputFailure } from "../values/fault.ts";
import type { Loose } from "../values/loose.ts";
import type { Api } from "../woodpecker/client.ts";
import type { Operation } from "./operation.ts";
import { resolveNames } from "./references.ts";

/** @throws InputFailure with everything that is wrong */
export async function readInput(
  operation: Operation,
  args: unknown,
  api: () => Api,
): Promise<{ input: Loose; notes: readonly Fault[] }> {
  const named = await resolveNames(operation, args, api);
  const { value, faults, notes } = readArguments(operation, named.args);
  const all = [
    ...named.faults,
    ...faults.filter(({ path }) => !named.faults.some((one) => one.path[0] === path[0])),
  ];
  if (all.length > 0) throw new InputFailure(all);
  const unfolded = await operation.unfold?.(value);
  return {
    input: unfolded?.input ?? value,
    notes: [...named.notes, ...notes, ...(unfolded?.notes ?? [])],
  };
}
