/** The text of a campaign file: nothing is lost in it, it looks the same each time, and what is wrong in it is found. */
import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type CampaignFile, fileOf } from "../../../src/cli/files/format.ts";
import { inLines, inOnePiece } from "../../../src/cli/files/html-lines.ts";
import { FileFailure, readFile } from "../../../src/cli/files/parse.ts";
import { render, renderOver, withId } from "../../../src/cli/files/render.ts";
import { listFromTree, treeFromList } from "../../../src/model/tree.ts";
import { canonical } from "../../../src/values/canonical.ts";
import { trimmed } from "../../../src/values/lenient.ts";
import { mailboxFrom } from "../../../src/woodpecker/mailboxes.ts";
import { sequence } from "../../support/arbitrary.ts";

const pieces = ["<p>", "</p>", "<div>", "</div>", "<br>", "<br />", "</li>", "</ul>", "\n", "\r", "\t", " "];
const more = [
  "Hello",
  '{{FIRST_NAME | "there"}}',
  "# no",
  "- ",
  ": ",
  "'",
  '"',
  "\\",
  "é",
  "😀",
  "\u0007",
  "\u2028",
];
const bodies = fc.array(fc.oneof(fc.constantFrom(...pieces, ...more), fc.string({ unit: "binary" })), {
  maxLength: 25,
});
const body = bodies.map((parts) => parts.join("").toWellFormed());

