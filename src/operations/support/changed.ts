/** What an edit changed: each field with its value before and after, of a long text only the passage. */
import { z } from "zod/v3";
import { canonical } from "../../values/canonical.ts";
import { shownJson } from "../../values/unseen.ts";

export const change = z.object({
  step: z.number().optional(),
  version: z.string().optional(),
  field: z.string(),
  before: z.unknown(),
  after: z.unknown(),
});
export type Change = z.infer<typeof change>;

/** Where a field stands; of the campaign itself, nowhere in particular. */
interface Place {
  step?: number;
  version?: string;
}

/** The fields of `after` whose value is another one than before, whole. */
export const differences = (
  place: Place,
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): Change[] =>
  Object.keys(after)
    .filter((field) => canonical(before[field] ?? null) !== canonical(after[field] ?? null))
    .map((field) => ({ ...place, field, before: before[field], after: after[field] }));

/** As an answer shows it. */
export const shortened = ({ before, after, ...rest }: Change): Change => ({
  ...rest,
  ...(typeof before === "string" && typeof after === "string" ? passage(before, after) : { before, after }),
});

const [LONG, AROUND] = [300, 40];

/** Of two long texts, where they differ, with a little around it. */
function passage(before: string, after: string): { before: string; after: string } {
  if (before.length <= LONG && after.length <= LONG) return { before, after };
  const [a, b] = [[...before], [...after]];
  const most = Math.min(a.length, b.length);
  let start = 0;
  while (start < most && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < most - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const around = (text: readonly string[]) => {
    const [from, to] = [Math.max(0, start - AROUND), Math.min(text.length, text.length - end + AROUND)];
    const shown = text.slice(from, to);
    const whole =
      shown.length <= 4 * LONG ? shown : [...shown.slice(0, 2 * LONG), " … ", ...shown.slice(-2 * LONG)];
    return [from > 0 ? "…" : "", ...whole, to < text.length ? "…" : ""].join("");
  };
  return { before: around(a), after: around(b) };
}

export const changeLines = (changed: readonly Change[]): string[] =>
  changed.map(({ step, version, field, before, after }) => {
    const place = [step && `step ${step}`, version && `version ${version}`].filter(Boolean).join(", ");
    return `- ${place ? `${place}, ` : ""}${field}: ${said(before)} → ${said(after)}`;
  });

/** What a dry run says of them. */
export function foreseenChanges(changes: readonly Change[]) {
  const changed = changes.map(shortened);
  return { output: { changed }, lines: ["It would change:", ...changeLines(changed)] };
}

const said = (value: unknown) => (value === undefined || value === null ? "none" : shownJson(value));
