/**
 * Text that was meant to be replaced. Source: practice of cold e-mail (templates ask for "[Your name]"), and "lorem
 * ipsum", the filler text of typesetters.
 */
import { quoted } from "../../values/foreign.ts";
import { on, type Rule } from "../finding.ts";
import { asRead, type Text, textsOf } from "../texts.ts";

/** What a bracket asks for. "[1]", "[sic]", "[Webinar]" and "[Berlin]" ask for nothing. */
const asksFor =
  "link to|your|insert|add|enter|replace|fill in|customi[sz]e|personali[sz]e[d]?|mention|specify|mutual|specific|relevant|their|his|her|placeholder|tbd|tba|todo|xx+|ihr[e]?|dein[e]?|hier|bitte|name|votre|vos|insérer|à compléter|à remplacer|tu|su|insertar|twoj[ea]|twój|wstaw|uzupełnij|podaj|inserisci|inserir|seu|ваш[ае]?|вставити|вставить";
const thing =
  "(?:first|last|full|company|sender|recipient|prospect|client|customer|contact|job|product|business|brand|competitor|mutual|city|my)[ _-]?(?:name|title|contact|connection)?|name|title|date|time|day|(?:calendar |meeting |booking |calendly |demo |case study )?(?:link|url)|phone(?: number)?|signature|position|role|industry|competitor|case study|pain ?point|(?:specific )?(?:result|metric|challenge|benefit|number)|x|value prop(?:osition)?|personali[sz](?:ed line|ation)|ice ?breaker|opening line|website|testimonial|nom|prénom|entreprise|société|fonction|nombre|empresa|cargo|nome|azienda|imię|nazwisko|firma|stanowisko|vorname|nachname|unternehmen|firmenname|branche|position|ім['’]я|назва компанії|компанія|посада|имя|компания|должность";

