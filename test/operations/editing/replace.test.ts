/** Words put in place of others: each found once in the original, everything else byte for byte. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Answer, Data } from "../../support/answer.ts";
import { expectRefused } from "../../support/refused.ts";
import { openSession, type Session } from "../../support/session.ts";

const place = { campaign_id: 2104, step: 1, version: "A" };
const edit = (session: Session, more: object): Promise<Answer> =>
  session.call("update_step_version", { ...place, ...more });
const stored = (session: Session, id = 2104): Data => structuredClone(session.sandbox.campaign(id));
const first = (campaign: Data) => campaign.steps.followup.body.versions[0];

/** The campaign but for the texts of the version, and its id, which follows them. */
function rest(campaign: Data): Data {
  const copy = structuredClone(campaign);
  Object.assign(first(copy), { id: "", subject: "", message: "" });
  return copy;
}

const occurrences = (text: string, find: string) =>
  Array.from({ length: text.length }, (_, at) => at).filter((at) => text.startsWith(find, at));

/** What a person would do with a pencil; nothing where it is not plain what is meant. */
function naive(texts: Record<string, string>, list: { find: string; with: string }[]) {
  const marks: { field: string; from: number; to: number; put: string }[] = [];
  for (const { find, with: put } of list) {
    const found = Object.entries(texts).flatMap(([field, text]) =>
      occurrences(text, find).map((from) => ({ field, from, to: from + find.length, put })),
    );
    const [only] = found;
    if (!only || found.length > 1) return undefined;
    if (marks.some((one) => one.field === only.field && one.from < only.to && only.from < one.to))
      return undefined;
    marks.push(only);
  }
  return Object.fromEntries(
    Object.entries(texts).map(([field, text]) => {
      let out = "";
      let at = 0;
      for (const mark of marks.filter((one) => one.field === field).sort((a, b) => a.from - b.from)) {
        out += text.slice(at, mark.from) + mark.put;
        at = mark.to;
      }
      return [field, out + text.slice(at)];
    }),
  );
}

const letters = (min: number, max: number) =>
  fc
    .array(fc.constantFrom("a", "b", ".", "*", "$", "é", "🙂", " "), { minLength: min, maxLength: max })
    .map((all) => all.join(""));

