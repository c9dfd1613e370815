/** An exported campaign is the campaign, and applied again it changes nothing. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { fileOf } from "../../../src/cli/files/format.ts";
import { mailboxFrom } from "../../../src/woodpecker/mailboxes.ts";
import { deliveryTimes, sequence } from "../../support/arbitrary.ts";
import { type FileSession, openFileSession } from "../../support/file-session.ts";
import { at, type File, own, type Step, text } from "./words.ts";

const seeded = [2101, 2102, 2104, 2105, 2106];

describe("an export", () => {
  it.each(seeded)("of %i applied again sends no write, and exports byte by byte the same", async (id) => {
    const session = await openFileSession();
    const text = await session.export(id);
    const { code, text: said } = await session.apply(session.file(text));
    expect([code, said]).toEqual([0, expect.stringContaining("nothing to change")]);
    expect(await session.export(id)).toBe(text);
    expect(session.writes()).toEqual([]);
  });

  it("of a campaign that the API does not show is refused with the reason", async () => {
    const session = await openFileSession();
    await expect(session.export(2103)).rejects.toThrow("has a condition, a manual task, a call task");
  });

  it("names mailboxes by address, and by id where that is not one sender's alone", async () => {
    const session = await openFileSession();
    expect(parse(await session.export(2104)).mailboxes).toEqual(["nora@northwind.example"]);
    const campaign = {
      id: 1,
      name: "n",
      status: "DRAFT",
      mailbox_ids: [1, 2, 3, 9],
      settings: {},
      steps: [],
    };
    const box = (id: number, email: string, type = "SMTP") => mailboxFrom({ id, type, details: { email } });
    const boxes = [
      box(1, "a@x.example"),
      box(2, "b@x.example"),
      box(3, "B@x.example"),
      box(4, "a@x.example", "IMAP"),
    ];
    expect(fileOf(campaign, boxes, undefined).mailboxes).toEqual(["a@x.example", 2, 3, 9]);
  });

  it("holds the bounce shield where one is set, and applies and clears it", async () => {
    const session = await openFileSession();
    const plain = await session.export(2104);
    expect(plain).not.toContain("bounce_shield");
    const path = session.file(plain.replace("\nsettings:", "bounce_shield: 7\nsettings:"));
    expect(await session.apply(path)).toMatchObject({ code: 0 });
    const shielded = await session.export(2104);
    expect(parse(shielded).bounce_shield).toBe(7);
    expect((await session.apply(session.file(shielded))).text).toContain("nothing to change");
    const cleared = session.file(shielded.replace("bounce_shield: 7", "bounce_shield: null"));
    expect((await session.apply(cleared)).text).toContain("bounce_shield\n  - 7 %\n  + off");
    expect(await session.export(2104)).toBe(plain);
    expect(session.writes()).toEqual([
      "PUT /rest/v2/campaigns/2104/bounce_shield/threshold",
      "DELETE /rest/v2/campaigns/2104/bounce_shield/threshold",
    ]);
  });
});

/** The campaign as Woodpecker keeps it, without what it gave out and without waits; no subject is null or "". */
function kept(session: FileSession, id: number): unknown {
  const bare = JSON.stringify(session.sandbox.campaign(id), (key, value) => {
    if (["id", "version", "status", "followup_after"].includes(key)) return undefined;
    return key === "subject" ? value || null : value;
  });
  return JSON.parse(bare);
}

const edits = fc.record({
  name: fc.option(text, { nil: undefined }),
  enroll: fc.option(fc.integer({ min: 1, max: 500 }), { nil: undefined }),
  mailbox: fc.option(fc.constantFrom(501, 502, "ivo@try-brightlane.example"), { nil: undefined }),
  texts: fc.array(fc.tuple(fc.nat(), fc.nat(), text), { maxLength: 3 }),
  flags: fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 2 }),
  windows: fc.array(fc.tuple(fc.nat(), deliveryTimes), { maxLength: 2 }),
  drop: fc.nat({ max: 2 }),
  append: fc.array(text, { maxLength: 3 }),
});

function edited(file: File, change: typeof edits extends fc.Arbitrary<infer E> ? E : never): File {
  const wanted = structuredClone(file);
  const first = wanted.steps.findIndex((step) => step.type === "EMAIL");
  wanted.steps.splice(Math.max(first + 1, 1, wanted.steps.length - change.drop));
  if (change.name !== undefined) wanted.name = change.name;
  if (change.enroll !== undefined) wanted.settings.daily_enroll = change.enroll;
  if (change.mailbox !== undefined) wanted.mailboxes = [change.mailbox];
  const emails = wanted.steps.filter((step) => step.type === "EMAIL");
  if (emails.length > 0) {
    for (const [step, version, words] of change.texts) {
      const one = at(at(emails, step).versions, version);
      one.message = `<p>${words}</p><p>${one.message}</p>`;
      if (one.subject !== undefined) one.subject = words;
    }
    for (const [step, version] of change.flags) {
      const one = at(at(emails, step).versions, version);
      one.track_opens = !one.track_opens;
      one.signature = "NO_SIGNATURE";
    }
    for (const [step, times] of change.windows) at(emails, step).delivery_times = times;
    const added = change.append.map((words, place): Step => {
      // What a file leaves out stays as it is, so where a step takes the place of another all of it is said.
      const message = `${own(100 + place)} ${words}`;
      return { type: "EMAIL", versions: [{ message, signature: "SENDER", track_opens: false }] };
    });
    wanted.steps.push(...added.slice(0, 16 - wanted.steps.length));
  }
  return wanted;
}

