/** What a campaign brought: the numbers are Woodpecker's, the rates say what they are of. */
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Data } from "../support/answer.ts";
import { day } from "../support/day.ts";
import { expectExplained } from "../support/failure.ts";
import { inTheApp } from "../support/person.ts";
import { expectRefused } from "../support/refused.ts";
import { openSession, type Session } from "../support/session.ts";

afterEach(() => void vi.useRealTimers());

const lastDays = (count: number) => ({ from: day(count - 1), to: day(0) });
const ORDER = "POST /rest/v2/reports/complete_statistics_for_each_level_of_campaign";
const LOOK = "GET /rest/v1/campaign_list?id=2101";

async function counters({ sandbox }: Session, id: number): Promise<Data> {
  const [row] = (await (await inTheApp(sandbox, `GET /rest/v1/campaign_list?id=${id}`)).json()) as Data;
  return row.stats;
}

function expectSoundRates({ rates }: Data): void {
  expect(Object.keys(rates)).toEqual(["opened", "clicked", "replied", "bounced", "opted_out"]);
  for (const { value, numerator, denominator, of } of Object.values<Data>(rates)) {
    expect(value).toBeCloseTo(denominator === 0 ? 0 : numerator / denominator, 3);
    expect(of).toMatch(/e-mails$/);
  }
}

describe("since the beginning", () => {
  it.each([2101, 2102, 2103, 2104, 2105, 2106])("campaign %i has Woodpecker's own counters", async (id) => {
    const session = await openSession();
    const { data, text } = await session.call("get_campaign_statistics", { campaign_id: id });
    expect(session.traffic()).toEqual([`GET /rest/v1/campaign_list?id=${id}`]);
    const { emails, ...lifetime } = await counters(session, id);
    expect(data.counters).toEqual(lifetime);
    expect(data.steps).toEqual(
      emails.map((email: Data) => ({
        step: email.step,
        sent: email.emailSend,
        delivered: email.delivery,
        opened: email.open,
        replied: email.reply,
        bounced: email.bounce,
        invalid: email.invalid,
        queued: email.toSend,
      })),
    );
    expectSoundRates(data);
    expect(data.rates.replied).toMatchObject({
      numerator: lifetime.replied,
      denominator: lifetime.delivery,
      of: "delivered e-mails",
    });
    expect(data.rates.bounced).toMatchObject({
      numerator: lifetime.bounced,
      denominator: lifetime.sent,
      of: "sent e-mails",
    });
    expect([data.period, data.comparisons]).toEqual([undefined, undefined]);
    expect(text).toContain("lifetime");
    expect(text).not.toMatch(/NaN|Infinity|undefined/);
    const shown = `(${lifetime.replied} of ${lifetime.delivery} delivered e-mails)`;
    // A share of nothing says nothing.
    if (lifetime.delivery > 0) expect(text).toContain(shown);
    else expect(text).not.toContain("%");
  });

  it("grow while a campaign runs", async () => {
    const start = Date.now() - 12 * 86_400_000;
    const session = await openSession({ sandbox: { now: () => new Date(start), reportPolls: 0 } });
    const before = await session.call("get_campaign_statistics", { campaign_id: 2101 });
    await inTheApp(session.sandbox, "POST /sandbox/advance", { hours: 24 * 9 });
    const after = await session.call("get_campaign_statistics", { campaign_id: 2101 });
    expect(after.data.counters.sent).toBeGreaterThan(before.data.counters.sent);
    const { emails: _emails, ...lifetime } = await counters(session, 2101);
    expect(after.data.counters).toEqual(lifetime);
    expectSoundRates(after.data);
  });

  it("are of a campaign that exists", async () => {
    const session = await openSession();
    const answer = await session.call("get_campaign_statistics", { campaign_id: 9999 });
    expectExplained(session, answer, "no");
    expect(answer.text).toContain("There is no campaign 9999");
    expect(answer.text).toContain("list_campaigns");
  });
});

