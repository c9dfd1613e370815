/** What nobody sees is shown in a text so that writing it back changes nothing; no text ends inside a character. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { around, cut, quoted } from "../../src/values/foreign.ts";
import { shownJson, withMarks, withoutMarks } from "../../src/values/unseen.ts";
import type { Data } from "../support/answer.ts";
import { openSession } from "../support/session.ts";

const odd = [
  "\u200B",
  "\u00AD",
  "\u00A0",
  "\t",
  "\r\n",
  "\n",
  "\u200D",
  "\uFE0F",
  "\u202E",
  "\u{E0041}",
  "\uFEFF",
  "‹",
  "‹U+00AD›",
  "U+00AD›",
  "👩‍💻",
  "👨‍👩‍👧‍👦",
  "🏳️‍🌈",
  "1️⃣",
  "👍🏽",
  "é",
  "<div>",
  '"',
  "\\",
];
const written = fc
  .array(fc.oneof(fc.constantFrom(...odd), fc.string({ unit: "grapheme", maxLength: 6 })), { maxLength: 30 })
  .map((parts) => parts.join(""));

const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const emoji = /\p{Extended_Pictographic}|\uFE0F\u20E3|[\u200D\uFE0F]/u;

describe("a text with what nobody sees", () => {
  it("is read back as it was, and shows everything but what joins an emoji", () => {
    fc.assert(
      fc.property(written, (text) => {
        expect(withoutMarks(withMarks(text))).toBe(text);
        for (const { segment } of new Intl.Segmenter().segment(withMarks(text)))
          if (segment !== "\n" && !emoji.test(segment)) expect(segment).not.toMatch(unseen);
      }),
      { numRuns: 500 },
    );
  });

  it("is the same in JSON that shows it", () => {
    fc.assert(
      fc.property(written, (text) => {
        expect(JSON.parse(shownJson({ text }))).toEqual({ text });
      }),
      { numRuns: 300 },
    );
  });
});

describe("a text that is cut", () => {
  const bounds = (text: string) =>
    new Set([...new Intl.Segmenter().segment(text)].map(({ index }) => index).concat(text.length));

  it("never ends or begins inside a character or an emoji", () => {
    fc.assert(
      fc.property(written, fc.nat(80), fc.nat(80), (text, most, from) => {
        expect(bounds(text)).toContain(cut(text, most).length);
        const part = around(text, from, most, 3);
        const starts = [...bounds(text)].filter((at) => text.startsWith(part, at));
        expect(starts.some((at) => bounds(text).has(at + part.length))).toBe(true);
        expect(cut(text, most).length).toBeLessThanOrEqual(most);
        expect(quoted(text, most + 1).isWellFormed()).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("keeps to its length where one character is endless", () => {
    const zalgo = `a${"\u0301".repeat(5_000)}`;
    expect(cut(zalgo, 300).length).toBeGreaterThan(200);
    expect(cut(zalgo, 300).length).toBeLessThanOrEqual(300);
  });
});

describe("a message that is read and written back", () => {
  const messages = [
    "<div>Soft\u00ADhyphen, zero\u200Bwidth, no\u00A0break, tab\there</div>",
    "<div>👩‍💻 and 👨‍👩‍👧‍👦, 🏳️‍🌈 1️⃣ 👍🏽</div>",
    "<div>one</div>\r\n<div>two</div>\n\n<div>three</div>",
    "<div>\u200F\u202Bשלום\u202C</div>",
    "<div>‹U+00AD› was written out</div>",
    "<div>flag 🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}</div>",
  ];

  /** As it comes from Woodpecker: not through our own reading. */
  const stored = (message: string, subject: string) =>
    openSession({
      gate: {
        after(json, { method, url }) {
          const campaign = json as Data;
          if (method === "GET" && url.endsWith("/campaigns/2104"))
            Object.assign(campaign.steps.followup.body.versions[0], { message, subject });
          return campaign;
        },
      },
    });

  it.each(messages)("as text does not change: %j", async (message) => {
    const subject = `Zero\u200Bwidth  and two blanks 👩‍💻`;
    const { call, attempted } = await stored(message, subject);
    const asked = { campaign_id: 2104, step: 1, version: "A" };
    const { text } = await call("get_campaign", { ...asked, include: "content" });
    const lines = text.split("\n").filter((line) => line.startsWith("    | "));
    const shown = lines.map((line) => line.slice(6)).join("\n");
    const [, said = ""] = /^ {2}A: ("(?:[^"\\]|\\.)*")/m.exec(text) ?? [];
    const change = { ...asked, message: shown, subject: JSON.parse(said) };
    const { data, text: answer } = await call("update_step_version", change);
    expect([data?.outcome, answer]).toEqual(["already", expect.any(String)]);
    expect(attempted()).toEqual([]);
  });

  const plain = messages.filter((message) => !message.includes("‹"));
  it.each(plain)("as structured form does not change: %j", async (message) => {
    const { call, attempted } = await stored(message, "Subject");
    const asked = { campaign_id: 2104, step: 1, version: "A" };
    const { data } = await call("get_campaign", { ...asked, include: "content" });
    const [version] = data.steps[0].versions;
    expect(version.message).toBe(message);
    const { data: now } = await call("update_step_version", { ...asked, message: version.message });
    expect([now.outcome, attempted()]).toEqual(["already", []]);
  });
});
