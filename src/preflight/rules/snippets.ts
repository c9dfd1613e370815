/**
 * Snippets. Source: docs/woodpecker-api.md, Texts: snippets (which names are allowed, which spellings create refuses) and
 * Texts: fallbacks.
 */

import { needsValue, type Tag } from "../../model/snippets.ts";
import { plain, quoted } from "../../values/foreign.ts";
import { type Dossier, known } from "../dossier.ts";
import { type Issue, on, type Rule } from "../finding.ts";
import { openRows, valueFor } from "../people.ts";
import { isOtherSpintax, outsideTags, type Text, tagsOf, textsOf } from "../texts.ts";

type TagOf<K extends Tag["kind"]> = Extract<Tag, { kind: K }>;

function onTags<K extends Tag["kind"]>(
  dossier: Dossier,
  kind: K,
  judge: (tag: TagOf<K>, text: Text) => Omit<Issue, "path"> | undefined,
): Issue[] {
  return textsOf(dossier).flatMap((text) => {
    const seen = new Set<string>();
    return tagsOf(text).flatMap((tag) => {
      if (tag.kind !== kind || seen.has(tag.raw)) return [];
      seen.add(tag.raw);
      const issue = judge(tag as TagOf<K>, text);
      return issue ? [{ path: text.path, ...issue }] : [];
    });
  });
}

/** {{SNIPPET_16}}, however it is spelt: its number is none of the 15. */
function isBeyondAll(name: string): boolean {
  const number = /^snippet[\s_-]?(\d+)$/i.exec(name)?.[1];
  return number !== undefined && (Number(number) < 1 || Number(number) > 15);
}

export const snippetRules: readonly Rule[] = [
  {
    // {{SNIPPET1}} and {{WEBSITE}} are refused by create; custom labels cannot be written.
    name: "unknown_snippet",
    severity: "error",
    find: (dossier) =>
      onTags(dossier, "unknown", (tag) => {
        if (isOtherSpintax(tag)) return undefined;
        if (isBeyondAll(tag.name)) {
          return {
            message: `${quoted(`{{${tag.name}}}`, 60)} is not a Woodpecker snippet: there are 15, {{SNIPPET_1}} to {{SNIPPET_15}}.`,
            remedy: "Use one of the 15.",
          };
        }
        return {
          message: `${quoted(`{{${tag.name}}}`, 60)} is not a Woodpecker snippet${tag.meant ? `; {{${tag.meant}}} is` : ""}.`,
          remedy: tag.meant
            ? `Write {{${tag.meant}}}${tag.meant === "UNSUBSCRIBE" ? "" : `, best with a fallback: {{${tag.meant} | "…"}}`}.`
            : "Use one of Woodpecker's names, such as {{FIRST_NAME}} or {{SNIPPET_1}} to {{SNIPPET_15}}.",
        };
      }),
  },
  {
    // The grammar of a fallback: quotes are straight and enclose the filler.
    name: "broken_snippet",
    severity: "error",
    find: (dossier) => [
      ...onTags(dossier, "broken", ({ raw }) => ({
        message: `${quoted(raw, 50)} is not a complete snippet.`,
        remedy: /[“”„«»]/.test(raw)
          ? 'Use straight quotes: {{FIRST_NAME | "there"}}.'
          : 'The form is {{NAME}} or {{NAME | "fallback"}}, with nothing in braces inside.',
      })),
      ...textsOf(dossier)
        .filter(strayEnd)
        .map(({ path }) => ({
          path,
          message: 'There is "}}" without "{{" before it.',
          remedy: 'The form is {{NAME}} or {{NAME | "fallback"}}.',
        })),
    ],
  },
  {
    // docs/woodpecker-api.md, Texts: fallbacks: one blank on each side of the bar.
    name: "snippet_spacing",
    severity: "warning",
    find: (dossier) =>
      onTags(dossier, "snippet", ({ raw, name, fallback }) => {
        const exact = fallback === undefined ? `{{${name}}}` : `{{${name} | "${fallback}"}}`;
        if (raw === exact) return undefined;
        return {
          message: `${quoted(raw, 60)} is spaced in a way that Woodpecker's pages do not show, and may be refused.`,
          remedy: `Write ${plain(exact, 60)}.`,
        };
      }),
  },
  {
    // docs/woodpecker-api.md, Texts: snippets: anyone without a value is set aside, unless there is a fallback.
    name: "snippet_without_fallback",
    severity: "warning",
    find: (dossier) =>
      onTags(dossier, "snippet", (tag) => {
        if (!needsValue(tag)) return undefined;
        const { name } = tag;
        const remedy = `Write {{${name} | "…"}} with a fallback, or complete the data.`;
        const people = known(dossier.parts.prospects);
        if (!people || people.rows.length === 0) {
          return {
            message: `{{${name}}} has no fallback: a prospect without that value is set aside and not written to.`,
            remedy,
          };
        }
        const open = openRows(people.rows);
        const missing = open.filter((row) => !valueFor(name, row)).length;
        const group = `${open.length}${people.total > people.rows.length ? ` that were looked at (of ${people.total})` : ""} prospects who can be written to`;
        if (missing === 0) {
          return {
            severity: "info",
            message: `{{${name}}} has no fallback; each of the ${group} has a value.`,
            remedy,
          };
        }
        const count = missing === 1 ? "1 has" : `${missing} have`;
        return {
          message: `{{${name}}} has no fallback: of the ${group}, ${count} no value and would be set aside, not written to.`,
          remedy,
        };
      }),
  },
  on(textsOf, {
    // docs/woodpecker-api.md, Texts: fallbacks: a fallback may be empty; the blank and the comma around it stay.
    name: "fallback_leaves_gap",
    severity: "warning",
    found: ({ text }) => /(?:^|[\s>])\S{0,20}\s(\{\{\s*[A-Z0-9_]+\s*\|\s*"\s*"\s*\}\})[,!.]/.exec(text)?.[1],
    message: (gap) =>
      `Anyone without the value of ${quoted(gap, 40)} reads a gap before the punctuation, as in "Hi ,".`,
    remedy: 'Give a word as the fallback, such as "there".',
  }),
];

/** A name in capitals that closes with two braces and opens with fewer; other braces are somebody's code. */
function strayEnd(text: Text): boolean {
  const rest = outsideTags(text);
  return (
    /(?<![{A-Z0-9_])\{?[A-Z][A-Z0-9_]{2,20}\s{0,3}(?:\|[^{}]{0,60})?\}\}/.test(rest) && !rest.includes("{{")
  );
}