describe("in a period", () => {
  const inPeriod = (session: Session, period: object = lastDays(29), campaign_id = 2101) =>
    session.call("get_campaign_statistics", { campaign_id, period });

  const faults: [string, () => object, ...string[]][] = [
    ["31 days", () => lastDays(31), "period has 31 days; at most 29"],
    ["30 days", () => lastDays(30), "period has 30 days; at most 29"],
    ["tomorrow", () => ({ from: day(1), to: day(-1) }), "period.to lies in the future", day(0)],
    ["the other way round", () => ({ from: day(1), to: day(3) }), "period must begin before it ends"],
    ["a day that is too long ago", () => ({ from: day(40), to: day(30) }), "period.from is too old", day(28)],
    ["no end", () => ({ from: day(3) }), "period.to is required"],
    ["no beginning", () => ({ to: day(3) }), "period.from is required"],
    ["two days in one", () => ({ from: "1.10.2026", to: day(0) }), "could be 2026-01-10 or 2026-10-01"],
    ["a time", () => ({ from: `${day(3)}T00:00`, to: day(0) }), "period.from must be a day as YYYY-MM-DD"],
    ["a thirteenth month", () => ({ from: "2026-13-01", to: day(0) }), "period.from must be a day"],
    ["days as a number", () => ({ days: 7 }), "period.days is not known"],
    ["a word", () => "last week" as never, "period must be an object"],
  ];
  it.each(faults)("%s is refused before anything is asked", async (_name, period, ...says) => {
    const session = await openSession();
    expectRefused(await inPeriod(session, period()), says);
    expect(session.traffic()).toEqual([]);
  });

  it("that ends on a day which does not exist is refused before anything is asked", async () => {
    const session = await openSession();
    vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-03-10T12:00:00Z") });
    expectRefused(await inPeriod(session, { from: "2026-02-20", to: "2026-02-30" }), [
      "period.to must be a day",
    ]);
    expect(session.traffic()).toEqual([]);
  });

  it.each([1, 7, 29])("of %i days is taken by Woodpecker", async (days) => {
    const session = await openSession({ sandbox: { reportPolls: 0 } });
    const { failed, data } = await inPeriod(session, lastDays(days));
    expect([failed, data?.period]).toEqual([false, lastDays(days)]);
    expect(session.sandbox.requests[1]?.body).toEqual(lastDays(days));
  });

  it("the report is waited for, and the client hears that it is being made", async () => {
    const session = await openSession({ sandbox: { reportPolls: 2 } });
    const heard: Data[] = [];
    const result = (await session.client.callTool(
      { name: "get_campaign_statistics", arguments: { campaign_id: 2101, period: lastDays(29) } },
      undefined,
      { onprogress: (note) => void heard.push(note) },
    )) as Data;
    expect(result.structuredContent.counters.sent).toBe(29);
    // Between two polls the word may be said again.
    expect(new Set(heard.map(({ progress }) => Math.floor(progress)))).toEqual(new Set([1, 2]));
    for (const { message } of heard) expect(message).toBe("Woodpecker is making the report");
    const fetched = expect.stringMatching(/^GET \/rest\/v2\/reports\/[0-9a-f]{64}$/);
    // The subjects of the compared versions stand in the campaign alone.
    const texts = "GET /rest/v2/campaigns/2101";
    expect(session.traffic()).toEqual([LOOK, ORDER, fetched, fetched, fetched, texts]);
  });

  it("the numbers add up to those since the beginning, by step and version", async () => {
    const session = await openSession({ sandbox: { reportPolls: 0 } });
    const { data, text } = await inPeriod(session);
    const { sent, delivery, opened, clicked, replied, bounced, optout, interested } = await counters(
      session,
      2101,
    );
    expect(data.counters).toEqual({
      sent,
      delivered: delivery,
      opened,
      clicked,
      replied,
      bounced,
      optout,
      interested,
    });
    for (const field of ["sent", "delivered", "opened", "replied", "bounced"]) {
      const sum = data.steps.reduce((total: number, step: Data) => total + step[field], 0);
      expect([field, sum]).toEqual([field, data.counters[field]]);
    }
    expect(data.steps.map(({ step, version }: Data) => `${step}${version}`)).toEqual([
      "1A",
      "1B",
      "2A",
      "3A",
    ]);
    expectSoundRates(data);
    expect(text).toContain(`${day(28)} to ${day(0)} (UTC)`);
  });

  it("only steps with several versions are compared, and forty e-mails are too few", async () => {
    const session = await openSession({ sandbox: { reportPolls: 0 } });
    const { data } = await inPeriod(session);
    expect(data.comparisons.map(({ step, metric }: Data) => [step, metric])).toEqual([
      [1, "replied of delivered"],
      [1, "opened of delivered"],
    ]);
    for (const { versions, verdict } of data.comparisons) {
      expect(verdict).toBe("too early to tell");
      for (const { rate, low, high } of versions) expect(low <= rate && rate <= high).toBe(true);
    }
  });

  it("a campaign without sends says so", async () => {
    const session = await openSession({ sandbox: { reportPolls: 0 } });
    const { failed, data, text } = await inPeriod(session, lastDays(29), 2104);
    expect([failed, data.steps, data.counters.sent]).toEqual([false, [], 0]);
    expect(text).toContain("Nothing was sent in this period.");
    expectSoundRates(data);
  });

  const reportOf = (rows: object[]) => ({ status: "READY", report: { description: "", data: rows } });

  it("an obvious difference in a large campaign names the leader, whatever form the numbers have", async () => {
    const row = { id: 2101, step: 1, sent: 2000, delivered: 2000, opened: 900, clicked: 0 };
    const rows = [
      { ...row, version: "A", responded: 100 },
      { ...row, version: "B", responded: "300", opened_rate: "45%", id: "2101" },
      { ...row, version: "A", responded: 2000, id: 2102 },
    ];
    const session = await openSession({ sandbox: { reportPolls: 0 } });
    session.sandbox.failNext({ method: "GET", path: /reports/, status: 200, body: reportOf(rows) });
    const { data, text } = await inPeriod(session);
    expect(data.comparisons.map(({ verdict }: Data) => verdict)).toEqual(["B is ahead", "too early to tell"]);
    expect(data.rates.replied).toEqual({
      value: 0.1,
      numerator: 400,
      denominator: 4000,
      of: "delivered e-mails",
    });
    expect(text).toContain("B 15.0 % (13.5 % to 16.6 %): B is ahead");
  });

  const broken: [string, object][] = [
    ["the report fails", { method: "GET", path: /reports/, status: 200, body: { status: "FAILED" } }],
    ["no report is promised", { method: "POST", path: /reports/, status: 200, body: {} }],
    [
      "the report's number is a path",
      { method: "POST", path: /reports/, status: 200, body: { hash: "../campaigns/1/run" } },
    ],
    [
      "the report may not be made",
      {
        method: "POST",
        path: /reports/,
        status: 403,
        body: { title: "Forbidden", status: 403, detail: "Upgrade your plan" },
      },
    ],
  ];
  it.each(broken)("is explained when %s", async (_name, failure) => {
    const session = await openSession({ sandbox: { reportPolls: 0 } });
    session.sandbox.failNext(failure);
    const answer = await inPeriod(session);
    expectExplained(session, answer, "no");
    expect(session.traffic().length).toBeLessThanOrEqual(3);
  });
});
