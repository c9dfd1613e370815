/**
 * The closed list of time zones that Woodpecker accepts for a campaign: 289 names, published under
 * "Accepted timezones" in the vendor's help article on campaigns. Old names are part of it (Europe/Kiev),
 * some current ones are not (Europe/Kyiv).
 */
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
