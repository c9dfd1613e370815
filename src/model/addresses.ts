/** One e-mail address as people paste it: with a name before it, or as a link. */
import type { Path } from "../values/fault.ts";
import { type Ear, read, trimmed } from "../values/lenient.ts";

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