describe("replace", () => {
  it("does what a pencil would, or nothing", async () => {
    const session = await openSession();
    const finds = fc.array(fc.record({ find: letters(1, 4), with: letters(0, 5) }), {
      minLength: 1,
      maxLength: 3,
    });
    const outcomes = new Set<string>();
    const property = fc.asyncProperty(letters(1, 8), letters(2, 20), finds, async (subject, body, list) => {
      const texts = { subject: `S${subject}E`, message: `<p>${body}</p>` };
      await edit(session, texts);
      const before = stored(session);
      const meant = naive(texts, list);
      const answer = await edit(session, { replace: list });
      const after = stored(session);
      expect(rest(after)).toEqual(rest(before));
      const { subject: s, message: m } = first(after);
      expect({ subject: s, message: m }).toEqual(meant ?? texts);
      outcomes.add(answer.failed ? "refused" : answer.data.outcome);
      expect(answer.failed).toBe(meant === undefined);
    });
    await fc.assert(property, { numRuns: 120 });
    expect([...outcomes].sort()).toEqual(["already", "done", "refused"].filter((one) => outcomes.has(one)));
    expect(outcomes.has("done") && outcomes.has("refused")).toBe(true);
  });

  it("changes a link in one call, and shows the passage before and after", async () => {
    const session = await openSession();
    const long = "<p>Word after word.</p>".repeat(60);
    const message = `${long}<p><a href="https://old.example/a">here</a></p>${long}`;
    await edit(session, { message });
    const { data, text } = await edit(session, {
      replace: [{ find: "https://old.example/a", with: "https://new.example/b" }],
    });
    expect(first(stored(session)).message).toBe(message.replace("old.example/a", "new.example/b"));
    const [change, ...more] = data.changed;
    expect([change.step, change.version, change.field, more]).toEqual([1, "A", "message", []]);
    expect(change.before).toContain("old.example/a");
    expect(change.after).toContain("new.example/b");
    expect(change.after.length).toBeLessThan(200);
    expect(text).toContain("new.example/b");
  });

  it("finds all in the original, not in each other's results", async () => {
    const session = await openSession();
    await edit(session, { message: "<p>Anna and Bert</p>" });
    await edit(session, {
      replace: [
        { find: "Anna", with: "Bert" },
        { find: "Bert", with: "Anna" },
      ],
    });
    expect(first(stored(session)).message).toBe("<p>Bert and Anna</p>");
  });

  const encoded: [string, string, object, string][] = [
    ["an ampersand", "<p>R&amp;D here</p>", { find: "R&D", with: "Q&A" }, "<p>Q&amp;A here</p>"],
    [
      "a link with parameters",
      '<a href="https://a.example/?x=1&amp;y=2">x</a>',
      { find: "?x=1&y=2", with: "?x=3&y=4" },
      '<a href="https://a.example/?x=3&amp;y=4">x</a>',
    ],
    ["an arrow", "<p>a &gt; b</p>", { find: "a > b", with: "b < a" }, "<p>b < a</p>"],
    [
      "what is an entity already",
      "<p>A&amp;B</p>",
      { find: "A&B", with: "C &amp; D & E" },
      "<p>C &amp; D &amp; E</p>",
    ],
    ["a blank that holds", "<p>a&nbsp;b</p>", { find: "a\u00a0b", with: "c" }, "<p>c</p>"],
  ];
  it.each(encoded)("finds %s as HTML writes it, with a note", async (_name, message, one, after) => {
    const session = await openSession();
    await edit(session, { message });
    const { data, text } = await edit(session, { replace: [one] });
    expect(first(stored(session)).message).toBe(after);
    expect(data.notes.join()).toContain("in the HTML");
    expect(text).toContain("Note: replace[0].find stands as");
  });

  it("takes what stands there as written before anything encoded", async () => {
    const session = await openSession();
    await edit(session, { message: "<p>R&D and R&amp;D</p>" });
    const { data } = await edit(session, { replace: [{ find: "R&D", with: "X" }] });
    expect([first(stored(session)).message, data.notes]).toEqual(["<p>X and R&amp;D</p>", undefined]);
  });

  it("says where else stands what is not in this version", async () => {
    const session = await openSession();
    await session.call("update_step_version", { ...place, step: 2, message: "<p>R&amp;D link</p>" });
    expectRefused(await edit(session, { replace: [{ find: "R&D link", with: "x" }] }), [
      'replace[0].find: "R&D link" is not in step 1 version A; it stands in step 2 version A',
    ]);
    expectRefused(await edit(session, { replace: [{ find: "nowhere at all", with: "x" }] }), [
      "is not in step 1 version A, nor in any other version",
    ]);
  });

  it.each([
    ["a blank that holds", "ten\u00a0minutes", "ten minutes", "ten‹U+00A0›minutes"],
    ["a blank that holds, as HTML writes it", "ten &nbsp;minutes", "ten minutes", "ten &nbsp;minutes"],
    ["an end of a line", "ten\nminutes", "ten minutes", "ten\\nminutes"],
    ["a plain blank", "ten minutes (20%)", "ten\u00a0minutes (20%)", "ten minutes (20%)"],
  ])("shows what stands there with %s", async (_name, words, find, shown) => {
    const session = await openSession();
    await edit(session, { message: `<p>in ${words}</p>` });
    expectRefused(await edit(session, { replace: [{ find, with: "x" }] }), [
      `is not in step 1 version A, where it stands with other blanks, as "${shown}"; give it so`,
    ]);
  });

  it("says the places of what stands there several times, subject and message together", async () => {
    const session = await openSession();
    await edit(session, { subject: "Stock now", message: "<p>Stock and stock, Stock</p>" });
    const writes = session.sandbox.writes().length;
    const refused = await edit(session, { replace: [{ find: "Stock", with: "x" }] });
    expectRefused(refused, [
      '"Stock" stands 3 times in step 1 version A: subject "Stock now", message "<p>Stock and',
    ]);
    expect(session.sandbox.writes()).toHaveLength(writes);
  });

  const message = "<p>Hello {{FIRST_NAME}}, one two</p>";
  const one = { find: "one", with: "1" };
  const refused: [string, object, string][] = [
    ["beside a whole message", { message: "<p>x</p>", replace: [one] }, "replace comes in place of message"],
    ["beside a subject", { subject: "x", replace: [one] }, "replace comes in place of subject"],
    ["of nothing", { replace: [{ find: "", with: "x" }] }, "replace[0].find must not be empty"],
    [
      "that overlap",
      {
        replace: [
          { find: "one tw", with: "x" },
          { find: "two", with: "y" },
        ],
      },
      "replace[1].find overlaps replace[0].find",
    ],
    ["of the same twice", { replace: [one, one] }, "replace[1].find overlaps replace[0].find"],
    [
      "that leaves nothing",
      { replace: [{ find: message, with: " " }] },
      "the message it makes must not be empty",
    ],
    [
      "that leaves no subject",
      { replace: [{ find: "Subject", with: "" }] },
      "the subject it makes must not be empty",
    ],
    ["that breaks the subject", { replace: [{ find: "Subject", with: "a\nb" }] }, "must be one line"],
    [
      "with all_versions",
      { version: undefined, all_versions: true, replace: [one] },
      "call once for each version",
    ],
    ["of damaged text", { replace: [{ find: "one", with: "\uFFFD" }] }, "damaged"],
    ["without with", { replace: [{ find: "one" }] }, "replace[0].with"],
  ];
  it.each(refused)("is refused %s, with nothing written", async (_name, more, says) => {
    const session = await openSession();
    await edit(session, { subject: "Subject", message });
    const before = stored(session);
    expectRefused(await edit(session, more), [says]);
    expect(stored(session)).toEqual(before);
  });

  it("is checked like a new text", async () => {
    const session = await openSession();
    const said = [];
    for (const word of [
      "{{FIRST_NAM}}",
      "{{SNIPPET_99}}",
      "{FIRST_NAME}",
      "[Your Name]",
      "{{SPINTAX | Hi}}",
    ]) {
      await edit(session, { message });
      const replaced = await edit(session, { replace: [{ find: "two", with: word }] });
      await edit(session, { message });
      const whole = await edit(session, { message: message.replace("two", word) });
      expect([replaced.failed, replaced.data?.warnings]).toEqual([whole.failed, whole.data?.warnings]);
      said.push(...(replaced.data?.warnings ?? []));
    }
    expect(said.length).toBeGreaterThan(0);
  });

  it("shows in a dry run what it would change, and sends nothing", async () => {
    const session = await openSession();
    await edit(session, { message });
    const before = stored(session);
    const { data, text } = await edit(session, { replace: [one], dry_run: true });
    expect(data).toMatchObject({
      outcome: "dry_run",
      request: { body: { message: message.replace("one", "1") } },
    });
    expect(data.changed).toMatchObject([{ step: 1, version: "A", field: "message" }]);
    expect(text).toContain("It would change:");
    expect(stored(session)).toEqual(before);
  });
});
