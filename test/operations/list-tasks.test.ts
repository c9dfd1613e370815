/** Open tasks in every form in which Woodpecker may give them, against a plain filter and sort. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Data, pagesOf } from "../support/answer.ts";
import { expectRefused, refuses } from "../support/refused.ts";
import { openSession } from "../support/session.ts";

interface Drawn {
  type: string;
  name: string;
  day: number;
  campaign: number;
  isFlat: boolean;
}

const drawn = fc.record({
  type: fc.constantFrom("GENERIC", "CALL", "SMS", "LINKEDIN", "VISIT"),
  name: fc.constantFrom("One", "Two"),
  day: fc.integer({ min: 1, max: 4 }),
  campaign: fc.constantFrom(2101, 2102),
  isFlat: fc.boolean(),
});

const due = (day: number) => `2026-10-0${day}T15:00:00.000+0200`;

function rowOf({ type, name, day, campaign, isFlat }: Drawn) {
  const task = { type, name, message: "Do it", due_date: due(day) };
  const prospect = { id: 7, email: "a@b.example", first_name: "Anna", last_name: null, company: null };
  return isFlat
    ? { prospect, campaign_id: campaign, campaign_name: "Spring", ...task }
    : { prospect, campaign: { campaign_id: campaign, campaign_name: "Spring", sent_from_emails: [] }, task };
}

describe("the open tasks", () => {
  it("are those that are asked for, by due date, each once on some page, nested or flat", async () => {
    let body: unknown = [];
    const session = await openSession({
      gate: { instead: ({ url }) => (url.includes("manual_tasks") ? { status: 200, body } : undefined) },
    });
    const asked = fc.record(
      {
        campaign_id: fc.constantFrom(2101, 2102),
        type: fc.subarray(["CALL", "SMS"], { minLength: 1 }),
        due_before: fc.constantFrom("2026-10-03", "2026-10-02T13:00Z"),
        limit: fc.integer({ min: 1, max: 4 }),
      },
      { requiredKeys: ["limit"] },
    );
    const property = fc.asyncProperty(fc.array(drawn, { maxLength: 9 }), asked, async (tasks, args) => {
      body = tasks.map(rowOf);
      const rows: Data[] = (await pagesOf(session.call, "list_tasks", args)).flatMap(
        ({ tasks: some }) => some,
      );
      const meant = tasks
        .filter(({ campaign }) => args.campaign_id === undefined || campaign === args.campaign_id)
        .filter(({ type }) => !args.type || args.type.includes(type))
        .filter(({ day }) => !args.due_before || Date.parse(due(day)) < Date.parse(args.due_before))
        .sort((a, b) => a.day - b.day);
      expect(rows.map(({ type, name, campaign }) => [type, name, campaign.id])).toEqual(
        meant.map(({ type, name, campaign }) => [type, name, campaign]),
      );
    });
    await fc.assert(property, { numRuns: 60, seed: 5 });
  });

  it("may have no person, no campaign and no date, which then come last", async () => {
    const session = await openSession();
    const body = [{ type: "CALL" }, { task: { type: "SMS", due_date: 1_790_000_000_000 } }];
    session.sandbox.failNext({ path: /manual_tasks/, status: 200, body });
    const { data, text } = await session.call("list_tasks");
    expect(data.tasks).toMatchObject([
      { type: "SMS", due: new Date(1_790_000_000_000).toISOString(), prospect: {}, campaign: {} },
      { type: "CALL", name: "", message: "" },
    ]);
    expect(text).toContain("- no date CALL");
  });

  it("that nobody has are none, however that is said", async () => {
    const session = await openSession();
    for (const answer of [
      { status: 204 },
      { status: 200, body: [] },
      { status: 200, body: { message: "No tasks" } },
    ]) {
      session.sandbox.failNext({ path: /manual_tasks/, ...answer });
      expect((await session.call("list_tasks")).data).toMatchObject({ tasks: [], total: 0 });
    }
  });

  it("are said to be more where Woodpecker gives as many as it gives at most", async () => {
    const session = await openSession();
    const body = Array.from({ length: 500 }, (_, index) => ({ type: "CALL", name: `No ${index}` }));
    session.sandbox.failNext({ path: /manual_tasks/, status: 200, body });
    const { data, text } = await session.call("list_tasks");
    expect(data.next).toMatch(/500 tasks at most/);
    expect(text).toContain(data.next);
  });

  it("go on from no page of another list", async () => {
    const { call } = await openSession();
    expectRefused(await call("list_tasks", { cursor: "after-1" }), ["cursor is not of this list"]);
  });

  refuses("list_tasks", [
    [{ due_before: "soon" }, "due_before must be a day"],
    [{ type: ["PARCEL"] }, "type"],
  ]);
});
