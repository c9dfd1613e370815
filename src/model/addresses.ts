/** E-mail addresses and domains as people paste them: with a name before, as a link, several in one text. */
import type { Path } from "../values/fault.ts";
import { type Ear, type Reader, read, trimmed } from "../values/lenient.ts";

/** `Anna Moser <anna@example.com>` and mailto:anna@example.com are anna@example.com. */
export function readAddress(value: unknown, path: Path, ear: Ear): unknown {
  if (typeof value !== "string") return value;
  const address = bareAddress(value);
  if (address !== value) ear.note(path, read(value, address));
  return address;
}

export function bareAddress(given: string): string {
  const text = trimmed(given);
  const [, inBrackets] = /^[^<>]*<([^<>]+)>$/.exec(text) ?? [];
  const address = trimmed((inBrackets ?? text).replace(/^\s*mailto:([^?]*)(?:\?.*)?$/i, "$1"));
  return /^[^\s@]+@[^\s@]+$/.test(address) ? address : text;
}

/** "a@x.com, Ben <b@y.com>" are two addresses. What has no address stays, so that it is told. */
export const readAddresses = splitting((text) => {
  if (text.split("@").length < 3) return [text];
  const words = text.split(/[\s,;<>"]+/).filter((word) => word !== "");
  // Beside addresses in brackets stand names.
  return text.includes("<") ? words.filter((word) => word.includes("@")) : words;
});

/** "a.com; b.com" are two domains. */
export const readDomains = splitting((text) => {
  const words = text.split(/[\s,;]+/).filter((word) => word !== "");
  return words.every((word) => word.includes(".")) ? words : [text];
});

/** Nobody's address ends in www.acme.com. */
export function readDomain(value: unknown, path: Path, ear: Ear): unknown {
  if (typeof value !== "string") return value;
  const domain = trimmed(value)
    .replace(/^(?:https?:\/\/)?(?:www\.(?=[^.]+\.))?/i, "")
    .replace(/[/?#].*$/, "");
  if (domain !== value) ear.note(path, read(value, domain));
  return domain;
}

function splitting(parts: (text: string) => string[]): Reader {
  return (value, path, ear) => {
    const given = typeof value === "string" ? [value] : value;
    if (!Array.isArray(given)) return value;
    const all = given.flatMap((one: unknown) => (typeof one === "string" ? parts(one) : [one]));
    if (all.length === given.length) return value;
    ear.note(path, read(value, all));
    return all;
  };
}
