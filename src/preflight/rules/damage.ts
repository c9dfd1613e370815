/**
 * Text that was damaged on its way: wrong encodings, lost characters. Source: Unicode Standard 3.9 (U+FFFD, unpaired
 * surrogates), RFC 5322 2.2 (no control characters in a header), and UTF-8 read as Windows-1252 ("Ã¼" for "ü").
 */
import { misread } from "../../model/oddities.ts";
import { isOneLine, isSound } from "../../values/fields.ts";
import { around, quoted } from "../../values/foreign.ts";
import type { Rule } from "../finding.ts";
import { textsOf } from "../texts.ts";
import { issueOf, modelFaults } from "./model.ts";

const remedy = "Write it again as plain Unicode text.";

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
      const found = textsOf(dossier).flatMap(({ text, field, path }) => {
        if (known.has(path.join())) return [];
        const damage = misread.exec(text);
        if (damage) {
          const near = around(text, damage.index, damage.index + 2, 10);
          return [{ path, message: `Some characters arrived damaged, near ${quoted(near)}.`, remedy }];
        }
        const sound = field === "subject" ? isOneLine(text) : isSound(text);
        return sound ? [] : [{ path, message: "There are damaged or control characters in it.", remedy }];
      });
      return [...refused.map((issue) => ({ ...issue, remedy })), ...found];
    },
  },
  {
    // HTML standard 13.1.4: an entity that was escaped twice is read as its name.
    name: "double_escaped",
    severity: "warning",
    find: (dossier) =>
      textsOf(dossier).flatMap(({ text, path, field }) => {
        const found = (
          field === "subject" ? /&(?:amp|lt|gt|nbsp|quot|#\d+);/ : /&amp;(?:amp|lt|gt|nbsp|quot|#\d+);/
        ).exec(text)?.[0];
        if (!found) return [];
        return [
          {
            path,
            message: `People would read ${quoted(found)} as it stands.`,
            remedy: "Write the character itself.",
          },
        ];
      }),
  },
];
