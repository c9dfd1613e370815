/** A file applied to a campaign: nothing where nothing differs, only what differs, or a plain no before anything changed. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { type CampaignFile, fileOf } from "../../../src/cli/files/format.ts";
import { mailboxFrom } from "../../../src/woodpecker/mailboxes.ts";
import { deliveryTimes, sequence } from "../../support/arbitrary.ts";
import { type FileSession, openFileSession } from "../../support/file-session.ts";

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
    await expect(session.export(2103)).rejects.toThrow("has a condition, a manual task or a scheduled start");
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

function stepsIn(campaign: unknown): unknown[] {
  const next = (campaign as { steps?: Node }).steps ?? (campaign as Node);
  return next.followup ? [next.followup, ...stepsIn(next.followup)] : [];
}
interface Node {
  followup?: Node | null;
}

type File = Required<Omit<CampaignFile, "bounce_shield">>;
type Step = File["steps"][number];

/** Changes that Woodpecker's API has calls for. */
const text = fc.stringMatching(/^[A-Za-z äß.,]{1,30}$/).filter((words) => words.trim() !== "");
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

const at = <T>(list: readonly T[], place: number): T => list[place % list.length] as T;

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
const own = (place: number) => ["one", "two", "three", "four"].map((word) => `${word}${place}`).join(" ");

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

describe("a difference", () => {
  it("is one request for one sentence, and nothing else changes", async () => {
    const session = await openFileSession();
    const before = session.sandbox.campaign(2104);
    const text = await session.export(2104);
    const path = session.file(
      text.replace("would ten minutes next week be too soon?", "would ten minutes this week be too soon?"),
    );
    const { code, text: said } = await session.apply(path);
    expect(code).toBe(0);
    expect(said).toContain("step 2, version A, message\n");
    expect(said).toContain("- <div>would ten minutes [-next-] week be too soon?</div>");
    expect(said).toContain("+ <div>would ten minutes {+this+} week be too soon?</div>");
    expect(session.writes()).toEqual([
      expect.stringMatching(/^PATCH \/rest\/v2\/campaigns\/2104\/steps\/[^/]+\/versions\/[^/]+$/),
    ]);
    const same = (campaign: unknown) =>
      JSON.stringify(campaign)
        .replace(/"id":"\w{64}"/g, "")
        .replace("this week", "next week");
    expect(same(session.sandbox.campaign(2104))).toBe(same(before));
  });

  it("in a setting sends that setting and no other", async () => {
    const session = await openFileSession();
    const text = await session.export(2104);
    await session.apply(session.file(text.replace("daily_enroll: 25", "daily_enroll: 30")));
    expect(session.sandbox.writes().map(({ body }) => body)).toEqual([{ settings: { daily_enroll: 30 } }]);
  });

  it("of what the file leaves out is none", async () => {
    const session = await openFileSession();
    const { code, text } = await session.apply(session.file("id: 2104\nname: Retail planners, summer\n"));
    expect([code, text]).toEqual([0, expect.stringContaining("+ Retail planners, summer")]);
    expect(session.sandbox.writes().map(({ body }) => body)).toEqual([{ name: "Retail planners, summer" }]);
  });

  it("shows what nobody sees, and what a terminal would obey, as codes", async () => {
    const session = await openFileSession();
    const text = await session.export(2104);
    const { text: said } = await session.apply(
      session.file(text.replace("which line", "which\u200b \\e[2J line")),
    );
    expect(said).toContain("\\u{200b}");
    expect(said).not.toContain("\u200b");
  });

  it("of a campaign that already breaks a rule stays possible elsewhere", async () => {
    const session = await openFileSession();
    // Version B of its first e-mail has no subject.
    const text = await session.export(2105);
    const { code } = await session.apply(session.file(text.replace("daily_enroll: 12", "daily_enroll: 13")));
    expect([code, session.writes()]).toEqual([0, ["PATCH /rest/v2/campaigns/2105"]]);
    const worse = await session.apply(
      session.file(text.replace("subject: Freelancers on one invoice", 'subject: ""')),
    );
    expect(worse).toMatchObject({
      code: 2,
      text: expect.stringContaining("steps[0].versions[0].subject is required"),
    });
  });
});

