/**
 * The length and the words of messages. Source: practice of cold e-mail (50 to 125 words are answered most), Google's and
 * SpamAssassin's published rules on e-mails without text (HTML_IMAGE_ONLY, BODY_EMPTY).
 */

import { emailSteps } from "../dossier.ts";
import type { Rule } from "../finding.ts";
import { emailsOf, readOutsideTags, wordsIn } from "../texts.ts";

const MAX_WORDS = 250;
/** Gmail cuts a message at 102 KB. */
const MAX_BYTES = 100_000;

export const messageRules: readonly Rule[] = [
  {
    name: "no_text",
    severity: "error",
    find: (dossier) =>
      emailsOf(dossier)
        .filter((text) => !/<img\b/i.test(text.text) && wordsIn(text) === 0)
        .map(({ path }) => ({
          path,
          message: "The message has HTML but no text.",
          remedy: "Write what people are to read.",
        })),
  },
  {
    name: "message_long",
    severity: "warning",
    find: (dossier) =>
      emailsOf(dossier).flatMap((text) => {
        const { path } = text;
        const words = wordsIn(text);
        if (words <= MAX_WORDS) return [];
        return [
          {
            path,
            message: `The message has about ${words} words; e-mails of 50 to 125 are answered most.`,
            remedy: "Keep one thought, and one question.",
          },
        ];
      }),
  },
  {
    name: "message_heavy",
    severity: "warning",
    find: (dossier) =>
      emailsOf(dossier).flatMap(({ text, path }) => {
        const bytes = Buffer.byteLength(text);
        if (/src\s*=\s*["']?data:/i.test(text))
          return [
            {
              path,
              message:
                "An image lies inside the message instead of on a page; many programs do not show it, and filters count it.",
              remedy: "Link to the image instead of putting it in.",
            },
          ];
        if (bytes <= MAX_BYTES * 0.9) return [];
        return [
          {
            path,
            message: `The message weighs ${Math.round(bytes / 1024)} KB; Gmail cuts at 102 KB.`,
            remedy: "Leave styles out, and shorten it.",
          },
        ];
      }),
  },
  {
    // Open rates of a sentence or less say little, and filters look at e-mails that are nearly empty.
    name: "message_short",
    severity: "info",
    find: (dossier) => {
      const first = emailSteps(dossier)[0]?.index;
      return emailsOf(dossier)
        .filter((text) => {
          const words = wordsIn(text);
          return text.step.index === first && words > 0 && words < 8 && !/<img\b/i.test(text.text);
        })
        .map(({ path }) => ({
          path,
          message: "The first e-mail has fewer than eight words.",
          remedy: "Say who writes, and why.",
        }));
    },
  },
  {
    name: "message_shouts",
    severity: "warning",
    find: (dossier) =>
      emailsOf(dossier)
        .filter((text) =>
          /!{3,}|(?:(?<![\p{L}\p{N}])\p{Lu}{4,}[^\p{L}\p{N},;/]+){3,}\p{Lu}{4,}(?![\p{L}\p{N}])/u.test(
            readOutsideTags(text),
          ),
        )
        .map(({ path }) => ({
          path,
          message: "The message shouts: capitals or signs that spam filters count.",
          remedy: "Write it as you would to a colleague.",
        })),
  },
];
