/** What src/mcp serves as it stands in a file, held to the operations and models from which it is written. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { publishedGuides } from "../../../scripts/generate/guides.ts";
import { publishedTools } from "../../../scripts/generate/published.ts";
import { json } from "../../../scripts/generate/text.ts";
import { effects } from "../../../src/calls/effects.ts";
import { instructionsFor } from "../../../src/mcp/instructions.ts";
import { published } from "../../../src/mcp/tools/published.ts";
import { operations } from "../../../src/operations/index.ts";

it.each([
  ["tools/published.json", publishedTools],
  ["resources/guides.json", publishedGuides],
])("%s says what the code says (else: npm run generate, and read the difference)", (path, made) => {
  expect(readFileSync(`src/mcp/${path}`, "utf8")).toBe(json(made()));
});

it.each(operations.map((operation) => [operation.name, operation] as const))(
  "%s asks a person exactly when its effect says so",
  (_name, { effect, question, asksFor }) => {
    // What stops sending may ask about a part that comes after it.
    expect(question !== undefined && asksFor === undefined).toBe(effects[effect].asks);
  },
);

describe("the instructions", () => {
  it.each(published.map((tool) => [tool.definition.name, tool] as const))(
    "speak of a person's decision exactly when %s needs one",
    (_name, tool) => {
      expect(instructionsFor([tool]).includes("confirmation_required")).toBe(effects[tool.effect].asks);
    },
  );
});
