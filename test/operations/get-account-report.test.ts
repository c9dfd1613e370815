/** The report on many campaigns: what it asks for, what it counts, and what it says where something cannot be read. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openSession } from "../support/session.ts";
import { json, serve } from "../support/stub.ts";

interface Stats {
  [field: string]: unknown;
}

/** An account whose campaigns have these counters; null: the row comes without any. */
async function accountOf(stats: (Stats | null | number)[], more: Partial<Record<string, unknown>> = {}) {
  const rows = stats.map((_, index) => ({
    id: index + 1,
    name: `Campaign ${index + 1}`,
    status: "RUNNING",
    ...more,
  }));
  const { origin, arrived } = await serve(({ url }, response) => {
    const { pathname, searchParams } = new URL(url, "http://x");
    if (pathname !== "/rest/v1/campaign_list") return json(response, 200, []);
    const id = Number(searchParams.get("id"));
    if (!searchParams.has("id")) return json(response, 200, rows);
    const own = stats[id - 1];
    if (own === undefined) return response.writeHead(204).end();
    if (typeof own === "number")
      return json(response, own, { status: { status: "ERROR", code: "E_UNNOWN", msg: "no" } });
    return json(response, 200, [{ ...rows[id - 1], ...(own && { stats: own }) }]);
  });
  const session = await openSession({ env: { WOODPECKER_API_URL: origin }, hurry: true });
  const report = async (args: object = {}) => {
    const result = await session.client.callTool({ name: "get_account_report", arguments: { ...args } });
    const [first] = result.content as { text: string }[];
    return {
      text: first?.text ?? "",
      isError: result.isError === true,
      // biome-ignore lint/suspicious/noExplicitAny: the published output is checked by the client
      data: (result.structuredContent ?? {}) as any,
    };
  };
  return { report, arrived };
}

const sent = (delivered: number, replied = 0, more: Stats = {}): Stats => ({
  prospects: delivered,
  sent: delivered,
  delivery: delivered,
  replied,
  ...more,
});
const tracking = (track_open: boolean) => ({ emails: [{ track_open }] });

