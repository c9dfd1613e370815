/** Clocks: where they change, what a window and a wait in days become. Moments are written in UTC. */
import { describe, expect, it } from "vitest";
import { dueAfter } from "../../src/forecast/waits.ts";
import { minutesByDay, openingOf, spansOn } from "../../src/model/openings.ts";
import { timezones } from "../../src/model/timezones.ts";
import {
  DAY,
  dayOf,
  describeMoment,
  isZone,
  sayMoment,
  toLocal,
  toMoment,
  weekdayOf,
  zoneOf,
} from "../../src/model/zone.ts";

const at = (text: string) => Date.parse(text);
const day = (date: string) => at(`${date}T00:00:00Z`) / DAY;
const daily = (from: string, to: string) => [
  { days: ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"], from, to },
];
const spans = (zone: string, date: string, from: string, to: string) =>
  spansOn(day(date), daily(from, to), zoneOf(zone)).map(({ start, end }) =>
    [start, end].map((time) => new Date(time).toISOString().slice(0, 16)),
  );

describe("windows on the days on which clocks change", () => {
  it.each([
    ["Europe/Berlin", "2026-03-28", "08:00", "17:00", [["2026-03-28T07:00", "2026-03-28T16:00"]]],
    ["Europe/Berlin", "2026-03-29", "08:00", "17:00", [["2026-03-29T06:00", "2026-03-29T15:00"]]],
    // 02:00 to 03:00 is skipped: a window that begins in it opens at 03:00, one that lies in it never.
    ["Europe/Berlin", "2026-03-29", "02:30", "05:00", [["2026-03-29T01:00", "2026-03-29T03:00"]]],
    ["Europe/Berlin", "2026-03-29", "02:00", "03:00", []],
    ["Europe/Berlin", "2026-03-29", "01:00", "02:30", [["2026-03-29T00:00", "2026-03-29T01:00"]]],
    // 02:00 to 03:00 comes twice: a window in it opens twice.
    [
      "Europe/Berlin",
      "2026-10-25",
      "02:15",
      "02:45",
      [
        ["2026-10-25T00:15", "2026-10-25T00:45"],
        ["2026-10-25T01:15", "2026-10-25T01:45"],
      ],
    ],
    ["America/New_York", "2026-03-08", "09:00", "17:00", [["2026-03-08T13:00", "2026-03-08T21:00"]]],
    ["America/New_York", "2026-11-01", "09:00", "17:00", [["2026-11-01T14:00", "2026-11-01T22:00"]]],
    ["Australia/Lord_Howe", "2026-10-04", "08:00", "09:00", [["2026-10-03T21:00", "2026-10-03T22:00"]]],
    ["Asia/Kathmandu", "2026-06-01", "09:00", "10:00", [["2026-06-01T03:15", "2026-06-01T04:15"]]],
    ["UTC", "2026-06-01", "00:00", "00:00", [["2026-06-01T00:00", "2026-06-02T00:00"]]],
    ["UTC", "2026-06-01", "00:00", "24:00", [["2026-06-01T00:00", "2026-06-02T00:00"]]],
  ])("%s, %s, %s to %s", (zone, date, from, to, expected) => {
    expect(spans(zone, date, from, to)).toEqual(expected);
  });

  it("a whole day has 23, 24 or 25 hours", () => {
    const hours = (date: string) =>
      spansOn(day(date), daily("00:00", "24:00"), zoneOf("Europe/Paris")).reduce(
        (sum, one) => sum + one.end - one.start,
        0,
      ) / 3_600_000;
    expect(["2026-03-29", "2026-07-01", "2026-10-25"].map(hours)).toEqual([23, 24, 25]);
  });

  it("the next opening is found over a week, and none where there is none", () => {
    const zone = zoneOf("Europe/Berlin");
    const monday = openingOf([{ days: ["MONDAY"], from: "09:00", to: "10:00" }], zone);
    expect(new Date(monday.nextOpen(at("2026-03-23T09:30:00Z"))).toISOString()).toBe(
      "2026-03-30T07:00:00.000Z",
    );
    expect(monday.nextOpen(at("2026-03-23T08:30:00Z"))).toBe(at("2026-03-23T08:30:00Z"));
    expect(monday.closesAt(at("2026-03-23T08:30:00Z"))).toBe(at("2026-03-23T09:00:00Z"));
    expect(openingOf([], zone).nextOpen(0)).toBe(Number.POSITIVE_INFINITY);
    expect(openingOf([{ days: ["NEVERDAY"], from: "x", to: "y" }], zone).nextOpen(0)).toBe(
      Number.POSITIVE_INFINITY,
    );
  });
});

describe("waits", () => {
  const due = (sent: string, value: number, range: string, working = false, zone = "Europe/Berlin") =>
    describeMoment(zoneOf(zone), dueAfter(at(sent), { value, range }, zoneOf(zone), working));

  it.each([
    ["2026-03-27T09:00:00Z", 3, "DAY", false, "2026-03-30T10:00:00+02:00"],
    ["2026-03-27T09:00:00Z", 72, "HOUR", false, "2026-03-30T11:00:00+02:00"],
    ["2026-03-27T09:00:00Z", 90, "MINUTE", false, "2026-03-27T11:30:00+01:00"],
    // Friday 10:00 and two working days: Tuesday 10:00.
    ["2026-03-27T09:00:00Z", 2, "DAY", true, "2026-03-31T10:00:00+02:00"],
    ["2026-03-27T09:00:00Z", 5, "DAY", true, "2026-04-03T10:00:00+02:00"],
    ["2026-03-27T09:00:00Z", 11, "DAY", true, "2026-04-13T10:00:00+02:00"],
    // On a Saturday no time passes.
    ["2026-03-28T09:00:00Z", 1, "DAY", true, "2026-03-31T00:00:00+02:00"],
    ["2026-03-27T09:00:00Z", 20, "HOUR", true, "2026-03-30T06:00:00+02:00"],
  ])("%s and %i %s (working days %s) is %s", (sent, value, range, working, expected) => {
    expect(due(sent, value, range, working)).toBe(expected);
  });
});

describe("zones", () => {
  it.each([...timezones])("%s goes there and back through the year", (name) => {
    const zone = zoneOf(name);
    const format = new Intl.DateTimeFormat("en-CA", {
      timeZone: name,
      dateStyle: "short",
      timeStyle: "short",
      hourCycle: "h23",
    });
    for (let time = at("2026-01-01T00:30:00Z"); time < at("2027-01-01T00:00:00Z"); time += 9.3 * DAY) {
      const local = toLocal(zone, time);
      const text = format.format(time);
      const [date = "", clock] = text.split(", ");
      expect(new Date(local).toISOString().slice(0, 16)).toBe(`${date}T${clock}`);
      expect(toLocal(zone, toMoment(zone, local))).toBe(local);
    }
  });

  it("knows names that are none", () => {
    expect(["Europe/Berlin", "Mars/Olympus", "", "constructor"].map(isZone)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it("says a moment as people do", () => {
    expect(sayMoment(zoneOf("Asia/Kolkata"), at("2026-03-29T20:00:00Z"))).toBe(
      "Mon 2026-03-30 01:30 (Asia/Kolkata)",
    );
    expect(describeMoment(zoneOf("America/St_Johns"), at("2026-01-05T12:00:00Z"))).toBe(
      "2026-01-05T08:30:00-03:30",
    );
    expect(weekdayOf(dayOf(at("2026-03-29T20:00:00Z")))).toBe("SUNDAY");
  });

  it("counts the minutes of a day", () => {
    expect(
      [
        ...minutesByDay([
          ...daily("08:00", "12:00").slice(0, 1),
          { days: ["MONDAY"], from: "13:00", to: "24:00" },
        ]),
      ].slice(0, 2),
    ).toEqual([
      ["MONDAY", 900],
      ["TUESDAY", 240],
    ]);
  });
});
