/** Adding people to a campaign whose texts need more of them than they bring. */
import { describe, expect, it } from "vitest";
import type { Data } from "../support/answer.ts";
import { openSession } from "../support/session.ts";

const anna = { email: "anna@example.com" };
/** Of the seed, in the warehouse campaign. */
const mareike = { email: "mareike.vogt@stapelwerk.example" };

describe("what the campaign's texts need", () => {
  it("is warned about where people do not bring it", async () => {
    const session = await openSession();
    const prospects = [anna, { email: "ben@example.com", company: "Benbakes" }];
    const { data, text } = await session.call("save_prospects", { campaign_id: 2104, prospects });
    const warning = expect.stringMatching(
      /^1 of 2 bring no company, which \{\{COMPANY\}\} needs: they are set aside/,
    );
    expect(data.warnings).toEqual([warning]);
    expect(text).toContain("1 of 2 bring no company");
  });

  it("is not asked of people who are known with it", async () => {
    const session = await openSession();
    // Mareike has a company in the account; Anna is new, and brings one.
    const prospects = [mareike, { ...anna, company: "Bergladen" }];
    const { data, text } = await session.call("save_prospects", { campaign_id: 2104, prospects });
    expect(data).toMatchObject({ added: 2, warnings: [] });
    expect(text).not.toContain("bring no");
  });

  it("may be an older value of a snippet", async () => {
    const session = await openSession();
    await session.call("update_step_version", {
      campaign_id: 2104,
      step: 1,
      version: "A",
      message: "<p>{{SNIPPET_1}}</p>",
      subject: "Hi",
    });
    // Of the two in the account, one has a value from before.
    const rows = (await session.call("search_prospects", { campaign_id: 2104, include: ["snippet1"] })).data
      .prospects as Data[];
    const [older, none] = [rows.find(({ snippet1 }) => snippet1), rows.find(({ snippet1 }) => !snippet1)];
    const prospects = [{ email: older?.email }, { email: none?.email }];
    const args = { campaign_id: 2104, prospects, update_existing: true };
    const { data } = await session.call("save_prospects", args);
    expect(data.warnings).toEqual([
      "1 of 2 bring no snippet1, which {{SNIPPET_1}} needs: they are set aside.",
      "1 of 2 bring no snippet1, which {{SNIPPET_1}} shows, and keep an older value.",
    ]);
  });
});
