/**
 * What an assistant said around the e-mail that it wrote: before it ("Sure! Here's a cold email for you:"), after it ("Let
 * me know if you'd like any changes"), instead of it (refusals), and the labels of its parts ("Subject: …"). Source:
 * practice; each phrase speaks of the text itself, which an e-mail to a stranger does not.
 */
import { refusalIn } from "../../model/refusals.ts";
import { quoted } from "../../values/foreign.ts";
import { on, type Rule } from "../finding.ts";
import { asRead, linesOf, type Text, textsOf } from "../texts.ts";

const yes =
  "(?:got it|understood|okay|perfect|great|noted|verstanden|alles klar|d['’]accord|rozumiem|зрозуміло|понял[аи]?|sure(?: thing)?|certainly|absolutely|of course|great question|gladly|happy to help|no problem|gerne?|natürlich|klar|selbstverständlich|bien sûr|avec plaisir|certainement|oczywiście|jasne|pewnie|claro(?: que sí)?|por supuesto|certo|certamente|volentieri|com certeza|natuurlijk|zeker|självklart|selvfølgelig|samozřejmě|jistě|звичайно|звісно|конечно)";

const thing =
  "(?:e-?mails?|mails?|mejl|mailing|messages?|nachrichten?|drafts?|entw[uü]rfe?|versions?|version(?:en|e)?|variant[es]?|varianten?|templates?|vorlagen?|subject lines?|betreff(?:zeilen?)?|sequence|sequenz|rewrite|copy|follow-?ups?|anschreiben|vorschl[aä]ge?|courriels?|brouillons?|modèles?|objets?|relances?|wiadomoś\\S+|szkic\\S*|wersj\\S+|szablon\\S*|propozycj\\S+|temat\\S*|correos?|mensajes?|borrador(?:es)?|asuntos?|messaggi\\S*|bozz\\S+|oggett\\S+|mensagens?|rascunhos?|berichten?|concept(?:en)?|utkast|udkast|besked|návrhy?|zpráv\\S+|лист\\S*|повідомлення|чернетк\\S+|варіант\\S*|шаблон\\S*|письм\\S+|сообщени\\S+|черновик\\S*|вариант\\S*)";

const here =
  "(?:here(?:['’]s| is| are| you go| it is)|below (?:is|are)|hier (?:ist|sind|kommt)|voici|vous trouverez ci-dessous|oto|poniżej(?: znajduje się| przedstawiam)?|aquí (?:tienes?|está|te dejo)|ecco|aqui está|segue|hier is|här är|her er|tady je|zde je|ось|вот|нижче|ниже)";

/** First lines. A colon at the end: what follows is the e-mail. */
const before = [
  new RegExp(
    `^[¡¿]?${yes}\\s*[!,.:–—-].{0,40}(?:${here}|i(?:['’]ve| have) (?:put together|written|drafted|created|prepared|crafted|composed))(?![\\p{L}])`,
    "iu",
  ),
  new RegExp(`^[¡¿]?${yes}\\s*!$`, "iu"),
  new RegExp(`^${here}\\s[^.!?\\n]{0,70}?(?<![\\p{L}])${thing}(?![\\p{L}])[^.!?\\n]{0,70}[:：]$`, "iu"),
  new RegExp(
    `^i(?:['’]ve| have) (?:written|drafted|created|prepared|rewritten|revised)\\s[^.!?\\n]{0,50}${thing}\\b.{0,50}[:.!]$`,
    "iu",
  ),
  /^(?:もちろんです|かしこまりました|承知(?:いた)?しました|以下(?:は|に|が|の).{0,25}(?:メール|文面|文章|案|下書き|ドラフト))/u,
  /^(?:当然可以|好的)[,，!！]|^(?:以下|这)是.{0,20}(?:邮件|草稿|版本)/u,
];

const change =
  "(?:any (?:changes|edits|adjustments|tweaks|revisions|modifications)(?= ?(?:$|[.,!?;\\n]|made|or\\b|and\\b|before\\b|so\\b|to (?:it|this|the (?:e-?mail|text|copy|draft|message|tone|wording|subject))\\b))|(?:changes|edits|adjustments|tweaks|revisions|modifications) (?:made|to (?:it|this|the))|(?:a|an|another|any) (?:(?:shorter|longer|different|more|less|alternative|second|other|new) ?(?:\\w+ )?)(?:versions?|variants?|variations?|tone|drafts?)\\b|a version (?:that(?:['’]s| is| sounds)|with (?:a (?:different|more|less)|more|less|fewer))\\b|another (?:versions?|variants?|variations?|tone|drafts?)\\b|(?:me to |to )?(?:adjust|tweak|refine|revise|rewrite|shorten|modify|customi[sz]e|personali[sz]e|tailor|polish|edit) (?:it|this|any|further|the (?:tone|copy|e-?mail|message|text|wording|length|draft|subject)(?! (?:of|on|in|for)))\\b|me to (?:change|make) (?:it|anything|any|this|the (?:tone|copy|e-?mail|message|text)))";

