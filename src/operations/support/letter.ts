/** The text of a reply: what would leave, and the same as a person can read it before they agree. */

import { textToHtml } from "../../model/plain-text.ts";
import { type Tag, tagsIn } from "../../model/snippets.ts";
import { valueFor } from "../../preflight/people.ts";
import { withTags } from "../../preflight/texts.ts";
import type { Fault } from "../../values/fault.ts";
import { plain, quoted, visibleLines } from "../../values/foreign.ts";
import { escapeHtml, htmlToText } from "../../values/html.ts";
import type { Loose } from "../../values/loose.ts";
import { Refusal } from "../../values/refusal.ts";

export interface Written {
  text?: string | undefined;
  html?: string | undefined;
}

export interface Letter {
  html: string;
  /** Every line, with the addresses of links and images. */
  shown: string;
  /** Characters that nobody sees. */
  hidden: number;
}

/** What a form and a result can show whole. */
const MAX_SHOWN = 10_000;

/** What can be shown as text; anything else would leave without having been seen. */
const elements = new Set(
  "a b big blockquote br center code div em font h1 h2 h3 h4 h5 h6 hr i img li ol p pre s small span strike strong sub sup table tbody td tfoot th thead tr u ul".split(
    " ",
  ),
);

/** What is wrong whoever gets it. */
export function letterFaults({ text, html }: Written): Fault[] {
  if (text !== undefined && html !== undefined)
    return [{ path: ["html"], message: "does not go with text; give one of the two" }];
  const [field, written] = html === undefined ? ["text", text] : ["html", html];
  if (written === undefined) return [{ path: ["text"], message: "is missing; give it, or html" }];
  const faults = tagsIn(written).flatMap((tag) => {
    const fault = tagFault(tag);
    return fault ? [`${quoted(tag.raw, 60)} ${fault}`] : [];
  });
  if (html !== undefined) faults.push(...htmlFaults(html));
  else if (/<\/?(?:p|div|br|a|span|b|strong)\b[^<>]*>/i.test(written))
    faults.push("holds HTML, which the person would read as it stands; give it as html");
  if (written.trim() === "") faults.push("is empty");
  return faults.map((message) => ({ path: [field as string], message }));
}

/** A reply leaves as it is written: Woodpecker fills nothing in. */
function tagFault(tag: Tag): string | undefined {
  switch (tag.kind) {
    case "snippet":
      return undefined;
    case "spintax":
      return "would leave as it stands: write one of the words";
    case "click":
    case "unsubscribe":
      return "would leave as it stands: a reply has no such link";
    default:
      return "is not a snippet, and would leave as it stands";
  }
}

function htmlFaults(html: string): string[] {
  const names = [...html.matchAll(/<\/?([a-z][^\s/>]*)/gi)].map((match) =>
    (match[1] as string).toLowerCase(),
  );
  const others = [...new Set(names)].filter((name) => !elements.has(name));
  return [
    ...(others.length > 0 ? [`has ${plain(others.join(", "))}, which cannot be shown as text`] : []),
    ...(/<[!?]/.test(html) ? ["has a comment or a declaration, which cannot be shown as text"] : []),
    ...(/<[^>]*(?:\bbackground\s*=|url\s*\()/i.test(html)
      ? ["loads an image that cannot be shown as text"]
      : []),
  ];
}

/** With the values of the one who gets it. @throws Refusal where one is missing, or it cannot be shown whole */
export async function letterTo(person: Loose, { text, html }: Written): Promise<Letter> {
  const missing: string[] = [];
  const fill = (written: string, asWritten: (value: string) => string) =>
    withTags(written, (tag) => {
      const value = tag.kind === "snippet" ? valueFor(tag.name, person) || tag.fallback : undefined;
      if (value === undefined) missing.push(tag.raw);
      return asWritten(value ?? "");
    });
  const filled =
    html === undefined
      ? fill(text ?? "", (value) => value)
      : fill(html, (value) => escapeHtml(value).replaceAll('"', "&quot;"));
  if (missing.length > 0)
    throw refused(
      `the person has no value for ${missing.map((raw) => quoted(raw, 60)).join(", ")}`,
      "write the words themselves.",
    );
  if (tagsIn(filled).length > 0)
    throw refused(
      "a value of the person holds {{…}}, which would leave as it stands",
      "write the words themselves.",
    );
  const read = html === undefined ? filled : await htmlToText(withImages(filled), "with links");
  const seen = visibleLines(read).replace(/\n+$/, "");
  if (seen.trim() === "") throw refused("the text is empty", "write one.");
  const body = html === undefined ? textToHtml(filled) : filled;
  if (Math.max(seen.length + 2 * seen.split("\n").length, body.length / 3) > MAX_SHOWN)
    throw refused("the text is too long to be shown whole to the person who agrees", "shorten it.");
  const hidden = [...read.replaceAll(/\r\n?/g, "\n").replace(/\n+$/, "")].length - [...seen].length;
  return { html: body, shown: seen, hidden: Math.max(0, hidden) };
}

/** An image says where it is loaded from. */
const withImages = (html: string) =>
  html.replace(/<img\b[^>]*>/gi, (tag) => {
    const [, double, single, bare] = /\bsrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i.exec(tag) ?? [];
    return escapeHtml(`[image ${double ?? single ?? bare ?? "without an address"}]`);
  });

export const refused = (what: string, next: string) =>
  new Refusal(`Reply to prospect: ${what}.`, next, "Nothing was sent and nothing was changed.");
