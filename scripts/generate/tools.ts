/** Tables of tools and settings for people. */
import { effects } from "../../src/effects.ts";
import type { Operation } from "../../src/operation.ts";
import { operations } from "../../src/operations/index.ts";
import { type Option, options } from "../../src/options.ts";
import { type JsonSchema, toJsonSchema } from "../../src/schema.ts";

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
      row(`\`${env}\``, flag ? `\`--${flag} <${value}>\`` : "", about, fallback ? `\`${fallback}\`` : ""),
    ),
  ].join("\n");
}

export function toolReference(): string {
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
  ]);
  return ["# Tools", "", "Written by `npm run generate` from the operations themselves.", "", ...tools].join(
    "\n",
  );
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
