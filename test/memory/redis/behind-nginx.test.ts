/** Several replicas with one account behave as one; without what they share, nothing is written. */
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { draft } from "../../support/draft.ts";
import { waitFor } from "../../support/patience.ts";
import { installed, startRedis } from "../../support/servers.ts";
import { gate } from "../../support/upstream.ts";
import { type Cluster, openCluster } from "./cluster.ts";

const create = /^POST \/rest\/v2\/campaigns$/;
const created = "POST /rest/v2/campaigns";
/** A guard against hanging: three processes, nginx and Redis start on a machine that may be busy. */
const unclear = "It may or may not have been carried out.";

describe.skipIf(!installed("redis-server", "nginx"))("three replicas behind nginx", () => {
  let cluster: Cluster;
  /** What Woodpecker carried out before. */
  let before: number;
  beforeAll(async () => {
    cluster = await openCluster({}, { serviceMs: 5 });
  });
  beforeEach(() => {
    before = cluster.upstream.commits().length;
  });

  it("take turns in answering, and know what each of them did", async () => {
    const { call, replicas, upstream } = cluster;
    for (const _ of replicas) expect((await call("list_campaigns")).data.total).toBe(6);
    expect((await replicas[0].call("pause_campaign", { campaign_id: 2101 })).data.outcome).toBe("done");
    const another = { ...draft, name: "Made by another" };
    expect((await replicas[1].call("create_campaign", another)).data.outcome).toBe("done");
    const { data } = await replicas[2].call("list_recent_changes");
    expect(data.changes.slice(0, 2).map(({ tool }: { tool: string }) => tool)).toEqual([
      "create_campaign",
      "pause_campaign",
    ]);
    expect(upstream.commits().slice(before)).toHaveLength(2);
  });

  it("a confirmation is good on any of them, once", async () => {
    const { replicas, agree, upstream } = cluster;
    const [one, two, three] = replicas;
    const { data } = await one.call("run_campaign", { campaign_id: 2102 });
    const confirmed = { campaign_id: 2102, confirmation: data.confirmation };
    expect((await two.call("run_campaign", confirmed)).data).toMatchObject({
      outcome: "done",
      status: "RUNNING",
    });
    expect((await three.call("pause_campaign", { campaign_id: 2102 })).data.outcome).toBe("done");
    // The same as it was shown, but it was taken up: nobody starts again what was paused since.
    const again = await three.call("run_campaign", confirmed);
    expect(again.data.outcome).toBe("confirmation_required");
    expect((await agree(three, one, "run_campaign", { campaign_id: 2102 })).data.outcome).toBe("done");
    expect(upstream.requests(/run$/)).toHaveLength(2);
  });

  it("the same call on two of them at once is carried out once; later ones get its result", async () => {
    const { replicas, upstream } = cluster;
    const [one, two, three] = replicas;
    const { opened, open } = gate();
    const from = upstream.requests(create).length;
    upstream.fault({ at: "after_body", path: create, until: opened });
    const first = one.call("create_campaign", draft);
    await waitFor(() => expect(upstream.requests(create)).toHaveLength(from + 1));
    const second = two.call("create_campaign", draft);
    // It waits for the first by now: what came after it and asks nothing of Woodpecker was answered.
    for (let n = 0; n < 5; n += 1)
      expect((await two.call("get_campaign", { campaign_id: 0 })).failed).toBe(true);
    open();
    const ends = [(await first).data, (await second).data];
    expect(ends.map(({ outcome }) => outcome)).toEqual(["done", "coalesced"]);
    expect(ends[1].campaign_id).toBe(ends[0].campaign_id);
    const later = await three.call("create_campaign", draft);
    expect(later.data).toMatchObject({ outcome: "deduplicated", campaign_id: ends[0].campaign_id });
    expect(upstream.commits().slice(before)).toEqual([created]);
    // After a delete it may rightly be made again.
    const gone = { campaign_id: ends[0].campaign_id };
    const { data } = await one.call("delete_campaign", gone);
    await two.call("delete_campaign", { ...gone, confirmation: data.confirmation });
    expect((await three.call("create_campaign", draft)).data.outcome).toBe("done");
  });

  it("limits are counted over all of them", async () => {
    const { replicas, agree } = await openCluster({ WOODPECKER_MAX_RUNS_PER_DAY: "1" });
    const [one, two, three] = replicas;
    expect((await agree(one, two, "run_campaign", { campaign_id: 2102 })).data.outcome).toBe("done");
    await two.call("pause_campaign", { campaign_id: 2102 });
    const { failed, text } = await agree(three, three, "run_campaign", { campaign_id: 2102 });
    expect(failed).toBe(true);
    expect(text).toContain("WOODPECKER_MAX_RUNS_PER_DAY");
  });

  it("Woodpecker never gets two requests of them at once; a pause goes before what waits", async () => {
    const { replicas, upstream } = cluster;
    const from = upstream.requests().length;
    const calls = replicas.flatMap((replica) => [1, 2, 3, 4, 5].map(() => replica.call("list_mailboxes")));
    await waitFor(() => expect(upstream.requests().length).toBeGreaterThan(from + 1));
    const stop = await replicas[2].call("stop_campaign", { campaign_id: 2101 });
    const then = upstream.requests().length;
    expect(stop.data.outcome).toBe("done");
    for (const { failed } of await Promise.all(calls)) expect(failed).toBe(false);
    expect(upstream.mostAtOnce()).toBe(1);
    expect(then).toBeLessThan(upstream.requests().length);
  });

  it("one is killed in the middle of a write: it is carried out once, and the next call says so", async () => {
    const { call, post, replicas, upstream } = await openCluster();
    upstream.fault({ at: "after_commit", path: create, end: "silence" });
    // The first request that nginx gets goes to the first of them.
    const lost = post("create_campaign", draft);
    await waitFor(() => expect(upstream.commits()).toEqual([created]));
    replicas[0].program.child.kill("SIGKILL");
    expect((await lost).status).toBe(502);
    const again = await call("create_campaign", draft);
    expect([again.failed, again.text.includes(unclear)]).toEqual([true, true]);
    expect(again.text).toContain("list_campaigns shows whether it exists");
    expect(upstream.commits()).toEqual([created]);
    // Whoever wants a second one is asked; as long as nobody says yes, the first stays in doubt.
    const wanted = await call("create_campaign", { ...draft, allow_duplicate: true });
    expect(wanted.data.outcome).toBe("confirmation_required");
    expect((await call("create_campaign", draft)).text).toContain(unclear);
    expect(upstream.commits()).toEqual([created]);
    // Whoever looks finds it.
    const found = await call("list_campaigns", { name_contains: draft.name });
    expect(found.data.campaigns).toHaveLength(1);
  });
});

