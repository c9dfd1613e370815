/**
 * Text that was meant to be replaced. Source: practice of cold e-mail (templates ask for "[Your name]"), and "lorem
 * ipsum", the filler text of typesetters.
 */
import { quoted } from "../../values/foreign.ts";
import type { Rule } from "../finding.ts";
import { asSent, textsOf, visibleText } from "../texts.ts";

const asked = [
  /\[\s*(?:your|insert|ihr|ihre|dein|deine|votre|vos|tu|su|twoje|twoja)\s[^[\]\n]{1,40}\]/i,
  /\[\s*(?:(?:first|last|full|company|sender|recipient|prospect|client|job|product|business)[ _-]?(?:name|title)?|name|title|date|time|(?:calendar |meeting )?link|url|phone(?: number)?|signature|position|industry|competitor|nom|prénom|nombre|empresa|nome|imię|firma|vorname|nachname|unternehmen|entreprise)\s*\]/i,
  /<\s*(?:your|insert)\s[^<>\n]{2,40}>/i,
  /\b(?:insert|your)\s+(?:name|company|link|text|logo)\s+here\b/i,
  /\blorem ipsum\b/i,
  /\bdolor sit amet\b/i,
];

/** "todo" is a word of Spanish, also in capitals; as a note it ends the line, or is followed by a colon or a bracket. */
const notes = /(?:^|[^\p{L}\p{N}])(TODO(?=\s*(?:[:(\]]|$))|FIXME|TKTK|XXX+)(?![\p{L}\p{N}])/mu;

export const placeholderRules: readonly Rule[] = [
  {
    name: "placeholder",
    severity: "error",
    find: (dossier) =>
      textsOf(dossier).flatMap(({ text, path }) => {
        const read = visibleText(asSent(text));
        const found = asked.map((form) => form.exec(read)?.[0] ?? form.exec(text)?.[0]).find(Boolean);
        const note = found ? undefined : notes.exec(read)?.[1];
        if (!found && !note) return [];
        return [
          {
            path,
            message: `${quoted(found ?? (note as string), 60)} looks like a note to be replaced; people would read it.`,
            remedy: "Write what belongs there, or use a snippet.",
          },
        ];
      }),
  },
];
