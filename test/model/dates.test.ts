/** Dates as people write them, in whatever argument takes a day. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { datesIn } from "../../src/model/dates.ts";
import { openSession } from "../support/session.ts";

const names = [
  "January February March April May June July August September October November December",
  "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec",
].map((line) => line.split(" "));
const day = fc.date({
  min: new Date("2000-01-01T00:00Z"),
  max: new Date("2099-12-31T00:00Z"),
  noInvalidDate: true,
});
const partsOf = (date: Date) => {
  const iso = date.toISOString().slice(0, 10);
  const [year = 0, month = 0, number = 0] = iso.split("-").map(Number);
  return { iso, year, month, number };
};

describe("a day", () => {
  it("is the same one in every way of writing it that can mean one day only", () => {
    const property = fc.property(day, fc.constantFrom(...names), (date, months) => {
      const { iso, year, month, number } = partsOf(date);
      const word = months[month - 1] as string;
      const forms = [
        iso,
        `${year}/${month}/${number}`,
        `${year}.${month}.${number}`,
        `${number} ${word} ${year}`,
        `${number}. ${word.toUpperCase()} ${year}`,
        `${number}-${word.toLowerCase()}-${year}`,
        `${word} ${number}, ${year}`,
        `${word} ${number}th, ${year}`,
        `  ${word}. ${number} ${year}`,
      ];
      for (const form of forms) expect([form, datesIn(form)]).toEqual([form, [iso]]);
    });
    fc.assert(property);
  });

  it("of three numbers is one day only where the other reading is none, or the same", () => {
    const property = fc.property(day, fc.constantFrom("/", ".", "-"), (date, between) => {
      const { iso, year, month, number } = partsOf(date);
      const found = datesIn([number, month, year].join(between));
      expect(found).toContain(iso);
      expect(found.length).toBe(number > 12 || number === month ? 1 : 2);
    });
    fc.assert(property);
  });

  it.each([
    "31 Feb 2026",
    "20 Nov",
    "Nov 2026",
    "20/11/26",
    "yesterday",
    "20 Novermber 2026",
    "Ma 3 2026",
    "",
  ])("is not in %j", (text) => {
    expect(datesIn(text)).toEqual([]);
  });
});

describe("an argument", () => {
  it.each([
    ["list_replies", "since", (text: string) => ({ since: text })],
    ["list_recent_changes", "since", (text: string) => ({ since: text })],
    ["get_account_report", "since", (text: string) => ({ since: text })],
    ["list_tasks", "due_before", (text: string) => ({ due_before: text })],
    [
      "get_campaign_statistics",
      "period.to",
      (text: string) => ({ campaign_id: 2101, period: { from: "2026-01-01", to: text } }),
    ],
  ])(
    "%s: %s understands one and says so, and refuses what could be two with both",
    async (tool, field, args) => {
      const session = await openSession();
      const understood = await session.call(tool, args("20 Nov 2001"));
      if (!understood.failed)
        expect(understood.text).toContain(`Note: ${field}: "20 Nov 2001" is read as "2001-11-20"`);
      const refused = await session.call(tool, args("01/02/2001"));
      expect(refused.text).toContain(
        `${field} could be 2001-01-02 or 2001-02-01; write YYYY-MM-DD; got "01/02/2001"`,
      );
    },
  );
});
