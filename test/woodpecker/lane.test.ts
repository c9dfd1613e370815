/** The lane: one request at a time, stops first, and as long as a busy Woodpecker asks for. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ApiFailure } from "../../src/woodpecker/failure.ts";
import { createLane, type Lane, type LaneOptions } from "../../src/woodpecker/lane.ts";

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve: (() => void) | undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve: () => resolve?.() };
}

/** A job that is under way until it is let go. */
function held(): { job: () => Promise<string>; release: () => void; started: () => boolean } {
  let started = false;
  const { promise: gate, resolve: release } = withResolvers();
  const job = async () => {
    started = true;
    await gate;
    return "done";
  };
  return { job, release, started: () => started };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

/** Runs jobs that write their name down, behind one that is held. */
async function orderOf(jobs: [name: string, options?: LaneOptions][]): Promise<string[]> {
  const lane = createLane();
  const first = held();
  const order: string[] = [];
  const running = [lane.run(first.job)];
  for (const [name, options] of jobs) {
    const job = async () => {
      order.push(name);
      return name;
    };
    running.push(lane.run(job, options));
  }
  first.release();
  await Promise.all(running);
  return order;
}

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => (error instanceof ApiFailure ? error.facts : error),
  );

describe("the lane", () => {
  it("lets one job run at a time, and the next when it is done", async () => {
    const lane = createLane();
    const [one, two] = [held(), held()];
    const running = [lane.run(one.job), lane.run(two.job)];
    await settle();
    expect([one.started(), two.started()]).toEqual([true, false]);
    one.release();
    await running[0];
    await settle();
    expect(two.started()).toBe(true);
    two.release();
    expect(await Promise.all(running)).toEqual(["done", "done"]);
  });

  it("keeps the order of those who came", async () => {
    expect(await orderOf([["a"], ["b"], ["c"]])).toEqual(["a", "b", "c"]);
  });

  it("lets what stops sending go first, in its own order", async () => {
    const urgent = { urgent: true };
    const jobs: [string, LaneOptions?][] = [["a"], ["pause 1", urgent], ["b"], ["pause 2", urgent]];
    expect(await orderOf(jobs)).toEqual(["pause 1", "pause 2", "a", "b"]);
  });

  it("goes on after a job that failed", async () => {
    const lane = createLane();
    const broken = lane.run(() => Promise.reject(new Error("broken")));
    const next = lane.run(async () => "next");
    await expect(broken).rejects.toThrow("broken");
    expect(await next).toBe("next");
  });

  it("goes on after a job that threw at once", async () => {
    const lane = createLane();
    const broken = lane.run(() => {
      throw new Error("at once");
    });
    await expect(broken).rejects.toThrow("at once");
    expect(await lane.run(async () => "next")).toBe("next");
  });

  it("forgets a job that is cancelled while it waits, and never starts it", async () => {
    const lane = createLane();
    const [first, waiting] = [held(), held()];
    const abort = new AbortController();
    const running = lane.run(first.job);
    const failure = failureOf(lane.run(waiting.job, { signal: abort.signal }));
    abort.abort();
    expect(await failure).toMatchObject({ outcome: "not_sent", code: "CANCELLED" });
    first.release();
    await running;
    await settle();
    expect(waiting.started()).toBe(false);
    expect(await lane.run(async () => "next")).toBe("next");
  });

  it("does not start a job that was cancelled before it came", async () => {
    const job = held();
    const failure = await failureOf(createLane().run(job.job, { signal: AbortSignal.abort() }));
    expect(failure).toMatchObject({ outcome: "not_sent", code: "CANCELLED" });
    expect(job.started()).toBe(false);
  });

  it("leaves a job that is under way alone when it is cancelled", async () => {
    const lane = createLane();
    const job = held();
    const abort = new AbortController();
    const running = lane.run(job.job, { signal: abort.signal });
    abort.abort();
    job.release();
    expect(await running).toBe("done");
  });

  it("refuses the 21st that would wait, but never what stops sending", async () => {
    const lane = createLane();
    const first = held();
    const running: Promise<unknown>[] = [lane.run(first.job)];
    for (let count = 0; count < 20; count++) running.push(lane.run(async () => count));
    expect(await failureOf(lane.run(async () => "late"))).toMatchObject({
      outcome: "not_sent",
      code: "BUSY",
    });
    running.push(lane.run(async () => "pause", { urgent: true }));
    first.release();
    expect(await Promise.all(running)).toHaveLength(22);
  });

  it("gives up on a job that waited too long, and never starts it", async () => {
    const lane = createLane(1);
    const [first, waiting] = [held(), held()];
    const running = lane.run(first.job);
    expect(await failureOf(lane.run(waiting.job))).toMatchObject({ outcome: "not_sent", code: "BUSY" });
    first.release();
    await running;
    await settle();
    expect(waiting.started()).toBe(false);
  });

  it("never has more than one job in flight, and ends every job exactly once", async () => {
    const plan = fc.array(
      fc.record({
        urgent: fc.boolean(),
        fails: fc.boolean(),
        ticks: fc.nat(3),
        abort: fc.constantFrom("never", "before", "while waiting"),
      }),
      { minLength: 1, maxLength: 18 },
    );
    const property = fc.asyncProperty(plan, async (jobs) => {
      const lane: Lane = createLane();
      let [inFlight, most] = [0, 0];
      const ran = new Map<number, number>();
      const ends = jobs.map(({ urgent, fails, ticks, abort }, index) => {
        const controller = new AbortController();
        if (abort === "before") controller.abort();
        const job = async () => {
          inFlight += 1;
          most = Math.max(most, inFlight);
          ran.set(index, (ran.get(index) ?? 0) + 1);
          for (let tick = 0; tick < ticks; tick++) await settle();
          inFlight -= 1;
          if (fails) throw new Error("broken");
        };
        const end = lane.run(job, { urgent, signal: controller.signal }).then(
          () => "done",
          (error: unknown) => (error instanceof ApiFailure ? error.facts.code : "broken"),
        );
        if (abort === "while waiting") setImmediate(() => controller.abort());
        return end;
      });
      const outcomes = await Promise.all(ends);
      expect(most).toBeLessThanOrEqual(1);
      for (const [index, outcome] of outcomes.entries()) {
        expect(ran.get(index) ?? 0).toBe(outcome === "CANCELLED" ? 0 : 1);
        if (jobs[index]?.abort === "before") expect(outcome).toBe("CANCELLED");
      }
      expect(await lane.run(async () => "free")).toBe("free");
    });
    await fc.assert(property, { numRuns: 60 });
  });
});
