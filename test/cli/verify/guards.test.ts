/** `verify --with-draft` at an account that answers as none should: never a write to what it did not make, and nothing left unsaid. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fault } from "../../support/upstream.ts";
import { account, run, watching, yes } from "./support.ts";

const one = / \/rest\/v2\/campaigns\/\d+$/;
const create = / \/rest\/v2\/campaigns$/;
const list = /campaign_list/;

const odd: [string, Fault[], RegExp][] = [
  [
    "shows it as RUNNING",
    [
      {
        at: "after_commit",
        method: "GET",
        path: one,
        times: 99,
        answer: { body: { id: 2201, name: "x", status: "RUNNING" } },
      },
    ],
    /LEFT OVER.*another campaign/,
  ],
  [
    "makes it with the id of another campaign",
    [
      {
        at: "after_commit",
        method: "POST",
        path: create,
        answer: { status: 201, body: { id: 2101, status: "DRAFT" } },
      },
    ],
    /has the id of another campaign/,
  ],
  [
    "makes it without an id",
    [{ at: "after_commit", method: "POST", path: create, answer: { body: {} } }],
    /has no id/,
  ],
  [
    "makes it with an id that nobody knows",
    [
      {
        at: "after_commit",
        method: "POST",
        path: create,
        answer: { status: 201, body: { id: 987654, status: "DRAFT" } },
      },
    ],
    /not to be found/,
  ],
  [
    "cannot be asked for its list",
    [{ at: "after_commit", method: "GET", path: list, times: 99, answer: { body: { a: 1 } } }],
    /cannot be read/,
  ],
  [
    "has rows without ids",
    [{ at: "after_commit", method: "GET", path: list, times: 99, answer: { body: [{ name: "x" }] } }],
    /cannot be read/,
  ],
  [
    "loses the answer to the draft",
    [{ at: "after_commit", method: "POST", path: create }],
    /was not made: no answer/,
  ],
  [
    "loses it and then shows no list",
    [
      { at: "after_commit", method: "POST", path: create },
      {
        at: "after_commit",
        method: "GET",
        path: list,
        skip: 4,
        times: 99,
        answer: { status: 200, body: {} },
      },
    ],
    /LEFT OVER.*perhaps a draft "Draft of verify/,
  ],
  [
    "refuses to delete",
    [{ at: "after_request", method: "DELETE", path: one, times: 99, answer: { status: 403 } }],
    /LEFT OVER.*still there/,
  ],
];

describe("an account that", () => {
  it.each(odd)("%s", async (_name, faults, says) => {
    const upstream = await account();
    const look = await watching(upstream);
    for (const fault of faults) upstream.fault(fault);
    const done = await run(upstream);
    expect(done.text).toMatch(says);
    const left = await look(done);
    expect(done.code === 0 && left.length > 0).toBe(false);
  });
});

const answers: Fault["answer"][] = [
  { status: 404, body: {} },
  { status: 400, body: "no" },
  { status: 200, body: {} },
  { status: 200, body: [] },
  { status: 200, body: { id: 2101, name: "Warehouse leads, DACH", status: "RUNNING" } },
  { status: 409, body: { title: "x" } },
];

describe("whatever goes wrong, and whenever", () => {
  it("touches nothing of others and says what is left", async () => {
    const anAnswer = fc.constantFrom(...answers);
    const moment = fc.constantFrom("after_request" as const, "after_commit" as const);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(150),
        fc.constantFrom(1, 1, 99),
        moment,
        anAnswer,
        async (skip, times, at, answer) => {
          const upstream = await account();
          const look = await watching(upstream);
          upstream.fault({ at, skip, times, answer: answer as NonNullable<Fault["answer"]> });
          await look(await run(upstream));
          await upstream.close();
        },
      ),
      { numRuns: 5, seed: 7 },
    );
  });

  it("deletes what it made when it is stopped, after any request", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 150 }), async (requests) => {
        const upstream = await account();
        const look = await watching(upstream);
        const stop = new AbortController();
        const timer = setInterval(() => upstream.requests().length >= requests && stop.abort(), 1);
        const done = await run(upstream, ["--with-draft"], { ...yes, stop: stop.signal });
        clearInterval(timer);
        expect([await look(done), done.left]).toEqual([[], []]);
        await upstream.close();
      }),
      { numRuns: 4, seed: 7 },
    );
  });

  it("never repeats a write whose answer is lost, and finds what came of it", async () => {
    const upstream = await account();
    const look = await watching(upstream);
    for (const skip of [2, 3]) upstream.fault({ at: "after_commit", method: "POST", skip });
    upstream.fault({ at: "after_commit", method: "DELETE", path: one });
    expect(await look(await run(upstream))).toEqual([]);
  });
});
