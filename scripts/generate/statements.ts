/** docs/documents.md from the statements and the documented errors that the tests run on. */
import { type Documented, documented, endpoints, type Name } from "../../test/documents/errors.ts";
import { statements } from "../../test/documents/statements.ts";

export function documentTable(): string {
  return [
    "# What Woodpecker's documents say",
    "",
    "Written by `npm run generate` from test/documents, from which the tests are made, too. Sources: S0 run, S2 pause, S3 the list",
    "of v1, S4 get, on Woodpecker's developer pages; S1 its help article on campaigns; addendum: what was looked up later",
    "(docs/woodpecker-api.md). What no document settles stands in docs/assumptions.md.",
    "",
    "## Statements",
    "",
    "| Statement | Source | Test |",
    "| --- | --- | --- |",
    ...statements.map(
      ({ says, sources, test: [file] }) => `| ${cell(says)} | ${sources.join(", ")} | ${file} |`,
    ),
    "",
    "## Errors",
    "",
    "Each in every form of body that its endpoint has, served to the tool; the answer has the code, whether anything was changed,",
    "and what to do. Tests: test/calls/documented-errors.test.ts.",
    "",
    "| Request | HTTP | Code or words | Tool | Was anything changed |",
    "| --- | --- | --- | --- | --- |",
    ...(Object.entries(documented) as [Name, Documented[]][]).flatMap(([name, errors]) =>
      errorRows(name, errors),
    ),
    "",
  ].join("\n");
}

/** The forms of a body are one row. */
function errorRows(name: Name, errors: readonly Documented[]): string[] {
  const { tool, request } = endpoints[name];
  const path = request.replace(/\/\d+/, "/{id}");
  const rows = errors.map(
    ({ status, says, changed = "no" }) =>
      `| ${path} | ${status} | ${cell(says.join(": "))} | ${tool} | ${changed === "no" ? "no" : "unclear; read back"} |`,
  );
  return [...new Set(rows)];
}

const cell = (text: string) => text.replaceAll("|", "\\|");
