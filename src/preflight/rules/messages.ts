/**
 * The length and the words of messages. Source: practice of cold e-mail (50 to 125 words are answered most), Google's and
 * SpamAssassin's published rules on e-mails without text (HTML_IMAGE_ONLY, BODY_EMPTY).
 */

import { emailSteps } from "../dossier.ts";
import { each, on, type Rule } from "../finding.ts";
import { emailsOf, hasImage, readOutsideTags, wordsIn } from "../texts.ts";

const MAX_WORDS = 250;
/** Gmail cuts a message at 102 KB. */
const MAX_BYTES = 100_000;

export const messageRules: readonly Rule[] = [
  on(emailsOf, {
    name: "no_text",
    severity: "error",
    found: (text) => !hasImage(text) && wordsIn(text) === 0,
    message: "The message has HTML but no text.",
    remedy: "Write what people are to read.",
  }),
  on(emailsOf, {
    name: "message_long",
    severity: "warning",
    found: (text) => wordsIn(text) > MAX_WORDS && wordsIn(text),
    message: (words) => `The message has about ${words} words; e-mails of 50 to 125 are answered most.`,
    remedy: "Keep one thought, and one question.",
  }),
  {
    name: "message_heavy",
    severity: "warning",
    find: each(emailsOf, ({ text }) => {
      const bytes = Buffer.byteLength(text);
      if (/src\s*=\s*["']?data:/i.test(text))
        return {
          message:
            "An image lies inside the message instead of on a page; many programs do not show it, and filters count it.",
          remedy: "Link to the image instead of putting it in.",
        };
      return (
        bytes > MAX_BYTES * 0.9 && {
          message: `The message weighs ${Math.round(bytes / 1024)} KB; Gmail cuts at 102 KB.`,
          remedy: "Leave styles out, and shorten it.",
        }
      );
    }),
  },
  on(emailsOf, {
    // Open rates of a sentence or less say little, and filters look at e-mails that are nearly empty.
    name: "message_short",
    severity: "info",
    found: (text, dossier) =>
      text.step === emailSteps(dossier)[0] && wordsIn(text) > 0 && wordsIn(text) < 8 && !hasImage(text),
    message: "The first e-mail has fewer than eight words.",
    remedy: "Say who writes, and why.",
  }),
  on(emailsOf, {
    name: "message_shouts",
    severity: "warning",
    found: (text) =>
      /!{3,}|(?:(?<![\p{L}\p{N}])\p{Lu}{4,}[^\p{L}\p{N},;/]+){3,}\p{Lu}{4,}(?![\p{L}\p{N}])/u.test(
        readOutsideTags(text),
      ),
    message: "The message shouts: capitals or signs that spam filters count.",
    remedy: "Write it as you would to a colleague.",
  }),
];
