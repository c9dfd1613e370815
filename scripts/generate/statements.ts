/** docs/documents.md from the statements and the documented errors that the tests run on. */
import type { Endpoint, Source } from "../../test/documents/errors/documented.ts";
import { endpoints } from "../../test/documents/errors/index.ts";
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
    "Each in every form of body that its endpoint has, served to the tool (test/documents/errors.test.ts); the answer has the code,",
    "whether anything was changed, and what to do. R: pages that others read whole; O: seen by others; not shown: taken to be as",
    "elsewhere. The forms of test/documents/errors/forms.ts, which no page shows, are tried at every third endpoint.",
    "",
    "| Request | HTTP | Code or words | Source | Tool | Was anything changed |",
    "| --- | --- | --- | --- | --- | --- |",
    ...Object.values(endpoints).flatMap(errorRows),
    "",
  ].join("\n");
}

/** The forms of a body are one row. */
function errorRows({ tool, request, errors }: Endpoint): string[] {
  const path = request.replace(/\/\d+/g, "/{id}");
  const isRead = request.startsWith("GET ") || path.includes("/reports/");
  const rows = errors.map(
    ({ status, says, sources }) =>
      `| ${path} | ${status} | ${cell(says.join(": "))} | ${sayFrom(sources)} | ${tool} | ${isRead || status < 500 ? "no" : "unclear; read back"} |`,
  );
  return [...new Set(rows)];
}

const sayFrom = (sources: readonly Source[]) =>
  sources.map((source) => (source === "-" ? "not shown" : source)).join(", ");

const cell = (text: string) => text.replaceAll("|", "\\|");