describe("get_account_report", () => {
  it("tells of a period only that nothing was sent where nothing was counted, and has all numbers of a lifetime", async () => {
    const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
    const session = await openSession();
    const campaign_ids = [2101, 2104];
    const period = { from: day(6), to: day(0) };
    const inPeriod = await session.call("get_account_report", { campaign_ids, period });
    const [busy, quiet] = inPeriod.data.campaigns;
    const always = ["id", "name", "status", "people", "sent", "rates"];
    expect(Object.keys(quiet).sort()).toEqual([...always].sort());
    expect(quiet).toMatchObject({ id: 2104, sent: 0, rates: {} });
    expect(inPeriod.text).toMatch(/\| 2104 \| .* \| 0 \|( {2}\|){6}$/m);
    const lifetime = await session.call("get_account_report", { campaign_ids });
    for (const row of [busy, ...lifetime.data.campaigns])
      expect(Object.keys(row).sort()).toEqual(
        [...always, "delivered", "opened", "replied", "interested", "bounced", "opted_out"].sort(),
      );
  });

  it("asks for each named campaign once, and for no list", async () => {
    const { report, arrived } = await accountOf([sent(10), sent(20)]);
    await report({ campaign_ids: [2, 1, 2] });
    expect(arrived.map(({ url }) => url)).toEqual([
      "/rest/v1/campaign_list?id=2",
      "/rest/v1/campaign_list?id=1",
    ]);
  });

  it("tells opens that nobody tracks from opens that nobody made and from what it cannot know", async () => {
    const { report } = await accountOf([
      sent(100, 0, { opened: 0, ...tracking(false) }),
      sent(100, 0, { opened: 0, ...tracking(true) }),
      sent(100, 0, { opened: 40, ...tracking(true) }),
      sent(100, 0, { opened: 0 }),
    ]);
    const { data, text } = await report();
    const opened = (data.campaigns as { id: number; opened: unknown }[]).map(({ id, opened }) => [
      id,
      opened,
    ]);
    expect(Object.fromEntries(opened)).toEqual({ 1: "not tracked", 2: 0, 3: 40, 4: "unknown" });
    expect(data.totals).toMatchObject({ opened: 40, opened_of: 200, rates: { opened: 0.2 } });
    expect(text).toContain("not tracked");
    expect(text).toContain("40 (20.0 %)");
  });

  it("goes on after a campaign that has no numbers, does not exist or cannot be read, and names it", async () => {
    const { report } = await accountOf([sent(10), null, 500]);
    const { data, text } = await report({ campaign_ids: [1, 2, 3, 9] });
    expect(data.campaigns).toHaveLength(1);
    expect((data.not_read as { id: number }[]).map(({ id }) => id)).toEqual([2, 3, 9]);
    for (const line of [
      "Not read: 2: Woodpecker gives no numbers",
      "Not read: 3:",
      "Not read: 9: there is no such campaign",
    ])
      expect(text).toContain(line);
  });

  it("shows no table where none of the campaigns asked for is there, and tells nothing of the others", async () => {
    const { report } = await accountOf([sent(10)]);
    const { data, text } = await report({ campaign_ids: [9], since: "2020-01-01" });
    expect(text).toBe(
      "Nothing to report: none of these campaigns could be read.\nNot read: 9: there is no such campaign in this account.\nlist_campaigns shows which there are.",
    );
    expect(data.news).toBeUndefined();
  });

  it("is an error where nothing could be read at all", async () => {
    const { report } = await accountOf([500]);
    expect(await report({ campaign_ids: [1] })).toMatchObject({ isError: true });
  });

  it("says how many it leaves out of a large account", async () => {
    const { report, arrived } = await accountOf(Array.from({ length: 130 }, () => sent(1)));
    const { data, text } = await report();
    expect(data.campaigns).toHaveLength(100);
    expect(data.left_out).toBe(30);
    expect(text).toContain("30 more campaigns are left out");
    expect(arrived).toHaveLength(101);
  });

  it("ranks only campaigns with enough delivered e-mails, and says where the difference may be chance", async () => {
    const { report } = await accountOf([sent(200, 20), sent(300, 3), sent(10, 9)]);
    const { data, text } = await report();
    expect(data.best).toMatchObject({ id: 1, numerator: 20, denominator: 200 });
    expect(data.worst).toMatchObject({ id: 2, numerator: 3, denominator: 300 });
    expect(text).not.toContain("may be chance");
    const close = await accountOf([sent(60, 3), sent(60, 2)]);
    expect((await close.report()).text).toContain("may be chance");
    const few = await accountOf([sent(60, 3), sent(10, 2)]);
    expect((await few.report()).data.best).toEqual({ reason: expect.stringContaining("only one campaign") });
  });

  it.each(["yesterday", "2026-02-30", "2026-13-01", "2999-01-01", ""])(
    "refuses to tell news since %j",
    async (since) => {
      const { report, arrived } = await accountOf([sent(1)]);
      const { isError, text } = await report({ since });
      expect(isError).toBe(true);
      expect(text).toContain("since");
      expect(arrived).toEqual([]);
    },
  );

  it("adds up: totals are the sums of the rows, and every share is made of numbers that stand beside it", async () => {
    const row = fc.record({
      delivered: fc.nat(500),
      replied: fc.nat(500),
      bounced: fc.nat(9),
      optout: fc.nat(9),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 8 }), async (rows) => {
        const { report } = await accountOf(
          rows.map(({ delivered, replied, ...rest }) => sent(delivered, replied, rest)),
        );
        const { data } = await report();
        const campaigns = data.campaigns as Record<string, number>[];
        for (const field of ["people", "sent", "delivered", "replied", "bounced", "opted_out"])
          expect(data.totals[field]).toBe(campaigns.reduce((sum, one) => sum + Number(one[field]), 0));
        for (const { rates, delivered, replied } of data.campaigns)
          expect(rates.replied).toBe(
            delivered === 0 ? undefined : Math.round((replied / delivered) * 10_000) / 10_000,
          );
      }),
      { numRuns: 8 },
    );
  });
});
