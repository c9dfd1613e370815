/**
 * Arguments of a call or a file: first read as a colleague would read them (see ./lenient.ts), then checked strictly, with
 * every fault named by its path.
 */
import { z } from "zod/v3";
import { closest } from "./closest.ts";
import { type Fault, InputFailure, type Path } from "./fault.ts";
import { cut } from "./foreign.ts";
import { refuseHostile } from "./hostile.ts";
import { isPublished } from "./json-schema.ts";
import { bareOf, bareWord, type Ear, fromText, listen, readLeniently } from "./lenient.ts";
import { isObject, type Loose, own } from "./loose.ts";

/** What arguments have to be. */
export interface Expected {
  input: z.ZodTypeAny;
  /** Other forms that are understood, turned into the one of `input`. Gets unchecked arguments. */
  accept?: ((args: Loose, ear: Ear) => Loose) | undefined;
  /** An argument that nobody knows is left aside, with a note. */
  ignoresUnknown?: boolean | undefined;
  /** Rules between arguments. */
  rules?: ((value: Loose) => Fault[]) | undefined;
}

export interface Checked {
  value: Loose;
  faults: readonly Fault[];
  /** What was understood otherwise than written. */
  notes: readonly Fault[];
}

/** The arguments as they are meant, or everything that is wrong with them. */
export function readArguments(expected: Expected, args: unknown = {}): Checked {
  const { input, accept, rules, ignoresUnknown } = expected;
  const refused = (faults: readonly Fault[]) => ({ value: {}, faults, notes: [] });
  if (!isObject(args)) return refused([{ path: [], message: "must be an object" }]);
  const ear = listen();
  try {
    const known = ignoresUnknown ? withoutUnknown(input, args, ear) : args;
    refuseHostile(known, []);
    const { value, faults } = check(input, accept ? accept(parseTexts(known), ear) : known, ear);
    return { value, faults: faults.length > 0 ? faults : (rules?.(value) ?? []), notes: ear.notes };
  } catch (error) {
    if (error instanceof InputFailure) return refused(error.faults);
    throw error;
  }
}

/** The value as it is meant, and every fault that the schema finds in it. */
export function checkAgainst(schema: z.ZodTypeAny, given: unknown): Checked {
  const ear = listen();
  return { ...check(schema, given, ear), notes: ear.notes };
}

function check(schema: z.ZodTypeAny, given: unknown, ear: ReturnType<typeof listen>) {
  const value = readLeniently(schema, given, [], ear);
  const parsed = schema.safeParse(value);
  if (parsed.success && ear.faults.length === 0) return { value: parsed.data as Loose, faults: [] };
  const others = parsed.success ? [] : faultsOf(schema, value, parsed.error.issues);
  // What could mean two things was said with both of them.
  const said = new Set(ear.faults.map(({ path }) => path.join()));
  return {
    value: value as Loose,
    faults: [...ear.faults, ...others.filter(({ path }) => !said.has(path.join()))],
  };
}

/** As `readArguments` understands them, without a word about what is wrong. */
export function understood({ input, accept }: Expected, given: Loose, at: Path, ear: Ear): unknown {
  const within: Ear = {
    note: (path, message) => ear.note([...at, ...path], message),
    fault: () => undefined,
  };
  try {
    return readLeniently(input, accept ? accept(parseTexts(given), within) : given, [], within);
  } catch (error) {
    if (error instanceof InputFailure) return given;
    throw error;
  }
}

/**
 * What stops sending does so whatever else is asked of it. A name that is only spelt otherwise is understood, and the singular of a
 * list, with id or without: without its campaign it would stop people in every campaign.
 */
function withoutUnknown(schema: z.ZodTypeAny, args: Loose, ear: Ear): Loose {
  const { shape } = bareOf(schema) as Shaped;
  const names = Object.keys(shape);
  const isList = (name: string) => bareOf(shape[name] as z.ZodTypeAny) instanceof z.ZodArray;
  const left = Object.entries(args).flatMap(([key, value]) => {
    if (names.includes(key)) return [[key, value] as const];
    const given = bareWord(key);
    const lists = [`${given}s`, `${given.replace(/s$/, "")}ids`];
    const meant =
      names.find((name) => bareWord(name) === given) ??
      names.find((name) => isList(name) && lists.includes(bareWord(name)));
    const isFree = meant !== undefined && !Object.hasOwn(args, meant);
    ear.note([cut(key, 60)], isFree ? `is read as ${meant}` : "is not known here and was ignored");
    return isFree ? [[meant, value] as const] : [];
  });
  return Object.fromEntries(left);
}

function parseTexts(args: Loose): Loose {
  return Object.fromEntries(Object.entries(args).map(([key, value]) => [key, fromText(value, [key])]));
}

// Saying what is wrong

function faultsOf(schema: z.ZodTypeAny, args: unknown, issues: z.ZodIssue[]): Fault[] {
  return issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys")
      return sayUnknown(publishedNames(schemaAt(schema, issue.path) as Shaped), issue.path, issue.keys);
    const value = valueAt(args, issue.path);
    const missing = issue.code === "invalid_type" && value === undefined;
    const got = missing || issue.code === "custom" ? "" : `; got ${show(value)}`;
    const damaged = issue.code === "custom" && issue.params?.damaged === true;
    return {
      path: issue.path,
      message: `${missing ? "is required" : sayIssue(issue)}${missing ? "" : formAt(schema, issue)}${got}`,
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

/** " of {days, from, to}" after "must be a list": the names that are wanted, where something of another kind was given. */
function formAt(schema: z.ZodTypeAny, { code, path }: z.ZodIssue): string {
  const at = code === "invalid_type" ? schemaAt(schema, path) : undefined;
  const entry = at instanceof z.ZodArray ? bareOf(at.element) : at;
  if (!(entry instanceof z.ZodObject)) return "";
  const names = publishedNames(entry);
  return names.length > 0 && names.length < 10 ? `${entry === at ? " " : " of "}{${names.join(", ")}}` : "";
}

function schemaAt(schema: z.ZodTypeAny, path: Path): z.ZodTypeAny {
  let at = bareOf(schema);
  for (const part of path) {
    if (at instanceof z.ZodArray) at = bareOf(at.element);
    else if (at instanceof z.ZodObject) at = bareOf(own(at.shape, part) as z.ZodTypeAny);
  }
  return at;
}

type Shaped = z.ZodObject<z.ZodRawShape>;

const publishedNames = ({ shape }: Shaped) =>
  Object.entries(shape).flatMap(([name, field]) => (isPublished(bareOf(field)) ? [name] : []));

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
