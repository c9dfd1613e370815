/** An operation as `tools/list` publishes it. */

import { effects } from "../../calls/effects.ts";
import type { Operation } from "../../calls/operation.ts";
import { type JsonSchema, toJsonSchema, toOpenSchema } from "../../values/json-schema.ts";
import { cardMeta } from "../card-uri.ts";

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
  _meta?: typeof cardMeta;
}

export function definitionOf({
  name,
  title,
  description,
  effect,
  input,
  output,
  card,
}: Operation): Definition {
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
