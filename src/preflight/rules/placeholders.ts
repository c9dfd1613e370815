/**
 * Text that was meant to be replaced. Source: practice of cold e-mail (templates ask for "[Your name]"), and "lorem
 * ipsum", the filler text of typesetters.
 */
import { quoted } from "../../model/foreign.ts";
import type { Rule } from "../finding.ts";
import { asSent, textsOf, visibleText } from "../texts.ts";

const asked = [
  /\[\s*(?:your|my|our|insert|add|enter|first|last|full|company|sender|recipient|prospect|client|job|calendar|meeting|name|title|position|product|service|date|time|link|url|phone|signature|industry|competitor|ihr|ihre|dein|deine|votre|nom|prénom|tu|su|nombre|empresa|nome|imię|imie|firma|vorname|unternehmen|entreprise)\b[^[\]\n]{0,40}\]/i,
  /<\s*(?:your|insert|my)\s[^<>\n]{2,40}>/i,
  /\b(?:insert|your)\s+(?:name|company|link|text|logo)\s+here\b/i,
  /\blorem ipsum\b/i,
  /\b(?:dolor sit amet)\b/i,
];

const notes = /(?:^|[^\p{L}\p{N}])(TODO|TBD|FIXME|TKTK|XXX+)(?![\p{L}\p{N}])/u;

export const placeholderRules: readonly Rule[] = [
  {
    name: "placeholder",
    severity: "error",
    find: (subject) =>
      textsOf(subject).flatMap(({ text, path }) => {
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
