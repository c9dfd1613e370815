/**
 * Spintax. Source: docs/woodpecker-api.md, Texts: spintax: SPINTAX, then two or more quoted alternatives. The
 * braces with bars of other tools are not Woodpecker's and go out as they are.
 */

import { quoted } from "../../values/foreign.ts";
import { on, type Rule } from "../finding.ts";
import { isOtherSpintax, outsideTags, type Text, tagsOf, textsOf } from "../texts.ts";

const remedy = 'Write it as {{SPINTAX | "Hi" | "Hello"}}.';

const spintaxIn = (text: Text) => tagsOf(text).filter((tag) => tag.kind === "spintax");

export const spintaxRules: readonly Rule[] = [
  on(textsOf, {
    name: "spintax_alternatives",
    severity: "error",
    found: (text) => spintaxIn(text).find(({ alternatives }) => alternatives.length < 2),
    message: ({ raw, alternatives }) =>
      `${quoted(raw, 60)} has ${alternatives.length === 1 ? "one alternative" : "no quoted alternative"}; spintax needs two or more.`,
    remedy,
  }),
  on(textsOf, {
    // docs/woodpecker-api.md, Texts: the blanks around the bars are part of the form; without them create answers 400.
    name: "spintax_form",
    severity: "error",
    found: (text) => spintaxIn(text).find(({ exact, alternatives }) => !exact && alternatives.length >= 2),
    message: ({ raw }) =>
      `${quoted(raw, 60)} is not written as Woodpecker wants it, and is refused: one blank on each side of every bar.`,
    remedy,
  }),
  on(textsOf, {
    // Two alternatives that are the same choose nothing.
    name: "spintax_repeats",
    severity: "warning",
    found: (text) =>
      spintaxIn(text).find(({ alternatives }) => new Set(alternatives).size < alternatives.length),
    message: ({ raw }) => `${quoted(raw, 60)} names an alternative twice.`,
    remedy: "Make them differ, or leave one out.",
  }),
  on(textsOf, {
    // {Hi|Hello} of Instantly, Lemlist, Smartlead and others; {{Hi|Hello}} and {{RANDOM|Hi|Hello}} too.
    name: "other_spintax",
    severity: "error",
    found: (text) =>
      tagsOf(text).find((tag) => tag.kind === "unknown" && isOtherSpintax(tag))?.raw ??
      /\{[^{}|<>]{0,120}(?:\|[^{}|<>]{0,120})+\}/.exec(outsideTags(text))?.[0],
    message: (found) =>
      `${quoted(found, 60)} is the spintax of another tool; in Woodpecker people would read it as it stands.`,
    remedy,
  }),
];
