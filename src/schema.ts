/**
 * zod → the JSON Schema that clients see. Published schemas keep to what every client of the field handles: a plain
 * object at the root, one type a node, no references, unions or dialect stamp. The lint in test/definitions.test.ts
 * holds them to it. Inputs are strict when a call comes in; the published form leaves `additionalProperties` out,
 * because some clients refuse the keyword.
 */

import type { z } from "zod/v3";
import { zodToJsonSchema } from "zod-to-json-schema";

export type JsonSchema = { [keyword: string]: unknown };

const noise = new Set(["$schema", "additionalProperties"]);

export function toJsonSchema(schema: z.ZodTypeAny): JsonSchema {
  const rendered = zodToJsonSchema(schema, {
    target: "jsonSchema7",
    $refStrategy: "none",
    strictUnions: true,
  });
  return clean(rendered) as JsonSchema;
}

/** Outputs are published open and one level deep: a field that is new never breaks a client, and the list stays small. */
export function toOpenSchema(schema: z.ZodTypeAny): JsonSchema {
  const { properties, ...root } = toJsonSchema(schema);
  const shallow = Object.entries(properties as Record<string, JsonSchema>).map(([name, node]) => [
    name,
    opened(node),
  ]);
  return { ...root, properties: Object.fromEntries(shallow) };
}

function opened({ type, description, enum: _values, items, ...rest }: JsonSchema): JsonSchema {
  if (type === "object") return { type, description };
  if (type === "array") return { type, description, items: { type: (items as JsonSchema).type } };
  return { ...rest, type, description };
}

function clean(node: unknown, inProperties = false): unknown {
  if (Array.isArray(node)) return node.map((entry) => clean(entry));
  if (node === null || typeof node !== "object") return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([keyword]) => inProperties || !noise.has(keyword))
      .map(([keyword, value]) => [keyword, clean(value, keyword === "properties" && !inProperties)]),
  );
}