describe.skipIf(!installed("redis-server", "nginx"))("without Redis", () => {
  it("that hangs, or is gone, reading and stopping go on, and every other write is refused; with it all is as before", async () => {
    const { replicas, redis, upstream } = await openCluster();
    const [one, two] = replicas;
    await one.call("list_campaigns");
    redis.signal("SIGSTOP");
    expect((await one.call("list_campaigns")).data.total).toBe(6);
    expect((await one.call("create_campaign", draft)).text).toContain("Redis");
    expect((await one.call("pause_campaign", { campaign_id: 2106 })).data.outcome).toBe("done");
    redis.signal("SIGCONT");

    const readyOf = async (url: string) => (await fetch(new URL("/readyz", url))).status;
    await waitFor(async () => expect(await readyOf(one.url)).toBe(200));
    await redis.kill();
    expect(await readyOf(one.url)).toBe(503);
    expect((await one.call("list_campaigns")).data.total).toBe(6);
    expect((await two.call("list_recent_changes")).failed).toBe(false);
    const refused = await one.call("create_campaign", draft);
    expect(refused.failed).toBe(true);
    expect(refused.text).toContain("Redis");
    expect(refused.text).toContain("Nothing was sent and nothing was changed.");
    expect((await one.call("run_campaign", { campaign_id: 2102 })).text).toContain("Nothing was sent");
    expect((await one.call("pause_campaign", { campaign_id: 2101 })).data.outcome).toBe("done");
    expect((await two.call("stop_campaign", { campaign_id: 2101 })).data.outcome).toBe("done");
    expect(upstream.commits()).toEqual([
      "POST /rest/v2/campaigns/2106/pause",
      "POST /rest/v2/campaigns/2101/pause",
      "POST /rest/v2/campaigns/2101/stop",
    ]);

    const back = await startRedis(redis.port);
    try {
      await waitFor(async () => expect(await readyOf(one.url)).toBe(200));
      await waitFor(async () => expect(await readyOf(two.url)).toBe(200));
      expect((await one.call("create_campaign", draft)).data.outcome).toBe("done");
      expect((await two.call("create_campaign", draft)).data.outcome).toBe("deduplicated");
    } finally {
      await back.kill();
    }
  });
});
