/** Tables of tools and settings for people. */
import { effects } from "../../src/calls/effects.ts";
import type { Operation } from "../../src/calls/operation.ts";
import { operations } from "../../src/operations/index.ts";
import { type Option, options } from "../../src/settings/options.ts";
import { type JsonSchema, toJsonSchema } from "../../src/values/json-schema.ts";
import type { Example } from "./examples.ts";
import { table } from "./text.ts";

const effectWords: Record<Operation["effect"], string> = {
  read: "reads",
  add: "adds",
  change: "changes",
  halt: "stops sending",
  send: "sends, asks first",
  delete: "deletes, asks first",
};

export function readmeTools(): string {
  const rows = operations.map(({ name, description, effect }) => [
    `\`${name}\``,
    firstSentence(description),
    effectWords[effect],
    effects[effect].access,
  ]);
  return table(["Tool", "What it does", "Effect", "From access"], rows).join("\n");
}

const firstSentence = (text: string) => /^.*?[.:](?=\s|$)/.exec(text)?.[0].replace(/[.:]$/, "") ?? text;

export function readmeSettings(): string {
  const all = Object.values(options as Record<string, Option>).filter((option) => option.env);
  const rows = all.map(({ env, flag, value, about, fallback }) => [
    `\`${env}\``,
    flag ? `\`--${flag}${value ? ` <${value}>` : ""}\`` : "",
    about,
    fallback ? `\`${fallback}\`` : "",
  ]);
  return table(["Variable", "Flag", "Meaning", "Default"], rows).join("\n");
}

function inLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inLine).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}: ${inLine(one)}`);
  return entries.length > 0 ? `{ ${entries.join(", ")} }` : "{}";
}

/** A value as JSON that a person reads: what fits into a line stays in one. */
function readable(value: unknown, indent = ""): string {
  const line = inLine(value);
  if (typeof value !== "object" || value === null || line.length + indent.length <= 100) return line;
  const inner = `${indent}  `;
  const entries = Array.isArray(value)
    ? value.map((one) => `${inner}${readable(one, inner)}`)
    : Object.entries(value).map(([name, one]) => `${inner}${JSON.stringify(name)}: ${readable(one, inner)}`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return `${open}\n${entries.join(",\n")}\n${indent}${close}`;
}

function exampleOf(example: Example | undefined): string[] {
  if (!example) return [];
  const { says, arguments: args, answer } = example;
  return [`> ${says}`, "", "```json", readable(args), "```", "", "```text", answer, "```", ""];
}

/** A field of what a tool takes or answers; parts without a description are told by their shape alone. */
interface Field {
  path: string;
  line: string;
  parts: Field[];
}

export function toolReference(examples: Record<string, Example>): string {
  const all = operations.map((operation) => ({
    operation,
    takes: fields(toJsonSchema(operation.input), "required"),
    answers: fields(toJsonSchema(operation.output), "always"),
  }));
  const usualTakes = usual(all.map(({ takes }) => takes));
  const usualAnswers = usual(all.map(({ answers }) => answers));
  const toldBy = new Map<string, string>();
  const tools = all.flatMap(({ operation, takes, answers }) => [
    `## ${operation.name}`,
    "",
    operation.description,
    "",
    `Effect: ${effectWords[operation.effect]}. Exists from access \`${effects[operation.effect].access}\`, toolset \`${operation.toolset}\`.${operation.card ? " Hosts that can show pages show the result as the launch card." : ""}`,
    "",
    ...list("Arguments", takes, usualTakes, (field) => told(field, toldBy, operation.name)),
    ...list("Result", answers, usualAnswers, (field) => told(field, toldBy, operation.name)),
    ...exampleOf(examples[operation.name]),
  ]);
  return [
    "# Tools",
    "",
    "Written by `npm run generate` from the operations themselves. What each tool answers was played against the built-in",
    "sandbox: what a person says, the arguments that an assistant makes of it, and the text that comes back. Clients that read",
    "structured results get the same facts as fields.",
    "",
    "What several tools share is told once. Arguments:",
    "",
    ...[...usualTakes.values()].map(({ line }) => line),
    "",
    "Results:",
    "",
    ...[...usualAnswers.values()].map(({ line }) => line),
    "",
    ...tools,
  ].join("\n");
}