const start = (steps: Step[]): Omit<File, "id"> => ({
  name: "Any campaign",
  mailboxes: ["nora@northwind.example"],
  settings: { timezone: "Europe/Berlin", daily_enroll: 20 },
  delivery_times: [{ days: ["MONDAY"], from: "08:00", to: "17:00" }],
  steps,
});

/** E-mails that can be told apart: a few letters that resemble each other are nobody's sequence. */
const short = sequence.map((steps) =>
  steps.slice(0, 5).map((step, place) => ({
    ...step,
    versions: step.versions.map((version) =>
      step.type === "EMAIL" ? { ...version, message: `${own(place)} ${version.message}` } : version,
    ),
  })),
);

/** What is left out stays as it is; here nothing is. */
const inFull = ({ versions, ...step }: object & { versions: object[] }) => ({
  ...step,
  versions:
    "linkedin" in step
      ? versions
      : versions.map((one) => ({ signature: "SENDER", track_opens: false, ...one })),
});

/** A new campaign of the file. */
async function made(session: FileSession, file: object): Promise<{ id: number; path: string }> {
  const path = session.file(stringify(file));
  const { code, text: said } = await session.apply(path, ["--yes"]);
  expect([code, said]).toEqual([0, expect.stringContaining("The new campaign is ")]);
  return { id: Number(/The new campaign is (\d+)/.exec(said)?.[1]), path };
}

describe("any campaign and any file", () => {
  it("made of a file is as the file says, and exports to the same again and again", async () => {
    const session = await openFileSession();
    const property = fc.asyncProperty(short, async (steps) => {
      const { id, path } = await made(session, start(steps as Step[]));
      const before = session.writes().length;
      expect((await session.apply(path)).text).toContain("nothing to change");
      const exported = await session.export(id);
      expect((await session.apply(session.file(exported))).text).toContain("nothing to change");
      expect(await session.export(id)).toBe(exported);
      expect(session.writes().length).toBe(before);
    });
    await fc.assert(property, { numRuns: 8, endOnFailure: true });
  });

  it("edited as Woodpecker allows becomes what a new campaign of the same file would be", async () => {
    const session = await openFileSession();
    const property = fc.asyncProperty(short, edits, async (steps, change) => {
      const { id } = await made(session, start(steps as Step[]));
      const wanted = edited(parse(await session.export(id)) as File, change);
      const path = session.file(stringify(wanted));
      const { code, text: said } = await session.apply(path, ["--yes"]);
      expect([code, said]).toEqual([0, expect.stringMatching(/as the file says/)]);
      const { id: _id, ...fresh } = wanted;
      expect(kept(session, id)).toEqual(kept(session, (await made(session, fresh)).id));
      const before = session.writes().length;
      expect((await session.apply(path)).text).toContain("nothing to change");
      expect(session.writes().length).toBe(before);
    });
    await fc.assert(property, { numRuns: 8, endOnFailure: true });
  });

  it("changes into any other, or is refused with reasons before anything was written", async () => {
    const session = await openFileSession();
    let refused = 0;
    const property = fc.asyncProperty(short, short, async (steps, others) => {
      const { id } = await made(session, start(steps as Step[]));
      const before = session.writes().length;
      const wanted = { ...start(others.map(inFull) as Step[]), id };
      const { code, text: said } = await session.apply(session.file(stringify(wanted)), ["--yes"]);
      if (code === 1) {
        refused += 1;
        expect(said).toMatch(/Not possible through Woodpecker's API:\n- /);
        expect(session.writes().length).toBe(before);
      } else {
        expect([code, said]).toEqual([0, expect.stringMatching(/as the file says/)]);
        const { id: _id, ...fresh } = wanted;
        expect(kept(session, id)).toEqual(kept(session, (await made(session, fresh)).id));
      }
    });
    await fc.assert(property, { numRuns: 20, endOnFailure: true });
    expect(refused).toBeGreaterThan(0);
  });
});

it("the examples of docs/files.md are what the commands write and say", async () => {
  const page = readFileSync("docs/files.md", "utf8");
  const [, file = ""] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
  const [, difference = ""] = /\$ woodpecker-campaigns-mcp apply .*\n([\s\S]*?)\n```/.exec(page) ?? [];
  const session = await openFileSession();
  // Where this program lies is shown as in a folder of campaigns.
  const written = (await session.export(2104)).replace(/\$schema=\S+/, "$schema=./campaign.schema.json");
  expect(written).toBe(file);
  const path = session.file(
    file
      .replace("would ten minutes next week be too soon?", "would a quarter of an hour next week suit you?")
      .replace("daily_enroll: 25", "daily_enroll: 40")
      .replace('from: "08:00"', 'from: "09:00"'),
  );
  expect((await session.apply(path)).text).toBe(difference);
});

describe("export over a file", () => {
  it("keeps its comments, and writes nothing when all is the same", async () => {
    const session = await openFileSession();
    const text = (await session.export(2104)).replace("name:", "# Ask Nora first.\nname:");
    const path = session.file(text);
    expect((await session.exportTo(2104, path)).text).toContain("up to date");
    await session.apply(session.file("id: 2104\nsettings: {daily_enroll: 31}\n"));
    expect((await session.exportTo(2104, path)).text).toContain("written");
    expect(session.read(path)).toBe(text.replace("daily_enroll: 25", "daily_enroll: 31"));
  });

  it.each([
    ["another campaign's", "id: 2101\n", "is the file of campaign 2101"],
    ["something else", "foo: 1\n", "foo is not known"],
    ["no YAML", "a: [\n", ":2:1"],
  ])("refuses %s", async (_name, text, words) => {
    const session = await openFileSession();
    const path = session.file(text);
    expect(await session.exportTo(2104, path)).toMatchObject({
      code: 2,
      text: expect.stringContaining(words),
    });
    expect(session.read(path)).toBe(text);
  });
});