describe("what Woodpecker's API cannot do is said before anything changes", () => {
  const cannot = async (change: (file: File) => void) => {
    const session = await openFileSession();
    const file = parse(await session.export(2102)) as File;
    change(file);
    const { code, text } = await session.apply(session.file(stringify(file)), ["--make-editable", "--yes"]);
    expect([code, session.writes()]).toEqual([1, []]);
    expect(text).toContain("Nothing was changed.");
    return text;
  };
  const email = (message: string): Step => ({ type: "EMAIL", versions: [{ message }] });

  it.each<[string, (file: File) => void, string]>([
    [
      "a step in the middle",
      ({ steps }) => void steps.splice(1, 0, email("new")),
      "Step 2 cannot be put between other steps: Woodpecker's API adds steps at the end only",
    ],
    [
      "a version more",
      ({ steps }) => void steps[2]?.versions.push({ message: "B" }),
      "cannot change from 1 to 2: Woodpecker's API cannot add a version",
    ],
    [
      "a version less",
      ({ steps }) => void steps[0]?.versions.pop(),
      "cannot change from 2 to 1: Woodpecker's API cannot remove a version",
    ],
    [
      "another wait",
      ({ steps }) => void Object.assign(steps[1] as Step, { wait: { value: 9, range: "DAY" } }),
      "The wait of step 2 cannot be 9 DAY",
    ],
    [
      "a wait on a new step",
      ({ steps }) => void steps.push({ ...email("new"), wait: { value: 9, range: "HOUR" } }),
      "a step that is added waits 1 DAY",
    ],
    [
      "no first e-mail any more",
      ({ steps }) => {
        steps.splice(0, 1);
        const { wait: _wait, ...visit } = steps[0] as Step;
        steps[0] = visit;
        for (const version of steps[1]?.versions ?? []) version.subject = "Hello";
      },
      "Step 1 cannot be deleted: it is the first e-mail",
    ],
    [
      "another kind of step in the middle",
      ({ steps }) => void Object.assign(steps[1]?.linkedin ?? {}, { account_id: 78 }),
      "Step 2 cannot be put between other steps",
    ],
  ])("%s", async (_name, change, words) => expect(await cannot(change)).toContain(words));
});

