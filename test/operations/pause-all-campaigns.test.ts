/** The emergency brake: everything that runs stops, and what was running is named exactly. */
import { describe, expect, it } from "vitest";
import type { Data } from "../support/answer.ts";
import { business } from "../support/failure.ts";
import { inTheApp } from "../support/person.ts";
import { openSession, type Session } from "../support/session.ts";

const forbidden = business("code", "MISSING_FEATURES", "Upgrade your plan");

const statusOf = (session: Session, id: number): string => (session.sandbox.campaign(id) as Data).status;

const start = ({ sandbox }: Session, id: number) => inTheApp(sandbox, `POST /rest/v2/campaigns/${id}/run`);

/** 2101 runs in the seed; 2102 and 2104 are started as in the Woodpecker app. */
async function threeRunning(): Promise<Session> {
  const session = await openSession();
  for (const id of [2102, 2104]) await start(session, id);
  return session;
}

it("pauses each running campaign once, and no other", async () => {
  const session = await threeRunning();
  const before = session.traffic().length;
  const { data, text } = await session.call("pause_all_campaigns");
  expect(data).toMatchObject({
    outcome: "done",
    paused: [
      { campaign_id: 2101, name: "Warehouse leads, DACH" },
      { campaign_id: 2102, name: "Contractor payroll, Nordics" },
      { campaign_id: 2104, name: "Retail planners, spring" },
    ],
  });
  expect(session.traffic().slice(before)).toEqual([
    "GET /rest/v1/campaign_list?status=RUNNING",
    ...[2101, 2102, 2104].map((id) => `POST /rest/v2/campaigns/${id}/pause`),
    // Was another one started meanwhile?
    "GET /rest/v1/campaign_list?status=RUNNING",
  ]);
  expect([2101, 2102, 2103, 2104, 2105, 2106].map((id) => statusOf(session, id))).toEqual([
    "PAUSED",
    "PAUSED",
    "STOPPED",
    "PAUSED",
    "EDITED",
    "COMPLETED",
  ]);
  expect(text).toContain("run_campaign: 2101, 2102, 2104");
});

it("is safe to repeat", async () => {
  const session = await threeRunning();
  await session.call("pause_all_campaigns");
  const writes = session.sandbox.writes().length;
  expect((await session.call("pause_all_campaigns")).data).toMatchObject({ outcome: "already", paused: [] });
  expect(session.sandbox.writes()).toHaveLength(writes);
});

it("goes on when one cannot be paused, says which, and fails so that it is seen", async () => {
  const session = await threeRunning();
  const body = business("code", "CAMPAIGN_NOT_EXIST", "Campaign not found");
  session.sandbox.failNext({ path: /2102\/pause/, status: 404, body });
  const { failed, text } = await session.call("pause_all_campaigns");
  expect(failed).toBe(true);
  expect(text).toContain('1 campaign may still be running: 2102 "Contractor payroll, Nordics"');
  expect(text).toContain("Paused: 2101, 2104.");
  expect(text).toContain("call pause_all_campaigns again");
  expect([2101, 2102, 2104].map((id) => statusOf(session, id))).toEqual(["PAUSED", "RUNNING", "PAUSED"]);
});

describe("what is started in the app meanwhile", () => {
  /** Before the list is read for the second, third and later time, these are started. */
  async function startingMeanwhile(...started: number[][]): Promise<Session> {
    let lists = 0;
    let session: Session | undefined;
    const before = async ({ url }: { url: string }) => {
      if (!session || !url.includes("campaign_list")) return;
      for (const id of (lists > 0 && started[lists - 1]) || []) await start(session, id);
      lists += 1;
    };
    session = await openSession({ gate: { before } });
    return session;
  }

  it("is paused too", async () => {
    const session = await startingMeanwhile([2102], [2104]);
    const { data } = await session.call("pause_all_campaigns");
    expect(data.outcome).toBe("done");
    expect(data.paused.map(({ campaign_id }: Data) => campaign_id)).toEqual([2101, 2102, 2104]);
    expect([2101, 2102, 2104].map((id) => statusOf(session, id))).toEqual(["PAUSED", "PAUSED", "PAUSED"]);
  });

  it("again and again is named in the end, not chased for ever", async () => {
    const session = await startingMeanwhile(...Array.from({ length: 100 }, () => [2101]));
    const { failed, text } = await session.call("pause_all_campaigns");
    expect(failed).toBe(true);
    expect(text).toContain('1 campaign may still be running: 2101 "Warehouse leads, DACH"');
    expect(session.traffic().filter((line) => line.includes("campaign_list")).length).toBeLessThan(10);
  });

  it("is said where it cannot be seen, with what is paused", async () => {
    let lists = 0;
    const instead = ({ url }: { url: string }) => {
      if (!url.includes("campaign_list")) return undefined;
      lists += 1;
      return lists > 1 ? { status: 403, body: forbidden } : undefined;
    };
    const session = await openSession({ gate: { instead } });
    const { failed, text, data } = await session.call("pause_all_campaigns");
    expect(failed).toBe(true);
    expect(text).toContain("whether another was started meanwhile cannot be seen");
    expect(text).toContain("Paused: 2101.");
    expect(data).toMatchObject({ outcome: "partly", paused: [{ campaign_id: 2101 }], failed: [] });
  });
});

it("names every one of forty that cannot be paused, that none was, and what to do", async () => {
  const session = await openSession();
  const rows = Array.from({ length: 40 }, (_, n) => ({
    id: 3_000_001 + n,
    name: `Campaign with quite a long name, as they are in an account of an agency, ${n}`,
    status: "RUNNING",
  }));
  session.sandbox.failNext({ path: /campaign_list/, status: 200, body: rows, times: 2 });
  session.sandbox.failNext({ path: /pause$/, status: 403, body: forbidden, times: 40 });
  const { failed, text, data } = await session.call("pause_all_campaigns");
  expect(failed).toBe(true);
  for (const { id } of rows) expect(text).toContain(String(id));
  expect(text.split("\n").slice(-2)).toEqual([
    "None was paused.",
    "Next: call pause_all_campaigns again at once; what is paused stays paused.",
  ]);
  expect(data).toMatchObject({ outcome: "partly", paused: [] });
  expect(data.failed).toEqual(
    rows.map(({ id, name }) => ({ campaign_id: id, name, reason: expect.any(String) })),
  );
});

it("tries again by itself where Woodpecker stumbles", async () => {
  const session = await threeRunning();
  session.sandbox.failNext({ path: /2102\/pause/, status: 500 });
  session.sandbox.failNext({ path: /2104\/pause/, drop: true });
  const { data } = await session.call("pause_all_campaigns");
  expect(data).toMatchObject({ outcome: "done" });
  expect([2101, 2102, 2104].map((id) => statusOf(session, id))).toEqual(["PAUSED", "PAUSED", "PAUSED"]);
});
