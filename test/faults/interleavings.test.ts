/** Properties: in whatever order calls, answers and crashes come, nothing is done twice and nothing is lost. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { callOperation } from "../../src/calls/call.ts";
import type { Operation } from "../../src/calls/operation.ts";
import { inProcess } from "../../src/memory/index.ts";
import { createJournal } from "../../src/memory/journal.ts";
import { operations } from "../../src/operations/index.ts";
import { ApiFailure } from "../../src/woodpecker/failure.ts";
import { createLane } from "../../src/woodpecker/lane.ts";
import type { Answer } from "../support/answer.ts";
import { draft } from "../support/draft.ts";
import { endOf, type FaultySession, openForTest } from "./fault.ts";
import { receiving } from "./lines.ts";

const nothing = /nothing was (changed|sent)/i;
const operationOf = (name: string) => operations.find((one) => one.name === name) as Operation;

describe("interleavings", () => {
  const command = fc.record({
    tool: fc.constantFrom(
      "run_campaign",
      "pause_campaign",
      "stop_campaign",
      "make_campaign_editable",
      "update_campaign",
    ),
    campaign_id: fc.constantFrom(2102, 2104),
    fault: fc.constantFrom(
      undefined,
      "after_request",
      "after_commit",
      "mid_headers",
      "500",
      "500 after commit",
    ),
  });

  it("P9 the status that is reported is that of the store, or the outcome is unclear", async ({
    onTestFinished,
  }) => {
    const open = openForTest(endOf(onTestFinished));
    const property = fc.asyncProperty(
      fc.array(command, { minLength: 3, maxLength: 10 }),
      async (commands) => {
        const session = await open();
        for (const { tool, campaign_id, fault } of commands) {
          prepare(session, fault);
          const before = session.upstream.commits().length;
          const args = tool === "update_campaign" ? { campaign_id, name: `Name ${before}` } : { campaign_id };
          const answer = await session.agree(tool, args);
          const stored = session.upstream.sandbox.campaign(campaign_id) as { status: string };
          const done = session.upstream.commits().length - before;
          expectTrue(answer, stored.status, done);
          const halts = tool !== "run_campaign" && tool !== "update_campaign";
          expect(done).toBeLessThanOrEqual(halts ? 3 : 1);
        }
        await session.close();
      },
    );
    await fc.assert(property, { numRuns: 15, seed: 9 });
  });

  function prepare({ upstream }: FaultySession, fault: string | undefined): void {
    const write = { path: /^(?!GET)/, times: 1 };
    if (fault === "500") upstream.fault({ ...write, at: "after_request", answer: { status: 500 } });
    else if (fault === "500 after commit")
      upstream.fault({ ...write, at: "after_commit", answer: { status: 500 } });
    else if (fault) upstream.fault({ ...write, at: fault as "mid_headers" });
  }

  function expectTrue({ failed, data, text }: Answer, status: string, done: number): void {
    if (!failed) expect(data.status).toBe(status);
    else if (nothing.test(text)) expect(done).toBe(0);
    else expect(text).toMatch(/may or may not|most likely/);
  }
});

describe("the lane", () => {
  const job = fc.record({ urgent: fc.boolean(), ms: fc.integer({ min: 0, max: 3 }), gone: fc.boolean() });

  it("P11 never two at once, nobody starves, urgent ones first, each kind in its order", async () => {
    const property = fc.asyncProperty(fc.array(job, { maxLength: 20 }), async (jobs) => {
      const lane = createLane();
      let now = 0;
      const ran: number[] = [];
      const release = hold(lane);
      const all = jobs.map(({ urgent, ms, gone }, index) => {
        const controller = new AbortController();
        const run = lane.run(
          async () => {
            now += 1;
            expect(now).toBe(1);
            await new Promise((resolve) => setTimeout(resolve, ms));
            ran.push(index);
            now -= 1;
          },
          { urgent, signal: controller.signal },
        );
        if (gone) controller.abort();
        return run.catch((error: unknown) => expect(error).toBeInstanceOf(ApiFailure));
      });
      release();
      await Promise.all(all);
      const order = (urgent: boolean) =>
        jobs.flatMap((one, index) => (one.urgent === urgent && !one.gone ? [index] : []));
      expect(ran).toEqual([...order(true), ...order(false)]);
    });
    await fc.assert(property, { numRuns: 30, seed: 11 });
  });

  it("P11 a pause never gives up its place, however long the request before it takes", async () => {
    const lane = createLane(50);
    const release = hold(lane);
    const paused = lane.run(async () => "paused", { urgent: true });
    const read = lane.run(async () => "read").catch((error: ApiFailure) => error.facts.code);
    expect(await read).toBe("BUSY");
    setTimeout(release, 100);
    expect(await paused.catch((error: ApiFailure) => error.facts.code)).toBe("paused");
  });

  it("P11 another account does not wait", async ({ onTestFinished }) => {
    const open = openForTest(endOf(onTestFinished));
    const [slow, quick] = [await open(), await open()];
    slow.upstream.fault({ at: "after_request", end: "silence" });
    const waiting = slow.call("list_mailboxes", receiving);
    await quick.call("list_mailboxes", receiving);
    expect(quick.upstream.requests()).toHaveLength(1);
    expect(await Promise.race([waiting, "still waiting"])).toBe("still waiting");
    await waiting;
  });

  /** Takes the lane until it is told to let go. */
  function hold(lane: ReturnType<typeof createLane>): () => void {
    const releases: (() => void)[] = [];
    const held = new Promise<void>((resolve) => releases.push(resolve));
    lane.run(() => held).catch(() => undefined);
    return () => releases[0]?.();
  }
});

describe("identical calls", () => {
  it("P12 as many writes as there are different calls, however often each is made", async ({
    onTestFinished,
  }) => {
    const open = openForTest(endOf(onTestFinished));
    const calls = fc.array(fc.constantFrom("One", "Two", "Three"), { minLength: 1, maxLength: 9 });
    const property = fc.asyncProperty(calls, async (names) => {
      const session = await open({ sandbox: { seed: "empty" } });
      const answers = await Promise.all(
        names.map((name) => session.call("create_campaign", { ...draft, name })),
      );
      const different = new Set(names).size;
      expect(session.upstream.commits()).toHaveLength(different);
      expect(answers.filter(({ data }) => data.outcome === "done")).toHaveLength(different);
      expect(answers.filter(({ data }) => data.outcome === "coalesced")).toHaveLength(
        names.length - different,
      );
      await session.close();
    });
    await fc.assert(property, { numRuns: 12, seed: 12 });
  });

  it("P12 the same call of another account is another call", async ({ onTestFinished }) => {
    const session = await openForTest(endOf(onTestFinished))();
    const shared = { ...inProcess(), client: session.api, journal: createJournal() };
    const create = operationOf("create_campaign");
    const asked = ["one", "two", "one"].map((tenant) => callOperation(create, draft, { ...shared, tenant }));
    const ends = (await Promise.all(asked)).map(({ structuredContent }) => structuredContent?.outcome);
    expect(ends).toEqual(["done", "done", "coalesced"]);
    expect(session.upstream.commits()).toHaveLength(2);
  });
});
