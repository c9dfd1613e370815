/** Reports of the sandbox: ordered, polled, read. */
import { describe, expect, it } from "vitest";
import type { Sandbox } from "../../src/sandbox/index.ts";
import { call, type Json, start } from "./helpers.ts";

const NOW = new Date("2026-03-18T10:00:00Z");
const now = () => NOW;
const range = (from: string, to: string) => ({ from, to });
const MONTH = range("2026-02-17", "2026-03-18");
const COMPLETE = "complete_statistics_for_each_level_of_campaign";

async function report(sandbox: Sandbox, body: Json = MONTH, kind = COMPLETE): Promise<Json> {
  const { hash } = (await call(sandbox, `POST /v2/reports/${kind}`, body)).body;
  return (await call(sandbox, `GET /v2/reports/${hash}`)).body.report;
}
const sum = (rows: Json[], field: string): number => rows.reduce((total, row) => total + row[field], 0);

describe("a report", () => {
  it.each([undefined, 0, 1])("is in progress for a while, with reportPolls %o", async (reportPolls) => {
    const sandbox = await start({ now, ...(reportPolls !== undefined && { reportPolls }) });
    const { status, body } = await call(sandbox, `POST /v2/reports/${COMPLETE}`, MONTH);
    expect([status, body]).toEqual([200, { hash: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
    for (let poll = 0; poll < (reportPolls ?? 2); poll++) {
      expect((await call(sandbox, `GET /v2/reports/${body.hash}`)).body).toEqual({ status: "IN_PROGRESS" });
    }
    for (let poll = 0; poll < 2; poll++) {
      const ready = await call(sandbox, `GET /v2/reports/${body.hash}`);
      expect(ready.body).toMatchObject({
        status: "READY",
        report: { description: "Complete statistics for each level of campaign" },
      });
    }
  });

  it.each([
    ["campaigns", "General statistics"],
    [COMPLETE, "Complete statistics for each level of campaign"],
    ["messages", "Sent messages"],
    ["open_rate", "Open rate"],
  ])("%s has the same bounds and says what it is", async (kind, description) => {
    const sandbox = await start({ now, reportPolls: 0 });
    expect(await report(sandbox, MONTH, kind)).toMatchObject({ description });
    const { status, body } = await call(
      sandbox,
      `POST /v2/reports/${kind}`,
      range("2026-02-16", "2026-03-18"),
    );
    expect([status, body.detail]).toEqual([400, "Reports can be generated from the last 30 days"]);
  });

  it.each([
    ["30 days and both ends", MONTH, 200],
    ["one day", range("2026-03-18", "2026-03-18"), 200],
    ["31 days", range("2026-02-16", "2026-03-18"), 400],
    ["a day that is too long ago", range("2026-02-16", "2026-02-17"), 400],
    ["a day to come", range("2026-03-18", "2026-03-19"), 400],
    ["a backward range", range("2026-03-18", "2026-03-17"), 400],
    ["a day that does not exist", range("2026-02-30", "2026-03-18"), 400],
    ["another way to write a day", range("18.3.2026", "2026-03-18"), 400],
    ["no end", { from: "2026-03-18" }, 400],
  ])("of %s", async (_, body, status) => {
    expect((await call(await start({ now }), `POST /v2/reports/${COMPLETE}`, body)).status).toBe(status);
  });

  it("that nobody ordered does not exist", async () => {
    expect((await call(await start(), "GET /v2/reports/none")).status).toBe(404);
  });
});

describe("the rows of a report", () => {
  it("are by step and version, with rates as numbers, adding up to the statistics", async () => {
    const sandbox = await start({ now, reportPolls: 0 });
    const { data } = await report(sandbox);
    const rows = data.filter(({ id }: Json) => id === 2101);
    expect(rows.map(({ step, version }: Json) => `${step}${version}`)).toEqual(["1A", "1B", "2A", "3A"]);
    const [{ stats }] = (await call(sandbox, "GET /v1/campaign_list?id=2101")).body;
    expect([sum(rows, "sent"), sum(rows, "opened"), sum(rows, "clicked"), sum(rows, "responded")]).toEqual([
      stats.sent,
      stats.opened,
      stats.clicked,
      stats.replied,
    ]);
    expect([sum(rows, "interested_yes"), sum(rows, "opt_out")]).toEqual([stats.interested, stats.optout]);
    const first = rows[0];
    expect(first.bounce_rate).toBe(Math.round((first.bounced / first.sent) * 1000) / 10);
  });

  it("lack the campaigns that did not send", async () => {
    const sandbox = await start({ now, reportPolls: 0 });
    const { data } = await report(sandbox, range("2026-03-16", "2026-03-18"));
    expect([...new Set(data.map(({ id }: Json) => id))]).toEqual([2101]);
    expect((await report(sandbox, range("2026-03-18", "2026-03-18"))).data).toEqual([]);
  });

  it("of the general report count people by campaign and mailbox, with rates as text", async () => {
    const sandbox = await start({ now, reportPolls: 0 });
    const { data } = await report(sandbox, MONTH, "campaigns");
    expect(data.map(({ id, sent_from }: Json) => [id, sent_from])).toEqual(
      expect.arrayContaining([
        [2101, "nora@northwind.example"],
        [2102, "ivo@brightlane.example"],
      ]),
    );
    const row = data.find(({ id }: Json) => id === 2101);
    const people = (await call(sandbox, "GET /v1/prospects?campaigns_id=2101&contacted=true")).body.length;
    expect(row).toMatchObject({
      name: "Warehouse leads, DACH",
      status: "RUNNING",
      contacted_prospects: people,
    });
    expect(row.open_rate).toMatch(/^\d+(\.\d)?%$/);
    expect(row.bounced_rate).toBe(`${Math.round((row.bounced / people) * 1000) / 10}%`);
  });

  it.each(["messages", "open_rate"])("of %s are by day, and add up to the complete report", async (kind) => {
    const sandbox = await start({ now, reportPolls: 0 });
    const complete = (await report(sandbox)).data;
    const { data } = await report(sandbox, MONTH, kind);
    const field = kind === "messages" ? "sent" : "opened";
    expect(sum(data, field)).toBe(sum(complete, field));
    for (const { date, step, version } of data) {
      expect([date, step, version]).toEqual([
        expect.stringMatching(/^2026-0[23]-\d\d$/),
        expect.any(Number),
        expect.stringMatching(/^[A-E]$/),
      ]);
    }
  });
});
