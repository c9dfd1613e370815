/** The emergency brake: everything that runs stops, and what was running is named exactly. */
import { expect, it } from "vitest";
import { business } from "../support/failure.ts";
import { type Data, openWorld, type World } from "../support/world.ts";

const statusOf = (world: World, id: number): string => (world.sandbox.campaign(id) as Data).status;

/** 2101 runs in the seed; 2102 and 2104 are started as in the Woodpecker app. */
async function threeRunning(): Promise<World> {
  const world = await openWorld();
  for (const id of [2102, 2104]) {
    const url = `${world.sandbox.origin}/rest/v2/campaigns/${id}/run`;
    const { ok } = await fetch(url, { method: "POST", headers: { "x-api-key": world.sandbox.key } });
    expect(ok).toBe(true);
  }
  return world;
}

it("pauses each running campaign once, and no other", async () => {
  const world = await threeRunning();
  const before = world.traffic().length;
  const { data, text } = await world.call("pause_all_campaigns");
  expect(data).toMatchObject({
    outcome: "done",
    paused: [
      { campaign_id: 2101, name: "Warehouse leads, DACH" },
      { campaign_id: 2102, name: "Contractor payroll, Nordics" },
      { campaign_id: 2104, name: "Retail planners, spring" },
    ],
  });
  expect(world.traffic().slice(before)).toEqual([
    "GET /rest/v1/campaign_list?status=RUNNING",
    ...[2101, 2102, 2104].map((id) => `POST /rest/v2/campaigns/${id}/pause`),
  ]);
  expect([2101, 2102, 2103, 2104, 2105, 2106].map((id) => statusOf(world, id))).toEqual([
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
  const world = await threeRunning();
  await world.call("pause_all_campaigns");
  const writes = world.sandbox.writes().length;
  expect((await world.call("pause_all_campaigns")).data).toMatchObject({ outcome: "already", paused: [] });
  expect(world.sandbox.writes()).toHaveLength(writes);
});

it("goes on when one cannot be paused, says which, and fails so that it is seen", async () => {
  const world = await threeRunning();
  const body = business("code", "CAMPAIGN_NOT_EXIST", "Campaign not found");
  world.sandbox.failNext({ path: /2102\/pause/, status: 404, body });
  const { failed, text } = await world.call("pause_all_campaigns");
  expect(failed).toBe(true);
  expect(text).toContain('1 campaign may still be running: 2102 "Contractor payroll, Nordics"');
  expect(text).toContain("Paused: 2101, 2104.");
  expect(text).toContain("call pause_all_campaigns again");
  expect([2101, 2102, 2104].map((id) => statusOf(world, id))).toEqual(["PAUSED", "RUNNING", "PAUSED"]);
});

it("tries again by itself where Woodpecker stumbles", async () => {
  const world = await threeRunning();
  world.sandbox.failNext({ path: /2102\/pause/, status: 500 });
  world.sandbox.failNext({ path: /2104\/pause/, drop: true });
  const { data } = await world.call("pause_all_campaigns");
  expect(data).toMatchObject({ outcome: "done" });
  expect([2101, 2102, 2104].map((id) => statusOf(world, id))).toEqual(["PAUSED", "PAUSED", "PAUSED"]);
});
