/** Names of time zones that are not in the time zone data: what Windows calls them, and what people do. */
import { timezones } from "./timezone-list.ts";

/** Each is kept by several clocks: with and without a summer time, or on two continents. */
const ambiguous: Record<string, string> = {
  EST: "America/New_York America/Panama",
  EDT: "America/New_York America/Toronto",
  CST: "America/Chicago America/Regina Asia/Shanghai America/Havana",
  CDT: "America/Chicago America/Winnipeg America/Havana",
  MST: "America/Denver America/Phoenix",
  PST: "America/Los_Angeles Asia/Manila",
  AST: "America/Halifax America/Puerto_Rico Asia/Riyadh",
  IST: "Asia/Kolkata Europe/Dublin Asia/Jerusalem",
  BST: "Europe/London Asia/Dhaka",
  WET: "Europe/Lisbon Africa/Casablanca",
  CET: "Europe/Berlin Africa/Tunis",
  MET: "Europe/Berlin Africa/Tunis",
  EET: "Europe/Athens Africa/Cairo Africa/Tripoli",
  "Eastern Standard Time": "America/New_York America/Panama",
  "Central Standard Time": "America/Chicago America/Regina",
  "Mountain Standard Time": "America/Denver America/Phoenix",
  "Pacific Standard Time": "America/Los_Angeles Asia/Manila",
  Eastern: "US/Eastern Canada/Eastern",
  Mountain: "US/Mountain Canada/Mountain",
  Central: "US/Central America/Winnipeg",
};

/** Windows' names, and those of everyday English that mean one clock. */
const others: Record<string, string> = {
  "Eastern Time": "America/New_York",
  "Central Time": "America/Chicago",
  "Mountain Time": "America/Denver",
  "Pacific Time": "America/Los_Angeles",
  EST5EDT: "America/New_York",
  CST6CDT: "America/Chicago",
  MST7MDT: "America/Denver",
  PST8PDT: "America/Los_Angeles",
  HST: "Pacific/Honolulu",
  CEST: "Europe/Berlin",
  EEST: "Europe/Athens",
  WEST: "Europe/Lisbon",
  JST: "Asia/Tokyo",
  KST: "Asia/Seoul",
  AEST: "Australia/Brisbane",
  NZST: "Pacific/Auckland",
  Z: "UTC",
  GMT: "UTC",
  "Coordinated Universal Time": "UTC",
  "Central European Time": "Europe/Berlin",
  "US/Pacific": "America/Los_Angeles",
  "Europe/Kyiv": "Europe/Kiev",
  "GMT Standard Time": "Europe/London",
  "Greenwich Standard Time": "Atlantic/Reykjavik",
  "W. Europe Standard Time": "Europe/Berlin",
  "Romance Standard Time": "Europe/Paris",
  "Central Europe Standard Time": "Europe/Budapest",
  "Central European Standard Time": "Europe/Warsaw",
  "E. Europe Standard Time": "Europe/Chisinau",
  "FLE Standard Time": "Europe/Kiev",
  "GTB Standard Time": "Europe/Bucharest",
  "Russian Standard Time": "Europe/Moscow",
  "Belarus Standard Time": "Europe/Minsk",
  "Turkey Standard Time": "Europe/Istanbul",
  "Israel Standard Time": "Asia/Jerusalem",
  "Egypt Standard Time": "Africa/Cairo",
  "Morocco Standard Time": "Africa/Casablanca",
  "South Africa Standard Time": "Africa/Johannesburg",
  "E. Africa Standard Time": "Africa/Nairobi",
  "W. Central Africa Standard Time": "Africa/Lagos",
  "Arabian Standard Time": "Asia/Dubai",
  "Arab Standard Time": "Asia/Riyadh",
  "India Standard Time": "Asia/Kolkata",
  "China Standard Time": "Asia/Shanghai",
  "Singapore Standard Time": "Asia/Singapore",
  "Tokyo Standard Time": "Asia/Tokyo",
  "Korea Standard Time": "Asia/Seoul",
  "SE Asia Standard Time": "Asia/Bangkok",
  "AUS Eastern Standard Time": "Australia/Sydney",
  "E. Australia Standard Time": "Australia/Brisbane",
  "W. Australia Standard Time": "Australia/Perth",
  "New Zealand Standard Time": "Pacific/Auckland",
  "E. South America Standard Time": "America/Sao_Paulo",
  "Argentina Standard Time": "America/Buenos_Aires",
  "SA Pacific Standard Time": "America/Bogota",
  "Central Standard Time (Mexico)": "America/Mexico_City",
  "Canada Central Standard Time": "America/Regina",
  "US Mountain Standard Time": "America/Phoenix",
  "Atlantic Standard Time": "America/Halifax",
  "Alaskan Standard Time": "America/Anchorage",
  "Hawaiian Standard Time": "Pacific/Honolulu",
};

const bare = (name: string) => name.toLowerCase().replace(/[\s_-]+/g, "");

const keyed = (table: Record<string, string>) =>
  new Map(Object.entries(table).map(([name, zones]) => [bare(name), zones.split(" ")] as const));

const zonesByName = new Map([...keyed(others), ...keyed(ambiguous)]);

/** The zones of Woodpecker's list that a name may mean; none where it is not such a name. */
export function zonesNamed(name: string): readonly string[] {
  const known = zonesByName.get(bare(name));
  if (known) return known;
  const spelt = timezones.filter((zone) => bare(zone) === bare(name));
  if (spelt.length > 0) return spelt.slice(0, 1);
  return citiesNamed(name);
}

/** "Berlin", "New York": the last part of one zone. Parts of countries, such as US/Central, are no cities. */
function citiesNamed(name: string): readonly string[] {
  const found = timezones.filter((zone) => {
    const [area, ...rest] = zone.split("/");
    return (
      rest.length > 0 && area !== "US" && area !== "Canada" && bare(rest.at(-1) as string) === bare(name)
    );
  });
  // Istanbul is listed in Europe and in Asia, Buenos Aires under its country and without: one clock each.
  const clocks = new Set(found.map((zone) => canonicalName(zone)));
  return clocks.size === 1 ? found.slice(-1) : found;
}

export function canonicalName(zone: string): string | undefined {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
