/** Adding people: what became of each of them, how far it is, and whom it would e-mail. */
import { describe, expect, it } from "vitest";
import type { Data } from "../support/answer.ts";
import { v1Error } from "../support/failure.ts";
import { openSession, type Session } from "../support/session.ts";

const people = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => ({ email: `person${from + index}@example.com` }));
const anna = { email: "anna@example.com" };
/** Of the seed: replied, bounced, opted out; and one who is ACTIVE, in the warehouse campaign. */
const lena = { email: "lena.brandt@quarrystone-logistik.example" };
const jonas = { email: "jonas.amsel@alpenkiste.example" };
const greta = { email: "greta.stein@hafenbogen.example" };
const mareike = { email: "mareike.vogt@stapelwerk.example" };

const imports = (session: Session) => session.sandbox.writes().map(({ body }) => body as Data);
const membersOf = async (session: Session, campaign_id: number): Promise<string[]> => {
  const { data } = await session.call("search_prospects", { campaign_id, limit: 100 });
  return data.prospects.map(({ email }: Data) => email);
};

describe("how many", () => {
  it.each([
    [1, [1], [[1, 1]]],
    [100, [100], [[100, 100]]],
    [
      101,
      [100, 1],
      [
        [100, 101],
        [101, 101],
      ],
    ],
    [
      500,
      [100, 100, 100, 100, 100],
      [
        [100, 500],
        [200, 500],
        [300, 500],
        [400, 500],
        [500, 500],
      ],
    ],
  ])("%i are added, and the client hears how far it is", async (count, sizes, steps) => {
    const session = await openSession();
    const heard: (number | undefined)[][] = [];
    const result = (await session.client.callTool(
      { name: "save_prospects", arguments: { prospects: people(count) } },
      undefined,
      { onprogress: ({ progress, total }) => void heard.push([progress, total]) },
    )) as Data;
    expect(result.structuredContent).toMatchObject({ outcome: "done", added: count, rejected: 0 });
    expect(result.structuredContent.rows).toEqual([]);
    expect(imports(session).map(({ prospects }) => prospects.length)).toEqual(sizes);
    expect(heard).toEqual(steps);
    const { data } = await session.call("search_prospects", { limit: 1 });
    expect(data.total).toBe(60 + count);
  });

  it("says nothing of it to a client that gave no token", async () => {
    const session = await openSession();
    const notes: unknown[] = [];
    session.client.fallbackNotificationHandler = async (note) => void notes.push(note);
    await session.call("save_prospects", { prospects: people(101) });
    expect(notes).toEqual([]);
  });

  it("of 500 with long addresses fits into a result, and its text still counts them", async () => {
    const session = await openSession();
    const prospects = people(500).map(({ email }) => ({ email: `${"a-long-name.".repeat(5)}${email}` }));
    const { data, text } = await session.call("save_prospects", { prospects });
    expect(data.added).toBe(500);
    expect(text).toContain("Added 500");
    expect(JSON.stringify(data).length + text.length).toBeLessThanOrEqual(40_000);
  });
});

