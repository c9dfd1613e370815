/**
 * Markdown in a text that nobody renders: an e-mail is HTML, a subject and a LinkedIn message plain text. Source: CommonMark
 * 0.31 (what each sign means). Signs that people also write by hand ("- item", "1. item", *word*, `word`) are left alone.
 */
import { quoted } from "../../values/foreign.ts";
import { on, type Rule } from "../finding.ts";
import { linesOf, messagesOf, readOutsideTags, type Text, textsOf } from "../texts.ts";

interface Form {
  sign: string;
  remedy: string;
  found: (text: Text) => string | undefined;
}

const inText = (form: RegExp) => (text: Text) => form.exec(readOutsideTags(text))?.[0];
const inLine = (form: RegExp) => (text: Text) => linesOf(text).find((line) => form.test(line));

/** So many lines in a row that look like this. */
const inLines = (form: RegExp, least: number) => (text: Text) => {
  const lines = linesOf(text);
  return lines.find(
    (_line, at) => lines.slice(at, at + least).filter((next) => form.test(next)).length === least,
  );
};

const bold = "Use <b>…</b>, or leave the stars out.";

const broken: readonly Form[] = [
  {
    sign: "a link",
    remedy: 'Write <a href="https://…">words</a>, or the bare address.',
    found: ({ text }) =>
      /!?\[[^[\]\n]{0,120}\]\(\s*(?:https?:\/\/|mailto:|tel:|www\.|\{\{|#\)|(?:url|link)\)|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}[/)?])[^()\n]{0,300}\)?/i.exec(
        text,
      )?.[0],
  },
  {
    sign: "bold",
    remedy: bold,
    found: inText(/(?<![*\w])\*{2,3}(?=[^\s*])[^*\n]{0,300}(?<=[^\s*])\*{2,3}(?!\*)/),
  },
  {
    sign: "bold",
    remedy: bold,
    // __init__ is a word of programmers, __FIRST_NAME__ a field of another tool.
    found: inText(/(?<![\w])__(?=[^\s_])(?:[^_\n]*\s[^_\n]*|\p{Lu}\p{Ll}+)(?<=[^\s_])__(?!\w)/u),
  },
  {
    sign: "a heading",
    remedy: "Leave the signs out; an e-mail to one person needs no headings.",
    found: inLine(/^(?:#{1,6}\s+(?=[^\d\s])|#{2,6}\s+(?=\d))\S/),
  },
  { sign: "a block of code", remedy: "Leave the fence out.", found: inText(/```[\w-]*/) },
  { sign: "a block of code", remedy: "Leave the fence out.", found: inLine(/^~{3,}[\w-]*$/) },
  {
    sign: "struck out",
    remedy: "Leave out what is not meant.",
    found: inText(/(?<![~\w])~~(?=[^\s~])[^~\n]{0,200}(?<=[^\s~])~~(?![~\w])/),
  },
  {
    sign: "a table",
    remedy: "Say it in a sentence, or use <table>.",
    found: (text) =>
      inLine(/^(?=.*\|)\|?\s*:?-{3,}:?\s*(?:\|\s*:?-{3,}:?\s*)*\|?$/)(text) ??
      inLines(/^\|.+\|.+\|$/, 2)(text),
  },
];

const doubtful: readonly Form[] = [
  {
    sign: "a list",
    remedy: "Use <ul><li>…</li></ul>, or dashes.",
    found: inLines(/^\*\s+\S/, 2),
  },
  {
    sign: "a quotation",
    remedy: "Leave the signs out.",
    found: (text) => inLines(/^>\s?\p{L}/u, 2)(text) ?? inLine(/^>\s?\p{L}\S*(?:\s+\S+){5,}/u)(text),
  },
];

/** The first of these forms that the text has, with its words. */
const among = (forms: readonly Form[]) => (text: Text) =>
  forms.flatMap(({ sign, remedy, found }) => {
    const words = found(text);
    return words === undefined ? [] : [{ words, sign, remedy }];
  })[0];

const said = {
  message: ({ words, sign }: { words: string; sign: string }) =>
    `${quoted(words, 60)} is ${sign} in Markdown; people would read the signs.`,
  remedy: ({ remedy }: { remedy: string }) => remedy,
};

export const markdownRules: readonly Rule[] = [
  on(textsOf, { name: "markdown", severity: "error", found: among(broken), ...said }),
  // Some write stars and ">" by hand; it is still seldom meant.
  on(messagesOf, { name: "markdown_lines", severity: "warning", found: among(doubtful), ...said }),
];
