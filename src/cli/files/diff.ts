/** Differences as people read them: lines with - and +, and the words that differ within a line marked. */
import { type ChangeObject, diffArrays, diffWordsWithSpace } from "diff";
import type { Finding } from "../../preflight/index.ts";
import { inCommands } from "../words.ts";
import type { Difference } from "./changes.ts";

/** Lines around a change that stay to be seen. */
const CONTEXT = 2;

export function showChanges(changes: readonly Difference[]): string {
  return changes.map(showChange).join("\n");
}

function showChange({ where, before, after }: Difference): string {
  const lines = (text: string | undefined) => (text === undefined ? [] : text.split("\n").map(plain));
  return [where, ...showLines(lines(before), lines(after)).map((line) => `  ${line}`)].join("\n");
}

/** What nobody sees, or a terminal would obey, as its code; texts of others are shown, not played. */
export function plain(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu,
    (char) => `\\u{${(char.codePointAt(0) as number).toString(16)}}`,
  );
}

function showLines(before: readonly string[], after: readonly string[]): string[] {
  const shown: string[] = [];
  const parts = diffArrays([...before], [...after]);
  for (let index = 0; index < parts.length; index += 1) {
    const { added, removed, value } = parts[index] as (typeof parts)[number];
    const next = parts[index + 1];
    if (!added && !removed) shown.push(...context(value, index > 0, index < parts.length - 1));
    else if (removed && next?.added) {
      shown.push(...replaced(value, next.value));
      index += 1;
    } else shown.push(...value.map((line) => marked(added ? "+" : "-", line)));
  }
  return shown;
}

/** The lines next to a change; of a long stretch only its ends. */
function context(lines: readonly string[], changeBefore: boolean, changeAfter: boolean): string[] {
  const head = changeBefore ? CONTEXT : 0;
  const tail = changeAfter ? CONTEXT : 0;
  const unchanged = lines.map((line) => marked(" ", line));
  if (lines.length <= head + tail + 1) return unchanged;
  return [...unchanged.slice(0, head), "  …", ...(tail > 0 ? unchanged.slice(-tail) : [])];
}

/** Line by line where there are as many of both, so that each new line stands under the one it replaces. */
function replaced(before: readonly string[], after: readonly string[]): string[] {
  if (before.length !== after.length)
    return [...before.map((line) => marked("-", line)), ...after.map((line) => marked("+", line))];
  return before.flatMap((line, index) => {
    const [old, fresh] = byWords(line, after[index] as string);
    return [marked("-", old), marked("+", fresh)];
  });
}

const marked = (sign: string, line: string) => (line === "" ? `${sign} (empty line)` : `${sign} ${line}`);

/** A short line is seen at a glance, and a very long one takes too long to compare. */
const [SHORT_LINE, LONG_LINE] = [40, 5_000];

/** Both lines with the words that differ in [-…-] and {+…+}; as they are where less than half is common. */
function byWords(before: string, after: string): [string, string] {
  const { length } = before.length > after.length ? before : after;
  if (length < SHORT_LINE || length > LONG_LINE) return [before, after];
  const parts = diffWordsWithSpace(before, after);
  const common = parts.filter(({ added, removed }) => !added && !removed);
  const same = common.reduce((sum, { value }) => sum + value.trim().length, 0);
  if (same * 2 < Math.min(before.length, after.length) || same < 3) return [before, after];
  const side = (sign: "added" | "removed", open: string, close: string) => {
    const own = parts.filter((part) => part[sign] || (!part.added && !part.removed));
    const isMarked = own.map(
      (part, index) => part[sign] || isBetween(part, own[index - 1], own[index + 1], sign),
    );
    return own
      .map(({ value }, index) => {
        const opens = isMarked[index] && !isMarked[index - 1];
        const closes = isMarked[index] && !isMarked[index + 1];
        return `${opens ? open : ""}${value}${closes ? close : ""}`;
      })
      .join("");
  };
  return [side("removed", "[-", "-]"), side("added", "{+", "+}")];
}

/** A blank between two changed words belongs to the change. */
const isBetween = (
  { value }: ChangeObject<string>,
  before: ChangeObject<string> | undefined,
  after: ChangeObject<string> | undefined,
  sign: "added" | "removed",
) => value.trim() === "" && before?.[sign] === true && after?.[sign] === true;

/** Findings with equal words once, with all the places that they are about. */
export function showFindings(findings: readonly Finding[]): string[] {
  const places = new Map<string, string[]>();
  for (const finding of findings) {
    const { severity, message, remedy } = finding;
    const words = plain(inCommands(`${severity.replaceAll("_", " ")}: ${message} ${remedy}`));
    places.set(words, [...(places.get(words) ?? []), placeOf(finding)]);
  }
  return [...places].map(([words, where]) => `- ${words} (${where.join("; ")})`);
}

/** As people count: "step 2, version B, subject". */
function placeOf({ path, step, version }: Finding): string {
  const field = path.split(".").at(-1) ?? path;
  const named = /^\w+$/.test(field) ? field : undefined;
  const parts = [step && `step ${step}`, version && `version ${version}`, step ? named : path];
  return parts.filter(Boolean).join(", ") || "the campaign";
}
