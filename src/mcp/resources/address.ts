/** Addresses with parts in braces. */
import { cut } from "../../values/foreign.ts";
import type { ChoiceName } from "../completions/choices.ts";

interface Part {
  fits: RegExp;
  about: string;
  completes: ChoiceName;
}

/** Every part that a template may have. */
export const parts: Record<string, Part> = {
  id: { fits: /^[1-9]\d{0,11}$/, about: "the id of a campaign, such as 2101", completes: "campaignId" },
  n: { fits: /^[1-9]\d?$/, about: "the number of a step, from 1", completes: "step" },
  version: { fits: /^[A-Z]$/, about: "the letter of a version, such as A", completes: "version" },
};

/** The value of each part in braces; nothing when the template is not that of the address. */
export function partsOf(uri: string, template: string): Record<string, string> | undefined {
  const wanted = template.split("/");
  const pieces = uri.split("/");
  if (wanted.length !== pieces.length) return undefined;
  const found: Record<string, string> = {};
  for (const [index, piece] of wanted.entries()) {
    const value = pieces[index] as string;
    const name = partIn(piece);
    if (name === undefined && value !== piece) return undefined;
    if (name !== undefined) found[name] = value;
  }
  return found;
}

const partIn = (piece: string) => /^\{(\w+)\}$/.exec(piece)?.[1];

export const partNames = (template: string): string[] =>
  template.split("/").flatMap((piece) => partIn(piece) ?? []);

/** Why the parts are not what they should be. */
export function partFault(values: Record<string, string>): string | undefined {
  for (const [name, value] of Object.entries(values)) {
    const part = parts[name];
    if (part && !part.fits.test(value))
      return `{${name}} is ${part.about}; got ${JSON.stringify(cut(value, 40))}`;
  }
  return undefined;
}
