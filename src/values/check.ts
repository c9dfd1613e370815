/**
 * Arguments of a call or a file: first repaired where clients are known to garble them, then checked strictly, with every
 * fault named by its path. Repaired are: digits in a string for a number, null for an option that was left out, and a
 * list or object that came as JSON text.
 */
import { z } from "zod/v3";
import { closest } from "./closest.ts";
import { type Fault, InputFailure, type Path } from "./fault.ts";
import { cut } from "./foreign.ts";
import { isPublished } from "./json-schema.ts";
import { isObject, type Loose, own } from "./loose.ts";

/** What arguments have to be. */
export interface Expected {
  input: z.ZodTypeAny;
  /** Other forms that are understood, turned into the one of `input`. Gets unchecked arguments. */
  accept?: ((args: Loose) => Loose) | undefined;
  /** Rules between arguments. */
  rules?: ((value: Loose) => Fault[]) | undefined;
}

/** The arguments as they are meant, or everything that is wrong with them. */
export function readArguments(
  { input, accept, rules }: Expected,
  args: unknown = {},
): { value: Loose; faults: readonly Fault[] } {
  if (!isObject(args)) return { value: {}, faults: [{ path: [], message: "must be an object" }] };
  try {
    refuseHostile(args, []);
    const { value, faults } = checkAgainst(input, accept ? accept(parseTexts(args)) : args);
    return { value, faults: faults.length > 0 ? faults : (rules?.(value) ?? []) };
  } catch (error) {
    if (error instanceof InputFailure) return { value: {}, faults: error.faults };
    throw error;
  }
}

/** The value, repaired where that is harmless, and every fault that the schema finds in it. */
export function checkAgainst(schema: z.ZodTypeAny, given: unknown): { value: Loose; faults: Fault[] } {
  const value = repair(schema, given, []);
  const parsed = schema.safeParse(value);
  return parsed.success
    ? { value: parsed.data, faults: [] }
    : { value: value as Loose, faults: faultsOf(schema, value, parsed.error.issues) };
}

// Hostile shapes

const forbidden = new Set(["__proto__", "constructor", "prototype"]);
const MAX_DEPTH = 100;
const MAX_ELEMENTS = 20_000;

/** Depth and size are bounded before anything recursive looks at the value; keys that reach prototypes are refused. */
function refuseHostile(value: unknown, from: Path): void {
  const open: { value: unknown; path: Path }[] = [{ value, path: from }];
  let elements = 0;
  for (let at = open.pop(); at; at = open.pop()) {
    if (at.value === null || typeof at.value !== "object") continue;
    if (at.path.length > MAX_DEPTH)
      throw new InputFailure([{ path: from, message: `is nested more than ${MAX_DEPTH} levels deep` }]);
    for (const [key, inner] of Object.entries(at.value)) {
      elements += 1;
      if (elements > MAX_ELEMENTS)
        throw new InputFailure([
          { path: [], message: `have more than ${MAX_ELEMENTS} elements; send fewer` },
        ]);
      const path = [...at.path, Array.isArray(at.value) ? Number(key) : key];
      if (forbidden.has(key)) throw new InputFailure([{ path, message: ": this name is not allowed" }]);
      open.push({ value: inner, path });
    }
  }
}

// Repairing

/** JSON text of a list or an object, parsed once; anything else as it is. */
function fromText(value: unknown, path: Path): unknown {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try {
    const parsed: unknown = JSON.parse(value);
    refuseHostile(parsed, path);
    return parsed;
  } catch (error) {
    if (error instanceof InputFailure) throw error;
    return value;
  }
}

function parseTexts(args: Loose): Loose {
  return Object.fromEntries(Object.entries(args).map(([key, value]) => [key, fromText(value, [key])]));
}

