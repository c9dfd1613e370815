/**
 * zod → the JSON Schema that clients see. Published schemas keep to what every client of the field handles: a plain
 * object at the root, one type a node, no references, unions or dialect stamp. The lint in test/mcp/tools/definitions.test.ts
 * holds them to it. Inputs are strict when a call comes in; the published form leaves `additionalProperties: false`
 * out, because some clients refuse the keyword, and says `true` of what is open, because others take a bare object for closed.
 */

import type { z } from "zod/v3";
import { ignoreOverride, zodToJsonSchema } from "zod-to-json-schema";

export type JsonSchema = { [keyword: string]: unknown };

/** Left out: keywords that clients trip over, and lengths, which cost tokens and are explained when they are passed. */
const noise = new Set(["$schema", "additionalProperties", "minLength", "maxLength", "minItems", "maxItems"]);

/** As the published form of a property: none, although it is understood. */
export const hidden: JsonSchema = {};

export const isPublished = (schema: z.ZodTypeAny) => shownAs.get(schema._def) !== hidden;

const shownAs = new WeakMap<object, JsonSchema | z.ZodTypeAny>();

/** Publishes `schema` as something short, or as another one is, while calls are still checked against all of it. */
export function publishedAs<T extends z.ZodTypeAny>(schema: T, shown: JsonSchema | z.ZodTypeAny): T {
  const own = schema.describe(String(shown.description ?? "")) as T;
  shownAs.set(own._def, shown);
  return own;
}

export function toJsonSchema(schema: z.ZodTypeAny): JsonSchema {
  const rendered = zodToJsonSchema(schema, {
    target: "jsonSchema7",
    $refStrategy: "none",
    strictUnions: true,
    override: (def) => {
      const shown = shownAs.get(def);
      if (shown === undefined) return ignoreOverride;
      return "_def" in shown ? toJsonSchema(shown as z.ZodTypeAny) : shown;
    },
  });
  return clean(rendered) as JsonSchema;
}

/**
 * Outputs are published open and one level deep, with the names and types of what is always there, and the
 * campaign's id: a field that is new or optional never breaks a client, and the list stays small. The rest is in docs/tools.md.
 */
export function toOpenSchema(schema: z.ZodTypeAny): JsonSchema {
  const { type, properties = {}, required = [] } = toJsonSchema(schema);
  const nodes = properties as Record<string, JsonSchema>;
  const named = Object.entries(nodes).filter(
    ([name]) => name === "campaign_id" || (required as string[]).includes(name),
  );
  const shown = named.map(([name, node]) => [name, opened(node)]);
  return { type, properties: Object.fromEntries(shown), required };
}

function opened({ type, items }: JsonSchema): JsonSchema {
  return type === "array" ? { type, items: { type: (items as JsonSchema).type } } : { type };
}

/** Said only of what takes any name; that the others take no other is checked when they come. */
const isOpen = (keyword: string, value: unknown) => keyword === "additionalProperties" && value === true;

const isHidden = (node: unknown) =>
  node !== null && typeof node === "object" && Object.keys(node).length === 0;

function clean(node: unknown, inProperties = false): unknown {
  if (Array.isArray(node)) return node.map((entry) => clean(entry));
  if (node === null || typeof node !== "object") return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([keyword, value]) =>
        inProperties ? !isHidden(value) : !noise.has(keyword) || isOpen(keyword, value),
      )
      .map(([keyword, value]) => [keyword, clean(value, keyword === "properties" && !inProperties)]),
  );
}
