/** Every change is shown with its values and taken back by the calls of the list as they stand, byte for byte. */
import { describe, expect, it } from "vitest";
import type { Data } from "../support/answer.ts";
import { inTheApp } from "../support/person.ts";
import { openSession, type Session } from "../support/session.ts";

const DRAFT = 2104;
const RUNNING = 2101;

const read = async ({ sandbox }: Session, path: string) =>
  (await inTheApp(sandbox, `GET /rest/v2/campaigns/${path}`)).text();

const raw = (session: Session, id: number) => read(session, String(id));

/** With what stands beside it; a version whose texts change gets a new id, and no subject is null or "". */
const whole = async (session: Session, id: number) =>
  [await raw(session, id), await read(session, `${id}/bounce_shield/threshold`)]
    .join("\n")
    .replaceAll(/"id":"[0-9a-f]{64}"/g, "")
    .replaceAll(`"subject":""`, `"subject":null`);

const latest = async ({ call }: Session, args: object = {}): Promise<Data> =>
  (await call("list_recent_changes", args)).data.changes[0];

async function carryOut(
  { call, agree }: Session,
  undo: { tool: string; arguments: object }[],
): Promise<void> {
  for (const { tool, arguments: args } of undo) {
    const asks = ["run_campaign", "delete_campaign", "delete_prospects"].includes(tool);
    const { data, text } = await (asks ? agree : call)(tool, args as Record<string, unknown>);
    expect(data.outcome, text).toBe("done");
  }
}

const monday = [{ days: ["MONDAY"], from: "09:00", to: "10:00" }];

const edits: [string, string, object][] = [
  ["a name", "update_campaign", { name: "Another name" }],
  ["settings", "update_campaign", { settings: { daily_enroll: 7, timezone: "Europe/Paris" } }],
  ["a bounce shield", "update_campaign", { bounce_shield: 9 }],
  [
    "all of a campaign",
    "update_campaign",
    { name: "N", bounce_shield: 3, settings: { timezone: "Europe/Paris" } },
  ],
  ["windows", "update_campaign_step", { step: 1, delivery_times: monday }],
  ["a subject", "update_step_version", { step: 1, version: "A", subject: "Another subject" }],
  ["a message", "update_step_version", { step: 1, version: "A", message: "<p>Short.<br>{{FIRST_NAME}}</p>" }],
  [
    "the flags",
    "update_step_version",
    { step: 1, version: "A", signature: "NO_SIGNATURE", track_opens: true },
  ],
  [
    "a follow-up",
    "update_step_version",
    { step: 2, version: "A", subject: "New thread", message: "<p>Hello again</p>" },
  ],
];

describe("an edit", () => {
  it.each(edits)("of %s is taken back whole", async (_what, tool, args) => {
    const session = await openSession();
    const before = await whole(session, DRAFT);
    const done = await session.call(tool, { campaign_id: DRAFT, ...args });
    expect(done.data.undo, done.text).toBeTypeOf("string");
    expect(done.text).toContain("To take it back:");
    expect(await whole(session, DRAFT)).not.toBe(before);
    const change = await latest(session);
    expect(change).toMatchObject({
      tool,
      campaign_id: DRAFT,
      campaign: { id: DRAFT },
      by: { client: "test" },
    });
    expect(change.undo, change.note).toHaveLength(1);
    await carryOut(session, change.undo);
    expect(await whole(session, DRAFT)).toBe(before);
  });

  it("opens a campaign that runs, and runs it again, as the same calls would", async () => {
    const session = await openSession();
    const before = JSON.parse(await raw(session, RUNNING));
    await session.call("make_campaign_editable", { campaign_id: RUNNING });
    await session.call("update_campaign", { campaign_id: RUNNING, settings: { daily_enroll: 3 } });
    await session.agree("run_campaign", { campaign_id: RUNNING });
    const { data } = await session.call("list_recent_changes");
    const edit = data.changes[1];
    expect(edit.undo.map(({ tool }: Data) => tool)).toEqual([
      "make_campaign_editable",
      "update_campaign",
      "run_campaign",
    ]);
    await carryOut(session, edit.undo);
    expect(JSON.parse(await raw(session, RUNNING))).toEqual(before);
  });

  it("of a field is taken back only if it is the latest of this field", async () => {
    const session = await openSession();
    const set = (settings: object, more: object = {}) =>
      session.call("update_campaign", { campaign_id: DRAFT, settings, ...more });
    await set({ daily_enroll: 7 }, { name: "Another name" });
    await set({ daily_enroll: 8 });
    const { data } = await session.call("list_recent_changes", { campaign_id: DRAFT });
    const [second, first] = data.changes;
    expect(second.undo).toEqual([
      { tool: "update_campaign", arguments: { campaign_id: DRAFT, settings: { daily_enroll: 7 } } },
    ]);
    expect(Object.keys(first.undo[0].arguments)).toEqual(["campaign_id", "name"]);
    expect(first.note).toContain("settings.daily_enroll was changed again later");
  });

  it("offers no way back to a first e-mail without a subject, which nobody could set", async () => {
    const session = await openSession();
    const { data, text } = await session.call("update_step_version", {
      campaign_id: 2105,
      step: 1,
      version: "B",
      subject: "Forty invoices",
    });
    expect([data.undo, text.includes("To take it back")]).toEqual([undefined, false]);
    const change = await latest(session);
    expect(change.undo).toEqual([]);
    expect(change.note).toContain("had no value before, which the first EMAIL step needs");
  });

  it("of a later e-mail's subject goes back into the thread by the words of the answer", async () => {
    const session = await openSession();
    const { text } = await session.call("update_step_version", {
      campaign_id: DRAFT,
      step: 2,
      version: "A",
      subject: "Anew",
    });
    expect(text).toContain(`update_step_version ${DRAFT} with step 2 version A subject ""`);
  });

  it("is not taken back where somebody else changed the field since", async () => {
    const session = await openSession();
    await session.call("update_campaign", { campaign_id: DRAFT, settings: { daily_enroll: 7 } });
    await inTheApp(session.sandbox, `PATCH /rest/v2/campaigns/${DRAFT}`, { settings: { daily_enroll: 12 } });
    const change = await latest(session);
    expect(change.undo).toEqual([]);
    expect(change.note).toContain("was changed since by somebody else");
  });

  it("is not taken back where the campaign has been deleted", async () => {
    const session = await openSession();
    await session.call("update_campaign", { campaign_id: DRAFT, name: "Another name" });
    await session.agree("delete_campaign", { campaign_id: DRAFT });
    const { data } = await session.call("list_recent_changes");
    expect(data.changes.map(({ undo }: Data) => undo)).toEqual([[], []]);
    expect(data.changes[1].note).toBe("The campaign has been deleted.");
  });
});

