/** docs/prompts.md: what a client offers besides tools, from the prompts and the resources themselves. */

import { instructionsFor } from "../../src/mcp/instructions.ts";
import { prompts, textOf } from "../../src/mcp/prompts/index.ts";
import { kindOf } from "../../src/mcp/prompts/kinds.ts";
import type { Argument, Prompt } from "../../src/mcp/prompts/prompt.ts";
import { partNames, parts } from "../../src/mcp/resources/address.ts";
import { resources } from "../../src/mcp/resources/index.ts";
import type { Resource } from "../../src/mcp/resources/resource.ts";
import { published } from "../../src/mcp/tools/published.ts";
import { table } from "./text.ts";

const code = (text: string) => `\`${text}\``;

export const promptReference = (): string =>
  [
    "# Prompts and resources",
    "",
    "Written by `npm run generate` from src/mcp/prompts and src/mcp/resources. What a client offers besides tools: sentences to",
    "begin with, and things to read. Each exists only where the tools exist that it needs, so access level and toolsets",
    "count for it too.",
    "",
    "## Prompts",
    "",
    ...prompts.flatMap(section),
    "## Resources",
    "",
    ...table(["Address", "What it is", "Type", "Needs"], resources.map(resourceRow)),
    "",
    ...usedParts().map((name) => `- \`{${name}}\`: ${parts[name]?.about}; completed while it is typed.`),
    "",
    "## Instructions",
    "",
    "What an assistant reads once, before any tool, where all tools exist:",
    "",
    `> ${instructionsFor(published)}`,
    "",
  ].join("\n");

function section(prompt: Prompt): string[] {
  const { name, title, description, arguments: args, needs } = prompt;
  const placeholders = Object.fromEntries(
    Object.entries(args).flatMap(([argument, { required }]) =>
      required ? [[argument, `<${argument}>`]] : [],
    ),
  );
  const text = textOf(prompt, placeholders, () => true);
  return [
    `### ${title} (${code(name)})`,
    "",
    `${description} Needs ${needs.map(code).join(", ")}.`,
    "",
    ...Object.entries(args).map(argumentLine),
    ...(Object.keys(args).length > 0 ? [""] : []),
    ...text.split("\n").map((line) => `> ${line}`.trimEnd()),
    "",
  ];
}

function argumentLine([name, { description, required, kind }]: [string, Argument]): string {
  const notes = [required ? "required" : "optional", kindOf(kind).completes && "completed while it is typed"];
  return `- ${code(name)} (${notes.filter(Boolean).join("; ")}): ${description}`;
}

const resourceRow = ({ uri, description, mimeType, needs }: Resource) => [
  code(uri),
  description,
  mimeType,
  needs ? code(needs) : "",
];

const usedParts = () => [...new Set(resources.flatMap(({ uri }) => partNames(uri)))];
