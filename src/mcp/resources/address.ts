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

const inBraces = /\{(\w+)\}/g;

/** The value of each part in braces; nothing when the template is not that of the address. */
export function partsOf(uri: string, template: string): Record<string, string> | undefined {
  const found = new RegExp(`^${template.replace(inBraces, "(?<$1>[^/]*)")}$`).exec(uri);
  return found ? { ...found.groups } : undefined;
}

export const partNames = (template: string): string[] =>
  [...template.matchAll(inBraces)].map(([, name = ""]) => name);

/** Why the parts are not what they should be. */
export function partFault(values: Record<string, string>): string | undefined {
  for (const [name, value] of Object.entries(values)) {
    const part = parts[name];
    if (part && !part.fits.test(value))
      return `{${name}} is ${part.about}; got ${JSON.stringify(cut(value, 40))}`;
  }
  return undefined;
}
