/** Snippets in a text: which there are, and what is none. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { snippetFields, snippetNames, tagsIn } from "../../src/model/snippets.ts";

const named = [
  ..."FIRST_NAME LAST_NAME FULL_NAME COMPANY EMAIL WWW TAG LINKEDIN_URL TITLE PHONE ADDRESS CITY STATE COUNTRY INDUSTRY".split(
    " ",
  ),
  ...Array.from({ length: 15 }, (_, index) => `SNIPPET_${index + 1}`),
];

const parse = (text: string) => tagsIn(text).map(({ raw: _raw, at: _at, ...tag }) => tag);

describe("a tag in a message", () => {
  it("is any of the vendor's snippets, and no other", () => {
    expect([...snippetNames].sort()).toEqual([...named].sort());
  });

  it.each([
    ["SNIPPET_3", "snippet3"],
    ["WWW", "website"],
    ["FIRST_NAME", "first_name"],
  ])("%s reads the field %s of a prospect", (name, field) => {
    expect(snippetFields[name]).toBe(field);
  });

  it.each(named)("{{%s}} is a snippet, with or without a fallback", (name) => {
    expect(parse(`{{${name}}}`)).toEqual([{ kind: "snippet", name }]);
    expect(parse(`{{${name} | "there"}}`)).toEqual([{ kind: "snippet", name, fallback: "there" }]);
  });

  it.each([
    ['{{FIRST_NAME | ""}}', { kind: "snippet", name: "FIRST_NAME", fallback: "" }],
    [
      '{{SNIPPET_1 | "contain "quoted" text"}}',
      { kind: "snippet", name: "SNIPPET_1", fallback: 'contain "quoted" text' },
    ],
    [
      '{{SPINTAX | "Hi" | "Hello" | "Good morning"}}',
      { kind: "spintax", alternatives: ["Hi", "Hello", "Good morning"] },
    ],
    ['{{SPINTAX | "a "b" c" | "d"}}', { kind: "spintax", alternatives: ['a "b" c', "d"] }],
    ["{{CLICK=https://example.com/?a=1&b=2}}", { kind: "click", url: "https://example.com/?a=1&b=2" }],
    ["{{UNSUBSCRIBE}}", { kind: "unsubscribe" }],
    ["{{FIRST_NAM}}", { kind: "unknown", name: "FIRST_NAM", meant: "FIRST_NAME" }],
    ["{{SNIPPET1}}", { kind: "unknown", name: "SNIPPET1", meant: "SNIPPET_1" }],
    ["{{SNIPPET_16}}", { kind: "unknown", name: "SNIPPET_16" }],
    ["{{WEBSITE}}", { kind: "unknown", name: "WEBSITE", meant: "WWW" }],
    ["{{first_name}}", { kind: "unknown", name: "first_name", meant: "FIRST_NAME" }],
    ["{{FIRST_NAME | there}}", { kind: "broken" }],
    ["{{FIRST_NAME", { kind: "broken" }],
  ])("%s", (text, tag) => {
    expect(parse(text)).toMatchObject([tag]);
  });

  it("is found wherever it stands, in order, as it was written", () => {
    const filler = fc.stringMatching(/^[A-Za-z "<>/=-]{0,12}$/);
    const word = fc.stringMatching(/^[A-Za-z ]{0,10}$/);
    const tag = fc.oneof(
      fc.constantFrom(...named).map((name) => `{{${name}}}`),
      fc.tuple(fc.constantFrom(...named), word).map(([name, fallback]) => `{{${name} | "${fallback}"}}`),
      fc
        .array(word, { minLength: 2, maxLength: 4 })
        .map((all) => `{{SPINTAX | ${all.map((one) => `"${one}"`).join(" | ")}}}`),
      fc.constant("{{UNSUBSCRIBE}}"),
    );
    const property = fc.property(fc.array(fc.tuple(filler, tag), { maxLength: 6 }), filler, (parts, end) => {
      const text = parts.map(([before, one]) => before + one).join("") + end;
      const found = tagsIn(text);
      expect(found.map(({ raw }) => raw)).toEqual(parts.map(([, one]) => one));
      for (const { raw, at } of found) expect(text.slice(at, at + raw.length)).toBe(raw);
      expect(found.map(({ kind }) => kind)).not.toContain("broken");
    });
    fc.assert(property);
  });

  it("is read back from spintax with every alternative", () => {
    const word = fc.stringMatching(/^[^"|{}]{0,12}$/);
    const property = fc.property(fc.array(word, { minLength: 2, maxLength: 5 }), (alternatives) => {
      const text = `{{SPINTAX | ${alternatives.map((one) => `"${one}"`).join(" | ")}}}`;
      expect(parse(text)).toEqual([{ kind: "spintax", alternatives, exact: true }]);
    });
    fc.assert(property);
  });

  it("is read back with its fallback, whatever quotes stand in it", () => {
    const property = fc.property(
      fc.constantFrom(...named),
      fc.stringMatching(/^[^|{}]{0,30}$/),
      (name, fallback) => {
        expect(parse(`{{${name} | "${fallback}"}}`)).toEqual([{ kind: "snippet", name, fallback }]);
      },
    );
    fc.assert(property);
  });

  it("is looked for in any text without an error, and each is a part of it", () => {
    const text = fc.oneof(
      fc.string(),
      fc
        .array(fc.constantFrom("{{", "}}", "|", '"', "FIRST_NAME", "SPINTAX", "CLICK=", " "))
        .map((parts) => parts.join("")),
    );
    const property = fc.property(text, (value) => {
      for (const { raw, at } of tagsIn(value)) expect(value.slice(at, at + raw.length)).toBe(raw);
    });
    fc.assert(property);
  });

  it("of a hundred thousand open braces is looked for in no time worth speaking of", () => {
    expect(tagsIn("{{".repeat(50_000)).length).toBeGreaterThan(0);
    expect(tagsIn(`{{SPINTAX | ${'"a" '.repeat(20_000)}}}`)).toHaveLength(1);
  });
});
