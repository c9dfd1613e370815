/** What create, duplicate and an edit of a version say of the texts, before anybody checks the campaign. */
import { describe, expect, it } from "vitest";
import { findInWriting, sayWarnings } from "../../src/preflight/writing.ts";

const warningsOf = (message: string, more: object = {}) =>
  sayWarnings(
    findInWriting({ steps: [{ type: "EMAIL", versions: [{ subject: "Hello", message }] }], ...more }),
  );

describe("what is said of a campaign as it is written", () => {
  it.each([
    ["{{FIRST_NAME}}", "{{FIRST_NAME}} has no fallback"],
    ["{{FIRST_NAM}}", "Write {{FIRST_NAME}}"],
    ["{{WEBSITE}}", "Write {{WWW}}"],
    ["{{ FIRST_NAME", "is not a complete snippet"],
    ['{{SPINTAX | "Hi"}}', "needs two or more"],
    ["{{Hi|Hello}}", '{{SPINTAX | "Hi" | "Hello"}}'],
  ])("%s: %s", (text, expected) => {
    const warnings = warningsOf(text);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/^Step 1 A: /);
    expect(warnings[0]).toContain(expected);
  });

  it.each([
    ['{{FIRST_NAME | "there"}}'],
    ["{{EMAIL}}"],
    ["{{UNSUBSCRIBE}}"],
    ['{{SPINTAX | "Hi" | "Hello"}}'],
    ["{{CLICK=https://www.example.com}}"],
  ])("nothing of %s", (text) => {
    expect(warningsOf(text)).toEqual([]);
  });

  it("names the setting or the step where no text is meant", () => {
    expect(warningsOf("Hi", { settings: { timezone: "Africa/Algiers" } })).toEqual([
      expect.stringMatching(/^settings\.timezone: Africa\/Algiers is not on/),
    ]);
    const steps = [
      { type: "EMAIL", versions: [{ subject: "Hello {{COMPANY}}", message: "Hi" }] },
      { type: "EMAIL", wait: { value: 90, range: "MINUTE" }, versions: [{ message: "Still there?" }] },
    ];
    expect(warningsOf("", { steps })).toEqual([
      expect.stringMatching(/^steps\[1\]\.wait: .*MINUTE may be refused\.$/),
      expect.stringMatching(/^Step 1 A subject: \{\{COMPANY\}\} has no fallback/),
    ]);
  });
});
