/** An operation as `tools/list` publishes it. Rendered once, on the first question. */
import { effects, type Operation } from "./operation.ts";
import { type JsonSchema, toJsonSchema, toOpenSchema } from "./schema.ts";

export interface Definition {
  name: string;
  title: string;
  description: string;
  inputSchema: JsonSchema & { type: "object" };
  outputSchema: JsonSchema & { type: "object" };
  annotations: {
    readOnlyHint: boolean;
    destructiveHint: boolean;
    idempotentHint: boolean;
    openWorldHint: boolean;
  };
}

const rendered = new WeakMap<Operation, Definition>();

export function definitionOf(operation: Operation): Definition {
  const known = rendered.get(operation);
  if (known) return known;
  const { readOnly, destructive, idempotent } = effects[operation.effect];
  const definition = {
    name: operation.name,
    title: operation.title,
    description: operation.description,
    inputSchema: toJsonSchema(operation.input) as Definition["inputSchema"],
    outputSchema: toOpenSchema(operation.output) as Definition["outputSchema"],
    annotations: {
      readOnlyHint: readOnly,
      destructiveHint: destructive,
      idempotentHint: idempotent,
      openWorldHint: true,
    },
  };
  rendered.set(operation, definition);
  return definition;
}
