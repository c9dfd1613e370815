/** docs/check.md: every rule of the check, why it is there, an example from the corpus, and what to do. */
import { rules } from "../../src/preflight/rules/index.ts";
import { measure, samples, sayMeasure } from "../../test/preflight/measure.ts";
import { whys } from "./check-why.ts";

export function checkReference(): string {
  const all = samples();
  return [
    "# The check",
    "",
    "Written by `npm run generate` from src/preflight/rules and the corpus of test/preflight. An error is something that Woodpecker",
    "refuses or that people would receive broken; a warning works, but probably not as meant; an info is worth knowing.",
    "",
    `Measured by \`npx vitest run test/preflight/kinds.test.ts\`: ${sayMeasure(measure(all))}`,
    "The corpus was written by the authors of the rules, so these numbers say that nothing got worse, not how others fare.",
    "",
    "| Rule | | Why | Example of what it says | What to do |",
    "| --- | --- | --- | --- | --- |",
    ...rules.map(({ name, severity }) => {
      const why = whys[name] ?? "";
      const found = all
        .flatMap(({ findings }) => findings)
        .find(({ rule, severity }) => rule === name && severity !== "could_not_check");
      return `| ${[`\`${name}\``, severity.replaceAll("_", " "), why, found?.message ?? "", found?.remedy ?? ""].map(cell).join(" | ")} |`;
    }),
    "",
  ].join("\n");
}

const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("<", "&lt;").replaceAll("\n", " ");
