/** The 289 time zones that the API accepts for a campaign. */

// Closed list: a zone that Node knows but this list lacks (Europe/Kyiv, Etc/UTC) is refused like a misspelt one.
const AREAS = `
Africa: Abidjan Accra Addis_Ababa Asmara Bamako Bangui Banjul Bissau Blantyre Brazzaville Bujumbura
Africa: Cairo Casablanca Conakry Dakar Dar_es_Salaam Djibouti El_Aaiun Freetown Gaborone Harare
Africa: Johannesburg Kampala Khartoum Kigali Kinshasa Lagos Libreville Lome Luanda Lusaka Malabo
Africa: Maputo Maseru Mbabane Mogadishu Monrovia Nairobi Ndjamena Niamey Nouakchott Ouagadougou
Africa: Porto-Novo Sao_Tome Tripoli Tunis Windhoek
America: Anchorage Anguilla Antigua Argentina/Buenos_Aires Aruba Asuncion Barbados Belize Bogota
America: Buenos_Aires Caracas Cayenne Cayman Chicago Chihuahua Costa_Rica Denver Dominica Edmonton
America: El_Salvador Godthab Grand_Turk Grenada Guadeloupe Guatemala Guayaquil Guyana Halifax Havana
America: Indianapolis Jamaica La_Paz Lima Los_Angeles Managua Manaus Martinique Mazatlan Mexico_City
America: Miquelon Monterrey Montevideo Montserrat Nassau New_York Panama Paramaribo Phoenix
America: Port-au-Prince Port_of_Spain Puerto_Rico Regina Rio_Branco Santiago Santo_Domingo Sao_Paulo
America: St_Johns St_Kitts St_Lucia St_Thomas St_Vincent Tegucigalpa Tijuana Toronto Tortola Vancouver
America: Whitehorse Winnipeg
Arctic: Longyearbyen
Asia: Aden Almaty Amman Ashgabat Baghdad Bahrain Baku Bangkok Beirut Bishkek Brunei Calcutta Chongqing
Asia: Colombo Damascus Dhaka Dubai Dushanbe Gaza Hong_Kong Irkutsk Istanbul Jakarta Jerusalem
Asia: Kamchatka Karachi Kathmandu Kolkata Krasnoyarsk Kuala_Lumpur Kuwait Macau Magadan Manila Muscat
Asia: Nicosia Novosibirsk Omsk Phnom_Penh Pyongyang Qatar Rangoon Riyadh Seoul Shanghai Singapore
Asia: Taipei Tashkent Tbilisi Tehran Thimphu Tokyo Ulaanbaatar Ulan_Bator Urumqi Vientiane Vladivostok
Asia: Yakutsk Yerevan
Atlantic: Azores Bermuda Cape_Verde Faroe Reykjavik South_Georgia St_Helena Stanley
Australia: Adelaide Brisbane Canberra Darwin Hobart Melbourne Perth Sydney
Canada: Atlantic Eastern Mountain Newfoundland Saskatchewan
Europe: Amsterdam Athens Belgrade Berlin Bratislava Brussels Bucharest Budapest Chisinau Copenhagen
Europe: Dublin Gibraltar Guernsey Helsinki Isle_of_Man Istanbul Jersey Kiev Lisbon Ljubljana London
Europe: Luxembourg Madrid Malta Minsk Monaco Moscow Oslo Paris Podgorica Prague Riga Rome San_Marino
Europe: Sarajevo Skopje Sofia Stockholm Tallinn Vaduz Vatican Vienna Vilnius Volgograd Warsaw Zagreb
Europe: Zurich
: Hongkong
Indian: Antananarivo Chagos Christmas Cocos Comoro Kerguelen Mahe Maldives Mauritius Mayotte Reunion
Pacific: Auckland Efate Fakaofo Fiji Funafuti Guadalcanal Guam Honolulu Kiritimati Midway Nauru Niue
Pacific: Norfolk Noumea Palau Pitcairn Pohnpei Port_Moresby Rarotonga Saipan Tahiti Tarawa Tongatapu
Pacific: Wallis
: Singapore
US: Alaska Arizona Central East-Indiana Eastern Hawaii Mountain Samoa
: UTC
`;

let names: Set<string> | undefined;

export function timezones(): Set<string> {
  names ??= new Set(
    AREAS.trim()
      .split("\n")
      .flatMap((line) => {
        const [area = "", cities = ""] = line.split(":");
        return cities
          .trim()
          .split(" ")
          .map((city) => (area ? `${area}/${city}` : city));
      }),
  );
  return names;
}

export function isTimezone(value: unknown): boolean {
  return typeof value === "string" && timezones().has(value);
}