describe("what became of each", () => {
  it("is told for the account", async () => {
    const session = await openSession();
    const prospects = [anna, lena, mareike];
    const { data, text } = await session.call("save_prospects", { prospects });
    expect(data).toMatchObject({ added: 1, updated: 0, duplicates: 2, rejected: 0 });
    expect(data.rows).toEqual([
      { row: 2, ...lena, result: "duplicate" },
      { row: 3, ...mareike, result: "duplicate" },
    ]);
    expect(text).toContain("Added 1, updated 0, known already 2, refused 0.");
    expect(imports(session)).toEqual([{ prospects }]);
  });

  it("is told for a campaign: who replied, bounced or opted out is refused, with the code and what it protects", async () => {
    const session = await openSession();
    const prospects = [anna, lena, jonas, greta, mareike];
    const { data, text } = await session.call("save_prospects", { campaign_id: 2104, prospects });
    expect(data).toMatchObject({ outcome: "done", added: 2, updated: 0, duplicates: 0, rejected: 3 });
    const refused = [
      [lena, "has answered before"],
      [jonas, "came back"],
      [greta, "opted out"],
    ] as const;
    expect(data.rows).toHaveLength(3);
    for (const [index, [{ email }, why]] of refused.entries()) {
      expect(data.rows[index]).toEqual({
        row: index + 2,
        email,
        result: "rejected",
        code: "E_INV_STATUS",
        reason: expect.stringContaining(why),
      });
      expect(text).toContain(`- row ${index + 2} ${email}: E_INV_STATUS: `);
    }
    expect(await membersOf(session, 2104)).toEqual(expect.arrayContaining([anna.email, mareike.email]));
    expect(await membersOf(session, 2104)).toHaveLength(8);
    expect(imports(session)).toEqual([{ campaign: { campaign_id: 2104 }, prospects }]);
  });

  it("is told for those who are in the campaign already", async () => {
    const session = await openSession();
    const rupert = { email: "Rupert.Penn@pennygate-homeware.example" };
    const known = await session.call("save_prospects", { campaign_id: 2104, prospects: [rupert] });
    expect(known.data).toMatchObject({
      added: 0,
      duplicates: 1,
      rows: [{ row: 1, email: rupert.email, result: "duplicate" }],
    });
    const paused = { ...rupert, status: "PAUSED", city: "York" };
    const args = { campaign_id: 2104, prospects: [paused], update_existing: true };
    expect((await session.call("save_prospects", args)).data).toMatchObject({ updated: 1, duplicates: 0 });
    const { data } = await session.call("search_prospects", {
      campaign_id: 2104,
      status: ["PAUSED"],
      include: ["city"],
    });
    expect(data.prospects).toMatchObject([{ id: 90_038, city: "York", company: "Pennygate Homeware" }]);
  });

  it("leaves fields that are not given, and clears those that are empty", async () => {
    const session = await openSession();
    const prospects = [{ ...mareike, title: "CEO", city: "" }];
    const { data } = await session.agree("save_prospects", { prospects, update_existing: true });
    expect(data).toMatchObject({ added: 0, updated: 1 });
    const [row] = (await session.call("search_prospects", { ...mareike, include: ["title", "city"] })).data
      .prospects;
    expect([row.title, row.city, row.company, row.status]).toEqual([
      "CEO",
      undefined,
      "Stapelwerk",
      "ACTIVE",
    ]);
  });

  it("changes nobody without update_existing", async () => {
    const session = await openSession();
    await session.call("save_prospects", { prospects: [{ ...mareike, title: "CEO" }] });
    expect(
      (await session.call("search_prospects", { ...mareike, include: ["title"] })).data.prospects[0].title,
    ).toBe("COO");
  });

  it("is nothing when none could be added, although Woodpecker answers 200", async () => {
    const session = await openSession();
    const prospects = [lena, jonas, greta];
    const { failed, data, text } = await session.call("save_prospects", { campaign_id: 2104, prospects });
    expect([failed, data]).toEqual([true, undefined]);
    expect(text).toContain("\nNothing was changed.\n");
    expect(text).not.toMatch(/Added [1-9]/);
    for (const { email } of prospects) expect(text).toContain(email);
    expect(text).toContain("E_INV_STATUS");
    expect(text).not.toContain("in a minute");
    expect(await membersOf(session, 2104)).toHaveLength(6);
  });

  it("is nothing when the answer mentions nobody", async () => {
    const session = await openSession();
    session.sandbox.failNext({ path: /add_prospects/, status: 200, body: v1Error("E_UNKNOWN", "Oops") });
    const { failed, data, text } = await session.call("save_prospects", { prospects: [anna] });
    expect([failed, data]).toEqual([true, undefined]);
    expect(text).not.toMatch(/Added [1-9]/);
  });

  it("is told for everybody although nobody of the last hundred could be added", async () => {
    const session = await openSession();
    const prospects = [...people(100), lena];
    const { failed, data } = await session.call("save_prospects", { campaign_id: 2104, prospects });
    expect(failed).toBe(false);
    expect(data).toMatchObject({ added: 100, rejected: 1 });
    expect(data.rows).toMatchObject([
      { row: 101, email: lena.email, result: "rejected", code: "E_INV_STATUS" },
    ]);
  });

  it("says how far it came when Woodpecker breaks off", async () => {
    const session = await openSession();
    session.sandbox.failNext({
      path: /add_prospects/,
      after: "commit",
      status: 200,
      body: { prospects: people(100).map(({ email }) => ({ email, status: "OK" })) },
    });
    session.sandbox.failNext({
      path: /add_prospects/,
      status: 403,
      body: v1Error("E_NO_PERMISSION", "Api access denied."),
    });
    const { failed, text } = await session.call("save_prospects", { prospects: people(250) });
    expect(failed).toBe(true);
    expect(text).toContain("stopped after 100 of 250");
    expect(text).toContain("The first 100 were handled.");
    expect(text).toContain("search_prospects");
    expect((await session.call("search_prospects", { limit: 1 })).data.total).toBe(160);
  });
});

