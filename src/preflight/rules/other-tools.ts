/**
 * Merge fields that Woodpecker leaves in the text. Source: docs/woodpecker-api.md, Texts: snippets; the other forms are those
 * of Mailchimp (*|FNAME|*), Instantly and Lemlist ({{firstName}}, found as an unknown snippet), HubSpot and Salesforce
 * ({!Contact.Name}, %%FirstName%%), Mailgun (%recipient.name%), Outlook and Word (<<Name>>), JavaScript, Ruby and PHP (${name},
 * <%= name %>), and of hand-made lists (%NAME%, [[name]], {name}, __FIRST_NAME__).
 */
import { quoted } from "../../values/foreign.ts";
import { each, type Rule } from "../finding.ts";
import { outsideTags, type Text, textsOf, visibleText } from "../texts.ts";

const field =
  "(?:(?:contact|lead|prospect|recipient|user|person|company|account)\\.[\\w.]{2,30}|first[ _-]?name|last[ _-]?name|full[ _-]?name|f_?name|l_?name|company(?:[ _-]?name)?|job[ _-]?title|job|sender[ _-]?(?:name)?|signature|icebreaker|vorname|nachname|firma|prénom|prenom|nom|imię|imie|nombre|empresa|name|snippet[ _-]?\\d{1,2})";

/** A name that only a field has, without braces around it. */
export const bareField =
  /(?<![\w{./-])(?:FIRST_?NAME|LAST_?NAME|FULL_?NAME|COMPANY_NAME|JOB_?TITLE|SENDER_NAME|SNIPPET_\d{1,2}|[FL]NAME)(?!\s*[\w|}]|\/)/;

/** The same sign on both sides: %name%, ##company##. */
export const decorated = new RegExp(
  `([@#~$^!]|%{1,2}|@@|##|\\$\\$|~~|\\|\\||::|\\^\\^|==|!!)${field}\\1`,
  "i",
);

const forms = [
  /\*\|[A-Z_:0-9 ]{2,40}\|\*/i,
  /\{![A-Za-z_.]{2,60}\}/,
  /\{%[^{}%]{1,80}%\}|\[%[^[\]%]{1,60}%\]/,
  /(?:<|&lt;)[%?]=?(?:php)?\s*[$\w.]{1,60}[^<>&]{0,40}[%?](?:>|&gt;)/i,
  new RegExp(
    `(?:<<|&lt;&lt;)\\s*(?:${field}|(?:first|last|company|contact|client|prospect|your|insert|title)\\b)[\\w ]{0,30}\\s*(?:>>|&gt;&gt;)`,
    "i",
  ),
  /(?<!\b(?:champ|feld|field|pole|campo|case|spalte|colonne|column|rubrique)\s)«(?:(?:First|Last|Full|Company|Contact|Client|Job)_?(?:Name|Title)|Vorname|Nachname|Pr[ée]nom)»/iu,
  /\[\[\s*(?=[\w .-]*\p{L})[\w .-]{2,40}\s*\]\]/u,
  /%%[A-Za-z][\w .-]{1,40}%%/,
  decorated,
  /(?<![\w])__(?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*|[a-z]+_name|(?:first|last|full|company)_?name)__(?![\w])/,
  /[$#@]\{\s*[\w.]{1,40}\s*\}|\{\$[\w.]{1,40}\}/,
  // "GET /users/{id}" is a path.
  /(?<!\/)\{\s*[A-Za-z][\w. ]{1,30}\}/,
  new RegExp(`(?<!/)\\{\\s*${field}\\s*\\}`, "iu"),
  new RegExp(`\\(\\(\\s*${field}\\s*\\)\\)`, "iu"),
  /｛{1,2}\s*[A-Za-z][\w ]{1,30}\s*｝{1,2}/,
  bareField,
];
/** %NAME% of hand-made lists; %APPDATA% is known to Windows, and '%stock_level%' to databases. */
const percent =
  /(?<!['"])%(?!(?:APPDATA|LOCALAPPDATA|PROGRAMDATA|COMPUTERNAME|HOMEPATH|HOMEDRIVE|SYSTEMDRIVE|COMSPEC|TMP|TEMP|PATH|USERPROFILE|PROGRAMFILES|WINDIR|SYSTEMROOT)%)(?:[A-Z][A-Z_]{2,30}|[a-z]+_[a-z_]{2,30}|recipient\.[\w.]{2,30})%/;

/** Braces that Woodpecker does not see, because they are written as entities or percent codes. */
const hidden = [
  /(?:&#0*123;|&#x0*7b;|&l(?:brace|cub);|\{(?=&)){2}\s*[\w .|"&;]{2,80}?(?:&#0*125;|&#x0*7d;|&r(?:brace|cub);){1,2}/i,
  /%7B%7B\s*[A-Z0-9_ |%]{2,60}%7D%7D/i,
];

/** Without styles, comments and addresses, where braces and percent signs are nobody's fields. */
const withoutCode = (text: string) =>
  !/<!--|<style/i.test(text)
    ? text
    : text.replace(/<style\b[\s\S]*?(?:<\/style\s*>|$)/gi, "").replace(/<!--[\s\S]*?(?:-->|$)/g, "");
const withoutLinks = (text: string) => visibleText(text).replace(/\b(?:https?:\/\/|www\.)\S+/gi, " ");

/** What people see where HTML writes its brackets as codes. */
const asRead = (found: string) => found.replace(/&lt;/gi, "<").replace(/&gt;/gi, ">");

function fieldIn(text: Text): string | undefined {
  const plain = withoutCode(outsideTags(text));
  const found = forms.map((form) => form.exec(plain)?.[0]).find(Boolean);
  return found ?? percent.exec(withoutLinks(plain))?.[0];
}

export const otherToolRules: readonly Rule[] = [
  {
    name: "other_tool_snippet",
    severity: "error",
    find: each(textsOf, (text) => {
      const entity = hidden.map((form) => form.exec(text.text)?.[0]).find(Boolean);
      if (entity)
        return {
          message: `In ${quoted(entity, 80)} the braces are written as codes; Woodpecker does not see a snippet there.`,
          remedy: "Write the braces themselves: {{FIRST_NAME}}.",
        };
      const found = fieldIn(text);
      return (
        found && {
          message: `${quoted(asRead(found), 60)} is a field of another tool; Woodpecker does not fill it.`,
          remedy: "Use Woodpecker's form, such as {{FIRST_NAME}} or {{COMPANY}}.",
        }
      );
    }),
  },
];
