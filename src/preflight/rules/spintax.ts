/**
 * Spintax. Source: docs/woodpecker-api.md, Texts: spintax: SPINTAX, then two or more quoted alternatives. The
 * braces with bars of other tools are not Woodpecker's and go out as they are.
 */

import { quoted } from "../../values/foreign.ts";
import type { Rule } from "../finding.ts";
import { outsideTags, tagsOf, textsOf } from "../texts.ts";

const form = '{{SPINTAX | "Hi" | "Hello"}}';

export const spintaxRules: readonly Rule[] = [
  {
    name: "spintax_alternatives",
    severity: "error",
    find: (dossier) =>
      textsOf(dossier).flatMap((text) => {
        const { path } = text;
        const poor = tagsOf(text).find((tag) => tag.kind === "spintax" && tag.alternatives.length < 2);
        if (poor?.kind !== "spintax") return [];
        const has = poor.alternatives.length === 1 ? "one alternative" : "no quoted alternative";
        return [
          {
            path,
            message: `${quoted(poor.raw, 60)} has ${has}; spintax needs two or more.`,
            remedy: `Write it as ${form}.`,
          },
        ];
      }),
  },
  {
    // docs/woodpecker-api.md, Texts: the blanks around the bars are part of the form; without them create answers 400.
    name: "spintax_form",
    severity: "error",
    find: (dossier) =>
      textsOf(dossier).flatMap((text) => {
        const { path } = text;
        const odd = tagsOf(text).find(
          (tag) => tag.kind === "spintax" && !tag.exact && tag.alternatives.length >= 2,
        );
        if (!odd) return [];
        return [
          {
            path,
            message: `${quoted(odd.raw, 60)} is not written as Woodpecker wants it, and is refused: one blank on each side of every bar.`,
            remedy: `Write it as ${form}.`,
          },
        ];
      }),
  },
  {
    // Two alternatives that are the same choose nothing.
    name: "spintax_repeats",
    severity: "warning",
    find: (dossier) =>
      textsOf(dossier).flatMap((text) => {
        const { path } = text;
        const same = tagsOf(text).find(
          (tag) => tag.kind === "spintax" && new Set(tag.alternatives).size < tag.alternatives.length,
        );
        if (!same) return [];
        return [
          {
            path,
            message: `${quoted(same.raw, 60)} names an alternative twice.`,
            remedy: "Make them differ, or leave one out.",
          },
        ];
      }),
  },
  {
    // {Hi|Hello} of Instantly, Lemlist, Smartlead and others; {{Hi|Hello}} and {{RANDOM|Hi|Hello}} too.
    name: "other_spintax",
    severity: "error",
    find: (dossier) =>
      textsOf(dossier).flatMap((text) => {
        const { path } = text;
        const single = /\{[^{}|<>]{0,120}(?:\|[^{}|<>]{0,120})+\}/.exec(outsideTags(text))?.[0];
        const double = tagsOf(text).find(
          (tag) =>
            tag.kind === "unknown" &&
            tag.raw.includes("|") &&
            !/\|\s*"/.test(tag.raw) &&
            !/^[A-Z0-9_]+$/.test(tag.name),
        )?.raw;
        const found = double ?? single;
        if (!found) return [];
        return [
          {
            path,
            message: `${quoted(found, 60)} is the spintax of another tool; in Woodpecker people would read it as it stands.`,
            remedy: `Write it as ${form}.`,
          },
        ];
      }),
  },
];
