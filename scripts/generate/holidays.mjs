/**
 * Writes src/model/holidays.json: the public holidays of the countries whose time zones Woodpecker has, for some years. Run by
 * `npm run holidays`, and not with the rest: its packages take seconds, and what they say changes with their version alone.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { rawTimeZones } from "@vvo/tzdb";
import Holidays from "date-holidays";
import { timezones } from "../../src/model/timezone-list.ts";

/** Raise both once a year, in autumn. */
const [FIRST, LAST] = [2026, 2032];
const HOUR = 3_600_000;

const data = JSON.parse(readFileSync("node_modules/date-holidays/data/holidays.json", "utf8")).holidays;
/** IANA's zone1970.tab names two countries for it. */
const disputed = new Set(["Europe/Simferopol"]);
/** A zone's own row says more than one that names it among others. */
const rows = [
  ...rawTimeZones.flatMap(({ group, countryCode }) => group.map((zone) => [zone, countryCode])),
  ...rawTimeZones.map(({ name, countryCode }) => [name, countryCode]),
];
const countries = new Map(rows);
/** The others of a group have the clock of its zone, and not always its country: CET, Atlantic/Jan_Mayen. */
const named = [...timezones, ...rawTimeZones.map(({ name }) => name)].filter((zone) => !disputed.has(zone));
const listed = new Set(timezones.map((zone) => countries.get(zone)));

/** The countries that may be meant by a zone: its own, and those that use it and have none that Woodpecker lists. */
function countriesOf(zone) {
  const own = countries.get(zone);
  if (!data[own]) return [];
  const others = Object.entries(data)
    .filter(([code, { zones = [] }]) => code !== own && zones.includes(zone) && !listed.has(code))
    .map(([code]) => code);
  return [own, ...others];
}

/** For some people only, or not certain: nothing that can be said of a country. */
const isForSome = ({ note = "" }) =>
  /\bonly\b|^(?:women|youth|children|military|for )|orthodox|tentative/i.test(note);

/** The days that are a holiday from morning to night. */
function daysOf({ date, start, end }) {
  if (date.slice(11, 19) !== "00:00:00") return [];
  const first = Date.parse(date.slice(0, 10));
  // A day on which clocks are put forward has 23 hours.
  const count = Math.floor((end - start + HOUR) / (24 * HOUR));
  return Array.from({ length: count }, (_, day) =>
    new Date(first + day * 24 * HOUR).toISOString().slice(0, 10),
  );
}

/** @returns name → its days */
export function holidaysIn(code) {
  const library = new Holidays(code);
  library.setLanguages([`en-${code.toLowerCase()}`, "en"]);
  const days = new Map();
  for (let year = FIRST; year <= LAST; year += 1) {
    for (const holiday of library.getHolidays(year)) {
      if (holiday.type !== "public" || isForSome(holiday)) continue;
      const known = days.get(holiday.name) ?? new Set();
      for (const day of daysOf(holiday)) if (day >= `${FIRST}` && day < `${LAST + 1}`) known.add(day);
      days.set(holiday.name, known);
    }
  }
  return days;
}

/** "1225" for a day of every year, else "260403 270326 …": the table is loaded with the program. */
function short(days) {
  const years = Array.from({ length: LAST - FIRST + 1 }, (_, index) => FIRST + index);
  const isYearly = (day) => years.every((year) => days.has(`${year}${day.slice(4)}`));
  const yearly = [...days].filter((day) => day.startsWith(`${FIRST}`) && isYearly(day));
  const others = [...days].filter((day) => !isYearly(day));
  return [...yearly.map((day) => day.slice(4)), ...others.map((day) => day.slice(2))]
    .map((day) => day.replaceAll("-", ""))
    .join(" ");
}

const byCountries = new Map();
for (const zone of [...new Set(named)].sort()) {
  const codes = countriesOf(zone).join(" ");
  if (codes) byCountries.set(codes, [...(byCountries.get(codes) ?? []), zone]);
}
const codes = [...new Set([...byCountries.keys()].flatMap((key) => key.split(" ")))].sort();
const table = {
  source: "date-holidays (CC BY-SA 3.0, as this table), zones of @vvo/tzdb; written by npm run holidays",
  years: [FIRST, LAST],
  zones: Object.fromEntries([...byCountries].sort().map(([key, zones]) => [key, zones.join(" ")])),
  days: Object.fromEntries(
    codes.map((code) => {
      const days = [...holidaysIn(code)].filter(([, dates]) => dates.size > 0);
      return [code, Object.fromEntries(days.map(([name, dates]) => [name, short(dates)]))];
    }),
  ),
};

/** For the notices of the bundle: the table is an adaptation under the licence of its data. */
const noticeOf = (name) => {
  const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));
  return `${name} ${version}\n${"-".repeat(60)}\n${readFileSync(`node_modules/${name}/LICENSE`, "utf8").trim()}\n`;
};
const notice = `holidays.json
${"-".repeat(60)}
The table of public holidays (holidays.json) is adapted from date-holidays and, as its data, under CC BY-SA 3.0
<http://creativecommons.org/licenses/by-sa/3.0/>; its attributions follow. The countries of time zones are those of @vvo/tzdb.

${noticeOf("date-holidays")}
${noticeOf("@vvo/tzdb")}`;

const files = {
  "src/model/holidays.json": `${JSON.stringify(table, null, 1)}\n`,
  "src/model/holidays-notice.txt": notice,
};
for (const [path, text] of Object.entries(files)) {
  if (!process.argv.includes("--check")) writeFileSync(path, text);
  else if (readFileSync(path, "utf8") !== text) throw new Error(`${path} is stale: run npm run holidays`);
}
