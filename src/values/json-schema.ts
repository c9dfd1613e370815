/**
 * zod → the JSON Schema that clients see. Published schemas keep to what every client of the field handles: a plain
 * object at the root, one type a node, no references, unions or dialect stamp. The lint in test/mcp/tools/definitions.test.ts
 * holds them to it. Inputs are strict when a call comes in; the published form leaves `additionalProperties` out,
 * because some clients refuse the keyword.
 */

import type { z } from "zod/v3";
import { ignoreOverride, zodToJsonSchema } from "zod-to-json-schema";

export type JsonSchema = { [keyword: string]: unknown };

/** Left out: keywords that clients trip over, and lengths, which cost tokens and are explained when they are passed. */
const noise = new Set(["$schema", "additionalProperties", "minLength", "maxLength", "minItems", "maxItems"]);

/** As the published form of a property: none, although it is understood. */
export const hidden: JsonSchema = {};

export const isPublished = (schema: z.ZodTypeAny) => shownAs.get(schema._def) !== hidden;

const shownAs = new WeakMap<object, JsonSchema>();

/** Publishes `schema` as the short `json`, while calls are still checked against all of it. */
export function publishedAs<T extends z.ZodTypeAny>(schema: T, json: JsonSchema): T {
  const own = schema.describe(String(json.description ?? "")) as T;
  shownAs.set(own._def, json);
  return own;
}

export function toJsonSchema(schema: z.ZodTypeAny): JsonSchema {
  const rendered = zodToJsonSchema(schema, {
    target: "jsonSchema7",
    $refStrategy: "none",
    strictUnions: true,
    override: (def) => shownAs.get(def) ?? ignoreOverride,
  });
  return clean(rendered) as JsonSchema;
}

/**
 * Outputs are published open, one level deep, with the fields that are always there: one that is new or optional never
 * breaks a client, and the list stays small. The whole form is in docs/tools.md and, through zod, in every result.
 */
export function toOpenSchema(schema: z.ZodTypeAny): JsonSchema {
  const { type, properties = {}, required = [] } = toJsonSchema(schema);
  const nodes = properties as Record<string, JsonSchema>;
  const shown = (required as string[]).map((name) => [name, opened(nodes[name] as JsonSchema)]);
  return { type, properties: Object.fromEntries(shown), required };
}

function opened({ type, description, enum: _values, items, ...rest }: JsonSchema): JsonSchema {
  if (type === "object") return { type, description };
  if (type === "array") return { type, description, items: { type: (items as JsonSchema).type } };
  return { ...rest, type, description };
}

const isHidden = (node: unknown) =>
  node !== null && typeof node === "object" && Object.keys(node).length === 0;

function clean(node: unknown, inProperties = false): unknown {
  if (Array.isArray(node)) return node.map((entry) => clean(entry));
  if (node === null || typeof node !== "object") return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([keyword, value]) => (inProperties ? !isHidden(value) : !noise.has(keyword)))
      .map(([keyword, value]) => [keyword, clean(value, keyword === "properties" && !inProperties)]),
  );
}
