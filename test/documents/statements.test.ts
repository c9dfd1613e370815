/** Each documented statement has a test that exists, and docs/documents.md holds every one. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { documentTable } from "../../scripts/generate/statements.ts";
import { openSession } from "../support/session.ts";
import { endpoints } from "./errors/index.ts";
import { statements } from "./statements.ts";

describe("what Woodpecker's documents say", () => {
  it.each(statements.map(({ says, test }) => [says, test] as const))(
    "%s: has its test",
    (_says, [file, words]) => {
      expect(readFileSync(file, "utf8")).toContain(words);
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
