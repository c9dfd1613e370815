/**
 * `details` of an error body: null in every documented sample, and reserved for "additional data which can help identify
 * the problem". Its shape is documented nowhere, so every shape is put into one line.
 */
import { cut, visible } from "../values/foreign.ts";

const MAX_LEAVES = 12;
const MAX_DEPTH = 5;
const MAX_SAID = 400;

export function sayDetails(details: unknown): string | undefined {
  const said: string[] = [];
  collect(details, "", MAX_DEPTH, said);
  const text = visible(said.slice(0, MAX_LEAVES).join("; ")).trim();
  if (text === "") return undefined;
  const more = said.length > MAX_LEAVES ? "; …" : "";
  return `${cut(text, MAX_SAID)}${text.length > MAX_SAID ? "…" : more}`;
}

function collect(value: unknown, path: string, depth: number, said: string[]): void {
  if (said.length > MAX_LEAVES || value === null || value === undefined || value === "") return;
  if (typeof value !== "object") {
    said.push(path ? `${path}: ${value}` : String(value));
    return;
  }
  if (depth === 0) {
    said.push(path ? `${path}: …` : "…");
    return;
  }
  for (const [name, entry] of Object.entries(value)) {
    const list = Array.isArray(value);
    // The place in a list of plain words says nothing.
    const isWord = list && (entry === null || typeof entry !== "object");
    const at = isWord ? path : list ? `${path}[${name}]` : path ? `${path}.${name}` : name;
    collect(entry, at, depth - 1, said);
  }
}
