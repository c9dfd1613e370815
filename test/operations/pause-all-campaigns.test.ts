/** The emergency brake: everything that runs stops, and what was running is named exactly. */
import { expect, it } from "vitest";
import type { Data } from "../support/answer.ts";
import { business } from "../support/failure.ts";
import { openSession, type Session } from "../support/session.ts";

const statusOf = (session: Session, id: number): string => (session.sandbox.campaign(id) as Data).status;

/** 2101 runs in the seed; 2102 and 2104 are started as in the Woodpecker app. */
async function threeRunning(): Promise<Session> {
  const session = await openSession();
  for (const id of [2102, 2104]) {
    const url = `${session.sandbox.origin}/rest/v2/campaigns/${id}/run`;
    const { ok } = await fetch(url, { method: "POST", headers: { "x-api-key": session.sandbox.key } });
    expect(ok).toBe(true);
  }
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

it("tries again by itself where Woodpecker stumbles", async () => {
  const session = await threeRunning();
  session.sandbox.failNext({ path: /2102\/pause/, status: 500 });
  session.sandbox.failNext({ path: /2104\/pause/, drop: true });
  const { data } = await session.call("pause_all_campaigns");
  expect(data).toMatchObject({ outcome: "done" });
  expect([2101, 2102, 2104].map((id) => statusOf(session, id))).toEqual(["PAUSED", "PAUSED", "PAUSED"]);
});
