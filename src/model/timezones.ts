/**
 * The closed list of time zones that Woodpecker accepts for a campaign: 289 names, published under
 * "Accepted timezones" in the vendor's help article on campaigns. Old names are part of it (Europe/Kiev),
 * some current ones are not (Europe/Kyiv).
 */
import { closest } from "../values/closest.ts";

const areas: Record<string, string> = {
  Africa: `Abidjan Accra Addis_Ababa Asmara Bamako Bangui Banjul Bissau Blantyre Brazzaville Bujumbura Cairo
    Casablanca Conakry Dakar Dar_es_Salaam Djibouti El_Aaiun Freetown Gaborone Harare Johannesburg
    Kampala Khartoum Kigali Kinshasa Lagos Libreville Lome Luanda Lusaka Malabo Maputo Maseru Mbabane
    Mogadishu Monrovia Nairobi Ndjamena Niamey Nouakchott Ouagadougou Porto-Novo Sao_Tome Tripoli Tunis
    Windhoek`,
  America: `Anchorage Anguilla Antigua Argentina/Buenos_Aires Aruba Asuncion Barbados Belize Bogota Buenos_Aires
    Caracas Cayenne Cayman Chicago Chihuahua Costa_Rica Denver Dominica Edmonton El_Salvador Godthab
    Grand_Turk Grenada Guadeloupe Guatemala Guayaquil Guyana Halifax Havana Indianapolis Jamaica La_Paz
    Lima Los_Angeles Managua Manaus Martinique Mazatlan Mexico_City Miquelon Monterrey Montevideo
    Montserrat Nassau New_York Panama Paramaribo Phoenix Port-au-Prince Port_of_Spain Puerto_Rico Regina
    Rio_Branco Santiago Santo_Domingo Sao_Paulo St_Johns St_Kitts St_Lucia St_Thomas St_Vincent
    Tegucigalpa Tijuana Toronto Tortola Vancouver Whitehorse Winnipeg`,
  Arctic: `Longyearbyen`,
  Asia: `Aden Almaty Amman Ashgabat Baghdad Bahrain Baku Bangkok Beirut Bishkek Brunei Calcutta Chongqing
    Colombo Damascus Dhaka Dubai Dushanbe Gaza Hong_Kong Irkutsk Istanbul Jakarta Jerusalem Kamchatka
    Karachi Kathmandu Kolkata Krasnoyarsk Kuala_Lumpur Kuwait Macau Magadan Manila Muscat Nicosia
    Novosibirsk Omsk Phnom_Penh Pyongyang Qatar Rangoon Riyadh Seoul Shanghai Singapore Taipei Tashkent
    Tbilisi Tehran Thimphu Tokyo Ulaanbaatar Ulan_Bator Urumqi Vientiane Vladivostok Yakutsk Yerevan`,
  Atlantic: `Azores Bermuda Cape_Verde Faroe Reykjavik South_Georgia St_Helena Stanley`,
  Australia: `Adelaide Brisbane Canberra Darwin Hobart Melbourne Perth Sydney`,
  Canada: `Atlantic Eastern Mountain Newfoundland Saskatchewan`,
  Europe: `Amsterdam Athens Belgrade Berlin Bratislava Brussels Bucharest Budapest Chisinau Copenhagen Dublin
    Gibraltar Guernsey Helsinki Isle_of_Man Istanbul Jersey Kiev Lisbon Ljubljana London Luxembourg
    Madrid Malta Minsk Monaco Moscow Oslo Paris Podgorica Prague Riga Rome San_Marino Sarajevo Skopje
    Sofia Stockholm Tallinn Vaduz Vatican Vienna Vilnius Volgograd Warsaw Zagreb Zurich`,
  "": `Hongkong Singapore UTC`,
  Indian: `Antananarivo Chagos Christmas Cocos Comoro Kerguelen Mahe Maldives Mauritius Mayotte Reunion`,
  Pacific: `Auckland Efate Fakaofo Fiji Funafuti Guadalcanal Guam Honolulu Kiritimati Midway Nauru Niue Norfolk
    Noumea Palau Pitcairn Pohnpei Port_Moresby Rarotonga Saipan Tahiti Tarawa Tongatapu Wallis`,
  US: `Alaska Arizona Central East-Indiana Eastern Hawaii Mountain Samoa`,
};

export const timezones: readonly string[] = Object.entries(areas).flatMap(([area, names]) =>
  names.split(/\s+/).map((name) => (area ? `${area}/${name}` : name)),
);

const accepted = new Set(timezones);

/** What is known about a time zone name: accepted as it is, accepted under another name, a real zone that is not on the list, or no zone at all. */
type TimezoneVerdict =
  | { kind: "accepted" }
  | { kind: "renamed"; use: string }
  | { kind: "unlisted"; similar: string[] }
  | { kind: "unknown"; similar: string[] };

export function judgeTimezone(name: string): TimezoneVerdict {
  if (accepted.has(name)) return { kind: "accepted" };
  const wrongCase = timezones.find((zone) => zone.toLowerCase() === name.toLowerCase());
  if (wrongCase) return { kind: "renamed", use: wrongCase };
  const canonical = canonicalName(name);
  if (!canonical) return { kind: "unknown", similar: closest(name, timezones) };
  const same =
    timezones.find((zone) => zone === canonical) ??
    timezones.find((zone) => canonicalName(zone) === canonical);
  return same ? { kind: "renamed", use: same } : { kind: "unlisted", similar: sameClock(name) };
}

/** Why a name cannot be the time zone of a campaign; a real zone that is not on the list passes. */
export function timezoneFault(name: string): string | undefined {
  const verdict = judgeTimezone(name);
  if (verdict.kind === "renamed") return `"${name}" is called "${verdict.use}" in Woodpecker; use that name`;
  if (verdict.kind !== "unknown") return undefined;
  const examples =
    verdict.similar.length > 0 ? verdict.similar : ["Europe/Warsaw", "America/New_York", "UTC"];
  return `is not a time zone that Woodpecker knows; use a name such as ${examples.join(", ")}`;
}

function canonicalName(zone: string): string | undefined {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** Accepted zones whose clocks agree with `zone` in January and in July, those of its own area first. */
function sameClock(zone: string): string[] {
  const area = zone.split("/")[0];
  const own = offsets(zone);
  const agreeing = timezones.filter((other) => offsets(other) === own);
  const near = agreeing.filter((other) => other.startsWith(`${area}/`));
  return [...near, ...agreeing.filter((other) => !near.includes(other))].slice(0, 3);
}

function offsets(zone: string): string {
  const year = new Date().getUTCFullYear();
  const format = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" });
  return [0, 6]
    .map((month) =>
      format.formatToParts(new Date(Date.UTC(year, month, 15))).find((part) => part.type === "timeZoneName"),
    )
    .map((part) => part?.value)
    .join();
}
