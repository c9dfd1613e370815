/**
 * The e-mails as one person would get them: a value, else the fallback, else the person is set aside; a follow-up
 * without a subject goes on under the one before. Source: docs/woodpecker-api.md, Texts and Steps: subjects.
 */

import { needsValue, snippetFields, type Tag, tagsIn } from "../model/snippets.ts";
import type { SeenStep, SeenVersion } from "../preflight/dossier.ts";
import { valueFor } from "../preflight/people.ts";
import { withTags } from "../preflight/texts.ts";
import { quoted, visible } from "../values/foreign.ts";
import { escapeHtml, htmlToText } from "../values/html.ts";
import type { Loose } from "../values/loose.ts";

export interface Email {
  step: number;
  version: string;
  email: string;
  subject: string;
  html: string;
  /** What would be missing, each naming the address. */
  holes: string[];
  signature: string;
  /** Stays in the thread of an e-mail before. */
  thread?: true;
  /** Whoever gets this version lacks a value for it, so that it and all later steps stay unsent. */
  sets_aside?: true;
  /** A text on LinkedIn: it has no subject and no signature. */
  linkedin?: string;
  /** Of all spintax variants, from 1. */
  variant?: number;
}

export interface Recipient extends Loose {
  email: string;
}

/** Stands where Woodpecker puts a link of its own; a name that leads nowhere (RFC 2606). */
const optOutUrl = "https://opt-out.invalid/";

const MAX_VARIANTS = 12;

/** A number that depends on nothing but its arguments (FNV-1a), so that the same seed gives the same e-mails. */
export function draw(seed: number, ...about: (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const char of [seed, ...about].join("/"))
    hash = Math.imul(hash ^ (char.codePointAt(0) as number), 0x01000193);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) >>> 0;
}

interface Choice {
  seed: number;
  /** Every version and every spintax variant, up to a number. */
  all: boolean;
  /** Also the steps behind the one at which the person is set aside: what they would hold for somebody like them. */
  beyond?: boolean;
}

/** What one person gets, in the order of the steps, up to the one at which they are set aside. */
export function emailsTo(person: Recipient, steps: readonly SeenStep[], choice: Choice): Email[] {
  const { seed, all } = choice;
  const emails: Email[] = [];
  let thread: string | undefined;
  for (const step of steps.filter(hasText)) {
    const drawn = draw(seed, person.email, step.number) % step.versions.length;
    const versions = all ? step.versions : [step.versions[drawn] as SeenVersion];
    const others = all ? [] : holesOfOthers(person, step, drawn, thread);
    const got = step.versions[drawn] as SeenVersion;
    const own = emailOf(person, step, got, thread, seededPicker(seed, person.email, step.number, got.letter));
    for (const version of versions) {
      const variants = all ? Math.min(MAX_VARIANTS, variantsOf(version)) : 1;
      for (let variant = 0; variant < variants; variant += 1) {
        const pick = all
          ? variantPicker(variant)
          : seededPicker(seed, person.email, step.number, version.letter);
        const email = emailOf(person, step, version, thread, pick);
        const holes = [...email.holes, ...others];
        emails.push({ ...email, holes, ...(variants > 1 && { variant: variant + 1 }) });
      }
    }
    if (own.sets_aside && !choice.beyond) break;
    if (step.type === "EMAIL") thread = own.subject;
  }
  return emails;
}

/** A visit of a profile says nothing. */
const hasText = ({ type, versions }: SeenStep) =>
  type === "EMAIL" ? versions.length > 0 : versions.some(({ message }) => message.trim() !== "");

/** What would be missing in the versions that this person might get instead. */
function holesOfOthers(
  person: Recipient,
  step: SeenStep,
  drawn: number,
  thread: string | undefined,
): string[] {
  return step.versions
    .filter((_version, index) => index !== drawn)
    .flatMap((version) => {
      const { holes } = emailOf(person, step, version, thread, () => 0);
      return holes.map((hole) => `If version ${version.letter} is drawn: ${hole}`);
    });
}

