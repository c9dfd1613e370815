/** docs/errors.md from the catalogue that the server itself explains failures with. */
import { causes, codes, httpStatuses, type Meaning } from "../../src/catalogue.ts";

const section = (title: string, entries: [string, Meaning][]) => [
  `## ${title}`,
  "",
  ...entries.flatMap(([name, { what, next }]) => [`- **${name}**: ${what}. Next: ${next}.`]),
  "",
];

export function errorReference(): string {
  return [
    "# Errors",
    "",
    "Written by `npm run generate` from the catalogue in src/catalogue.ts. Every failed call is answered with a text of",
    "three parts: what happened, whether anything was changed, what to do next.",
    "",
    ...section("Codes of Woodpecker", Object.entries(codes)),
    ...section("HTTP statuses without a code we know", Object.entries(httpStatuses)),
    ...section("Causes on this side", Object.entries(causes)),
  ].join("\n");
}
