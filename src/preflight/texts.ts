/** The texts of a campaign, each with its place, and what can be seen of one. */
import { needsValue, type Tag, tagsIn } from "../model/snippets.ts";
import type { Path } from "../values/fault.ts";
import { unescapeHtml } from "../values/html.ts";
import type { Dossier, SeenStep, SeenVersion } from "./dossier.ts";

export interface Text {
  text: string;
  field: "subject" | "message";
  path: Path;
  step: SeenStep;
  version: SeenVersion;
}

/** Made of each thing once: dozens of rules ask the same of the same texts. */
export function once<K extends object, V>(make: (of: K) => V): (of: K) => V {
  const made = new WeakMap<K, { value: V }>();
  return (of) => {
    const known = made.get(of) ?? { value: make(of) };
    made.set(of, known);
    return known.value;
  };
}

export const textsOf = once((dossier: Dossier): Text[] =>
  dossier.steps.flatMap((step) => step.versions.flatMap((version) => ofVersion(step, version))),
);

function ofVersion(step: SeenStep, version: SeenVersion): Text[] {
  const path = ["steps", step.index, "versions", version.index];
  return (["subject", "message"] as const).flatMap((field) => {
    const text = version[field];
    return text ? [{ text, field, path: [...path, field], step, version }] : [];
  });
}

export const subjectsOf = (dossier: Dossier) => textsOf(dossier).filter(({ field }) => field === "subject");

export const messagesOf = (dossier: Dossier) => textsOf(dossier).filter(({ field }) => field === "message");

/** Messages of EMAIL steps: HTML. */
export const emailsOf = (dossier: Dossier) => messagesOf(dossier).filter(({ step }) => step.type === "EMAIL");

/** The names of snippets that the texts use without a fallback: whoever has no value for one is set aside. */
export const bareSnippets = (dossier: Dossier): string[] => [
  ...new Set(
    textsOf(dossier)
      .flatMap(tagsOf)
      .filter(needsValue)
      .map(({ name }) => name),
  ),
];

export const tagsOf = once(({ text }: Text): Tag[] => tagsIn(text));

/** The text with each of its tags replaced, and everything else as it is. */
export function withTags(text: string, replacement: (tag: Tag) => string, tags = tagsIn(text)): string {
  const parts: string[] = [];
  let from = 0;
  for (const tag of tags) {
    parts.push(text.slice(from, tag.at), replacement(tag));
    from = tag.at + tag.raw.length;
  }
  return parts.join("") + text.slice(from);
}

/** A piece that begins like a tag and has no end stays for others to judge. */
const isWhole = ({ kind, raw }: Tag) => kind !== "broken" || raw.endsWith("}}");

/** The text with its tags blanked out. */
export const outsideTags = once((text: Text): string =>
  withTags(text.text, (tag) => (isWhole(tag) ? " ".repeat(tag.raw.length) : tag.raw), tagsOf(text)),
);

/** As most people get it: snippets as one word of about their length, spintax as its first alternative. */
export const asSent = once((text: Text): string => withTags(text.text, sentAs, tagsOf(text)));

function sentAs(tag: Tag): string {
  switch (tag.kind) {
    case "spintax":
      return tag.alternatives[0] ?? "";
    case "snippet":
      return tag.fallback || "Snippet";
    case "click":
      return tag.url;
    case "unsubscribe":
      return "unsubscribe:";
    default:
      return tag.raw;
  }
}

export const hasImage = ({ text }: Text) => /<img\b/i.test(text);

/** {{Hi|Hello}}: spintax of other tools in double braces. */
export const isOtherSpintax = ({ name, raw }: { name: string; raw: string }) =>
  raw.includes("|") && !/\|\s*"/.test(raw) && !/^[A-Z0-9_]+$/.test(name);

/** What is read of an HTML text, without links behind words; near enough to count and to compare. */
export function visibleText(html: string): string {
  const text = html
    .replace(/<!--[\s\S]*?(?:-->|$)/g, " ")
    .replace(/<(style|script|head|title)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, " ")
    .replace(/<\/?(?:p|div|br|li|ul|ol|tr|td|table|h[1-6]|blockquote)\b[^<>]*>/gi, "\n")
    .replace(/<\/?[a-z][^<>]*>/gi, "");
  return unescapeHtml(text)
    .replace(/[^\S\n]+/g, " ")
    .trim();
}

/** What most people would read of a text. */
export const asRead = once((text: Text): string => visibleText(asSent(text)));

/** What everybody reads of it, whoever they are. */
export const readOutsideTags = once((text: Text): string => visibleText(outsideTags(text)));

/** Its lines that are not empty. */
export const linesOf = once((text: Text): string[] =>
  asRead(text)
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean),
);

/** How many words people read. */
export const wordsIn = once(
  (text: Text): number => (asRead(text).match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.-]*/gu) ?? []).length,
);
