/** A failure as the end of a call. */
import { Refusal } from "../values/refusal.ts";
import { ApiFailure } from "../woodpecker/failure.ts";
import type { Call, Ended } from "./context.ts";
import { explain, isExplained } from "./explain.ts";
import { isUnclear } from "./readback.ts";

/** @param wrote whether a write has left: as long as none has, a look that failed is only that */
export function failed(error: unknown, { operation, input, context }: Call, wrote: boolean): Ended {
  if (!isExplained(error)) context.onDefect?.(error);
  const data =
    error instanceof Refusal ? error.data : error instanceof ApiFailure ? error.facts.data : undefined;
  const text = explain(error, operation, input, wrote);
  return {
    result: {
      content: [{ type: "text", text }],
      isError: true,
      ...(data && { structuredContent: data }),
    },
    certainty: wrote && isUnclear(error) ? "unclear" : "not_done",
  };
}
