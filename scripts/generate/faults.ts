/** docs/faults.md from the table that names the tests in test/faults. */
import { type Part, parts, type Row } from "../../test/faults/table.ts";

export function faultTable(): string {
  return [
    "# Faults",
    "",
    "Written by `npm run generate` from test/faults/table.ts. What can go wrong between an assistant, this server and",
    "Woodpecker, and what must come of it. Each row is a test of its id against a real server that breaks connections at a",
    "chosen moment and counts the writes that were carried out; a row without a test says why. Faults of HTTP as a",
    "transport of MCP are in test/http.test.ts.",
    "",
    ...parts.flatMap(section),
  ].join("\n");
}

const section = ({ title, file, rows }: Part) => [
  `## ${title}`,
  "",
  "| Id | Fault | Must come of it | Tested in |",
  "| --- | --- | --- | --- |",
  ...rows.map(
    (row) => `| ${[row.id, row.fault, expectation(row), place(row, file)].map(cell).join(" | ")} |`,
  ),
  "",
];

const expectation = ({ expect, note }: Row) => (note ? `${expect} (${note})` : expect);

function place({ elsewhere, without }: Row, file: string): string {
  if (without) return `no test: ${without}`;
  return elsewhere ?? `test/faults/${file}.test.ts`;
}

const cell = (text: string) => text.replaceAll("|", "\\|");
