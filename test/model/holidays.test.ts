/** The table of public holidays: days that everybody can look up, and the library that it was made from. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import table from "../../src/model/holidays.json" with { type: "json" };
import { holidaysOf } from "../../src/model/holidays.ts";
import { timezones } from "../../src/model/timezone-list.ts";

/** It brings no types. */
const { default: Library } = (await import(["date", "holidays"].join("-"))) as {
  default: new (country: string) => Loaded;
};
interface Loaded {
  getHolidays(year: number): { date: string; type: string }[];
}

const nameOf = async (zone: string, date: string) => (await holidaysOf(zone))?.nameOf(date);

describe("public holidays", () => {
  it.each([
    ["Europe/Berlin", "2026-12-25", "Christmas Day"],
    ["Europe/Berlin", "2027-03-26", "Good Friday"],
    ["Europe/Paris", "2028-07-14", "Bastille Day"],
    ["Europe/Warsaw", "2026-11-11", "Independence Day"],
    ["Europe/London", "2026-12-28", "Boxing Day (substitute day)"],
    ["America/New_York", "2026-11-26", "Thanksgiving Day"],
    ["US/Eastern", "2027-07-05", "Independence Day (substitute day)"],
    ["America/Chicago", "2030-01-21", "Martin Luther King Jr. Day"],
    ["America/Toronto", "2027-07-01", "Canada Day"],
    ["Asia/Tokyo", "2029-04-29", "Showa Day"],
    ["Asia/Calcutta", "2028-01-26", "Republic Day"],
    ["Asia/Istanbul", "2027-10-29", "Republic Day"],
    ["Europe/Kiev", "2026-08-24", "Independence Day"],
    ["Europe/Kyiv", "2026-08-24", "Independence Day"],
    ["Africa/Johannesburg", "2031-09-24", "Heritage Day"],
  ])("%s on %s: %s", async (zone, date, name) => {
    expect(await nameOf(zone, date)).toBe(name);
  });

  it("are not claimed of a region, of half a day, or of some people", async () => {
    // Epiphany and the Assumption are holidays of parts of Germany; Women's Day is half a day of women in China.
    for (const date of ["2027-01-06", "2027-08-15", "2027-10-31"])
      expect(await nameOf("Europe/Berlin", date)).toBeUndefined();
    expect(await nameOf("Asia/Shanghai", "2027-03-08")).toBeUndefined();
    expect(await nameOf("Europe/London", "2027-11-30")).toBeUndefined();
  });

  it.each([
    "UTC",
    "Etc/UTC",
    "Etc/GMT+5",
    "CET",
    "EST",
    "Antarctica/Troll",
    "Mars/Olympus",
    "",
    "constructor",
  ])("are not claimed where %j names no one country", async (zone) => {
    expect(await holidaysOf(zone)).toBeUndefined();
  });

  it("of a zone that two countries use are those that both have", async () => {
    const shared = await holidaysOf("Asia/Bangkok");
    expect(shared?.country).toBe("Thailand and Vietnam");
    expect(shared?.nameOf("2027-01-01")).toBe("New Year's Day");
    expect(shared?.nameOf("2027-04-13")).toBeUndefined();
  });

  it("outside the years of the table are not known", async () => {
    const germany = await holidaysOf("Europe/Berlin");
    const [first = 0, last = 0] = germany?.years ?? [];
    for (const year of [first - 1, last + 1]) {
      expect(germany?.knows(year)).toBe(false);
      expect(germany?.nameOf(`${year}-12-25`)).toBeUndefined();
    }
    for (const year of [first, last]) expect(germany?.nameOf(`${year}-12-25`)).toBe("Christmas Day");
  });

  it("take less than 150 kB", () => {
    expect(JSON.stringify(table).length).toBeLessThan(150_000);
  });
});

describe("the table and the library", () => {
  it("agree on any day of any country that has one zone of its own", async () => {
    const zones = timezones.filter((zone) =>
      Object.values(table.zones).some((list) => list.split(" ").includes(zone)),
    );
    const [first = 0, last = 0] = table.years;
    const property = fc.asyncProperty(
      fc.constantFrom(...zones),
      fc.integer({ min: first, max: last }),
      async (zone, year) => {
        const [codes = ""] =
          Object.entries(table.zones).find(([, list]) => list.split(" ").includes(zone)) ?? [];
        const known = await holidaysOf(zone);
        const [own = "", ...others] = codes.split(" ");
        const listed = new Library(own).getHolidays(year);
        const starts = new Set(
          listed.filter(({ type }) => type === "public").map(({ date }) => date.slice(0, 10)),
        );
        // Each day that is claimed is the library's, or one of several days that begin there.
        for (let day = Date.UTC(year, 0, 1); day < Date.UTC(year + 1, 0, 1); day += 86_400_000) {
          const date = new Date(day).toISOString().slice(0, 10);
          const near = Array.from({ length: 16 }, (_, back) =>
            new Date(day - back * 86_400_000).toISOString().slice(0, 10),
          );
          if (known?.nameOf(date))
            expect([zone, date, near.some((one) => starts.has(one) || one < `${year}`)]).toEqual([
              zone,
              date,
              true,
            ]);
        }
        // Whole public days without a note are claimed, where no second country has a say.
        if (others.length > 0) return;
        for (const { date, type, note } of listed as { date: string; type: string; note?: string }[]) {
          if (type !== "public" || note || !date.includes("00:00:00")) continue;
          expect([zone, date, typeof known?.nameOf(date.slice(0, 10))]).toEqual([zone, date, "string"]);
        }
      },
    );
    await fc.assert(property, { numRuns: 60 });
  });
});
