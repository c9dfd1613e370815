/**
 * What is odd about one value of a person: for the check of those who are enrolled, and for an import before they are. It
 * judges a value by itself; nothing here is refused, since what is odd for most may be right for one.
 */

import { nameWords } from "./greetings.ts";
import { refusalIn } from "./refusals.ts";
import { snippetFields } from "./snippets.ts";

export type OddityKind = keyof typeof oddityWords;

export interface Oddity {
  kind: OddityKind;
  /** What would be right, where that can be told. */
  meant?: string;
}

/** Each kind in words that follow a number of people: "3 people have …". */
export const oddityWords = {
  nothing: "a word in place of a value",
  refusal: "an answer of a language model in place of a value",
  field: "an unfilled field in a value",
  formula: "a formula of a spreadsheet in a value",
  damaged: "damaged letters in a value",
  capitals: "a name in odd capitals",
  reversed: "a name with the surname first",
  not_a_name: "something in a name that is not part of one",
  code: "a piece of code in a value",
  line_break: "a line break in a value, which is lost in the e-mail",
  role_address: "an address that several people read",
  no_reply: "an address that nobody reads",
  address_typo: "an address that is probably misspelt",
} as const;

/** UTF-8 read as Windows-1252, byte by byte: "Ã¼" for "ü". */
export const misread =
  /(?:[ÃÂ][\u0080-\u00BF€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[\u0080-\u00BF™œž“”˜¦¢\u009D]|ï»¿|Ð[\u0080-\u00BF°-¿]|(?<=\p{Ll})[ÄÅ][\u0080-\u009F\u00A1-\u00BF‚„…†‡ˆ‰‹›™šžŸœŒŽ•–—](?=\p{Ll}|[\s,.]|$)|(?<!\p{L})Å[»¼š›](?=\p{Ll})|(?:[ÐÑ][\u0080-\u00BF€‚ƒ…]){2})/u;

const names = new Set(["first_name", "last_name"]);
const texts = new Set(
  Object.values(snippetFields).filter((field) => /^(snippet\d+|title|industry)$/.test(field)),
);

/** @param field by the name that Woodpecker's prospects have it */
export function oddities(field: string, value: unknown): Oddity[] {
  if (typeof value !== "string") return [];
  // A line break as the e-mail wants it.
  const text = (field.startsWith("snippet") ? value.replace(/<br\s*\/?>/gi, " ") : value).trim();
  if (text === "") return [];
  if (field === "email") return ofAddress(text);
  // One value has one fault that explains the others.
  const first =
    general.find(({ holds }) => holds(text, field))?.kind ??
    (names.has(field) ? nameKind(text, field) : undefined);
  if (first) return [{ kind: first }];
  return texts.has(field) && /\n\s*\S/.test(text) ? [{ kind: "line_break" }] : [];
}

interface Form {
  kind: OddityKind;
  holds: (text: string, field: string) => boolean;
}

const nothing =
  /^(?:n\/a|n\.\s?a\.?|#(?:n\/a|ref|value|name|null|error|div\/0|num|spill)[!?]*|\((?:blank|empty|none|leer|vide|brak)\)|null|\(null\)|undefined|nan|none|nil|unknown|not (?:available|found|applicable|specified|provided)|no (?:data|info|information|name|company|value|result)s?(?: (?:found|available))?|empty|blank|missing|tbd|todo|test(?:ing| test)?|asdf\w*|xxx+|-+|–|—|\?+|\.+|_+|k\.\s?a\.|keine angaben?|unbekannt|nicht verfügbar|inconnue?|non renseigné|aucune?|brak(?: danych)?|nie dotyczy|nieznan[yae]|desconocid[oa]|sin datos|sconosciut[oa]|desconhecid[oa]|onbekend|невідомо|немає(?: даних)?|неизвестно|нет данных|不明|なし|該当なし|未知|无)$/i;

const nameOfField = new RegExp(`^${nameWords}$`, "i");

/** Namibia is "NA"; Null is the surname of many, Nil and Nan are names, and Nan is a city. */
const isNothing = (text: string, field: string) =>
  (nothing.test(text) &&
    !(/^(?:Nan|Nil)$/.test(text) && ["first_name", "last_name", "city"].includes(field)) &&
    !(field === "last_name" && /^(?:Null|Test|Blank|None|Brak|無|无)$/.test(text))) ||
  // What a sheet has for an empty cell; in a snippet it may be a number.
  (text === "0" && !field.startsWith("snippet")) ||
  (names.has(field) && nameOfField.test(text)) ||
  (/^NA$/.test(text) && !["country", "state", "last_name"].includes(field));

const general: readonly Form[] = [
  { kind: "nothing", holds: isNothing },
  {
    kind: "refusal",
    holds: (text) =>
      text.length > 20 &&
      (refusalIn(text) !== undefined ||
        /^(?:sorry|unfortunately)\b.{0,30}\b(?:no (?:relevant |specific |public |further )?(?:data|information|info|details|results?)|i (?:could not|couldn['’]?t|cannot|can['’]?t|am unable|was unable)|unable to|not (?:enough|available|able|provided|found(?! by\b)))\b|^(?:leider|niestety|malheureusement)\b.{0,40}\b(?:kein|keine|nicht|nie|pas)\b|\b(?:no|insufficient) (?:relevant |specific |public )?(?:information|data) (?:was |is )?(?:found|available|provided)\b|\b(?:could not|couldn['’]t|unable to) (?:find|determine|identify|locate)\b|^(?:sure|certainly|of course)(?:[!,] here|! )|^here(?:['’]s| is| are) .{0,40}\b(?:opening|opener|ice ?breaker|first line|personali[sz]ed)\b.{0,20}:/i.test(
          text,
        )),
  },
  {
    kind: "field",
    holds: (text) =>
      /\{\{|\}\}|\*\||\|\*|%%|\$\{|<<|>>|^\{[^{}]*\}$|^%\w+%$|^\[(?:[^[\]]*[ _])?(?:first|last|name|company|title|insert|your|firma|nom|imię)[^[\]]*\]$|^<[^<>]*>$|\{[\w .]{2,30}\}/i.test(
        text,
      ),
  },
  {
    kind: "formula",
    holds: (text) => /^=\s*[\w"'(+@-]|^[+@-]\s*[A-Z][A-Z.]+\(|^[+@=-]\s*cmd\|/i.test(text),
  },
  {
    kind: "damaged",
    holds: (text, field) =>
      /\uFFFD/.test(text) || misread.test(text) || (names.has(field) && /\p{L}\?\p{L}/u.test(text)),
  },
  {
    kind: "code",
    holds: (text) =>
      /\[object \w+\]|\\[nt](?=\s|\p{Lu}|$)|&(?:amp|lt|gt|quot|nbsp|#\d{2,5});|<\/?(?:p|br|div|span|b|strong|a)\b[^<>]*>|\*\*\S/u.test(
        text,
      ),
  },
];

const degrees =
  /,\s*(?:jr|sr|ii|iii|iv|ph\.?\s?d|mba|md|m\.d|cpa|esq|msc|bsc|m\.?a|b\.?a|llm|dr|dds|rn|pe|pmp|cfa)\b\.?/i;

/** "Mr. Anna" and "Dr." would be greeted as such. */
const titled = /^(?:mr|mrs|ms|dr|prof|herr|frau|mme|sr|sra)(?:\.?$|\.\s|\s\p{Lu})/iu;

function nameKind(text: string, field: string): OddityKind | undefined {
  if (/^[\p{L}'’ -]{2,40},\s*\p{L}[\p{L}'’. -]+$/u.test(text) && !degrees.test(text)) return "reversed";
  if (
    (field === "first_name" && titled.test(text)) ||
    /[@|<>\\/()[\]#_*]|https?:|www\.|\d{2,}|^\d|\p{Extended_Pictographic}/u.test(text) ||
    /^(?:info|admin|office|kontakt|contact|sales|team|user)$/i.test(text)
  )
    return "not_a_name";
  const letters = text.replace(/[^\p{L}]/gu, "");
  if (letters.length > 2 && /^\p{Lu}+$/u.test(letters) && !/\./.test(text)) return "capitals";
  if (/(?<!\p{L})\p{Ll}\p{Lu}{2,}(?!\p{L})/u.test(text)) return "capitals";
  // "von Berg", "d'Angelo" and "deVries" begin with a small letter.
  const small = /^\p{Ll}+(?:[ -]\p{Ll}+)*$/u.test(text);
  return small && (field === "first_name" || !/[ '’-]/.test(text)) ? "capitals" : undefined;
}

const roles = new Set(
  "info information office contact kontakt sales support admin administration administrator hello hallo team mail email post service customerservice marketing hr jobs career careers karriere bewerbung buchhaltung rechnung rechnungen billing invoice invoices accounts accounting vertrieb verkauf einkauf empfang zentrale sekretariat verwaltung anfrage biuro sklep handel sprzedaz kadry sekretariat recepcja accueil commercial compta comptabilite direction secretariat bonjour ventas comercial administracion contacto hola amministrazione segreteria vendite webmaster postmaster hostmaster abuse privacy datenschutz press presse media newsletter enquiries inquiries reception shop orders bestellung help helpdesk feedback legal partners".split(
    " ",
  ),
);

/** Providers as they are misspelt most; "mail.com", "gmx.com" and "ymail.com" are providers themselves. */
const providers: Record<string, RegExp> = {
  "gmail.com":
    /^(?:g(?:mial|mai|mal|nail|amil|maill|mali|ail|mil|maiil|email|mailcom)\.com?|gmail\.(?:con|cmo|co|cm|om|c|comm|ocm|vom|cpm|xom)|gmail)$/,
  "hotmail.com":
    /^(?:hot(?:mial|mal|mai|maill|nail|amil|mil)\.com?|hotmail\.(?:con|cmo|om|comm|ocm|vom)|hotmail)$/,
  "outlook.com":
    /^(?:out(?:lok|loo|loook|llok|look\.co|lool)(?:\.com?)?|outlook\.(?:con|cmo|om|comm|ocm|vom)|oulook\.com|outlook)$/,
  "yahoo.com":
    /^(?:yah(?:o|ooo|po|oo\.co)?(?:\.com)?|yaoo\.com|yhaoo\.com|yahoo\.(?:con|cmo|om|comm|ocm|vom))$/,
  "icloud.com": /^(?:i(?:clod|cloude|coud|clould)\.com|icloud\.(?:con|cmo|co|om))$/,
  "gmx.de": /^(?:gmx\.d|gmy\.de|gmx\.dee|gxm\.de)$/,
  "web.de": /^(?:web\.d|wep\.de|wed\.de|webb\.de)$/,
  "t-online.de": /^(?:t-?onlin\.de|tonline\.de|t-online\.d|t-onlien\.de)$/,
};

function ofAddress(address: string): Oddity[] {
  const [local = "", domain = ""] = address.toLowerCase().split("@");
  if (
    /^(?:no|do-?not|dont)[._-]?reply|^(?:nicht-?antworten|keine-?antwort|ne-?pas-?repondre|mailer-daemon|bounces?)\b/.test(
      local,
    )
  )
    return [{ kind: "no_reply" }];
  // What is misspelt is short, or ends oddly: most addresses need no closer look.
  const provider =
    domain.length > 14 ? undefined : Object.entries(providers).find(([, form]) => form.test(domain))?.[0];
  const ending = /^(.+\.)(con|cmo|ocm|vom|cpm|xom|comm|nett|orgg|ogr)$/.exec(domain);
  const meant = provider ?? (ending && `${ending[1]}${endings[ending[2] as string] ?? "com"}`);
  if (meant) return [{ kind: "address_typo", meant: `${local}@${meant}` }];
  return roles.has(local.replace(/[._-](?:de|at|ch|fr|pl|uk|us|eu|en|\d+)$/, ""))
    ? [{ kind: "role_address" }]
    : [];
}

/** Any other is .com. */
const endings: Record<string, string> = { nett: "net", orgg: "org", ogr: "org" };
