/** What two replicas share through a real Redis: one lane, one run of a call, one use of a token; and nothing between accounts. */
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Memory } from "../../../src/memory/index.ts";
import { createJournal } from "../../../src/memory/journal.ts";
import { openRedis, type SharedMemory } from "../../../src/memory/redis/index.ts";
import type { CallResult } from "../../../src/values/call-result.ts";
import { waitFor } from "../../support/patience.ts";
import { type Daemon, installed, startRedis } from "../../support/servers.ts";

const result = (text: string): CallResult => ({
  content: [{ type: "text", text }],
  structuredContent: { outcome: "done" },
});

describe.skipIf(!installed("redis-server"))("two replicas", () => {
  let redis: Daemon;
  let direct: Redis;
  let memories: SharedMemory[];
  let tenants = 0;
  /** The same new account, as each of the two sees it. */
  let both: [Memory, Memory];
  const connected = () => {
    tenants += 1;
    return memories.map((memory) => memory.memoryOf(`tenant-${tenants}`)) as [Memory, Memory];
  };

  beforeAll(async () => {
    redis = await startRedis();
    const url = `redis://127.0.0.1:${redis.port}`;
    direct = new Redis(url);
    memories = [openRedis(url, () => undefined), openRedis(url, () => undefined)];
  });
  beforeEach(() => {
    both = connected();
  });
  afterAll(async () => {
    await Promise.all(memories.map((memory) => memory.close()));
    direct.disconnect();
    await redis.kill();
  });

  it("count a halt that Redis did not take in the process that it reached, and say so", async () => {
    const [one, other] = both;
    const marks = async () => [await one.halts.mark(["2101"]), await other.halts.mark(["2101"])];
    const before = await marks();
    const may = (what: string) => direct.call("ACL", "SETUSER", "default", what);
    await may("-incr");
    const told = await one.halts.halt("2101").finally(() => may("+incr"));
    const after = await waitFor(marks);
    expect([told, after[0] === before[0], after[1] === before[1]]).toEqual([false, false, true]);
  });

  it("never have two jobs in the lane, and each job has its turn", async () => {
    const job = fc.record({ replica: fc.nat(1), urgent: fc.boolean(), ms: fc.nat(4) });
    const property = fc.asyncProperty(fc.array(job, { minLength: 2, maxLength: 10 }), async (jobs) => {
      const pair = connected();
      let [now, most, done] = [0, 0, 0];
      const run = ({ replica, urgent, ms }: (typeof jobs)[number]) =>
        (pair[replica] as Memory).lane.run(
          async () => {
            now += 1;
            most = Math.max(most, now);
            await sleep(ms);
            now -= 1;
            done += 1;
          },
          { urgent },
        );
      await Promise.all(jobs.map(run));
      expect([most, done]).toEqual([1, jobs.length]);
    });
    await fc.assert(property, { numRuns: 20 });
  });

  it("keep the turn for eight requests in a row, and then give the other its chance", async () => {
    const [one, two] = connected();
    const turns = async () =>
      Number(/cmdstat_set:calls=(\d+)/.exec(await direct.info("commandstats"))?.[1] ?? 0);
    const before = await turns();
    await Promise.all(Array.from({ length: 16 }, () => one.lane.run(() => sleep(1))));
    expect((await turns()) - before).toBe(2);

    const order: string[] = [];
    const job = (name: string) => async () => {
      await sleep(1);
      order.push(name);
    };
    const many = Array.from({ length: 20 }, () => one.lane.run(job("one")));
    await Promise.all([...many, two.lane.run(job("two"))]);
    expect(order.indexOf("two")).toBeLessThan(20);
  });

  it("let what stops sending go first, on whichever it arrives", async () => {
    const [one, two] = both;
    const order: string[] = [];
    let end: () => void = () => undefined;
    const held = one.lane.run(() => new Promise<void>((resolve) => (end = resolve)));
    await sleep(20);
    const waiting = [one, two, one].map(({ lane }, at) =>
      lane.run(async () => void order.push(`read ${at}`)),
    );
    await sleep(20);
    const pause = two.lane.run(async () => void order.push("pause"), { urgent: true });
    await waitFor(async () => expect(await direct.keys(`*tenant-${tenants}:urgent`)).toHaveLength(1));
    // Whoever looked before that has tried and failed by now.
    await sleep(100);
    end();
    await Promise.all([held, ...waiting, pause]);
    expect(order[0]).toBe("pause");
  });

  it("run a call once, however many ask for it at the same time and where", async () => {
    const property = fc.asyncProperty(fc.array(fc.nat(1), { minLength: 2, maxLength: 8 }), async (asked) => {
      const pair = connected();
      let made = 0;
      const make = async () => {
        made += 1;
        await sleep(30);
        return result("made");
      };
      const ends = await Promise.all(
        asked.map((replica) => (pair[replica] as Memory).repeats.together("key", make)),
      );
      expect(made).toBe(1);
      expect(ends.filter(({ shared }) => !shared)).toHaveLength(1);
      for (const { result: ended } of ends) expect(ended).toEqual(result("made"));
    });
    await fc.assert(property, { numRuns: 10 });
  });

  it("know what was done, what was begun and never ended, and what may be made again", async () => {
    const [one, two] = both;
    expect(await two.repeats.earlier("key")).toBeUndefined();
    await one.repeats.begun("key", result("begun"));
    expect(await two.repeats.earlier("key")).toMatchObject({ result: result("begun"), unclear: true });
    await one.repeats.keep("key", result("done"), false);
    expect(await two.repeats.earlier("key")).toMatchObject({ result: result("done"), unclear: false });
    await two.repeats.begun("other", result("begun"));
    await two.repeats.drop("other");
    expect(await one.repeats.earlier("other")).toBeUndefined();
    await two.repeats.keep("lost", result("lost"), true);
    await one.repeats.forget();
    expect(await two.repeats.earlier("key")).toBeUndefined();
    expect(await one.repeats.earlier("lost")).toMatchObject({ unclear: true });
  });

  it("take a token up once, and sign with the same secret", async () => {
    const [one, two] = both;
    expect(await one.confirmations.secret()).toEqual(await two.confirmations.secret());
    const soon = Date.now() + 60_000;
    const taken = await Promise.all(
      [one, two, one, two].map(({ confirmations }) => confirmations.takeUp("token", soon, Date.now())),
    );
    expect(taken.filter(Boolean)).toHaveLength(1);
  });

  it("have no less to share than a process has by itself, and nothing with another account", async () => {
    const [one] = both;
    const [other] = connected();
    const apart: Record<keyof Memory, () => Promise<unknown>> = {
      async lane() {
        const held = one.lane.run(() => sleep(100, "held"));
        expect(await other.lane.run(async () => "at once")).toBe("at once");
        expect(await held).toBe("held");
      },
      async writeLock() {
        const held = one.writeLock.hold(() => sleep(100, "held"));
        expect(await other.writeLock.hold(async () => "at once")).toBe("at once");
        expect(await held).toBe("held");
      },
      async halts() {
        const [mine, theirs] = [await one.halts.mark(["2101"]), await other.halts.mark(["2101"])];
        await one.halts.halt("2101");
        expect(await one.halts.mark(["2101"])).not.toBe(mine);
        expect(await other.halts.mark(["2101"])).toBe(theirs);
      },
      async repeats() {
        await one.repeats.keep("key", result("done"), false);
        expect(await other.repeats.earlier("key")).toBeUndefined();
        const first = one.repeats.together("same", () => sleep(50, result("first")));
        expect(await other.repeats.together("same", async () => result("second"))).toEqual({
          result: result("second"),
          shared: false,
        });
        await first;
      },
      async confirmations() {
        expect(await one.confirmations.secret()).not.toEqual(await other.confirmations.secret());
        const soon = Date.now() + 60_000;
        expect(await one.confirmations.takeUp("token", soon, Date.now())).toBe(true);
        expect(await other.confirmations.takeUp("token", soon, Date.now())).toBe(true);
      },
      async imports() {
        const part = { at: Date.now(), created: [7], enrolled: [] };
        await one.imports.add("change", part);
        await one.imports.add("change", { ...part, created: [8] });
        expect((await both[1].imports.find("change"))?.created).toEqual([7, 8]);
        expect(await other.imports.find("change")).toBeUndefined();
      },
      async changes() {
        const edits = [{ what: "name", field: "name", before: "Old", after: "New" }];
        expect(await one.changes.keep("change", { edits })).toBe(true);
        expect((await both[1].changes.find(["change"])).get("change")).toEqual({ edits });
        expect(await other.changes.find(["change"])).toEqual(new Map());
      },
      async book() {
        await one.book?.append({ kind: "intent" });
        expect(await one.book?.entries()).toHaveLength(1);
        expect(await other.book?.entries()).toEqual([]);
      },
    };
    expect(Object.keys(apart).sort()).toEqual(Object.keys(one).sort());
    for (const check of Object.values(apart)) await check();
  });

  it("go on when Redis forgets everything in the middle of a job", async () => {
    const [one, two] = both;
    const job = one.lane.run(() => sleep(2_500, "ended"));
    await sleep(20);
    await direct.flushall();
    expect(await two.lane.run(async () => "next")).toBe("next");
    // It has tried to renew what is no longer there.
    expect(await job).toBe("ended");
    expect(await one.lane.run(async () => "again")).toBe("again");
  });

  it("keep no address in the journal, and nothing in the names but the account's fingerprint", async () => {
    const [one] = both;
    const journal = createJournal({ book: one.book });
    const { end } = await journal.begin({
      tool: "save_prospects",
      people: 1,
      addresses: ["ada@example.com"],
    });
    await end({ outcome: "done" });
    const names = await direct.keys("*");
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) expect(name).toMatch(/^(mutex:)?woodpecker-campaigns:tenant-\d+:[\w:-]+$/);
    const lines = await one.book?.entries();
    expect(lines).toHaveLength(2);
    expect(JSON.stringify(lines)).not.toContain("ada@");
  });
});

