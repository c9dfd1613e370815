/**
 * Arguments read as a colleague would read them: what has one plain meaning is taken for it, and a note says so. What could
 * mean two things is left as it is, for the check to refuse it with the valid forms.
 */
import { z } from "zod/v3";
import { type Fault, InputFailure, type Path } from "./fault.ts";
import { quoted } from "./foreign.ts";
import { refuseHostile } from "./hostile.ts";
import { isObject, type Loose, own } from "./loose.ts";
import { hasMarks, withoutMarks } from "./unseen.ts";

/** Where a reader tells what it understood otherwise than written, and what could mean several things. */
export interface Ear {
  note: (path: Path, message: string) => void;
  fault: (path: Path, message: string) => void;
}

/** The value as it is meant, for kinds of values that have forms of their own; what it does not know stays. */
export type Reader = (value: unknown, path: Path, ear: Ear) => unknown;

const readers = new WeakMap<object, Reader>();
const verbatim = new WeakSet<object>();

/** Reads values of this schema with `reader` first. Comes after `describe`, which makes another schema. */
export function readAs<T extends z.ZodTypeAny>(schema: T, reader: Reader): T {
  readers.set(schema._def, reader);
  return schema;
}

/** Texts of people: not even a blank of them is touched. */
export function asWritten<T extends z.ZodTypeAny>(schema: T): T {
  verbatim.add(schema._def);
  return schema;
}

export const read = (given: unknown, meant: unknown) => `${show(given)} is read as ${show(meant)}`;

export interface Heard extends Ear {
  notes: Fault[];
  faults: Fault[];
}

export function listen(): Heard {
  const notes: Fault[] = [];
  const faults: Fault[] = [];
  return {
    notes,
    faults,
    note: (path, message) => void notes.push({ path, message: `: ${message}` }),
    fault: (path, message) => void faults.push({ path, message }),
  };
}

export function readLeniently(schema: z.ZodTypeAny, given: unknown, path: Path, ear: Ear): unknown {
  if (given === null && schema.isOptional() && !schema.isNullable()) return undefined;
  const { bare, reader, isVerbatim } = unwrap(schema);
  const holds = bare instanceof z.ZodArray || bare instanceof z.ZodObject || bare instanceof z.ZodRecord;
  const parsed = holds ? fromText(given, path) : given;
  if (parsed !== given && reader === undefined)
    ear.note(path, `JSON text is read as ${Array.isArray(parsed) ? "a list" : "an object"}`);
  const value = reader ? reader(parsed, path, ear) : parsed;
  if (bare instanceof z.ZodNumber) return numberOf(value, path, ear);
  if (bare instanceof z.ZodBoolean) return booleanOf(value, path, ear);
  if (bare instanceof z.ZodEnum) return wordOf(bare.options as string[], value, path, ear);
  if (bare instanceof z.ZodString) return isVerbatim ? textOf(value, path, ear) : lineOf(value, path, ear);
  if (bare instanceof z.ZodArray) return listOf(bare, value, path, ear);
  if (bare instanceof z.ZodObject) return objectOf(bare, value, path, ear);
  if (bare instanceof z.ZodRecord && isObject(value))
    return mapped(value, (inner, key) => readLeniently(bare.valueSchema, inner, [...path, key], ear));
  return value;
}

function unwrap(schema: z.ZodTypeAny): { bare: z.ZodTypeAny; reader?: Reader; isVerbatim: boolean } {
  let bare = schema;
  let reader = readers.get(bare._def);
  let isVerbatim = verbatim.has(bare._def);
  for (let inner = innerOf(bare); inner; inner = innerOf(bare)) {
    bare = inner;
    reader ??= readers.get(bare._def);
    isVerbatim ||= verbatim.has(bare._def);
  }
  return { bare, isVerbatim, ...(reader && { reader }) };
}

/** What all the wrappers of a schema are around. */
export const bareOf = (schema: z.ZodTypeAny): z.ZodTypeAny => unwrap(schema).bare;

function innerOf(schema: z.ZodTypeAny): z.ZodTypeAny | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return schema.unwrap();
  if (schema instanceof z.ZodDefault) return schema.removeDefault();
  return schema instanceof z.ZodEffects ? schema.innerType() : undefined;
}

