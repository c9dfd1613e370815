/** What holds of every calendar, over random plans; and a few that can be counted by hand. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { forecast } from "../../src/forecast/index.ts";
import { dequeue, emptyQueue, enqueue } from "../../src/forecast/queue.ts";
import { type Plan, simulate } from "../../src/forecast/simulate.ts";
import { spansOn } from "../../src/model/openings.ts";
import { defaultWait } from "../../src/model/tree.ts";
import { DAY, dayOf, toLocal, zoneOf } from "../../src/model/zone.ts";

const weekdays = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"];
const week = [...weekdays, "SATURDAY", "SUNDAY"];
const always = [{ days: week, from: "00:00", to: "24:00" }];
const office = [{ days: weekdays, from: "08:00", to: "17:00" }];
const free = { limit: Number.POSITIVE_INFINITY, gap: 0, sentToday: 0, freezes: [] };
const monday = Date.parse("2026-01-05T06:00:00Z");

const plan = (more: Partial<Plan>): Plan => ({
  from: monday,
  timezone: "Europe/Berlin",
  daily_enroll: 1_000_000,
  working_days: false,
  steps: [{ type: "EMAIL", wait: defaultWait, windows: office }],
  boxes: [free],
  people: [{ next: 0, count: 10, due: 0 }],
  ...more,
});
const steps = (count: number, windows = office, days = 2) =>
  Array.from({ length: count }, () => ({
    type: "EMAIL" as const,
    wait: { value: days, range: "DAY" },
    windows,
  }));

const anyWindow = fc
  .record({
    days: fc.subarray(week, { minLength: 1 }),
    from: fc.integer({ min: 0, max: 21 }),
    hours: fc.integer({ min: 1, max: 10 }),
  })
  .map(({ days, from, hours }) => ({
    days,
    from: `${String(from).padStart(2, "0")}:00`,
    to: `${String(Math.min(23, from + hours)).padStart(2, "0")}:30`,
  }));

const anyPlan = fc.record({
  from: fc.integer({ min: Date.parse("2026-01-01"), max: Date.parse("2027-01-01") }),
  timezone: fc.constantFrom(
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Sydney",
    "America/Santiago",
  ),
  daily_enroll: fc.integer({ min: 1, max: 80 }),
  working_days: fc.boolean(),
  steps: fc.array(
    fc.record({
      type: fc.constantFrom("EMAIL" as const, "EMAIL" as const, "LINKEDIN" as const),
      wait: fc.record({
        value: fc.integer({ min: 1, max: 40 }),
        range: fc.constantFrom("DAY", "HOUR", "MINUTE"),
      }),
      windows: fc.array(anyWindow, { minLength: 1, maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 6 },
  ),
  boxes: fc.array(
    fc.record({
      limit: fc.integer({ min: 1, max: 60 }),
      gap: fc.integer({ min: 0, max: 900_000 }),
      sentToday: fc.integer({ min: 0, max: 70 }),
      freezes: fc.constant([]),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  people: fc.array(
    fc.record({ next: fc.constant(0), count: fc.integer({ min: 1, max: 150 }), due: fc.constant(0) }),
    { minLength: 1, maxLength: 2 },
  ),
});

describe("every calendar", () => {
  const sum = (list: readonly number[]) => list.reduce((all, one) => all + one, 0);
  const wanted = ({ people, steps: list }: Plan) => sum(people.map(({ count }) => count)) * list.length;

  it("has everybody times every step, sooner or later", () => {
    fc.assert(
      fc.property(anyPlan, (given) => {
        const { total, left, days } = simulate(given);
        expect([total, left, sum(days.map((one) => one.total))]).toEqual([wanted(given), 0, wanted(given)]);
      }),
      { numRuns: 80 },
    );
  });

  it("sends no e-mail outside of a window, none before its time, and in order of time", () => {
    fc.assert(
      fc.property(anyPlan, (given) => {
        const zone = zoneOf(given.timezone);
        let before = given.from;
        simulate(given, (at, step) => {
          expect(at).toBeGreaterThanOrEqual(before);
          before = at;
          const { type, windows } = given.steps[step] as Plan["steps"][number];
          if (type === "LINKEDIN") return;
          const open = spansOn(dayOf(toLocal(zone, at)), windows, zone).some(
            ({ start, end }) => start <= at && at < end,
          );
          expect(open).toBe(true);
        });
      }),
      { numRuns: 50 },
    );
  });

  it("keeps to daily_enroll, and to what the mailboxes may send in a day of theirs", () => {
    fc.assert(
      fc.property(anyPlan, (given) => {
        const most = sum(given.boxes.map(({ limit }) => limit));
        const sent = new Map<number, number>();
        const { days } = simulate(given, (at, step) => {
          const day = Math.floor(at / DAY);
          if (given.steps[step]?.type === "EMAIL") sent.set(day, (sent.get(day) ?? 0) + 1);
        });
        for (const { bySteps } of days) expect(bySteps[0] ?? 0).toBeLessThanOrEqual(given.daily_enroll);
        for (const count of sent.values()) expect(count).toBeLessThanOrEqual(most);
      }),
      { numRuns: 50 },
    );
  });

  it("is the same when it is made again", () => {
    fc.assert(
      fc.property(anyPlan, (given) => {
        expect(forecast(given)).toEqual(forecast(given));
      }),
      { numRuns: 30 },
    );
  });
});

describe("calendars that can be counted", () => {
  const short = (given: Plan) =>
    forecast(given).days.map(({ date, total, full }) => `${date.slice(5)} ${total}${full ? ` ${full}` : ""}`);

  it("nothing limits: all on the first day, and again after each wait", () => {
    expect(short(plan({ steps: steps(3) }))).toEqual(["01-05 10", "01-07 10", "01-09 10"]);
  });

  it("daily_enroll spreads the openings over open days", () => {
    expect(short(plan({ daily_enroll: 4 }))).toEqual([
      "01-05 4 daily_enroll",
      "01-06 4 daily_enroll",
      "01-07 2",
    ]);
  });

  it("a mailbox's limit holds follow-ups and openings together, follow-ups first", () => {
    const given = plan({ boxes: [{ ...free, limit: 6 }], steps: steps(2, office, 1) });
    expect(forecast(given).days.map(({ by_step }) => by_step)).toEqual([
      { 1: 6 },
      { 2: 6 },
      { 1: 4 },
      { 2: 4 },
    ]);
  });

  it("what was sent today counts today only", () => {
    expect(short(plan({ boxes: [{ ...free, limit: 8, sentToday: 6 }] }))).toEqual([
      "01-05 2 mailbox limit",
      "01-06 8 mailbox limit",
    ]);
  });

  it("a pause after each e-mail fills the window", () => {
    const hour = [{ days: weekdays, from: "09:00", to: "10:00" }];
    const given = plan({ steps: steps(1, hour), boxes: [{ ...free, gap: 15 * 60_000 }] });
    expect(short(given)).toEqual(["01-05 4", "01-06 4", "01-07 2"]);
  });

  it("a frozen mailbox sends after its freeze", () => {
    const freezes = [{ start: Date.parse("2026-01-01"), end: Date.parse("2026-01-08T00:00:00Z") }];
    expect(short(plan({ boxes: [{ ...free, freezes }] }))).toEqual(["01-08 10"]);
  });

  it("prospects of two zones are written to in their own morning", () => {
    const people = [
      { next: 0, count: 3, due: 0, timezone: "Asia/Tokyo" },
      { next: 0, count: 2, due: 0 },
    ];
    const times: string[] = [];
    simulate(plan({ from: Date.parse("2026-01-04T20:00:00Z"), people }), (at) =>
      times.push(new Date(at).toISOString().slice(5, 16)),
    );
    expect(times).toEqual([...Array(3).fill("01-04T23:00"), ...Array(2).fill("01-05T07:00")]);
  });

  it("people underway go on where they are", () => {
    const people = [{ next: 2, count: 5, due: monday + DAY }];
    expect(forecast(plan({ steps: steps(3), people })).days).toEqual([
      { date: "2026-01-06", total: 5, by_step: { 3: 5 } },
    ]);
  });

  it.each([
    ["no mailbox", { boxes: [] }],
    ["a limit of nothing", { boxes: [{ ...free, limit: 0 }] }],
    ["no window", { steps: steps(1, []) }],
    ["a daily_enroll of nothing", { daily_enroll: 0 }],
  ])("%s: nothing is sent, and it is said", (_name, more) => {
    const calendar = forecast(plan(more));
    expect([calendar.total, calendar.never, calendar.days]).toEqual([0, 10, []]);
  });

  it("a campaign of LinkedIn steps needs no mailbox", () => {
    const linkedin = [{ type: "LINKEDIN" as const, wait: defaultWait, windows: [] }];
    expect(
      forecast(plan({ steps: linkedin, boxes: [], daily_enroll: 7 })).days.map(({ total }) => total),
    ).toEqual([7, 3]);
  });

  it("the hours stay when the clocks change", () => {
    const times: string[] = [];
    const from = Date.parse("2026-03-27T05:00:00Z");
    simulate(plan({ from, steps: steps(2, always, 3), people: [{ next: 0, count: 1, due: 0 }] }), (at) =>
      times.push(new Date(at).toISOString()),
    );
    expect(times).toEqual(["2026-03-27T05:00:00.000Z", "2026-03-30T04:00:00.000Z"]);
  });
});

describe("a queue", () => {
  it("keeps cohorts, not people: a quarter of an hour is one", () => {
    const queue = emptyQueue();
    for (let second = 0; second < 86_400; second += 1) enqueue(queue, monday + second * 1000);
    expect([queue.size, queue.cohorts.length]).toEqual([86_400, 96]);
  });

  it("gives them back in order, each at its time", () => {
    const queue = emptyQueue();
    for (let minute = 0; minute < 60; minute += 5) enqueue(queue, monday + minute * 60_000);
    const heads: number[] = [];
    for (; queue.size > 0; dequeue(queue)) heads.push((queue.head - monday) / 60_000);
    expect(heads).toEqual([0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55]);
    expect(queue.head).toBe(Number.POSITIVE_INFINITY);
  });
});
