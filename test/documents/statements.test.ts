/** Each documented statement has a test that exists, and docs/documents.md holds every one. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { documentTable } from "../../scripts/generate/statements.ts";
import { openSession } from "../support/session.ts";
import { endpoints } from "./errors/index.ts";
import { statements } from "./statements.ts";

/** Of a test: what its `it` and `describe` are called; of a case in a file: the whole of it. */
function titlesIn(file: string): string[] {
  const content = readFileSync(file, "utf8");
  if (file.endsWith(".json")) return [content];
  const title = /(?:\bit|\bdescribe|\))\(\s*(["'`])((?:\\.|(?!\1).)*)\1\s*,/g;
  return [...content.matchAll(title)].map(([, , words]) => words ?? "");
}

describe("what Woodpecker's documents say", () => {
  it.each(statements.map(({ says, test }) => [says, test] as const))(
    "%s: has its test",
    (_says, [file, words]) => {
      const titles = titlesIn(file);
      expect(
        titles.filter((title) => title.includes(words)),
        titles.join("\n"),
      ).not.toEqual([]);
    },
  );

  it("stands in the table once, every statement and every documented error", () => {
    const page = documentTable();
    for (const { says } of statements) expect(page.split(says)).toHaveLength(2);
    for (const { errors } of Object.values(endpoints))
      for (const { says } of errors) expect(page).toContain(says[0] as string);
  });
});

describe("an error of Woodpecker's own", () => {
  it.each([500, 502, 503, 504])("(%i) names its status page", async (status) => {
    const session = await openSession();
    session.sandbox.failNext({ status, body: "", times: 99 });
    expect((await session.call("list_campaigns")).text).toContain("status.woodpecker.co");
    const { text } = await session.call("pause_campaign", { campaign_id: 2101 });
    expect(text).toContain("status.woodpecker.co");
  });
});
