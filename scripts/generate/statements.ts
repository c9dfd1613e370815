/** docs/documents.md from the statements and the documented errors that the tests run on. */
import type { Endpoint, Source } from "../../test/documents/errors/documented.ts";
import { endpoints } from "../../test/documents/errors/index.ts";
import { examples } from "../../test/documents/examples/index.ts";
import { requestExamples } from "../../test/documents/examples/requests.ts";
import { points } from "../../test/documents/points.ts";
import { statements } from "../../test/documents/statements.ts";
import { cell } from "./text.ts";

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
    ...Object.values(points).map(
      ({ says, sources }) => `| ${cell(says)} | ${sources.join(", ")} | test/documents/points.test.ts |`,
    ),
    ...statements.map(
      ({ says, sources, test: [file, words] }) =>
        `| ${cell(says)} | ${sources.join(", ")} | ${file}: ${cell(words)} |`,
    ),
    "",
    "## Answers",
    "",
    "Bodies that the pages show, with other content, served to the tool (test/documents/examples.test.ts): every value of theirs",
    "stands in the text and in the structured form, but for the fields that are left out.",
    "",
    "| Request | HTTP | What | Source | Tool | Not told |",
    "| --- | --- | --- | --- | --- | --- |",
    ...examples.map(
      ({ request, status, about, sources, tool, untold = [] }) =>
        `| ${pathOf(request)} | ${status} | ${cell(about)} | ${sayFrom(sources)} | ${tool} | ${untold.join(", ")} |`,
    ),
    "",
    "## Requests",
    "",
    "Each leaves in just the form that the pages show, and the sandbox takes it (test/documents/requests.test.ts).",
    "",
    "| Request | What | Source | Tool | Fields of the body |",
    "| --- | --- | --- | --- | --- |",
    ...requestExamples.map(
      ({ request, about, sources, tool, body }) =>
        `| ${cell(pathOf(request))} | ${cell(about)} | ${sayFrom(sources)} | ${tool} | ${Object.keys(body ?? {}).join(", ") || "no body"} |`,
    ),
    "",
    "## Errors",
    "",
    "Each in every form of body that its endpoint has, served to the tool (test/documents/errors.test.ts); the answer has the code,",
    "whether anything was changed, and what to do. R: pages that others read whole; O: seen by others; not shown: taken to be as",
    "elsewhere. After a 500 of a write it is unclear whether anything was changed, and the answer is looked for by reading; after",
    "all others nothing was. The forms of test/documents/errors/forms.ts, which no page shows, are tried at every third endpoint.",
    "",
    "| Request | Tool | HTTP, code or words (source) |",
    "| --- | --- | --- |",
    ...Object.values(endpoints).map(errorRow),
    "",
  ].join("\n");
}

/** The forms of a body are told once. */
function errorRow({ tool, request, errors }: Endpoint): string {
  const all = errors.map(
    ({ status, says, sources }) => `${status} ${cell(says.join(": "))} (${sayFrom(sources)})`,
  );
  return `| ${pathOf(request)} | ${tool} | ${[...new Set(all)].join("; ")} |`;
}

const pathOf = (request: string) => request.replace(/\/\d+/g, "/{id}");

const sayFrom = (sources: readonly Source[]) =>
  sources.map((source) => (source === "-" ? "not shown" : source)).join(", ");
