/**
 * Pieces of a program in a text: escaped HTML, line ends and quotes as in JSON, values that were empty. Source: HTML standard 13.1.4
 * (entities), RFC 8259 section 7 (escapes), and what templates print where a value was missing.
 */
import { greeting, nameWords, noName } from "../../model/greetings.ts";
import { around, quoted } from "../../values/foreign.ts";
import { on, type Rule } from "../finding.ts";
import { asRead, linesOf, type Text, textsOf } from "../texts.ts";
import { bareField, decorated } from "./other-tools.ts";

/**
 * A piece of HTML that is read as text. People who write of HTML name one opening tag, so it takes an end tag, a line break, a
 * link, or a text that follows at once.
 */
const escapedTag =
  /<\/(?:p|div|a|b|i|u|em|strong|span|ul|ol|li|h[1-6]|td|tr|table)\s*>|<br\s*\/?>|<a\s+href\s*=|<(?:p|div|strong|b|em|li)>(?=[\p{L}{])/iu;

/** "\n" before a new beginning or after the end of a sentence; C:\new and \\server\name are paths. */
const escapedBreak = /\\r\\n|\\n\\n|[,.!?;)]\s?\\n|\\[nt](?=[\s\\{<•*-]|[\p{Lu}\p{Lo}]|$)/u;
const escapedSign = /\\u[0-9a-f]{4}|\\"[^"\n]{1,80}\\"/i;
/** An object within a sentence is told of somebody's program. */
const quotedObject = /(?<=\p{L}[ :]+)\{[^{}\n]{2,80}\}/gu;
const json =
  /[{,]\s*["“](?:subject|body|message|e?mail|content|text|html|version|step)["”]\s*:\s*["“[{]|^["“](?:subject|body|message|content)["”]\s*:/im;
/** In quotes it is told of somebody's page. */
const printed = /(?<!["“„«‘])(?:\[object [A-Z]\w+\]|\bInvalid Date\b|\bNaN(?=\s*[%€$£])|(?<=[€$£]\s*)NaN\b)/;
/** German counts from null ("bei null"), and programmers write that a field is null. */
const inSentence =
  /\b(?:saw|noticed|loved?|visited) (?:that )?undefined\b(?! (?:behaviou?r|variables?|methods?|is (?:not|returned|thrown)))/i;
const missing =
  /(?<![\p{L}])(?:(?:for|at|with|from|chez|pour|dla|w firmie|bei|für|para|voor|about|of) undefined|(?:for|at|chez|pour|dla) null)(?=\s*(?:[,.?!:;–—-]|$|\n))/iu;

function codeIn(text: Text): string | undefined {
  const read = asRead(text);
  // Tags themselves are not read: what is left of one was written as entities.
  const found =
    (text.field === "message" ? escapedTag.exec(read) : null) ??
    escapedBreak.exec(read) ??
    escapedSign.exec(read) ??
    json.exec(read.replace(quotedObject, " ")) ??
    printed.exec(read) ??
    missing.exec(read) ??
    inSentence.exec(read);
  if (found) return near(found);
  const closing = /["”]\s*\}\s*\]?$/m.exec(read);
  return closing && !/[{[]/.test(read) ? near(closing) : undefined;
}

const near = ({ 0: words, index, input }: RegExpExecArray): string =>
  around(input, index, index + words.length, 12);

const empty = new RegExp(
  `^(${greeting},?[ \\u00a0]+(?:(?:mr|mrs|ms|mx|dr|prof|herrn?|frau|mme|pani?e?)\\.?[ \\u00a0])?(?:[$@#%~&:]{0,2}(?:${noName}(?:\\s${noName})?|${nameWords}|x{2,3}|_{2,}|\\.{3,}|…)[$@#%~&:]{0,2})(?=\\s*[,!.:;，、–—-]|\\s*$)|${greeting}[ \\u00a0]+(?=,))`,
  "iu",
);

function emptyGreeting(text: Text): string | undefined {
  const [first = "", second = ""] = linesOf(text);
  const [found] = empty.exec(first) ?? empty.exec(second) ?? /^様(?=[、,。]?$)/.exec(first) ?? [];
  // A field's name or signs around it are found as a field of another tool.
  return found && !bareField.test(found) && !decorated.test(found) ? found : undefined;
}

export const codeRules: readonly Rule[] = [
  on(textsOf, {
    name: "code_in_text",
    severity: "error",
    found: codeIn,
    message: (found) => `People would read a piece of code, near ${quoted(found, 60)}.`,
    remedy: "Write it as people are to read it; lines go into <div>…</div>.",
  }),
  on(textsOf, {
    name: "greeting_empty",
    severity: "error",
    found: emptyGreeting,
    message: (found) => `${quoted(`${found},`, 40)} greets nobody.`,
    remedy: 'Write {{FIRST_NAME | "there"}}, or a greeting without a name.',
  }),
];