/** In a file name, a route or a word a bracket is part of it: [name].js, pages/[id], [x]cube. */
const inName = "(?![\\p{L}\\p{N}[]|\\.[\\p{L}[])";
const asked = [
  new RegExp(`(?<![[/.\\]])\\[\\s*(?:${asksFor})(?:[\\s:,'’][^[\\]\\n]{1,60})?\\s*\\]${inName}`, "iu"),
  new RegExp(`(?<![[/.\\]])\\[\\s*(?:${thing})(?:\\s+(?:[A-Z]|\\d{1,2}))?\\s*\\]${inName}`, "iu"),
  /\[[^[\]\n]{0,40}(?:\b(?:here|goes here|hier einfügen|einfügen|ergänzen|eintragen|ici|aquí)|à compléter|сюди|сюда)\s*\]/iu,
  /\(\s*(?:insert(?!\s+(?:in|for|of|with|to)\b)|einfügen|insérer|wstaw|your (?:name|company|title|link|phone|signature|position|calendar)|company name|first name|ihr name|ihre firma|votre nom|twoje imię)\b[^()\n]{0,40}\)/iu,
  // As a tag it would not even be seen.
  /(?:<|&lt;)\s*(?:your|insert)\s[^<>&\n]{2,40}(?:>|&gt;)/i,
  /(?<!<|&lt;)(?:<|&lt;)\s*(?:(?:first|last|full|company|client|contact|prospect|customer)[ _-]?(?:name)?|name|job[ _-]?title|firma|vorname|nachname|unternehmen|prénom|prenom|nom|entreprise|société|imię|imie|nombre|empresa|nome|azienda|ім['’]я|компанія|имя|компания)\s*\/?(?:>|&gt;)/iu,
  /\b(?:insert|your)\s+(?:(?:your|a|an|the)\s+)?(?:first |last |company |full )?(?:name|company|link|text|case study|testimonial|title|url|date|number|example|metric|quote|result|pain point)s?\s+here\b/i,
  /\b(?:INSERT|ADD|PUT|PASTE|ENTER)\s+(?!TO (?:CART|BASKET|BAG|CALENDAR|WISHLIST)\b)[A-Z][A-Z ']{1,40}(?:\s+HERE)?(?![\p{L}])/u,
  /\b(?:YOUR|NAME|LOGO|LINK|TEXT|COMPANY|QUOTE|CASE STUDY|TESTIMONIAL)(?: [A-Z]{2,12}){0,2} (?:GOES )?HERE\b/,
  /(?<!\p{L})(?:HIER [\p{Lu} ]{2,30}EINFÜGEN|[\p{Lu} ]{3,30}(?:EINFÜGEN|ERGÄNZEN)|INSÉRER [\p{Lu}' ]{2,30}|WSTAW [\p{Lu} ]{2,30}|INSERTAR [\p{Lu} ]{2,30}|ВСТАВИТИ [\p{Lu} ]{2,30}|ВСТАВИТЬ [\p{Lu} ]{2,30})/u,
  /\[\s*(?:LINK|URL|LOGO|NAME|DATE|CASE STUDY|TESTIMONIAL|QUOTE|NUMBER|CTA|IMAGE)\b[\p{Lu}\d :'’/-]{0,40}\]|>{2,}\s*\p{Lu}[\p{Lu} ]{2,30}\s*<{2,}/u,
  /\bPLACEHOLDER\b|\bPLATZHALTER\b/,
  /[【［〔[]\s*(?:会社名|貴社名|御社名|企業名|お名前|氏名|名前|担当者名|ご担当者名|部署名|役職|商品名|サービス名|日付|日時)\s*[】］〕\]]|(?:会社名|氏名|担当者名)を?(?:入力|記入|挿入)|[〇○◯]{2,}(?=\s*(?:様|さん|株式会社|会社|社|御中|の))/u,
  /\b(?:https?:\/\/)?(?:www\.)?(?:your-?(?:company|domain|website|site)|ihre-?(?:firma|domain)|deine-?domain|votre-?(?:site|entreprise))\.(?:com|net|org|io|de|fr|co)\b/i,
  /\/(?:your|my)-?(?:link|name|handle|username|calendar|page)(?![\w-])/i,
  /(?<!["“„«])\(?\b123\)?[-. ]?456[-. ]7890\b/,
  /\p{L},? _{3,}(?=[\s,.?!]|$)|(?<=[\s(])[$€£]\s?X{2,5}(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])X{1,3}\s?%/u,
  // Whose page it stands on is told with a verb or an article before it.
  /(?<!\b(?:says?|still|shows?|reads?|with|of|the|holds?|steht|noch|affiche|encore|du|nadal|jest)\s+["“„«]?\s?)\blorem ipsum\b/i,
  /\bdolor sit amet\b/i,
  // A tool for versions is called asdf, too.
  /\basdf\w+|\basdf\b(?=\s+asdf|\s*(?:[.,!?:]|$))/im,
];

/** "todo" is a word of Spanish and Portuguese, also in capitals, and "XXX edycja" a number in Polish. */
const notes =
  /(?:^|[^\p{L}\p{N}])(?<!["“„«](?:\/\/|#)?\s?)(?<!(?:Bowl|Louis|Chapter|Kapitel|Volume|Band|Part|Teil|Tome?)\s)(TODO(?=\s*(?:[:(\]]|$))|TO-DO(?=\s*:)|FIXME|TKTK|XXX+(?!\s?-?(?:lecie|edycj|\p{Lu}\p{Ll}+ [\p{Lu}\d])))(?![\p{L}\p{N}])/mu;
const todo =
  /(?:^|[^\p{L}\p{N}])(TODO (?!(?:lists?|apps?|items?|comments?|boards?|notes?)\b)\p{L}[^\n.!?]{0,30})/u;
const romance =
  /(?<![\p{L}])(?:el|los|las|una|para|con|por|está|del|usted|hola|y|sus?|você|não|uma|são|com|seu|lo)(?![\p{L}])/giu;
const speaksRomance = (text: string) =>
  new Set((text.match(romance) ?? []).map((word) => word.toLowerCase())).size >= 2 || /[¿¡]/.test(text);

const remedy = "Write what belongs there, or use a snippet.";

function placeholderIn(text: Text): string | undefined {
  const read = asRead(text);
  const found = asked.map((form) => form.exec(read)?.[0] ?? form.exec(text.text)?.[0]).find(Boolean);
  return found ?? notes.exec(read)?.[1] ?? (speaksRomance(read) ? undefined : todo.exec(read)?.[1]);
}

export const placeholderRules: readonly Rule[] = [
  on(textsOf, {
    name: "placeholder",
    severity: "error",
    found: placeholderIn,
    message: (found) => `${quoted(found, 60)} looks like a note to be replaced; people would read it.`,
    remedy,
  }),
  on(textsOf, {
    // "Speaker to be announced" is said of an event too.
    name: "to_be_decided",
    severity: "warning",
    found: (text) => /(?<![\p{L}\p{N}[])TBD(?![\p{L}\p{N}])/u.test(asRead(text)),
    message: '"TBD" is still to be decided; people would read it.',
    remedy,
  }),
];