/** Fields without parts that stand word by word in at least eight tools, and under their name in one form only. */
function usual(lists: Field[][]): Map<string, Field> {
  const flat = lists.flat().filter(({ parts }) => parts.length === 0);
  const often = new Map(
    flat
      .filter(({ line }) => flat.filter((other) => other.line === line).length >= 8)
      .map((field) => [field.line, field]),
  );
  const paths = [...often.values()].map(({ path }) => path);
  return new Map([...often].filter(([, { path }]) => paths.filter((other) => other === path).length === 1));
}

function list(
  title: string,
  all: Field[],
  usual: ReadonlyMap<string, Field>,
  tell: (field: Field) => string[],
): string[] {
  const own = all.filter(({ line }) => !usual.has(line));
  const shared = all.filter(({ line }) => usual.has(line)).map(({ path }) => `\`${path}\``);
  const more = shared.length > 0 ? `${own.length > 0 ? ", besides" : ":"} ${shared.join(", ")}` : "";
  if (own.length === 0) return [`${title}${more || ": none"}.`, ""];
  return [`${title}${more}:`, "", ...own.flatMap(tell), ""];
}

/** A field with its parts, which are named by the tool that had the same ones first. */
function told(field: Field, toldBy: Map<string, string>, tool: string): string[] {
  const below = lines(field.parts).map((line) => line.replace(`\`${field.path}.`, "`"));
  const same = below.join("\n");
  const first = below.length > 1 ? toldBy.get(same) : undefined;
  if (first) return [`${field.line} Parts as in ${first}.`];
  if (below.length > 1) toldBy.set(same, `\`${field.path}\` of ${tool}`);
  return [field.line, ...field.parts.flatMap((part) => told(part, toldBy, tool))];
}

const lines = (all: Field[]): string[] => all.flatMap(({ line, parts }) => [line, ...lines(parts)]);

function fields(schema: JsonSchema, must: string, prefix = ""): Field[] {
  const required = (schema.required as string[] | undefined) ?? [];
  return Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>).map(([name, node]) => {
    const items = node.items as JsonSchema | undefined;
    const path = `${prefix}${name}${items ? "[]" : ""}`;
    const among = ((items ?? node).enum as string[] | undefined)?.join(", ");
    const described = hasWords(items ?? node);
    const notes = [
      described ? kindOf(node) : shapeOf(items ?? node),
      !prefix && required.includes(name) ? must : undefined,
      among && `one of ${among}`,
      node.default !== undefined && `default ${JSON.stringify(node.default)}`,
    ].filter(Boolean);
    const about = node.description ? `: ${String(node.description)}` : "";
    const parts = described ? fields(items ?? node, must, `${path}.`) : [];
    return { path, line: `- \`${path}\` (${notes.join("; ")})${about}`, parts };
  });
}

const partsOf = (node: JsonSchema) =>
  Object.entries((node.properties ?? {}) as Record<string, JsonSchema>).map(
    ([name, part]) => [name, part, part.items as JsonSchema | undefined] as const,
  );

const kindOf = (node: JsonSchema) => String((node.items as JsonSchema | undefined)?.type ?? node.type);

/** Whether anything below a node is described. */
const hasWords = (node: JsonSchema): boolean =>
  partsOf(node).some(([, part, items]) => Boolean(part.description) || hasWords(items ?? part));

/** The names below a node: number, or {id, wait {value, range}}. */
function shapeOf(node: JsonSchema): string {
  const parts = partsOf(node).map(([name, part, items]) => {
    const below = partsOf(items ?? part).length > 0 ? ` ${shapeOf(items ?? part)}` : "";
    return `${name}${items ? "[]" : ""}${below}`;
  });
  return parts.length > 0 ? `{${parts.join(", ")}}` : kindOf(node);
}
