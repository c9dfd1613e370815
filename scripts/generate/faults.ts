/** docs/faults.md from the table that names the tests in test/faults. */
import { type Part, parts, type Row } from "../../test/faults/table.ts";
import { table } from "./text.ts";

export function faultTable(): string {
  return [
    "# Faults",
    "",
    "Written by `npm run generate` from test/faults/table.ts. What can go wrong between an assistant, this server and",
    "Woodpecker, and what must come of it. Each row has tests, of its id where no other file is named, against a real server",
    "that breaks connections at a chosen moment and counts the writes that were carried out; `npm test` fails when one does",
    "not hold, and when a row has none.",
    "",
    ...parts.flatMap(section),
  ].join("\n");
}

const section = ({ title, files, rows }: Part) => [
  `## ${title}`,
  "",
  ...(files.length > 0
    ? [`Tests: ${files.map((file) => `test/faults/${file}.test.ts`).join(", ")}.`, ""]
    : []),
  ...table(
    ["Id", "Fault", "Must come of it"],
    rows.map((row) => [row.id, row.fault, expectation(row)]),
  ),
  "",
];

function expectation({ expect, note, elsewhere, without }: Row): string {
  const where = without ? `no test: ${without}` : elsewhere;
  return [expect, note && ` (${note})`, where && `; ${where}`].filter(Boolean).join("");
}
