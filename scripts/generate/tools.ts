/** Tables of tools and settings for people. */
import { effects } from "../../src/calls/effects.ts";
import type { Operation } from "../../src/calls/operation.ts";
import { operations } from "../../src/operations/index.ts";
import { type Option, options } from "../../src/settings/options.ts";
import { type JsonSchema, toJsonSchema } from "../../src/values/json-schema.ts";
import type { Example } from "./examples.ts";

const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");
const row = (...cells: string[]) => `| ${cells.map(cell).join(" | ")} |`;

const effectWords: Record<Operation["effect"], string> = {
  read: "reads",
  add: "adds",
  change: "changes",
  halt: "stops sending",
  send: "sends, asks first",
  delete: "deletes, asks first",
};

export function readmeTools(): string {
  return [
    row("Tool", "What it does", "Effect", "From access"),
    row("---", "---", "---", "---"),
    ...operations.map(({ name, description, effect }) =>
      row(`\`${name}\``, firstSentence(description), effectWords[effect], effects[effect].access),
    ),
  ].join("\n");
}

const firstSentence = (text: string) => /^.*?[.:](?=\s|$)/.exec(text)?.[0].replace(/[.:]$/, "") ?? text;

export function readmeSettings(): string {
  const all = Object.values(options as Record<string, Option>).filter((option) => option.env);
  return [
    row("Variable", "Flag", "Meaning", "Default"),
    row("---", "---", "---", "---"),
    ...all.map(({ env, flag, value, about, fallback }) =>
      row(
        `\`${env}\``,
        flag ? `\`--${flag}${value ? ` <${value}>` : ""}\`` : "",
        about,
        fallback ? `\`${fallback}\`` : "",
      ),
    ),
  ].join("\n");
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
  return [
    `> ${example.says}`,
    "",
    "```json",
    readable(example.arguments),
    "```",
    "",
    "```text",
    example.answer,
    "```",
    "",
  ];
}

export function toolReference(examples: Record<string, Example>): string {
  const tools = operations.flatMap((operation) => [
    `## ${operation.name}`,
    "",
    operation.description,
    "",
    `Effect: ${effectWords[operation.effect]}. Exists from access \`${effects[operation.effect].access}\`, toolset \`${operation.toolset}\`.${operation.card ? " Hosts that can show pages show the result as the launch card." : ""}`,
    "",
    "Arguments:",
    "",
    ...fields(toJsonSchema(operation.input), "required"),
    "",
    "Result:",
    "",
    ...fields(toJsonSchema(operation.output), "always"),
    "",
    ...exampleOf(examples[operation.name]),
  ]);
  return [
    "# Tools",
    "",
    "Written by `npm run generate` from the operations themselves. What each tool answers was played against the built-in",
    "sandbox: what a person says, the arguments that an assistant makes of it, and the text that comes back. Clients that read",
    "structured results get the same facts as fields.",
    "",
    ...tools,
  ].join("\n");
}

/** Every field of a schema with its path, as a list. */
function fields(schema: JsonSchema, must: string, prefix = ""): string[] {
  const required = (schema.required as string[] | undefined) ?? [];
  return Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>).flatMap(([name, node]) => {
    const items = node.items as JsonSchema | undefined;
    const path = `${prefix}${name}${items ? "[]" : ""}`;
    const kind = String(items?.type ?? node.type);
    const among = ((items ?? node).enum as string[] | undefined)?.join(", ");
    const notes = [
      kind,
      !prefix && required.includes(name) ? must : undefined,
      among && `one of ${among}`,
      node.default !== undefined && `default ${JSON.stringify(node.default)}`,
    ].filter(Boolean);
    const about = node.description ? `: ${String(node.description)}` : "";
    return [`- \`${path}\` (${notes.join("; ")})${about}`, ...fields(items ?? node, must, `${path}.`)];
  });
}
