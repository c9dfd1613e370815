/** src/mcp/tools/published.json: each operation as `tools/list` shows it, with what else decides about it. */
import { effects } from "../../src/calls/effects.ts";
import type { Operation } from "../../src/calls/operation.ts";
import type { Definition, Kept } from "../../src/mcp/tools/published.ts";
import { operations } from "../../src/operations/index.ts";
import { toJsonSchema, toOpenSchema } from "../../src/values/json-schema.ts";

export const publishedTools = (): Kept[] =>
  operations.map((operation) => {
    const { effect, toolset, card } = operation;
    return { effect, toolset, ...(card && { card }), definition: definitionOf(operation) };
  });

function definitionOf({ name, title, description, effect, input, output }: Operation): Definition {
  const { readOnly, destructive, idempotent } = effects[effect];
  return {
    name,
    title,
    description,
    inputSchema: toJsonSchema(input) as Definition["inputSchema"],
    outputSchema: toOpenSchema(output) as Definition["outputSchema"],
    annotations: { readOnlyHint: readOnly, destructiveHint: destructive, idempotentHint: idempotent },
  };
}
