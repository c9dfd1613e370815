/** Large accounts: what is read works, and what is not read is said. */
import { describe, expect, it } from "vitest";
import { openSession } from "../support/session.ts";

const campaigns = Array.from({ length: 10_000 }, (_, index) => ({
  id: 10_000 + index,
  name: `Campaign ${index}`,
  status: index % 100 === 0 ? "RUNNING" : "COMPLETED",
  from_name: "Nora",
  from_email: "nora@northwind.example",
  per_day: 50,
}));

const PEOPLE = 50_000;
const person = (id: number) => ({
  id,
  email: `p${id}@one.example`,
  first_name: "P",
  status: "ACTIVE",
  campaigns_details: [{ campaign_id: 2104, campaign_prospect_status: "ACTIVE" }],
});

describe("10,000 campaigns in one list", () => {
  it("are listed by pages, counted whole, and found by name", async () => {
    const session = await openSession({
      gate: {
        instead: ({ url }) => (/campaign_list/.test(url) ? { status: 200, body: campaigns } : undefined),
      },
    });
    const listed = await session.call("list_campaigns", { limit: 50 });
    expect([listed.failed, listed.data.total, listed.data.campaigns.length]).toEqual([false, 10_000, 50]);
    const next = await session.call("list_campaigns", { limit: 50, cursor: listed.data.next_cursor });
    expect(next.data.campaigns[0].id).not.toBe(listed.data.campaigns[0].id);
    const dry = await session.call("pause_all_campaigns", { dry_run: true });
    expect([dry.failed, dry.text]).toEqual([false, expect.stringContaining("100")]);
  });
});

describe("50,000 people in one campaign", () => {
  it("are counted, looked at in part, and what was not read is said", async () => {
    const session = await openSession({
      gate: {
        instead: ({ method, url }) => {
          if (method !== "GET" || !url.includes("/v1/prospects")) return undefined;
          const query = new URLSearchParams(url.split("?")[1]);
          const [page, size] = [Number(query.get("page") ?? 1), Number(query.get("per_page") ?? 100)];
          const body = Array.from({ length: size }, (_, index) => person((page - 1) * size + index + 1));
          return { status: 200, body, headers: { "x-total-count": String(PEOPLE) } };
        },
      },
    });
    const found = await session.call("search_prospects", { campaign_id: 2104 });
    expect([found.failed, found.data.total, typeof found.data.next_cursor]).toEqual([
      false,
      PEOPLE,
      "string",
    ]);
    for (const tool of ["check_campaign", "preview_campaign"]) {
      const { failed, text } = await session.call(tool, { campaign_id: 2104 });
      expect([tool, failed]).toEqual([tool, false]);
      expect(text).toMatch(tool === "check_campaign" ? /50,?000/ : /Calendar .*: 100,?000 sends/);
    }
    const reads = session.traffic().length;
    expect(reads).toBeLessThan(20);
  });
});

describe("a page that takes longer than the time there is", () => {
  it("is given up with words for it, and nothing is said to be empty", async () => {
    const session = await openSession({
      gate: {
        before: ({ url }) => (/prospects/.test(url) ? new Promise(() => undefined) : undefined),
      },
      hurry: { budgetMs: 1_100, failurePauses: [] },
    });
    const { failed, text } = await session.call("search_prospects", {});
    expect([failed, text]).toEqual([
      true,
      expect.stringMatching(/no (?:whole )?answer in time[\s\S]*Nothing was changed/i),
    ]);
    const { data } = await session.call("check_campaign", { campaign_id: 2104 });
    expect(JSON.stringify(data, null, 1)).toContain("could_not_check");
  });
});
