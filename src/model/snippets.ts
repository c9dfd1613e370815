/**
 * Woodpecker's templating in subjects and messages: `{{FIRST_NAME}}`, a snippet with a fallback
 * `{{FIRST_NAME | "there"}}`, spintax `{{SPINTAX | "Hi" | "Hello"}}`, a tracked link `{{CLICK=https://…}}` and the
 * opt-out link `{{UNSUBSCRIBE}}`. Source: docs/woodpecker-api.md, Texts.
 */
import { closest } from "../values/closest.ts";
import { cut } from "../values/foreign.ts";
import { own } from "../values/loose.ts";

/** Snippet → the field of a prospect that fills it. */
export const snippetFields: Record<string, string> = {
  FIRST_NAME: "first_name",
  LAST_NAME: "last_name",
  FULL_NAME: "first_name",
  COMPANY: "company",
  EMAIL: "email",
  WWW: "website",
  TAG: "tags",
  LINKEDIN_URL: "linkedin_url",
  TITLE: "title",
  PHONE: "phone",
  ADDRESS: "address",
  CITY: "city",
  STATE: "state",
  COUNTRY: "country",
  INDUSTRY: "industry",
  ...Object.fromEntries(
    Array.from({ length: 15 }, (_, index) => [`SNIPPET_${index + 1}`, `snippet${index + 1}`]),
  ),
};

export const snippetNames = Object.keys(snippetFields);

export type Tag =
  | { kind: "snippet"; name: string; fallback?: string; raw: string; at: number }
  | { kind: "spintax"; alternatives: string[]; exact: boolean; raw: string; at: number }
  | { kind: "click"; url: string; raw: string; at: number }
  | { kind: "unsubscribe"; raw: string; at: number }
  | { kind: "unknown"; name: string; meant?: string; raw: string; at: number }
  | { kind: "broken"; raw: string; at: number };

/** Every `{{…}}` of a text, in order, `at` being its offset. Braces that do not pair are "broken". */
export function tagsIn(text: string): Tag[] {
  const tags: Tag[] = [];
  let at = text.indexOf("{{");
  let end = text.indexOf("}}");
  while (at >= 0) {
    // Looked for only while there is one: a text of nothing but "{{" would otherwise be read again and again.
    if (end >= 0 && end < at + 2) end = text.indexOf("}}", at + 2);
    const nested = text.indexOf("{{", at + 2);
    if (end < 0 || (nested >= 0 && nested < end)) {
      tags.push({ kind: "broken", raw: cut(text.slice(at), 40), at });
      at = nested;
    } else {
      const raw = text.slice(at, end + 2);
      tags.push({ ...readTag(raw.slice(2, -2)), raw, at });
      at = text.indexOf("{{", end + 2);
    }
  }
  return tags;
}

type Read<T> = T extends Tag ? Omit<T, "raw" | "at"> : never;

function readTag(inside: string): Read<Tag> {
  const click = /^CLICK=(.+)$/s.exec(inside.trim());
  if (click) return { kind: "click", url: (click[1] as string).trim() };
  const [, name = "", rest] = /^\s*([^|]*?)\s*(?:\|(.*))?$/s.exec(inside) ?? [];
  if (name === "SPINTAX") {
    const alternatives = alternativesIn(rest ?? "");
    const form = ["SPINTAX", ...alternatives.map((one) => `"${one}"`)].join(" | ");
    return { kind: "spintax", alternatives, exact: inside === form };
  }
  // Every snippet may have a fallback, this one too.
  if (name === "UNSUBSCRIBE" && (rest === undefined || /^\s*"(.*)"\s*$/s.test(rest)))
    return { kind: "unsubscribe" };
  if (own(snippetFields, name) === undefined) return { kind: "unknown", name, ...meantBy(name) };
  if (rest === undefined) return { kind: "snippet", name };
  const fallback = /^\s*"(.*)"\s*$/s.exec(rest);
  return fallback ? { kind: "snippet", name, fallback: fallback[1] as string } : { kind: "broken" };
}

/** `"Hi" | "Hello"` → Hi, Hello. */
function alternativesIn(list: string): string[] {
  return [...list.matchAll(/"((?:[^"]|"(?!\s*(?:\||$)))*)"\s*(?:\||$)/g)].map((match) => match[1] as string);
}

/** Names that people write although Woodpecker has another, which spelling alone would not find. */
const otherNames: Record<string, string> = {
  WEBSITE: "WWW",
  URL: "WWW",
  NAME: "FIRST_NAME",
  JOB_TITLE: "TITLE",
  TAGS: "TAG",
};

function meantBy(name: string): { meant?: string } {
  const asKnown = name
    .toUpperCase()
    .replace(/[\s-]+/g, "_")
    .replace(/^(SNIPPET)_?(\d+)$/, "$1_$2");
  const meant = own(otherNames, asKnown) ?? closest(asKnown, [...snippetNames, "UNSUBSCRIBE"], 1)[0];
  return meant ? { meant } : {};
}

/** Whether anyone without this value is set aside; an address everybody has. */
export const needsValue = (tag: Tag): tag is Tag & { kind: "snippet" } =>
  tag.kind === "snippet" && tag.fallback === undefined && tag.name !== "EMAIL";