/** JSON text of a list or an object, parsed once; anything else as it is. */
export function fromText(value: unknown, path: Path): unknown {
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

// Forms

/** Without blanks and invisible characters at both ends. */
export const trimmed = (text: string): string =>
  text.replace(
    /^[\p{White_Space}\p{Default_Ignorable_Code_Point}]+|[\p{White_Space}\p{Default_Ignorable_Code_Point}]+$/gu,
    "",
  );

const digits = /^\d{1,15}$/;

function numberOf(value: unknown, path: Path, ear: Ear): unknown {
  if (typeof value !== "string") return value;
  const text = unnamed(value, path).replace(/^(\d+)\.0+$/, "$1");
  if (!digits.test(text)) return value;
  ear.note(path, read(value, Number(text)));
  return Number(text);
}

function booleanOf(value: unknown, path: Path, ear: Ear): unknown {
  if (typeof value !== "string") return value;
  const word = trimmed(value).toLowerCase();
  if (word !== "true" && word !== "false") return value;
  const meant = word === "true";
  ear.note(path, read(value, meant));
  return meant;
}

function textOf(value: unknown, path: Path, ear: Ear): unknown {
  if (typeof value === "string" && hasMarks(value)) {
    ear.note(path, "‹U+…› is read as the character that it stands for");
    return withoutMarks(value);
  }
  if (typeof value !== "number" || !Number.isFinite(value)) return value;
  ear.note(path, read(value, String(value)));
  return String(value);
}

function lineOf(value: unknown, path: Path, ear: Ear): unknown {
  const text = textOf(value, path, ear);
  if (typeof text !== "string") return text;
  const bare = trimmed(text);
  if (bare !== text) ear.note(path, "blanks around it are left out");
  return bare;
}

/** "step 2" at `step` is 2, "Version B" at `version` B. */
function unnamed(value: string, path: Path): string {
  const name = `${path.at(-1)} `;
  const text = trimmed(value);
  return text.toLowerCase().startsWith(name) ? trimmed(text.slice(name.length)) : text;
}

/** One of these words, in any case and with any of - _ and blanks; also in the plural. */
function wordOf(options: readonly string[], value: unknown, path: Path, ear: Ear): unknown {
  if (typeof value !== "string" || options.includes(value)) return value;
  const given = bareWord(value);
  const alone = bareWord(unnamed(value, path));
  const meant =
    options.find((option) => bareWord(option) === given) ??
    options.find((option) => bareWord(option) === alone) ??
    options.find((option) => given.length > 2 && `${bareWord(option)}s` === given);
  if (meant === undefined) return value;
  ear.note(path, read(value, meant));
  return meant;
}

/** A word without case and without what separates its parts. */
export const bareWord = (word: string) =>
  trimmed(word)
    .toLowerCase()
    .replace(/[\p{White_Space}_-]+/gu, "");

function listOf(schema: z.ZodArray<z.ZodTypeAny>, given: unknown, path: Path, ear: Ear): unknown {
  const list = asList(schema, given, path, ear);
  if (!Array.isArray(list)) return list;
  return list.map((entry, index) => readLeniently(schema.element, entry, [...path, index], ear));
}

/** One value for a list of one; words and numbers also with commas between them. */
function asList({ element }: z.ZodArray<z.ZodTypeAny>, given: unknown, path: Path, ear: Ear): unknown {
  if (Array.isArray(given) || given === undefined || given === null) return given;
  const { bare } = unwrap(element);
  const isThing = bare instanceof z.ZodObject;
  if (isThing !== isObject(given)) return given;
  if (typeof given === "string" && !isThing) {
    if (trimmed(given) === "" || /^\s*[[{]/.test(given)) return given;
    if (bare instanceof z.ZodString) return noted([given]);
    return noted(
      given
        .split(/[,;]/)
        .map(trimmed)
        .filter((word) => word !== ""),
    );
  }
  const fits = isEntry(bare, given) || (typeof given === "number" && bare instanceof z.ZodNumber);
  return fits ? noted([given]) : given;

  function noted(list: unknown[]) {
    ear.note(path, isThing ? "one entry is read as a list of one" : read(given, list));
    return list;
  }
}

/** Has it only names that an entry has, or plain values where any name is taken? */
const isEntry = (bare: z.ZodTypeAny, given: unknown) =>
  bare instanceof z.ZodObject &&
  isObject(given) &&
  Object.keys(given).length > 0 &&
  Object.entries(given).every(
    ([key, value]) =>
      Object.hasOwn(bare.shape, key) ||
      (bare._def.unknownKeys === "passthrough" && (value === null || typeof value !== "object")),
  );

function objectOf(schema: z.ZodObject<z.ZodRawShape>, value: unknown, path: Path, ear: Ear): unknown {
  if (!isObject(value)) return value;
  return mapped(value, (inner, key) => {
    const field = own(schema.shape, key) as z.ZodTypeAny | undefined;
    return field ? readLeniently(field, inner, [...path, key], ear) : inner;
  });
}

function mapped(value: Loose, read: (inner: unknown, key: string) => unknown): Loose {
  const fields = Object.entries(value).map(([key, inner]) => [key, read(inner, key)] as const);
  return Object.fromEntries(fields.filter(([, inner]) => inner !== undefined));
}

function show(value: unknown): string {
  if (typeof value === "string") return quoted(value, 60);
  if (Array.isArray(value) && value.every((one) => typeof one !== "object")) return value.join(", ");
  return typeof value === "object" ? "an object" : String(value);
}
