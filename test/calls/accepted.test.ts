/** Done means that reading back agrees: a yes of Woodpecker that the next read contradicts is "accepted", and no more. */
import { describe, expect, it } from "vitest";
import { openSession, type Session } from "../support/session.ts";

/** Woodpecker says yes and does nothing. */
const idle = (session: Session, method: string, path: RegExp, status = 200) =>
  session.sandbox.failNext({ method, path, status, body: undefined, times: 9 });

const control = (action: string) => new RegExp(`/${action}$`);

describe("a yes that the next read contradicts", () => {
  it.each([
    ["pause_campaign", 2101, "pause", "RUNNING"],
    ["stop_campaign", 2101, "stop", "RUNNING"],
    ["stop_campaign", 2104, "stop", "DRAFT"],
    ["make_campaign_editable", 2101, "make_editable", "RUNNING"],
    ["run_campaign", 2102, "run", "PAUSED"],
  ])("of %s (%i) is accepted, not done", async (tool, campaign_id, action, status) => {
    const session = await openSession();
    idle(session, "POST", control(action));
    const { data, text, failed } = await session.agree(tool, { campaign_id });
    expect(failed).toBe(false);
    expect(data).toMatchObject({ outcome: "accepted", campaign_id, status });
    expect(text).toContain(`Woodpecker accepted it, but the campaign`);
    expect(text).toContain(`reads ${status}`);
    expect(text).toMatch(/Next: \S/);
    expect(text).not.toContain("is RUNNING now");
    if (tool !== "run_campaign") expect(JSON.stringify(data)).not.toContain("run_campaign");
  });

  it("of delete_campaign is accepted, not done", async () => {
    const session = await openSession();
    idle(session, "DELETE", /\/campaigns\/\d+$/);
    const { data, text } = await session.agree("delete_campaign", { campaign_id: 2104 });
    expect(data).toMatchObject({ outcome: "accepted", status: "DRAFT" });
    expect(text).toContain("accepted it, but the campaign is still there");
  });

  it.each([
    ["update_campaign", { name: "Another name" }, "the old name"],
    ["update_campaign", { settings: { daily_enroll: 7 } }, "the old daily_enroll"],
    ["update_step_version", { step: 1, version: "A", subject: "Other" }, "the old subject of step 1"],
    [
      "update_campaign_step",
      { step: 1, delivery_times: [{ days: ["SUNDAY"], from: "03:00", to: "04:00" }] },
      "its old windows",
    ],
  ])("of %s is accepted, not done", async (tool, change, seen) => {
    const session = await openSession();
    idle(session, "PATCH", /./);
    const { data, text } = await session.call(tool, { campaign_id: 2104, ...change });
    expect(data).toMatchObject({ outcome: "accepted", campaign_id: 2104 });
    expect(data.changed).toBeUndefined();
    expect(text).toContain(seen);
  });

  it("only for a moment is done: the read may lag", async () => {
    const session = await openSession();
    const stale = { id: 2101, name: "Warehouse leads, DACH", status: "RUNNING" };
    const once = { method: "GET", path: /\/campaigns\/2101$/, status: 200, body: stale };
    // One for the look before, one for the first look after.
    session.sandbox.failNext({ ...once, times: 2 });
    const { data } = await session.call("pause_campaign", { campaign_id: 2101 });
    expect(data).toMatchObject({ outcome: "done", status: "PAUSED" });
  });

  it("is done where the read does not work, which is said", async () => {
    const session = await openSession();
    await session.call("get_campaign", { campaign_id: 2101 });
    session.sandbox.failNext({ method: "GET", path: /\/campaigns\/2101$/, status: 500, body: {}, times: 99 });
    const { data, text } = await session.call("pause_campaign", { campaign_id: 2101 });
    expect(data).toMatchObject({ outcome: "done", status: "PAUSED" });
    expect(text).toContain("Reading it back did not work");
  });
});

describe("what would launch something that did not run is no way back", () => {
  it.each([
    ["stop_campaign", 2104],
    ["stop_campaign", 2102],
    ["make_campaign_editable", 2102],
    ["pause_campaign", 2106],
  ])("of %s (%i)", async (tool, campaign_id) => {
    const session = await openSession();
    const { data, text } = await session.call(tool, { campaign_id });
    expect(data?.undo, text).toBeUndefined();
    expect(text).not.toContain("To take it back");
  });
});

describe("pausing a campaign that sends nothing", () => {
  it("is asked for where it is COMPLETED: adding people would start it again", async () => {
    const session = await openSession();
    await session.call("pause_campaign", { campaign_id: 2106 });
    expect(session.attempted()).toContain("POST /rest/v2/campaigns/2106/pause");
  });

  it.each([2103, 2104, 2105])("is not asked for otherwise, and why is said (%i)", async (campaign_id) => {
    const session = await openSession();
    const { data, text } = await session.call("pause_campaign", { campaign_id });
    expect(data).toMatchObject({ outcome: "already", campaign_id });
    expect(text).toContain("documented nowhere");
    expect(session.attempted()).toEqual([]);
  });
});