describe("whom it e-mails", () => {
  async function inStatus(session: Session, status: string): Promise<number> {
    if (status !== "STOPPED")
      return { DRAFT: 2104, PAUSED: 2102, EDITED: 2105, RUNNING: 2101, COMPLETED: 2106 }[status] ?? 0;
    await session.call("stop_campaign", { campaign_id: 2102 });
    return 2102;
  }

  it.each(["DRAFT", "PAUSED", "STOPPED", "EDITED"])("nobody in %s, so nobody is asked", async (status) => {
    const session = await openSession();
    const campaign_id = await inStatus(session, status);
    const { data } = await session.call("save_prospects", { campaign_id, prospects: [anna] });
    expect(data).toMatchObject({ outcome: "done", added: 1 });
    expect(await membersOf(session, campaign_id)).toContain(anna.email);
  });

  it.each(["RUNNING", "COMPLETED"])("everybody in %s, so a person is asked first", async (status) => {
    const session = await openSession();
    const campaign_id = await inStatus(session, status);
    const args = { campaign_id, prospects: [anna, { email: "ben@example.com" }] };
    const asked = await session.call("save_prospects", args);
    expect(asked.data).toMatchObject({
      outcome: "confirmation_required",
      facts: { campaign: campaign_id, status, people: 2, first: "anna@example.com, ben@example.com" },
    });
    expect(asked.data.question).toContain("e-mails them without any further step");
    expect(session.sandbox.writes()).toEqual([]);
    expect(await membersOf(session, campaign_id)).not.toContain(anna.email);

    const done = await session.call("save_prospects", { ...args, confirmation: asked.data.confirmation });
    expect(done.data).toMatchObject({ outcome: "done", added: 2 });
    expect(session.sandbox.writes()).toHaveLength(1);
  });

  it.each([
    ["the account", {}],
    ["a draft", { campaign_id: 2104 }],
  ])("may be people who said no, when they are made ACTIVE again in %s", async (_name, where) => {
    const session = await openSession();
    const prospects = [{ ...lena, status: "ACTIVE" }];
    const args = { ...where, prospects, update_existing: true };
    const { data, text } = await session.call("save_prospects", args);
    expect(data).toMatchObject({
      outcome: "confirmation_required",
      facts: { people: 1, "set to ACTIVE": 1 },
    });
    expect(text).toContain("Some may have replied, bounced or opted out");
    expect(session.sandbox.writes()).toEqual([]);
  });

  it("is not a question when people are only paused", async () => {
    const session = await openSession();
    const prospects = [{ ...mareike, status: "PAUSED" }];
    const args = { campaign_id: 2102, prospects, update_existing: true };
    expect((await session.call("save_prospects", args)).data).toMatchObject({ outcome: "done" });
  });

  it.each([true, false])(
    "is not a question when people are PAUSED without a campaign (update: %s), which stops nobody",
    async (update) => {
      const session = await openSession();
      const sanne = { email: "sanne.maas@silberfracht.example", status: "PAUSED" };
      const prospects = [{ ...mareike, status: "PAUSED" }, sanne, { ...lena, status: "PAUSED" }];
      const args = { prospects, ...(update && { update_existing: true }) };
      const { data, text } = await session.call("save_prospects", args);
      const warning =
        "PAUSED without campaign_id stops nobody: 2 of these people may still get e-mails of campaign 2101. stop_prospects stops them.";
      expect(data.warnings).toContain(warning);
      expect(text).toContain(warning);
    },
  );

  it("nor a limit on what is started, where people are only paused", async () => {
    const session = await openSession({ env: { WOODPECKER_MAX_RUNS_PER_DAY: "0" } });
    const prospects = [{ ...mareike, status: "PAUSED" }];
    const args = { campaign_id: 2101, prospects, update_existing: true };
    expect((await session.call("save_prospects", args)).data).toMatchObject({ outcome: "done", updated: 1 });
    const more = { ...args, prospects: [{ ...mareike, status: "ACTIVE" }] };
    expect((await session.call("save_prospects", more)).text).toContain("WOODPECKER_MAX_RUNS_PER_DAY");
  });

  const others: [string, object][] = [
    ["somebody else", { prospects: [{ email: "ben@example.com" }] }],
    ["one person more", { prospects: [anna, { email: "ben@example.com" }] }],
    ["another field", { prospects: [{ ...anna, first_name: "Anna" }] }],
    ["another campaign", { campaign_id: 2106 }],
    ["update_existing", { update_existing: true }],
  ];
  it.each(others)("is exactly who was shown: the token is not good for %s", async (_name, change) => {
    const session = await openSession();
    const args = { campaign_id: 2101, prospects: [anna] };
    const { confirmation } = (await session.call("save_prospects", args)).data;
    const again = await session.call("save_prospects", { ...args, ...change, confirmation });
    expect(again.data).toMatchObject({ outcome: "confirmation_required" });
    expect(again.text).toContain("The confirmation does not fit");
    expect(session.sandbox.writes()).toEqual([]);
  });

  it("is asked again when the campaign was started after the question", async () => {
    const session = await openSession();
    const args = { campaign_id: 2106, prospects: [anna] };
    const { confirmation } = (await session.call("save_prospects", args)).data;
    await session.agree("save_prospects", { ...args, prospects: [{ email: "ben@example.com" }] });
    const again = await session.call("save_prospects", { ...args, confirmation });
    expect(again.data).toMatchObject({ outcome: "confirmation_required", facts: { status: "RUNNING" } });
    expect(session.sandbox.writes()).toHaveLength(1);
  });

  it("shows what would be sent in a dry run, and asks nobody", async () => {
    const session = await openSession();
    const { data, text } = await session.call("save_prospects", {
      campaign_id: 2101,
      prospects: [anna],
      dry_run: true,
    });
    expect(data).toMatchObject({
      outcome: "dry_run",
      request: {
        method: "POST",
        path: "/rest/v1/add_prospects_campaign",
        body: { campaign: { campaign_id: 2101 }, prospects: [anna] },
      },
    });
    expect(text).toContain("Before it, a person would be asked");
    expect(session.sandbox.writes()).toEqual([]);
  });
});
