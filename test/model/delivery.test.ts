/** Delivery windows: by day and as people write them. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  deliveryTimes,
  deliveryTimesFrom,
  describeTimes,
  weekdays,
  windowsByDay,
} from "../../src/model/delivery.ts";
import { clock, windowsByDay as goodDays, deliveryTimes as goodTimes } from "../support/arbitrary.ts";

const faultsOf = (times: unknown): string[] => {
  const parsed = deliveryTimes.safeParse(times);
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`);
};
const monday = (from: string, to: string) => ({ days: ["MONDAY"], from, to });

describe("delivery windows", () => {
  it("that keep the rules are accepted, in any order", () => {
    const property = fc.property(goodTimes, (times) => {
      expect(faultsOf(times)).toEqual([]);
    });
    fc.assert(property);
  });

  it("survive the way to the API's form and back: API → list → API", () => {
    const property = fc.property(goodDays, (days) => {
      expect(windowsByDay(deliveryTimesFrom(days))).toEqual(days);
    });
    fc.assert(property);
  });

  it("survive the way to the API's form and back: list → API → list keeps every window of every day", () => {
    const flat = (times: { days: string[]; from: string; to: string }[]) =>
      times.flatMap(({ days, from, to }) => days.map((day) => `${day} ${from}-${to}`)).sort();
    const property = fc.property(goodTimes, (times) => {
      expect(flat(deliveryTimesFrom(windowsByDay(times)))).toEqual(flat(times));
    });
    fc.assert(property);
  });

  it("must start before they end, unless they are a whole day", () => {
    const minute = fc.integer({ min: 0, max: 1439 });
    const property = fc.property(minute, minute, (from, to) => {
      const whole = from === 0 && to === 0;
      expect(faultsOf([monday(clock(from), clock(to))]).length === 0).toBe(from < to || whole);
    });
    fc.assert(property);
  });

  it("of one day must not overlap; of different days they may", () => {
    const span = fc
      .uniqueArray(fc.integer({ min: 0, max: 1439 }), { minLength: 2, maxLength: 2 })
      .map((pair) => pair.sort((a, b) => a - b) as [number, number]);
    const property = fc.property(span, span, (one, two) => {
      const [first, second] = [one, two].map(([from, to]) => monday(clock(from), clock(to)));
      const overlap = one[0] < two[1] && two[0] < one[1];
      expect(faultsOf([first, second]).length === 0).toBe(!overlap);
      expect(faultsOf([first, { ...second, days: ["TUESDAY"] }])).toEqual([]);
    });
    fc.assert(property);
  });

  it("are at most three a day", () => {
    const property = fc.property(
      fc.integer({ min: 1, max: 8 }),
      fc.constantFrom(...weekdays),
      (count, day) => {
        const times = Array.from({ length: count }, (_, index) => ({
          days: [day],
          from: clock(index * 60),
          to: clock(index * 60 + 30),
        }));
        expect(faultsOf(times).length === 0).toBe(count <= 3);
      },
    );
    fc.assert(property);
  });

  it("touching end to start do not overlap", () => {
    expect(faultsOf([monday("08:00", "10:00"), monday("10:00", "12:00")])).toEqual([]);
  });

  it.each([
    ["00:00", "24:00", true],
    ["00:00", "00:00", true],
    ["00:00", "23:59", true],
    ["08:00", "24:00", false],
    ["08:00", "00:00", false],
    ["24:00", "24:00", false],
  ])("from %s to %s is good: %s", (from, to, good) => {
    expect(faultsOf([monday(from, to)]).length === 0).toBe(good);
  });

  it.each(["9am", "9:00", "0900", "09:00:00", "24:01", "25:00", "12:60", "", " 09:00", "０9:00", "-1:00"])(
    "%j is not a time of day",
    (text) => {
      expect(faultsOf([monday(text, "23:00")]).join()).toContain("0.from must be a time as HH:mm");
      expect(faultsOf([monday("00:00", text)]).join()).toContain("0.to must be a time as HH:mm");
    },
  );

  it("that name no text a time are never accepted", () => {
    const property = fc.property(fc.string({ maxLength: 8 }), (text) => {
      fc.pre(!/^([01]\d|2[0-3]):[0-5]\d$/.test(text));
      expect(faultsOf([monday(text, "23:59")])).not.toEqual([]);
    });
    fc.assert(property);
  });

  it.each([["monday"], ["Mon"], ["MON"], ["WEEKDAYS"], [1], [null]])("%j is not a day", (day) => {
    expect(faultsOf([{ days: [day], from: "08:00", to: "09:00" }])).not.toEqual([]);
  });

  it("are read from whatever the API may send", () => {
    const property = fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      expect(deliveryTimesFrom(value)).toBeInstanceOf(Array);
    });
    fc.assert(property);
    expect(deliveryTimesFrom({ HOLIDAY: [{ from: "08:00", to: "09:00" }] })).toEqual([
      { days: ["HOLIDAY"], from: "08:00", to: "09:00" },
    ]);
  });

  it.each([
    [[{ days: ["MONDAY", "TUESDAY", "WEDNESDAY"], from: "08:00", to: "18:00" }], "Mon-Wed 08:00-18:00"],
    [[{ days: ["MONDAY", "WEDNESDAY"], from: "08:00", to: "18:00" }], "Mon Wed 08:00-18:00"],
    [
      [{ days: ["SATURDAY", "SUNDAY"], from: "08:00", to: "10:00" }, monday("09:00", "11:00")],
      "Sat Sun 08:00-10:00, Mon 09:00-11:00",
    ],
  ])("%j read as a person says them", (times, said) => {
    expect(describeTimes(times)).toBe(said);
  });
});
