/** The arguments of a call, checked; a call whose arguments do not fit ends here. */
import { readArguments } from "../values/check.ts";
import { InputFailure } from "../values/fault.ts";
import type { Loose } from "../values/loose.ts";
import type { Operation } from "./operation.ts";

/** @throws InputFailure with everything that is wrong */
export function readInput(operation: Operation, args: unknown): Loose {
  const { value, faults } = readArguments(operation, args);
  if (faults.length > 0) throw new InputFailure(faults);
  return value;
}