/** Which of so many alternatives; asked once for each spintax of an e-mail, in order. */
type Pick = (alternatives: number) => number;

function seededPicker(seed: number, ...about: (string | number)[]): Pick {
  let nth = 0;
  return (alternatives) => {
    nth += 1;
    return draw(seed, ...about, nth) % alternatives;
  };
}

/** The n-th of all combinations, counting like digits, the first spintax fastest. */
function variantPicker(variant: number): Pick {
  let left = variant;
  return (alternatives) => {
    const digit = left % alternatives;
    left = Math.floor(left / alternatives);
    return digit;
  };
}

const variantsOf = ({ subject = "", message }: SeenVersion): number =>
  tagsIn(`${subject}\n${message}`).reduce(
    (product, tag) => product * (tag.kind === "spintax" ? Math.max(1, tag.alternatives.length) : 1),
    1,
  );

function emailOf(
  person: Recipient,
  step: SeenStep,
  version: SeenVersion,
  thread: string | undefined,
  pick: Pick,
): Email {
  const holes: string[] = [];
  const texts = step.type === "EMAIL" ? `${version.subject ?? ""}\n${version.message}` : version.message;
  const about = {
    step: step.number,
    version: version.letter,
    email: person.email,
    holes,
    ...(bareIn(texts).some((name) => !valueFor(name, person)) && { sets_aside: true as const }),
  };
  if (step.type === "LINKEDIN") {
    const text = visible(filled(version.message, person, pick, "message", holes));
    return {
      ...about,
      subject: "",
      html: escapeHtml(text).replace(/\r\n?|\n/g, "<br>"),
      signature: "none",
      linkedin: (step.linkedin?.action ?? "touch").toLowerCase().replaceAll("_", " "),
    };
  }
  const own = version.subject?.trim() ? filled(version.subject, person, pick, "subject", holes) : undefined;
  const html = visible(filled(version.message, person, pick, "message", holes));
  const subject = own ?? (thread === undefined ? "" : `Re: ${thread.replace(/^Re: /, "")}`);
  if (subject === "") holes.push(`The e-mail to ${quoted(person.email)} has no subject.`);
  return {
    ...about,
    subject: visible(subject),
    html,
    signature: version.signature === "NO_SIGNATURE" ? "none" : "of the sending mailbox",
    ...(own === undefined && thread !== undefined && { thread: true as const }),
  };
}

/** Snippets without a fallback. */
export const bareIn = (text: string): string[] =>
  tagsIn(text)
    .filter(needsValue)
    .map(({ name }) => name);

function filled(text: string, person: Recipient, pick: Pick, field: string, holes: string[]): string {
  return withTags(text, (tag) => filling(tag, person, pick, field, holes));
}

function filling(tag: Tag, person: Recipient, pick: Pick, field: string, holes: string[]): string {
  switch (tag.kind) {
    case "snippet": {
      const value = valueFor(tag.name, person) || tag.fallback;
      if (value !== undefined) return value;
      holes.push(
        `${quoted(person.email)} has no ${snippetFields[tag.name]} for ${tag.raw} in the ${field}: set aside, not written to.`,
      );
      return tag.raw;
    }
    case "spintax":
      return tag.alternatives[pick(Math.max(1, tag.alternatives.length))] ?? "";
    case "click":
      return tag.url;
    case "unsubscribe":
      return optOutUrl;
    default:
      holes.push(
        `${quoted(tag.raw, 60)} in the ${field} is not a Woodpecker snippet; ${quoted(person.email)} would read it.`,
      );
      return tag.raw;
  }
}

/** The e-mail with its HTML as a mail program shows it, and the addresses of links: the part that takes time. */
export async function readable<T extends Email>(email: T): Promise<T & { text: string }> {
  return { ...email, text: await shownText(email.html) };
}

async function shownText(html: string): Promise<string> {
  return (await htmlToText(html, "with links"))
    .replaceAll(optOutUrl, "opt-out link")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