function repair(schema: z.ZodTypeAny, value: unknown, path: Path): unknown {
  const bare = unwrap(schema);
  if (value === null && schema.isOptional() && !schema.isNullable()) return undefined;
  if (bare instanceof z.ZodNumber)
    return typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  if (bare instanceof z.ZodArray) {
    const list = fromText(value, path);
    return Array.isArray(list)
      ? list.map((entry, index) => repair(bare.element, entry, [...path, index]))
      : list;
  }
  if (bare instanceof z.ZodObject) {
    const object = fromText(value, path);
    if (object === null || typeof object !== "object" || Array.isArray(object)) return object;
    const fields = Object.entries(object).map(([key, inner]) => {
      const field = own(bare.shape, key) as z.ZodTypeAny | undefined;
      return [key, field ? repair(field, inner, [...path, key]) : inner];
    });
    return Object.fromEntries(fields.filter(([, inner]) => inner !== undefined));
  }
  return value;
}

function unwrap(schema: z.ZodTypeAny): z.ZodTypeAny {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return unwrap(schema.unwrap());
  if (schema instanceof z.ZodDefault) return unwrap(schema.removeDefault());
  return schema instanceof z.ZodEffects ? unwrap(schema.innerType()) : schema;
}

// Saying what is wrong

function faultsOf(schema: z.ZodTypeAny, args: unknown, issues: z.ZodIssue[]): Fault[] {
  return issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys")
      return sayUnknown(fieldsAt(schema, issue.path), issue.path, issue.keys);
    const value = valueAt(args, issue.path);
    const missing = issue.code === "invalid_type" && value === undefined;
    const got = missing || issue.code === "custom" ? "" : `; got ${show(value)}`;
    const damaged = issue.code === "custom" && issue.params?.damaged === true;
    return {
      path: issue.path,
      message: `${missing ? "is required" : sayIssue(issue)}${got}`,
      ...(damaged && { damaged }),
    };
  });
}

const kinds: Record<string, string> = {
  array: "a list",
  object: "an object",
  integer: "a whole number",
  number: "a whole number",
  string: "text",
  boolean: "true or false",
};

function sayIssue(issue: z.ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return `must be ${kinds[issue.expected] ?? issue.expected}`;
    case "invalid_enum_value":
      return `must be one of ${issue.options.join(", ")}`;
    case "too_small":
      if (issue.type === "array") return `needs at least ${issue.minimum} ${entries(issue.minimum)}`;
      return issue.type === "string" ? "must not be empty" : `must be at least ${issue.minimum}`;
    case "too_big":
      if (issue.type === "array") return `may have at most ${issue.maximum} ${entries(issue.maximum)}`;
      return issue.type === "string"
        ? `may have at most ${issue.maximum} characters`
        : `must be at most ${issue.maximum}`;
    default:
      return issue.message;
  }
}

const entries = (count: number | bigint) => (Number(count) === 1 ? "entry" : "entries");

/** Each unknown name, and once what would be known. */
function sayUnknown(valid: string[], path: Path, keys: string[]): Fault[] {
  return keys.map((key, index) => {
    const [near] = closest(key, valid, 1);
    const last = index === keys.length - 1 ? ` Valid: ${valid.join(", ")}` : "";
    const message = `is not known${near ? `; did you mean ${near}?` : "."}${last}`;
    return { path: [...path, cut(key, 60)], message };
  });
}

function fieldsAt(schema: z.ZodTypeAny, path: Path): string[] {
  let at = unwrap(schema);
  for (const part of path) {
    if (at instanceof z.ZodArray) at = unwrap(at.element);
    else if (at instanceof z.ZodObject) at = unwrap(own(at.shape, part) as z.ZodTypeAny);
  }
  if (!(at instanceof z.ZodObject)) return [];
  return Object.entries(at.shape).flatMap(([name, field]) =>
    isPublished(unwrap(field as z.ZodTypeAny)) ? [name] : [],
  );
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, part) => (isObject(at) || Array.isArray(at) ? own(at, part) : undefined),
    value,
  );
}

function show(value: unknown): string {
  if (typeof value === "string" && /^\s*[[{]/.test(value)) return "text that is not valid JSON";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (value !== null && typeof value === "object") return "an object";
  return cut(JSON.stringify(value) ?? String(value), 80);
}