describe("what stopped sending", () => {
  it.each(["pause_campaign", "stop_campaign", "make_campaign_editable"])(
    "%s is resumed where it ran",
    async (tool) => {
      const session = await openSession();
      const before = await raw(session, RUNNING);
      await session.call(tool, { campaign_id: RUNNING });
      const { undo } = await latest(session);
      expect(undo).toEqual([{ tool: "run_campaign", arguments: { campaign_id: RUNNING } }]);
      const asked = await session.call("run_campaign", undo[0].arguments);
      expect(asked.data.outcome).toBe("confirmation_required");
      await carryOut(session, undo);
      expect(JSON.parse(await raw(session, RUNNING)).status).toBe(JSON.parse(before).status);
      expect((await session.call("list_recent_changes")).data.changes[1].undo).toEqual([]);
    },
  );

  it("never becomes a launch of what did not run", async () => {
    const session = await openSession();
    await session.call("stop_campaign", { campaign_id: 2102 });
    const change = await latest(session);
    expect(change.undo).toEqual([]);
    expect(change.note).toContain("would launch it");
  });

  it("is resumed after a pause of all with exactly those it paused", async () => {
    const session = await openSession();
    const { data } = await session.call("pause_all_campaigns");
    const ids = data.paused.map(({ campaign_id }: Data) => campaign_id);
    expect(ids.length).toBeGreaterThan(0);
    const change = await latest(session);
    expect(change.campaigns).toEqual(data.paused);
    expect(change.undo).toEqual([{ tool: "run_campaign", arguments: { campaign_ids: ids } }]);
    expect((await latest(session, { campaign_id: ids[0] })).tool).toBe("pause_all_campaigns");
  });
});

describe("what was made", () => {
  it("is deleted again while it is a draft", async () => {
    const session = await openSession();
    const made = await session.call("duplicate_campaign", { campaign_id: RUNNING, name: "A copy" });
    const { undo } = await latest(session);
    expect(undo).toEqual([{ tool: "delete_campaign", arguments: { campaign_id: made.data.campaign_id } }]);
    await carryOut(session, undo);
  });

  it("leaves again, if it was an import", async () => {
    const session = await openSession();
    const { data } = await session.call("save_prospects", { prospects: [{ email: "new@somebody.example" }] });
    const change = await latest(session);
    expect(change.undo).toEqual([{ tool: "delete_prospects", arguments: { added_by: data.change_id } }]);
    expect(JSON.stringify(change)).not.toContain("somebody.example");
    await carryOut(session, change.undo);
  });
});

describe("the list", () => {
  it("goes back to a time, and says when a time is none", async () => {
    const session = await openSession();
    await session.call("update_campaign", { campaign_id: DRAFT, name: "Another name" });
    const { call } = session;
    expect((await call("list_recent_changes", { since: "2020-01-01" })).data.total).toBe(1);
    expect((await call("list_recent_changes", { since: "yesterday" })).failed).toBe(true);
    expect((await call("list_recent_changes", { campaign_id: RUNNING })).data).toEqual({
      changes: [],
      total: 0,
    });
  });

  it("shows in words what it shows to programs", async () => {
    const session = await openSession();
    await session.call("update_campaign", { campaign_id: DRAFT, name: "Another name" });
    const { text, data } = await session.call("list_recent_changes");
    const [{ change_id, changes, undo }] = data.changes;
    for (const part of [change_id, JSON.stringify(changes[0].before), JSON.stringify(undo[0].arguments)])
      expect(text).toContain(part);
  });
});