describe("a replica whose Redis does not answer", () => {
  const lost = openRedis("redis://127.0.0.1:1", () => undefined);
  const { lane, repeats, confirmations, book } = lost.memoryOf("tenant");
  const failed = { facts: { outcome: "not_sent", code: "SHARED_MEMORY" } };
  afterAll(lost.close);

  it("reads, and stops what sends, on its own", async () => {
    expect(await lane.run(async () => "read")).toBe("read");
    expect(await lane.run(async () => "paused", { urgent: true })).toBe("paused");
    expect(await lost.ready()).toBe(false);
  });

  it("writes nothing else, in whichever place it is noticed", async () => {
    let left = 0;
    const leave = async () => {
      left += 1;
      return result("written");
    };
    await expect(lane.run(leave, { writes: true })).rejects.toMatchObject(failed);
    await expect(repeats.together("key", leave)).rejects.toMatchObject(failed);
    await expect(repeats.earlier("key")).rejects.toMatchObject(failed);
    await expect(repeats.begun("key", result("begun"))).rejects.toMatchObject(failed);
    await expect(confirmations.secret()).rejects.toMatchObject(failed);
    await expect(confirmations.takeUp("token", Date.now() + 1_000, Date.now())).rejects.toMatchObject(failed);
    await expect(book?.append({})).rejects.toMatchObject(failed);
    await expect(createJournal({ book }).begin({ tool: "create_campaign" })).rejects.toMatchObject(failed);
    await expect(createJournal({ book }).history("run_campaign")).rejects.toMatchObject(failed);
    expect(left).toBe(0);
  });

  it("has what was done still done, when only telling the others failed", async () => {
    await repeats.keep("key", result("done"), false);
    await repeats.drop("key");
    await repeats.forget();
    const { end, notRecorded } = await createJournal({ book }).begin({ tool: "pause_campaign" }, true);
    await end({ outcome: "done" });
    expect(notRecorded()).toMatch(
      /^What the replicas share could not be written, so the others do not know of this call\.$/,
    );
  });
});
