/** How e-mails begin, in the languages that senders of cold e-mail write most, as parts of a regular expression. */
const words = [
  "hi|hello|hey|dear|greetings|good (?:morning|afternoon|evening|day)",
  "hallo|moin|servus|grüezi|grüß gott|guten (?:tag|morgen|abend)|liebe[rs]?|werte[r]?|sehr geehrte[r]?(?: herr| frau| damen und herren)?",
  "bonjour|bonsoir|salut|ch(?:er|ère)(?: monsieur| madame)?|madame|monsieur",
  "cześć|dzień dobry|witam|witaj|drog[ia]|szanown[ayi]e?(?: panie?| pani| państwo)?",
  "hola|buen[oa]s (?:días|tardes)|estimad[oa](?: señor| señora)?|querid[oa]",
  "ciao|buongiorno|salve|gentile|egregio|car[oa]|olá|oi|bom dia|prezad[oa]",
  "beste|geachte|goedemorgen|goedendag|hej|hei|god dag|kära|kære|kjære",
  "ahoj|dobrý den|vážen[ýá](?: pane| paní)?|merhaba|sayın",
  "привіт|вітаю|добр(?:ий|ого) д(?:ень|ня)|шановн(?:ий|а|і)|доброго ранку|привет|здравствуйте|добрый день|уважаем(?:ый|ая)",
];

export const greeting = `(?:${words.join("|")})`;

/** What stands where a name should be, when a program had none. */
export const noName = String.raw`(?:null|undefined|nan|none|nil|n\/a|unknown|\(null\)|\[object object\])`;

/** "Name" and "first name" as words: nobody is called that. */
export const nameWords =
  "(?:first[ _-]?name|last[ _-]?name|full[ _-]?name|fname|name|vorname|nachname|prénom|prenom|nom|imię|imie|nazwisko|nombre|nome|voornaam|naam|förnamn|jméno|ім['’]?я|имя)";
