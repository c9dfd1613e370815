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

/** Windows' names, and those of everyday English that mean one clock, by zone. */
const others: Record<string, string> = {
  "America/New_York": "Eastern Time|EST5EDT",
  "America/Chicago": "Central Time|CST6CDT",
  "America/Denver": "Mountain Time|MST7MDT",
  "America/Los_Angeles": "Pacific Time|PST8PDT|US/Pacific",
  "Pacific/Honolulu": "HST|Hawaiian Standard Time",
  "Europe/Berlin": "CEST|Central European Time|W. Europe Standard Time",
  "Europe/Athens": "EEST",
  "Europe/Lisbon": "WEST",
  "Asia/Tokyo": "JST|Tokyo Standard Time",
  "Asia/Seoul": "KST|Korea Standard Time",
  "Australia/Brisbane": "AEST|E. Australia Standard Time",
  "Pacific/Auckland": "NZST|New Zealand Standard Time",
  UTC: "Z|GMT|Coordinated Universal Time",
  "Europe/Kiev": "Europe/Kyiv|FLE Standard Time",
  "Europe/London": "GMT Standard Time",
  "Atlantic/Reykjavik": "Greenwich Standard Time",
  "Europe/Paris": "Romance Standard Time",
  "Europe/Budapest": "Central Europe Standard Time",
  "Europe/Warsaw": "Central European Standard Time",
  "Europe/Chisinau": "E. Europe Standard Time",
  "Europe/Bucharest": "GTB Standard Time",
  "Europe/Moscow": "Russian Standard Time",
  "Europe/Minsk": "Belarus Standard Time",
  "Europe/Istanbul": "Turkey Standard Time",
  "Asia/Jerusalem": "Israel Standard Time",
  "Africa/Cairo": "Egypt Standard Time",
  "Africa/Casablanca": "Morocco Standard Time",
  "Africa/Johannesburg": "South Africa Standard Time",
  "Africa/Nairobi": "E. Africa Standard Time",
  "Africa/Lagos": "W. Central Africa Standard Time",
  "Asia/Dubai": "Arabian Standard Time",
  "Asia/Riyadh": "Arab Standard Time",
  "Asia/Kolkata": "India Standard Time",
  "Asia/Shanghai": "China Standard Time",
  "Asia/Singapore": "Singapore Standard Time",
  "Asia/Bangkok": "SE Asia Standard Time",
  "Australia/Sydney": "AUS Eastern Standard Time",
  "Australia/Perth": "W. Australia Standard Time",
  "America/Sao_Paulo": "E. South America Standard Time",
  "America/Buenos_Aires": "Argentina Standard Time",
  "America/Bogota": "SA Pacific Standard Time",
  "America/Mexico_City": "Central Standard Time (Mexico)",
  "America/Regina": "Canada Central Standard Time",
  "America/Phoenix": "US Mountain Standard Time",
  "America/Halifax": "Atlantic Standard Time",
  "America/Anchorage": "Alaskan Standard Time",
};

const bare = (name: string) => name.toLowerCase().replace(/[\s_-]+/g, "");

const zonesByName = new Map<string, readonly string[]>([
  ...Object.entries(others).flatMap(([zone, names]) =>
    names.split("|").map((name) => [bare(name), [zone]] as const),
  ),
  ...Object.entries(ambiguous).map(([name, zones]) => [bare(name), zones.split(" ")] as const),
]);

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
