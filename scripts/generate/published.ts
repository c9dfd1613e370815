/** src/mcp/tools/published.json: each operation as `tools/list` shows it, with what else decides about it. */
import { effects } from "../../src/calls/effects.ts";
import type { Operation } from "../../src/calls/operation.ts";
import { cardMeta } from "../../src/mcp/card-uri.ts";
import type { Definition, Published } from "../../src/mcp/tools/published.ts";
import { operations } from "../../src/operations/index.ts";
import { toJsonSchema, toOpenSchema } from "../../src/values/json-schema.ts";

export const publishedTools = (): Published[] => operations.map(publishedTool);

function publishedTool(operation: Operation): Published {
  const { effect, toolset } = operation;
  return { effect, toolset, definition: definitionOf(operation) };
}

function definitionOf({ name, title, description, effect, input, output, card }: Operation): Definition {
  const { readOnly, destructive, idempotent } = effects[effect];
  return {
    name,
    title,
    description,
    inputSchema: toJsonSchema(input) as Definition["inputSchema"],
    outputSchema: toOpenSchema(output) as Definition["outputSchema"],
    annotations: {
      readOnlyHint: readOnly,
      destructiveHint: destructive,
      idempotentHint: idempotent,
      openWorldHint: true,
    },
    ...(card && { _meta: cardMeta }),
  };
}
