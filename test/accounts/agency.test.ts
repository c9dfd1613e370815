/** An agency's key works inside one client company, in every request, and a person is told which. */
import { describe, expect, it } from "vitest";
import { published } from "../../src/mcp/tools/published.ts";
import type { Data } from "../support/answer.ts";
import { day } from "../support/day.ts";
import { expectExplained } from "../support/failure.ts";
import { openSession } from "../support/session.ts";

/** The server as it is started with --company-id. */
const inside = (companyId: string) =>
  openSession({
    sandbox: { agency: true, reportPolls: 0 },
    env: { WOODPECKER_COMPANY_ID: companyId },
    hurry: true,
  });

const companyOf = ({ headers }: { headers: Record<string, string> }) => headers["x-company-id"];
const aboutTheAgency = ({ path }: { path: string }) => path.startsWith("/rest/v2/agency/");

describe("with --company-id", () => {
  it("every request is made in that company", async () => {
    const { sandbox, call } = await inside("7001");
    const steps: [string, object][] = [
      ["list_campaigns", {}],
      ["get_campaign", { campaign_id: 2101 }],
      ["get_campaign", { campaign_id: 2103 }],
      ["list_mailboxes", {}],
      ["list_linkedin_accounts", {}],
      ["list_replies", {}],
      ["list_replies", { prospect_id: 90_001 }],
      ["search_prospects", {}],
      ["get_campaign_statistics", { campaign_id: 2101 }],
      ["get_campaign_statistics", { campaign_id: 2101, period: { from: day(6), to: day(0) } }],
      ["update_campaign", { campaign_id: 2104, name: "Other", bounce_shield: 5 }],
      ["save_prospects", { prospects: [{ email: "anna@example.com" }] }],
      ["duplicate_campaign", { campaign_id: 2102 }],
      ["pause_all_campaigns", {}],
      ["make_campaign_editable", { campaign_id: 2101 }],
    ];
    for (const [tool, args] of steps) expect([tool, (await call(tool, args)).failed]).toEqual([tool, false]);
    expect(sandbox.requests.length).toBeGreaterThan(steps.length);
    expect([...new Set(sandbox.requests.filter((one) => !aboutTheAgency(one)).map(companyOf))]).toEqual([
      "7001",
    ]);
  });

  it.each([
    ["7001", 6],
    ["7002", 0],
  ])("company %s has its own %i campaigns", async (company, total) => {
    const { call } = await inside(company);
    expect((await call("list_campaigns")).data.total).toBe(total);
  });

  const questions: [string, object][] = [
    ["run_campaign", { campaign_id: 2102 }],
    ["delete_campaign", { campaign_id: 2104 }],
    ["delete_campaign_step", { campaign_id: 2104, step: 2 }],
    ["save_prospects", { campaign_id: 2101, prospects: [{ email: "anna@example.com" }] }],
    ["delete_prospects", { prospect_ids: [90_001], scope: "account" }],
  ];
  it.each(questions)("%s names the company before a person agrees", async (tool, args) => {
    const { sandbox, call } = await inside("7001");
    const { data, text } = await call(tool, args);
    expect(data.outcome).toBe("confirmation_required");
    expect(Object.entries(data.facts)[0]).toEqual(["client company", '7001 "Northwind"']);
    expect(text).toContain('client company: 7001 "Northwind"');
    expect(sandbox.writes()).toEqual([]);

    const done = await call(tool, { ...args, confirmation: data.confirmation });
    expect(done.data).toMatchObject({ outcome: "done" });
    expect(sandbox.writes().map(companyOf)).toEqual(["7001"]);
  });

  it("names the company by its number where its name cannot be read", async () => {
    const { sandbox, call } = await inside("7001");
    sandbox.failNext({ path: /agency/, status: 403 });
    const { data } = await call("delete_campaign", { campaign_id: 2104 });
    expect(data.facts["client company"]).toBe("7001");
  });

  it("a company that is not one of the agency's is refused, with an explanation", async () => {
    const { sandbox, call } = await inside("7009");
    const { failed, text } = await call("run_campaign", { campaign_id: 2102 });
    expect(failed).toBe(true);
    expect(text).toMatch(/company|permission|may not use/);
    expect(text).toContain("\nNothing was changed.\nNext: ");
    expect(sandbox.writes()).toEqual([]);
  });

  it("the clients can be listed, or it is said that --company-id is what forbids it", async () => {
    const { call } = await inside("7001");
    expect((await call("list_companies")).text).toMatch(/Harborline|company-id|WOODPECKER_COMPANY_ID/);
  });
});

