import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { type FileSession, openFileSession } from "../../support/file-session.ts";
import type { File, Step } from "./words.ts";

function stepsIn(campaign: unknown): unknown[] {
  const next = (campaign as { steps?: Node }).steps ?? (campaign as Node);
  return next.followup ? [next.followup, ...stepsIn(next.followup)] : [];
}

interface Node {
  followup?: Node | null;
}

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