/** Anywhere: an opt-out or a signature may come after it. */
const after = [
  new RegExp(
    `\\b(?:let me know|tell me) (?:if|whether) (?:you(?:['’]d| would)? (?:like|want|need|prefer)|there are)\\s.{0,20}?${change}`,
    "i",
  ),
  new RegExp(`\\b(?:would|do) you (?:like|want|need|prefer)\\s.{0,12}?${change}`, "i"),
  /\b(?:want me to|shall i|should i) (?:make (?:it|this|the (?:e-?mail|tone|message|copy))|(?:shorten|rewrite|rephrase|tweak|refine|polish|adjust) (?:it|this|the (?:e-?mail|tone|message|copy|draft)))\b/i,
  /\bi can (?:also )?(?:create|write|draft|generate|prepare|make|shorten|rewrite|adjust) (?:it|this|an?|another|some|two|three|more)\b[^.!?\n]{0,60}\bif you(?:['’]d| would)? (?:like|want|prefer)/i,
  /\blet me know (?:how (?:this|it|that) (?:looks|sounds|reads)|what you think)[^.!?\n]{0,30}\bi(?:['’]ll| will| can) (?:tweak|adjust|revise|edit|refine|polish|rewrite)/i,
  /\b(?:möchtest du|möchten sie|willst du|wollen sie|wünschen sie),? dass ich\b[^.!?\n]{0,40}(?:anpass|kürz|umformulier|überarbeit|umschreib|\bton\b)/i,
  /\b(?:souhaitez-vous|veux-tu|voulez-vous) que je (?:le |la |l['’])?(?:raccourci|adapte|modifie|reformule|ajuste)/i,
  /\bczy (?:chcesz|chce pan|chce pani|mam)\b[^.!?\n]{0,20}(?:skróci|dostosowa|przeredagowa|zmieni)[łć]?[^.!?\n]{0,20}(?:ton|wersj|wiadomoś|mail|tekst|\bgo\b|\bto\b|\bją\b)/i,
  /(?:хочете|бажаєте),? щоб я (?:його |її )?(?:скоротив|змінив|переписав|відредагував|адаптував)/iu,
  /\bfeel free to (?:adjust|customi[sz]e|personali[sz]e|modify|edit|tweak|adapt|tailor|replace)(?! (?:our|my|your own)\b)/i,
  /\b(?:replace|fill in|update|customi[sz]e) (?:the |all |any )?(?:bracketed (?:text|parts?|fields?)|placeholders|text in brackets)\b.{0,30}\b(?:before|when|with)\b/i,
  /\b(?:remember|make sure|be sure|don['’]t forget) to (?:replace|fill in|customi[sz]e|personali[sz]e|update) (?:the |any |all )?(?:placeholders?|brackets?|bracketed|\[)/i,
  /\b(?:this|the above) (?:e-?mail|message|draft|version|copy) (?:is (?:concise|short|designed|friendly|under|around|about \d)|uses|avoids|keeps|focuses|follows|aims|works because)\b/i,
  /\b(?:word|character) count:? ?~?\d+|^\W*\(?~?\d{2,3} words\)?\W*$/im,
  /\b(?:sag|sagen sie|gib|geben sie|lass|lassen sie)\b.{0,30}(?:bescheid|wissen|mich wissen)[,.]? (?:wenn|falls|ob) (?:du|sie|ich)\b.{0,40}(?:änderungen|anpass|ander(?:e|en) (?:version|ton|variante)|kürzere|längere|umformulier|überarbeit|version|variante|am text|am ton)/i,
  /\b(?:soll|kann|darf) ich (?:den text|die e-?mail|die mail|die nachricht|den entwurf|den ton|ihn|sie|es|das|etwas)?\s?(?:noch |etwas |gerne |für dich |für sie )*(?:anpassen|kürzen|umformulieren|überarbeiten|umschreiben|lockerer|förmlicher)/i,
  /\b(?:dis|dites|faites)(?:-moi|-le-moi|[- ]moi savoir)? ?(?:savoir )?si (?:vous|tu)\b.{0,40}(?:modifi|ajust|(?:autre|une) version|un autre ton|changements|adapte|raccourci)/i,
  /\bn['’](?:hésitez|hésite) pas à (?:l['’]|le |la |les )?(?:adapter|modifier|ajuster|personnaliser|remplacer)/i,
  /\b(?:daj|dajcie|proszę dać) (?:mi )?znać[,.]? (?:jeśli|czy|gdyby|jeżeli)\b.{0,50}(?:zmian|popraw|inn(?:ą|ej) wersj|dostosow|skróci|zmieni[ćłl]|ton)/i,
  /\b(?:dime|avísame|házmelo saber|hazme saber|d[ií]game)\b.{0,20}\bsi (?:quieres?|deseas?|necesitas?)\b.{0,40}(?:cambi|ajust|otra versión|modific|tono|acort)/i,
  /\b(?:fammi|mi faccia) sapere se (?:vuoi|vuole|desideri|preferisci)\b.{0,40}(?:modific|cambi|versione|tono|adatt|accorc)/i,
  /\b(?:me avise|avise-me|diga-me|me diga) (?:se|caso) (?:quiser|precisar|deseja|queira)\b.{0,40}(?:ajust|alter|mud|outra versão|tom\b)/i,
  /\blaat (?:het )?(?:me|mij|maar)?\s?(?:maar )?weten (?:als|of) (?:je|u)\b.{0,40}(?:aanpass|wijzig|andere versie|toon|inkort)/i,
  /(?:дайте|дай) (?:мені )?знати[,.]? (?:якщо|чи)[^\n]{0,50}(?:змін|інш(?:ий|у) (?:варіант|версі)|відредаг|виправ|скороти|тон)/iu,
  /(?:дайте|дай) (?:мне )?знать[,.]? (?:если|нужно ли)[^\n]{0,50}(?:измен|правк|друг(?:ой|ую) (?:вариант|верси)|отредакт|сократ|тон)/iu,
  /(?:メール|文面|文章|トーン|内容|下書き)[^。\n]{0,15}(?:修正|変更|調整)[^。\n]{0,20}(?:お知らせ|お申し付け|教えて)/u,
  /如(?:需|果需要)(?:修改|调整)[^。\n]{0,15}(?:告诉我|告知)/u,
];

function chatIn(text: Text): string | undefined {
  const [first = ""] = linesOf(text);
  return (
    before.map((form) => form.exec(first)?.[0]).find(Boolean) ??
    after.map((form) => form.exec(asRead(text))?.[0]).find(Boolean)
  );
}

const label =
  "(?:e-?mail )?(?:subject(?: line)?|betreff(?:zeile)?|objet|sujet|temat|oggetto|asunto|assunto|onderwerp|ämne|emne|předmět|тема(?: листа| письма)?|件名|主题)";
/** In the first line a dash is a colon. */
const dashLabel = /^[\s*_#>-]*(?:subject(?: line)?|betreff(?:zeile)?|objet)\s[-–—]\s(?=\S)/iu;
const subjectLabel = new RegExp(`^[\\s*_#>-]*${label}\\W{0,3}\\s?[:：]`, "iu");
const partLabel =
  /^[\s*_#>-]*(?:(?:e-?mail |message )?body(?: text)?|e-?mail text|preview text|preheader|call to action|cta|sign-?off|ps line)\W{0,3}\s?:|^[\s*_#>-]*(?:e-?mail|follow-?up|version|variant|variante)\s*#?(?:\d{1,2}|[A-E])\W{0,3}\s?(?:$|[:(–—-])/iu;
/** Further down these tell how something is done. */
const firstLabel =
  /^[\s*_#>-]*(?:option|step|schritt|étape|krok)\s*#?(?:\d{1,2}|[A-E])\W{0,3}\s?(?:$|[:(–—-])/iu;

/** Where a label stands: in the subject, or before the text begins. */
const labelIn = (text: Text): string | undefined =>
  linesOf(text)
    .slice(0, 3)
    .map((line, index) => {
      const part =
        text.field === "message" && (partLabel.exec(line) ?? (index === 0 && firstLabel.exec(line)));
      const dash = index === 0 ? dashLabel.exec(line) : null;
      return (subjectLabel.exec(line) ?? dash ?? (part || null))?.[0];
    })
    .find(Boolean);

export const chatRules: readonly Rule[] = [
  on(textsOf, {
    name: "chat_in_text",
    severity: "error",
    found: chatIn,
    message: (words) => `${quoted(words, 80)} is said to whoever ordered the e-mail, not to whoever gets it.`,
    remedy: "Leave it out; keep the e-mail alone.",
  }),
  on(textsOf, {
    name: "refusal_in_text",
    severity: "error",
    found: (text) => refusalIn(asRead(text)),
    message: (words) => `${quoted(words, 80)} is what a language model says when it writes no text.`,
    remedy: "Write the text.",
  }),
  on(textsOf, {
    name: "label_in_text",
    severity: "error",
    found: labelIn,
    message: (words) => `${quoted(words, 80)} is the label of a part; people would read it as text.`,
    remedy: "Put the subject into the subject alone, and leave the labels out.",
  }),
];