describe("list_companies says which company the tools act in", () => {
  it("by its name in the list", async () => {
    const { call } = await openSession({ sandbox: { agency: true }, env: { WOODPECKER_COMPANY_ID: "7001" } });
    const { data, text, failed } = await call("list_companies");
    expect(data.current).toMatchObject({ id: 7001 });
    expect(text).toContain("The tools act in client company 7001");
    if (!failed) expect(data.current.name).toBe("Northwind");
  });

  it("also where the list is refused", async () => {
    const session = await openSession({ env: { WOODPECKER_ACCOUNT_NAME: "Harborline" } });
    session.sandbox.failNext({ path: /agency/, status: 403 });
    const { data, text, failed } = await session.call("list_companies");
    expect(failed).toBe(true);
    expect(data.current).toEqual({ name: "Harborline" });
    expect(text).toContain('The tools act in "Harborline".');
  });

  it("and nothing where the operator named none", async () => {
    const { call } = await openSession({ sandbox: { agency: true } });
    expect((await call("list_companies")).data).not.toHaveProperty("current");
  });
});

describe("without --company-id", () => {
  it("no request names a company", async () => {
    const session = await openSession({ sandbox: { agency: true } });
    await session.call("list_campaigns");
    await session.call("list_companies");
    expect(session.sandbox.requests.map(companyOf)).toEqual([undefined, undefined]);
  });

  it("no tool takes one as an argument", async () => {
    const names = ["company_id", "companyId", "company"];
    for (const { definition } of published) {
      const properties = Object.keys((definition.inputSchema as Data).properties ?? {});
      expect(names.filter((name) => properties.includes(name))).toEqual([]);
    }
  });

  it("a question names no company", async () => {
    const session = await openSession();
    const { data } = await session.call("delete_campaign", { campaign_id: 2104 });
    expect(Object.keys(data.facts)).not.toContain("client company");
    expect(session.traffic().filter((line) => line.includes("agency"))).toEqual([]);
  });
});

describe("list_companies", () => {
  it("filters and pages", async () => {
    const session = await openSession({ sandbox: { agency: true } });
    const active = await session.call("list_companies", { active_only: true });
    expect(active.data.companies.map(({ name }: Data) => name)).toEqual(["Northwind", "Harborline"]);
    const first = await session.call("list_companies", { limit: 1 });
    const second = await session.call("list_companies", { limit: 1, cursor: first.data.next_cursor });
    expect([second.data.companies[0].id, second.data.next_cursor]).toEqual([7002, undefined]);
  });

  it("reads all pages of Woodpecker", async () => {
    const session = await openSession({ sandbox: { agency: true } });
    const companies = Array.from({ length: 50 }, (_, index) => ({
      id: index + 1,
      name: `Client ${index + 1}`,
      active: index > 0,
    }));
    const body = { content: companies, pagination_data: { total_pages: 2 } };
    session.sandbox.failNext({ path: /agency/, status: 200, body });
    session.sandbox.failNext({
      path: /agency/,
      status: 200,
      body: { ...body, content: [{ id: 51, name: "Last" }] },
    });
    const { data, text } = await session.call("list_companies", { limit: 100 });
    expect([data.total, data.companies.length]).toEqual([51, 51]);
    expect(text).toContain('1 "Client 1" (inactive)');
    expect(session.traffic()).toEqual([
      "GET /rest/v2/agency/companies?page=1",
      "GET /rest/v2/agency/companies?page=2",
    ]);
  });

  it("with an ordinary key is refused, and says whose key it takes", async () => {
    const session = await openSession();
    const answer = await session.call("list_companies");
    expectExplained(session, answer, "no");
    expect(answer.text).toContain("was refused: the key is not that of an agency's headquarters account");
    expect(answer.text).toContain("Only the key of an agency's headquarters account");
    expect(session.traffic()).toHaveLength(1);
  });
});