describe("the deletion of a step", () => {
  const without = async (session: FileSession) => {
    const file = parse(await session.export(2104)) as File;
    file.steps.pop();
    return session.file(stringify(file));
  };

  it("is asked about on the terminal, with the tool's own question, and done on a yes", async () => {
    const session = await openFileSession();
    const asked: string[] = [];
    const { code, text } = await session.apply(await without(session), [], async (question) => {
      expect(session.writes()).toEqual([]);
      asked.push(question);
      return "yes";
    });
    expect(code).toBe(0);
    expect(asked).toEqual(['Type "yes" to agree: ']);
    expect(text).toContain("Delete this step for good?");
    expect(text).toContain("step: 2 of 2 (EMAIL)");
    expect(session.writes()).toEqual([expect.stringMatching(/^DELETE .*\/2104\/steps\//)]);
  });

  it.each(["no", "", "y", "yes please"])("is not done on %j", async (answer) => {
    const session = await openFileSession();
    const { code, text } = await session.apply(await without(session), [], async () => answer);
    expect([code, session.writes()]).toEqual([1, []]);
    expect(text).toContain("Nothing was changed.");
  });

  it("is not done where nobody can be asked, except with --yes", async () => {
    const session = await openFileSession();
    const path = await without(session);
    const { code, text } = await session.apply(path);
    expect([code, session.writes(), text]).toEqual([1, [], expect.stringContaining("--yes")]);
    expect(await session.apply(path, ["--yes"])).toMatchObject({ code: 0 });
  });

  it("is not done when the campaign changed while the person was thinking", async () => {
    const session = await openFileSession();
    const path = await without(session);
    const { code, text } = await session.apply(path, [], async () => {
      const other = (await session.export(2104)).replace("name: Retail planners, spring", "name: Another");
      await session.apply(session.file(other));
      return "yes";
    });
    expect([code, text]).toEqual([1, expect.stringContaining("changed meanwhile")]);
    expect(session.writes()).toEqual(["PATCH /rest/v2/campaigns/2104"]);
  });

  it("does not exist below access full, and then nothing is changed", async () => {
    const session = await openFileSession();
    const { code, text } = await session.apply(await without(session), ["--yes", "--access", "draft"]);
    expect([code, session.writes(), text]).toEqual([1, [], expect.stringContaining("--access draft")]);
  });
});

describe("a failure in the middle", () => {
  it("ends it, says what was done and what not, and applying again does the rest", async () => {
    const session = await openFileSession();
    const text = (await session.export(2104))
      .replace("daily_enroll: 25", "daily_enroll: 30")
      .replaceAll("last spring", "last autumn")
      .replace("too soon", "too late");
    const path = session.file(text);
    const body = { code: "VALIDATION_FAILURE", message: "Validation failure", details: null };
    session.sandbox.failNext({ method: "PATCH", path: /versions/, status: 409, body });
    const first = await session.apply(path);
    expect(first.code).toBe(1);
    expect(first.text).toContain("done: change settings.daily_enroll");
    expect(first.text).toContain("NOT done: change message of step 1, version A");
    expect(first.text).toContain("Not begun: change message of step 2, version A");
    const before = session.writes().length;
    expect(await session.apply(path)).toMatchObject({ code: 0 });
    expect(session.writes().length).toBe(before + 2);
  });

  it("adds the same step twice where the file has it twice", async () => {
    const session = await openFileSession();
    const file = parse(await session.export(2104)) as File;
    const visit: Step = {
      type: "LINKEDIN",
      linkedin: { action: "VISIT_PROFILE", account_id: 77 },
      versions: [{ message: "" }],
    };
    file.steps.push(visit, visit);
    const { code } = await session.apply(session.file(stringify(file)));
    expect(code).toBe(0);
    expect((parse(await session.export(2104)) as File).steps.map(({ type }) => type)).toEqual([
      "EMAIL",
      "EMAIL",
      "LINKEDIN",
      "LINKEDIN",
    ]);
  });
});

describe("a dry run", () => {
  it("shows each request as it would be once the earlier ones are done", async () => {
    const session = await openFileSession();
    const file = parse(await session.export(2104)) as File;
    const [{ id: first }, { id: last }] = stepsIn(session.sandbox.campaign(2104)) as [
      { id: string },
      { id: string },
    ];
    const visit: Step = {
      type: "LINKEDIN",
      linkedin: { action: "VISIT_PROFILE", account_id: 77 },
      versions: [{ message: "" }],
    };
    file.steps.splice(1, 1, visit, { ...visit, wait: { value: 1, range: "DAY" } });
    const path = session.file(stringify(file));
    const { code, text: said } = await session.apply(path, ["--dry-run"]);
    expect([code, session.writes()]).toEqual([0, []]);
    const requests = said.slice(said.indexOf("It would send:")).split("\n").slice(1, 4);
    expect(requests).toEqual([
      `DELETE /rest/v2/campaigns/2104/steps/${last}`,
      expect.stringContaining(`POST /rest/v2/campaigns/2104/steps {"parent_id":"${first}"`),
      expect.stringContaining('POST /rest/v2/campaigns/2104/steps {"parent_id":"(id of the new step 2)"'),
    ]);
    expect(await session.apply(path, ["--yes"])).toMatchObject({ code: 0 });
    expect(session.writes().map((line) => line.split("/").slice(0, 6).join("/"))).toEqual([
      "DELETE /rest/v2/campaigns/2104/steps",
      "POST /rest/v2/campaigns/2104/steps",
      "POST /rest/v2/campaigns/2104/steps",
    ]);
  });
});

describe("a new campaign", () => {
  const copy = async (session: FileSession) =>
    `# Ours\n${(await session.export(2104)).replace("id: 2104\n", "").replace("spring", "summer")}`;

  it("gets its id into the file, and the file says the same otherwise", async () => {
    const session = await openFileSession();
    const text = await copy(session);
    const path = session.file(text);
    expect(await session.apply(path)).toMatchObject({
      code: 0,
      text: expect.stringContaining("new campaign is 2201"),
    });
    expect(session.read(path)).toBe(text.replace("name:", "id: 2201\nname:"));
    expect((await session.apply(path)).text).toContain("nothing to change");
    expect(session.writes()).toEqual(["POST /rest/v2/campaigns"]);
  });

  it("of a name that is there already is asked about: a file whose id got lost makes no second one", async () => {
    const session = await openFileSession();
    const path = session.file((await copy(session)).replace("summer", "spring"));
    const refused = await session.apply(path);
    expect([refused.code, session.writes()]).toEqual([1, []]);
    expect(refused.text).toContain("There is a campaign of this name already. Make another one?");
    expect(refused.text).toContain("there already: 2104");
    expect(await session.apply(path, [], async () => "no")).toMatchObject({ code: 1 });
    expect(await session.apply(path, [], async () => "yes")).toMatchObject({ code: 0 });
    expect(session.writes()).toEqual(["POST /rest/v2/campaigns"]);
  });

  it("leaves the file alone with --no-write, and says what that means", async () => {
    const session = await openFileSession();
    const path = session.file(await copy(session));
    const before = session.read(path);
    const { text } = await session.apply(path, ["--no-write"]);
    expect(text).toContain('put "id: 2201" into the file, or the next apply makes another campaign');
    expect(session.read(path)).toBe(before);
  });

  it("takes its bounce shield along", async () => {
    const session = await openFileSession();
    const path = session.file((await copy(session)).replace("\nsettings:", "bounce_shield: 4\nsettings:"));
    expect(await session.apply(path)).toMatchObject({ code: 0 });
    expect(parse(await session.export(2201)).bounce_shield).toBe(4);
  });

  it("of an account without that mailbox is refused with its line", async () => {
    const session = await openFileSession();
    const path = session.file((await copy(session)).replace("nora@northwind", "nora@nordwind"));
    const { code, text } = await session.apply(path);
    expect([code, session.writes()]).toEqual([2, []]);
    expect(text).toMatch(
      /:\d+:5 mailboxes\[0\] is not an SMTP mailbox of this account; did you mean nora@northwind.example\?/,
    );
  });
});

it("the examples of docs/files.md are what the commands write and say", async () => {
  const page = readFileSync("docs/files.md", "utf8");
  const [, file = ""] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
  const [, difference = ""] = /\$ woodpecker-campaigns-mcp apply .*\n([\s\S]*?)\n```/.exec(page) ?? [];
  const session = await openFileSession();
  expect(await session.export(2104)).toBe(file);
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
