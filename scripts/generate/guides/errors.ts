import { causes, codes, httpStatuses, type Meaning } from "../../../src/woodpecker/meanings.ts";

const section = (title: string, entries: Record<string, Meaning>) => [
  `## ${title}`,
  "",
  ...Object.entries(entries).map(([name, { what, next }]) => `- **${name}**: ${what}. Next: ${next}.`),
  "",
];

export const errors = [
  "# Errors",
  "",
  "Every failed call is answered with a text of three parts: what happened, whether anything was changed, what to do",
  "next.",
  "",
  ...section("Codes of Woodpecker", codes),
  ...section("HTTP statuses without a code we know", httpStatuses),
  ...section("Causes on this side", causes),
].join("\n");
