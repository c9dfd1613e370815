/**
 * Text that was damaged on its way: wrong encodings, lost characters. Source: Unicode Standard 3.9 (U+FFFD, unpaired
 * surrogates), RFC 5322 2.2 (no control characters in a header), and UTF-8 read as Windows-1252 ("Ã¼" for "ü").
 */
import { misread } from "../../model/oddities.ts";
import { isOneLine, isSound } from "../../values/fields.ts";
import { around, quoted } from "../../values/foreign.ts";
import { on, type Rule } from "../finding.ts";
import { type Text, textsOf } from "../texts.ts";
import { issueOf, modelFaults } from "./model.ts";

const remedy = "Write it again as plain Unicode text.";

function damageOf({ text, field }: Text): string | undefined {
  const damage = misread.exec(text);
  if (damage)
    return `Some characters arrived damaged, near ${quoted(around(text, damage.index, damage.index + 2, 10))}.`;
  const sound = field === "subject" ? isOneLine(text) : isSound(text);
  return sound ? undefined : "There are damaged or control characters in it.";
}

export const damageRules: readonly Rule[] = [
  {
    name: "damaged_text",
    severity: "error",
    find: (dossier) => {
      const refused = dossier.parts.content
        ? []
        : modelFaults(dossier)
            .filter(({ damaged }) => damaged)
            .map(issueOf);
      const known = new Set(refused.map(({ path }) => path.join()));
      const found = textsOf(dossier).flatMap((text) => {
        const message = known.has(text.path.join()) ? undefined : damageOf(text);
        return message ? [{ path: text.path, message, remedy }] : [];
      });
      return [...refused.map((issue) => ({ ...issue, remedy })), ...found];
    },
  },
  on(textsOf, {
    // HTML standard 13.1.4: an entity that was escaped twice is read as its name.
    name: "double_escaped",
    severity: "warning",
    found: ({ text, field }) =>
      (field === "subject" ? /&(?:amp|lt|gt|nbsp|quot|#\d+);/ : /&amp;(?:amp|lt|gt|nbsp|quot|#\d+);/).exec(
        text,
      )?.[0],
    message: (found) => `People would read ${quoted(found)} as it stands.`,
    remedy: "Write the character itself.",
  }),
];
