/** Public holidays in the preview's calendar, in the check and in the question before a launch. */
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Data } from "../support/answer.ts";
import { draft, weekdays } from "../support/draft.ts";
import { openSession, type Session } from "../support/session.ts";

afterEach(() => void vi.useRealTimers());

const monday = Date.parse("2026-12-21T06:00:00Z");
const isAt = (now: number) => void vi.useFakeTimers({ toFake: ["Date"], now });
const inZone = (timezone: string, more: object = {}) => ({
  ...draft,
  settings: { timezone, daily_enroll: 10 },
  steps: draft.steps.slice(0, 1),
  ...more,
});
const check = async (session: Session, args: object) => {
  const { data, text } = await session.call("check_campaign", args);
  const found = data.findings.filter(({ rule }: Data) => rule === "public_holidays");
  return { found: found as Data[], text };
};

describe("preview_campaign", () => {
  it.each([
    ["Europe/Berlin", "2026-12-21", "2026-12-25", "Christmas Day", "25 Dec 2026 (Christmas Day)"],
    ["Europe/Warsaw", "2027-11-08", "2027-11-11", "Independence Day", "11 Nov 2027 (Independence Day)"],
    ["America/New_York", "2028-11-20", "2028-11-23", "Thanksgiving Day", "23 Nov 2028 (Thanksgiving Day)"],
    ["Europe/Paris", "2031-07-10", "2031-07-14", "Bastille Day", "14 Jul 2031 (Bastille Day)"],
  ])("marks the holidays of %s from %s on", async (zone, from, date, name, said) => {
    const { call } = await openSession();
    const { data, text } = await call("preview_campaign", {
      draft: inZone(zone),
      from,
      people: 50,
      show: "calendar",
    });
    const day = data.calendar.days.find((one: Data) => one.date === date);
    expect(day).toMatchObject({ holiday: name, total: 10 });
    expect(data.calendar.holidays).toEqual([{ date, name, total: 10 }]);
    expect(data.calendar.days.filter(({ holiday }: Data) => holiday)).toEqual([day]);
    expect(text).toContain(`On public holidays: 10 on ${said}.`);
    expect(text).toContain(`${date} (${name}): 10`);
    expect(data.assumptions.join("\n")).toMatch(
      /Public holidays are not skipped.* are marked; regional ones are not\./,
    );
  });

  it("claims none where a zone has no country, and says which years are not known", async () => {
    const { call } = await openSession();
    const preview = (timezone: string, from: string) =>
      call("preview_campaign", { draft: inZone(timezone), from, people: 50, show: "calendar" });
    const nowhere = await preview("UTC", "2026-12-21");
    expect(nowhere.data.calendar).not.toHaveProperty("holidays");
    expect(nowhere.text).not.toContain("On public holidays");
    expect(nowhere.text).toContain("None are known for UTC, so none are marked.");
    const late = await preview("Europe/Berlin", "2042-12-22");
    expect(late.data.calendar.holidays).toEqual([]);
    expect(late.text).toContain("after 2032 they are not known here");
  });
});

describe("check_campaign", () => {
  it("says how many e-mails leave on which holidays, warns of near ones, and what can be done", async () => {
    const session = await openSession();
    isAt(monday);
    const near = await check(session, { draft: inZone("Europe/Berlin") });
    expect(near.found).toMatchObject([{ severity: "warning", path: "delivery_times" }]);
    expect(near.found[0]?.message).toBe(
      "10 e-mails on 25 December (Christmas Day), 10 on 1 January 2027 (New Year's Day): public holidays in Germany, and Woodpecker sends on them as on any other day. Counted with 100 people, since nobody is enrolled yet.",
    );
    expect(near.found[0]?.remedy).toMatch(/pause.*windows.*start later/i);
    expect(near.text).toContain("10 e-mails on 25 December (Christmas Day)");
    isAt(monday - 20 * 86_400_000);
    const far = await check(session, {
      draft: inZone("Europe/Berlin", { settings: { timezone: "Europe/Berlin", daily_enroll: 5 } }),
    });
    expect(far.found).toMatchObject([{ severity: "info" }]);
  });

  it("says nothing where no window is open on a holiday, and nothing of zones without a country", async () => {
    const session = await openSession();
    isAt(monday);
    const closed = [{ days: weekdays.slice(0, 3), from: "08:30", to: "17:00" }];
    for (const given of [
      inZone("Europe/Berlin", { delivery_times: closed }),
      inZone("UTC"),
      inZone("Asia/Tokyo", { settings: { timezone: "Asia/Tokyo", daily_enroll: 100 } }),
    ]) {
      expect((await check(session, { draft: given })).found).toEqual([]);
    }
  });

  it("hears the same of a campaign without people as of the same as a draft", async () => {
    const session = await openSession();
    const created = await session.call("create_campaign", inZone("Europe/Madrid"));
    isAt(monday);
    const live = await check(session, { campaign_id: created.data.campaign_id });
    const drafted = await check(session, { draft: inZone("Europe/Madrid") });
    expect(live.found.map(({ message }) => message)).toEqual(drafted.found.map(({ message }) => message));
    expect(live.found[0]?.message).toContain("25 December (Christmas Day)");
  });
});

describe("run_campaign", () => {
  it("shows in its question what falls on holidays", async () => {
    const session = await openSession();
    const { data } = await session.call("create_campaign", inZone("Europe/London"));
    const people = Array.from({ length: 60 }, (_, index) => ({ email: `p${index}@shop${index}.example` }));
    await session.call("save_prospects", { campaign_id: data.campaign_id, prospects: people });
    isAt(monday);
    const asked = await session.call("run_campaign", { campaign_id: data.campaign_id });
    expect(asked.data.outcome).toBe("confirmation_required");
    expect(asked.data.facts["public holidays"]).toBe(
      "10 on 25 Dec 2026 (Christmas Day), 10 on 28 Dec 2026 (Boxing Day (substitute day))",
    );
  });
});
