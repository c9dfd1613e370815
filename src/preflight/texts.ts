/** The texts of a campaign, each with its place, and what can be seen of one. */
import { tagsIn } from "../model/snippets.ts";
import type { Path } from "./finding.ts";
import type { SeenStep, SeenVersion, Subject } from "./subject.ts";

export interface Text {
  text: string;
  field: "subject" | "message";
  path: Path;
  step: SeenStep;
  version: SeenVersion;
}

export function textsOf({ steps }: Subject): Text[] {
  return steps.flatMap((step) => step.versions.flatMap((version) => ofVersion(step, version)));
}

function ofVersion(step: SeenStep, version: SeenVersion): Text[] {
  const path = ["steps", step.index, "versions", version.index];
  const { subject, message } = version;
  return [
    ...(subject
      ? [{ text: subject, field: "subject" as const, path: [...path, "subject"], step, version }]
      : []),
    ...(message
      ? [{ text: message, field: "message" as const, path: [...path, "message"], step, version }]
      : []),
  ];
}

export const subjectsOf = (subject: Subject) => textsOf(subject).filter(({ field }) => field === "subject");

/** Messages of EMAIL steps: HTML. */
export const emailsOf = (subject: Subject) =>
  textsOf(subject).filter(({ field, step }) => field === "message" && step.type === "EMAIL");

/** The text with its tags blanked out, each character that stays at its place. */
export function outsideTags(text: string): string {
  let rest = text;
  for (const { raw, at, kind } of tagsIn(text)) {
    if (kind === "broken" && !raw.endsWith("}}")) continue;
    rest = rest.slice(0, at) + " ".repeat(raw.length) + rest.slice(at + raw.length);
  }
  return rest;
}

/** As most people get it: snippets as one word of about their length, spintax as its first alternative. */
export function asSent(text: string): string {
  let result = text;
  for (const tag of tagsIn(text).reverse()) {
    const filled =
      tag.kind === "spintax"
        ? (tag.alternatives[0] ?? "")
        : tag.kind === "snippet"
          ? tag.fallback || "Snippet"
          : tag.kind === "click"
            ? tag.url
            : tag.kind === "unsubscribe"
              ? "unsubscribe:"
              : tag.raw;
    result = result.slice(0, tag.at) + filled + result.slice(tag.at + tag.raw.length);
  }
  return result;
}

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

/** What is read of an HTML text, without links behind words; near enough to count and to compare. */
export function visibleText(html: string): string {
  return html
    .replace(/<!--[\s\S]*?(?:-->|$)/g, " ")
    .replace(/<(style|script|head|title)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, " ")
    .replace(/<\/?(?:p|div|br|li|ul|ol|tr|td|table|h[1-6]|blockquote)\b[^<>]*>/gi, "\n")
    .replace(/<\/?[a-z][^<>]*>/gi, "")
    .replace(/&(amp|lt|gt|quot|apos|nbsp);/g, (_all, name: string) => entities[name] as string)
    .replace(/&#(\d{1,6});/g, (_all, code: string) => String.fromCodePoint(Math.min(Number(code), 0x10ffff)))
    .replace(/[^\S\n]+/g, " ")
    .trim();
}

export const wordsIn = (text: string): string[] => text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.-]*/gu) ?? [];
