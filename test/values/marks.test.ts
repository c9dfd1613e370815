/** What this server has put where something was left out never goes into a campaign, wherever a text is written. */
import { describe, expect, it } from "vitest";
import { draft } from "../support/draft.ts";
import { openSession } from "../support/session.ts";

const marks = [
  "and then… [cut]",
  "and then… (1234 characters)",
  "… 12 more lines: the structured result has them.",
];
const version = { campaign_id: 2104, step: 1, version: "A" };
const writes: [string, (text: string) => [string, object]][] = [
  ["a message", (message) => ["update_step_version", { ...version, message }]],
  ["plain text", (text) => ["update_step_version", { ...version, text }]],
  ["a subject", (subject) => ["update_step_version", { ...version, subject }]],
  [
    "words put in",
    (text) => ["update_step_version", { ...version, replace: [{ find: "line", with: text }] }],
  ],
  ["a name", (name) => ["update_campaign", { campaign_id: 2104, name }]],
  ["the name of a draft", (name) => ["create_campaign", { ...draft, name }]],
  [
    "a message of a draft",
    (message) => [
      "create_campaign",
      { ...draft, steps: [{ type: "EMAIL", versions: [{ subject: "Hi", message }] }] },
    ],
  ],
  [
    "a text of a copy",
    (message) => [
      "duplicate_campaign",
      { campaign_id: 2104, versions: [{ step: 1, version: "A", message }] },
    ],
  ],
  [
    "a snippet",
    (snippet1) => [
      "save_prospects",
      { prospects: [{ email: "a@b.example", snippet1 }], all_or_nothing: true },
    ],
  ],
  ["a reply", (text) => ["reply_to_prospect", { message_id: "40001", text }]],
];

describe.each(writes)("in %s", (_what, callFor) => {
  it.each(marks)("%j is refused, and nothing is sent", async (mark) => {
    const { call, attempted } = await openSession();
    const { failed, text } = await call(...callFor(mark));
    expect([failed, text]).toEqual([true, expect.stringContaining("give it whole")]);
    expect(text.split("give it whole")).toHaveLength(2);
    expect(attempted()).toEqual([]);
  });
});

it("dots, brackets and counts of people's own are theirs", async () => {
  const { call } = await openSession();
  const message = "<div>Well… [cut to the chase] (300 characters) …</div>";
  expect((await call("update_step_version", { ...version, message })).failed).toBe(false);
});

describe("a time without a zone", () => {
  it("is UTC for every tool that takes one", async () => {
    const { call } = await openSession();
    const { data } = await call("get_account_report", { since: "2026-03-01T10:00" });
    expect(data.news.since).toBe("2026-03-01T10:00:00.000Z");
  });
});