describe("an e-mail in lines", () => {
  it("is any body and nothing but it", () => {
    fc.assert(
      fc.property(body, (html) => {
        expect(inOnePiece(inLines(html))).toBe(html);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ["<p>One</p><p>Two</p>", "<p>One</p>\n<p>Two</p>"],
    ["<div>Hi</div><div><br /></div><div>Bye</div>", "<div>Hi</div>\n<div><br /></div>\n<div>Bye</div>"],
    ["Hi<br>there<BR/>you", "Hi<br>\nthere<BR/>\nyou"],
    ["<ul><li>a</li><li>b</li></ul><p>c</p>", "<ul><li>a</li>\n<li>b</li></ul>\n<p>c</p>"],
    ["<p>One</p>\n<p>Two</p>", "<p>One</p>\n\n<p>Two</p>"],
    ["no markup at all", "no markup at all"],
  ])("%s", (html, lines) => {
    expect(inLines(html)).toBe(lines);
    expect(inOnePiece(lines)).toBe(html);
  });

  it("takes a body that a person closed with a line break as it was meant", () => {
    expect(inOnePiece("<p>One</p>\n<p>Two</p>\n")).toBe("<p>One</p><p>Two</p>");
  });
});

/** What Woodpecker could hold: sequences of the rules, with any text at all in one of their e-mails. */
const files = fc
  .tuple(sequence, body, body, fc.option(fc.integer({ min: 1, max: 99 })))
  .map(([steps, name, html, shield]) => {
    const { steps: views } = listFromTree(JSON.parse(JSON.stringify(treeFromList(steps.slice(0, 4)))));
    const first = views.find((step) => step.type === "EMAIL")?.versions[0];
    if (first) Object.assign(first, { message: html, subject: name || "s" });
    const settings = { timezone: "Europe/Berlin", daily_enroll: 7, open_disabled_list: [] };
    // Blanks around a name are read as none.
    const campaign = {
      id: 9,
      name: trimmed(name),
      status: "DRAFT",
      mailbox_ids: [501, 7],
      settings,
      steps: views,
    };
    return fileOf(
      campaign,
      [mailboxFrom({ id: 501, type: "SMTP", details: { email: "a@b.example" } })],
      shield,
    );
  });

describe("a campaign file", () => {
  it("holds any campaign whole, whatever is in its texts, also with the line ends of Windows", () => {
    const property = fc.property(files, (file) => {
      const text = render(file);
      const arrived = Buffer.from(text).toString();
      expect(canonical(readFile(arrived, "x").file)).toBe(canonical(file));
      expect(canonical(readFile(arrived.replaceAll("\n", "\r\n"), "x").file)).toBe(canonical(file));
      expect(renderOver(readFile(text, "x"), file)).toBe(text);
    });
    fc.assert(property, { numRuns: 40 });
  });

  it("brought up to date says the new and nothing of the old", () => {
    const property = fc.property(files, files, (old, file) => {
      const text = renderOver(readFile(render(old), "x"), file);
      expect(canonical(readFile(text, "x").file)).toBe(canonical(file));
    });
    fc.assert(property, { numRuns: 30 });
  });

  it("keeps a line of blanks in a body that can only be quoted", () => {
    const message = "<br> \n\u0000\u0000\u0000\u0000\u0000\u0000\u0000";
    const steps = [{ type: "EMAIL", versions: [{ subject: "s", message }] }];
    const file = {
      name: "n",
      mailboxes: [1],
      settings: { timezone: "Europe/Berlin" },
      steps,
    } as CampaignFile;
    expect(readFile(render(file), "x").file.steps?.[0]?.versions[0]?.message).toBe(message);
  });

  it("is what the published schema takes", () => {
    const schema = JSON.parse(readFileSync("docs/campaign.schema.json", "utf8"));
    const validate = new Ajv({ strict: false }).compile(schema);
    const plain = fc.tuple(sequence, fc.boolean()).map(([steps, isNew]) => ({
      ...(!isNew && { id: 1 }),
      name: "n",
      mailboxes: ["a@b.example", 501],
      settings: { timezone: "Europe/Kyiv", daily_enroll: 1 },
      bounce_shield: null,
      steps,
    }));
    const property = fc.property(plain, (file) => {
      expect(validate(parse(render(file as CampaignFile)))).toBe(true);
    });
    fc.assert(property);
    for (const wrong of [
      { id: 1, nmae: "x" },
      { name: "x" },
      { id: 1, mailboxes: [true] },
      { id: 1, settings: { daily_enroll: 0 } },
    ]) {
      expect(validate(wrong)).toBe(false);
    }
  });
});

const mine = `# yaml-language-server: $schema=x
# Ask Nora before changing this one.

id: 9
name: Autumn # the short name
mailboxes:
  - nora@northwind.example # her own
settings:
  # The clients sit there.
  timezone: Europe/Berlin
  daily_enroll: 20
steps:
  # The opener
  - type: EMAIL
    delivery_times: &weekdays
      - days: [MONDAY]
        from: '08:00'
        to: "17:00"
    versions:
      - subject: A question # A/B: the plain one
        message: "<p>Hello</p>"

  # The reminder
  - type: EMAIL
    wait: {value: 3, range: DAY}
    delivery_times: *weekdays
    versions:
      - message: |-
          <p>Still there?</p>
          <p>Bye</p>
`;

describe("a file that people have written in", () => {
  const old = readFile(mine, "x");
  const changed = (change: (file: CampaignFile) => void) => {
    const file = structuredClone(old.file);
    change(file);
    return renderOver(old, file);
  };
  const fresh = () => readFile(mine, "x");

  it("is not touched when it says the same", () => expect(renderOver(fresh(), old.file)).toBe(mine));

  it("keeps every comment, alias and quote beside what changes", () => {
    const file = structuredClone(old.file);
    file.settings = { ...file.settings, daily_enroll: 30 };
    expect(renderOver(fresh(), file)).toBe(mine.replace("daily_enroll: 20", "daily_enroll: 30"));
  });

  it("keeps the comments of a step that moved up", () => {
    const file = structuredClone(old.file);
    const [first, second] = file.steps ?? [];
    file.steps = [{ ...second, versions: [{ ...second?.versions[0], subject: "s" }] } as never];
    const text = renderOver(fresh(), file);
    expect(text).toContain("# The reminder");
    expect(text).not.toContain("# The opener");
    // The windows were those of the step that is gone.
    expect(text).not.toContain("*weekdays");
    expect(canonical(readFile(text, "x").file)).toBe(canonical(file));
    expect(first?.type).toBe("EMAIL");
  });

  it("keeps the comment of a line whose value changes", () => {
    expect(changed((file) => void Object.assign(file, { name: "Winter" }))).toContain(
      "name: Winter # the short name",
    );
  });
});

describe("the id of a new campaign", () => {
  it.each([
    ["name: x\nsteps: []\n", "id: 5\nname: x\nsteps: []\n"],
    ["# why\n\nname: x # y\n", "# why\n\nid: 5\nname: x # y\n"],
    ["---\r\nname: x\r\nsteps: []\r\n", "---\r\nid: 5\r\nname: x\r\nsteps: []\r\n"],
    ['{"name": "x"}', '{ id: 5, "name": "x" }\n'],
  ])("goes into %j", (text, expected) => {
    const written = withId(readFile(text, "x"), 5);
    expect(parse(written)).toEqual({ id: 5, ...parse(text) });
    if (!text.startsWith("{")) expect(written).toBe(expected);
  });
});

describe("what is wrong in a file", () => {
  const faults = (text: string): string[] => {
    try {
      const read = readFile(text, "c.yaml");
      return read.faults.map(read.say);
    } catch (error) {
      if (error instanceof FileFailure) return error.message.split("\n");
      throw error;
    }
  };
  const whole = "name: n\nmailboxes: [a@b.example]\nsettings: {timezone: UTC, daily_enroll: 5}\n";
  const step = (more: string) =>
    `${whole}delivery_times: [{days: [MONDAY], from: "08:00", to: "09:00"}]\nsteps:\n  - type: EMAIL\n    versions:\n      - subject: s\n        message: m\n${more}`;

  it("is nothing in a file that is right", () => expect(faults(step(""))).toEqual([]));

  it.each<[string, string, string[]]>([
    [
      "unknown fields",
      "id: 1\nnmae: x\n",
      ["c.yaml:2:1 nmae is not known; did you mean name? Valid: id, name, mailboxes, settings"],
    ],
    [
      "a field named like what every object has",
      "id: 1\ntoString: null\nsettings:\n  valueOf: null\n",
      ["c.yaml:2:1 toString is not known", "c.yaml:4:3 settings.valueOf is not known"],
    ],
    [
      "a time zone that could be two",
      "id: 1\nsettings:\n  timezone: EST\n",
      ["c.yaml:3:3 settings.timezone"],
    ],
    [
      "a wrong type deep inside",
      step("        track_opens: often\n"),
      ["c.yaml:10:9 steps[0].versions[0].track_opens must be true or false"],
    ],
    [
      "no windows for an e-mail",
      step("").replace(/delivery_times.*\n/, ""),
      ["steps[0].delivery_times is required"],
    ],
    [
      "no mailbox for an e-mail",
      step("").replace(/mailboxes.*\n/, ""),
      ["mailboxes needs at least one SMTP mailbox"],
    ],
    [
      "a mailbox that is neither",
      "id: 1\nmailboxes:\n  - {a: 1}\n",
      ["c.yaml:3:5 mailboxes[0] must be an address or an id"],
    ],
    [
      "a new campaign without its parts",
      "name: x\n",
      ["c.yaml:1:1 settings is required", "c.yaml:1:1 steps is required"],
    ],
    [
      "several things at once, in the order of the lines",
      "id: 1\nsettings:\n  daily_enroll: 0\n  timezone: x\nfoo: 1\n",
      ["c.yaml:3:3 ", "c.yaml:4:3 ", "c.yaml:5:1 "],
    ],
    ["a list in place of a campaign", "- a\n", ["c.yaml:1:1"]],
    ["nothing", "", ["c.yaml:1:1"]],
    ["a key twice", "id: 1\nid: 2\n", ["c.yaml:2:1 Map keys must be unique"]],
    ["broken YAML, in all its places", "a: [\nb: }\n", ["c.yaml:2:1 ", "c.yaml:2:4 "]],
    ["two documents", "id: 1\n---\nid: 2\n", ["multiple documents"]],
    ["an alias without an anchor", "id: 1\nname: *none\n", ["none"]],
    ["nesting without end", `id: 1\nname: ${"[".repeat(200_000)}`, ["c.yaml"]],
    [
      "aliases that explode",
      `a: &a [x,x,x,x,x,x,x,x,x]\n${[..."bcdefghi"].map((one, i) => `${one}: &${one} [${Array(9).fill(`*${"abcdefgh"[i]}`)}]`).join("\n")}\n`,
      ["c.yaml"],
    ],
  ])("finds %s", (_name, text, expected) => {
    const found = faults(text);
    for (const words of expected) expect(found.join("\n")).toContain(words);
    expect(found.length).toBeGreaterThanOrEqual(expected.length);
  });
});
