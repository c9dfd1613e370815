/** Windows and zones as the clock of the sandbox reads them. */
import { describe, expect, it } from "vitest";
import type { Delay, DeliveryTime } from "../../../src/sandbox/campaign.ts";
import { dueAfter } from "../../../src/sandbox/clock/delay.ts";
import { isOpen, nextOpen } from "../../../src/sandbox/clock/windows.ts";
import { zoneOf } from "../../../src/sandbox/clock/zone.ts";
import { timezones } from "../../../src/sandbox/timezones.ts";

type Waiting = (value: number) => Delay;

const at = (text: string): number => Date.parse(`${text}Z`);
const text = (time: number): string => new Date(time).toISOString().slice(0, 16);
const week = (days: string, ...windows: string[]): DeliveryTime =>
  Object.fromEntries(
    days.split(" ").map((day) => [
      day,
      windows.map((window) => {
        const [from = "", to = ""] = window.split("-");
        return { from, to };
      }),
    ]),
  );

// Berlin: 2026-03-29 02:00 becomes 03:00, 2026-10-25 03:00 becomes 02:00. Santiago skips midnight on 2026-09-06.
describe("the next time a window is open", () => {
  it.each<[string, DeliveryTime, string, string, string]>([
    ["now", week("MONDAY", "09:00-17:00"), "Europe/Berlin", "2026-03-23T08:00", "2026-03-23T08:00"],
    ["later today", week("MONDAY", "09:00-17:00"), "Europe/Berlin", "2026-03-23T07:59", "2026-03-23T08:00"],
    [
      "the end is outside",
      week("MONDAY", "09:00-17:00"),
      "Europe/Berlin",
      "2026-03-23T16:00",
      "2026-03-30T07:00",
    ],
    [
      "the second window",
      week("MONDAY", "09:00-10:00", "14:00-15:00"),
      "UTC",
      "2026-03-23T11:00",
      "2026-03-23T14:00",
    ],
    [
      "over the change in spring",
      week("FRIDAY MONDAY", "09:00-17:00"),
      "Europe/Berlin",
      "2026-03-27T16:00",
      "2026-03-30T07:00",
    ],
    [
      "over the change in autumn",
      week("MONDAY", "09:00-17:00"),
      "Europe/Berlin",
      "2026-10-24T12:00",
      "2026-10-26T08:00",
    ],
    [
      "from inside the skipped hour",
      week("SUNDAY", "02:30-04:00"),
      "Europe/Berlin",
      "2026-03-28T12:00",
      "2026-03-29T01:00",
    ],
    [
      "wholly in the skipped hour",
      week("SUNDAY", "02:15-02:45"),
      "Europe/Berlin",
      "2026-03-28T12:00",
      "2026-04-05T00:15",
    ],
    [
      "the repeated hour",
      week("SUNDAY", "02:15-02:30"),
      "Europe/Berlin",
      "2026-10-24T12:00",
      "2026-10-25T00:15",
    ],
    [
      "the repeated hour once more",
      week("SUNDAY", "02:15-02:30"),
      "Europe/Berlin",
      "2026-10-25T00:40",
      "2026-10-25T01:15",
    ],
    ["a whole day", week("TUESDAY", "00:00-00:00"), "UTC", "2026-03-23T11:00", "2026-03-24T00:00"],
    [
      "a whole day without its midnight",
      week("SUNDAY", "00:00-00:00"),
      "America/Santiago",
      "2026-09-05T12:00",
      "2026-09-06T04:00",
    ],
    [
      "west of UTC",
      week("MONDAY", "09:00-17:00"),
      "America/Los_Angeles",
      "2026-03-23T00:00",
      "2026-03-23T16:00",
    ],
    [
      "an offset of a quarter",
      week("MONDAY", "09:00-17:00"),
      "Asia/Kathmandu",
      "2026-03-23T00:00",
      "2026-03-23T03:15",
    ],
  ])("%s", (_, windows, zone, from, expected) => {
    expect(text(nextOpen(windows, zoneOf(zone), at(from)))).toBe(expected);
  });

  it("never comes where there is no window", () => {
    expect(nextOpen({}, zoneOf("UTC"), 0)).toBe(Number.POSITIVE_INFINITY);
  });

  it("is open, is no later than it must be, and exists in every zone", () => {
    const windows = week("SUNDAY MONDAY", "01:30-03:30");
    for (const name of timezones()) {
      const zone = zoneOf(name);
      for (const from of [at("2026-03-07T00:00"), at("2026-10-31T00:00")]) {
        const found = nextOpen(windows, zone, from);
        expect([name, isOpen(windows, zone, found), isOpen(windows, zone, found - 1)]).toEqual([
          name,
          true,
          found === from,
        ]);
      }
    }
  });
});

describe("a follow-up is due", () => {
  const [day, hour, minute] = (["DAY", "HOUR", "MINUTE"] as const).map((range) => (value: number) => ({
    range,
    value,
  })) as [Waiting, Waiting, Waiting];
  it.each([
    ["after days, at the same hour", "2026-03-23T08:10", day(2), false, "2026-03-25T08:10"],
    ["over a change of the clock", "2026-03-27T08:10", day(3), false, "2026-03-30T07:10"],
    ["after hours, whatever the clock shows", "2026-03-28T23:10", hour(5), false, "2026-03-29T04:10"],
    ["after minutes", "2026-03-23T08:10", minute(90), false, "2026-03-23T09:40"],
    ["after working days", "2026-03-26T09:00", day(2), true, "2026-03-30T08:00"],
    ["after a working week", "2026-03-23T09:00", day(10), true, "2026-04-06T08:00"],
    ["counted from Monday where it left on a Saturday", "2026-03-21T09:00", day(1), true, "2026-03-23T23:00"],
    ["after working hours", "2026-03-20T21:00", hour(4), true, "2026-03-23T01:00"],
  ])("%s", (_, sent, delay, working, expected) => {
    const zone = zoneOf("Europe/Berlin");
    expect(text(dueAfter(at(sent), delay, zone, working))).toBe(expected);
  });
});
