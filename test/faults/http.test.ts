/** docs/faults.md, B: Woodpecker is busy, refuses, or fails. */
import { describe, expect } from "vitest";
import { draft } from "../support/draft.ts";
import { business, v1Error } from "../support/failure.ts";
import { waitFor } from "../support/patience.ts";
import { gate } from "../support/upstream.ts";
import { fault } from "./fault.ts";
import { create, created, list, nothing, receiving, run, tally, unclear } from "./lines.ts";

const page = "<!doctype html><html><body><h1>Sign in</h1></body></html>";

describe("a busy Woodpecker", () => {
  fault("F031", "waits as long as it is asked to", async (open) => {
    const session = await open();
    session.upstream.fault({ at: "after_request", answer: { status: 429, headers: { "retry-after": "2" } } });
    expect(await session.call("list_mailboxes", receiving)).toMatchObject({ failed: false });
    const [first = 0, second = 0] = session.upstream.times;
    expect(second - first).toBeGreaterThanOrEqual(1_900);
  });

  fault("F032", "one request, and the seconds are said", async (open) => {
    const session = await open();
    const answer = { status: 429, headers: { "retry-after": "3600" } };
    session.upstream.fault({ at: "after_request", path: create, answer });
    const { failed, text } = await session.call("create_campaign", draft);
    expect(failed).toBe(true);
    expect(text).toContain(nothing);
    expect(tally(session, create)).toEqual([1, []]);
    expect(text).toMatch(/3,?600|60 minutes|an hour/);
  });

  for (const header of ["Wed, 21 Oct 2015 07:28:00 GMT", "soon", "-5", "1e9"]) {
    fault("F033", `${header} is as no header`, async (open) => {
      const session = await open();
      const answer = { status: 429, headers: { "retry-after": header } };
      session.upstream.fault({ at: "after_request", answer, times: 2 });
      expect(await session.call("list_mailboxes", receiving)).toMatchObject({ failed: false });
      expect(session.upstream.requests()).toHaveLength(3);
    });
  }

  const busy = v1Error("E_TOO_MANY_REQUESTS", "Too many requests in one time");
  fault("F034", "a read and a write wait and succeed", async (open) => {
    const session = await open();
    const answer = { status: 409, body: busy };
    session.upstream.fault({ at: "after_request", path: list, answer, times: 2 });
    expect(await session.call("list_campaigns")).toMatchObject({ failed: false, data: { total: 6 } });
    session.upstream.fault({ at: "after_request", path: create, answer, times: 2 });
    expect((await session.call("create_campaign", draft)).data.outcome).toBe("done");
    expect(tally(session, create)).toEqual([3, created]);
  });

  fault("F035", "a read and a write wait and succeed", async (open) => {
    const session = await open();
    const answer = { status: 200, body: busy };
    session.upstream.fault({ at: "after_request", path: list, answer });
    expect(await session.call("list_campaigns")).toMatchObject({ failed: false, data: { total: 6 } });
    session.upstream.fault({ at: "after_request", path: create, answer });
    expect((await session.call("create_campaign", draft)).data.outcome).toBe("done");
    expect(tally(session, create)).toEqual([2, created]);
  });
});

describe("a refusal", () => {
  fault("F036", "the detail is shown, one request", async (open) => {
    const session = await open();
    const body = business("code", "API_UNSUPPORTED_CAMPAIGN_FEATURES", "IF condition not supported");
    session.upstream.fault({ at: "after_request", path: run, answer: { status: 409, body } });
    const { text } = await session.agree("run_campaign", { campaign_id: 2102 });
    expect(text).toContain("IF condition not supported");
    expect(text).toContain(nothing);
    expect(tally(session, run)).toEqual([1, []]);
  });

  fault("F037", "somebody else was quicker: it is running already", async (open) => {
    const session = await open();
    // Carried out by the other one, refused to us.
    const answer = { status: 409, body: business("code", "VALIDATION_FAILURE", "Validation failure") };
    session.upstream.fault({ at: "after_commit", path: run, answer });
    const { data, failed } = await session.agree("run_campaign", { campaign_id: 2102 });
    expect(session.upstream.requests(run)).toHaveLength(1);
    expect([failed, data?.outcome, data?.status]).toEqual([false, "already", "RUNNING"]);
  });

  fault("F037", "before the call: it is running already, and no run is sent", async (open) => {
    const session = await open();
    const { data } = await session.call("run_campaign", { campaign_id: 2101 });
    expect(data.outcome).toBe("already");
    expect(session.upstream.requests(/run$/)).toEqual([]);
  });

  fault("F049", "all that wait end with the reason; a pause is still sent", async (open) => {
    const session = await open({ sandbox: { serviceMs: 50 } });
    const answer = { status: 401, body: v1Error("E_SESSION", "Api key is incorrect") };
    const { opened, open: goOn } = gate();
    session.upstream.fault({ at: "after_request", method: "GET", answer, until: opened });
    const first = session.call("list_campaigns");
    await waitFor(() => expect(session.upstream.requests()).toHaveLength(1));
    const waiting = [1, 2, 3].map(() => session.call("list_mailboxes", receiving));
    const stop = session.call("stop_campaign", { campaign_id: 2101 });
    // All of them have reached the server before the first is answered.
    await session.client.ping();
    goOn();
    for (const { failed, text } of await Promise.all([first, ...waiting])) {
      expect(failed).toBe(true);
      expect(text).toContain("WOODPECKER_API_KEY");
      expect(text).toMatch(/Nothing was (changed|sent)/);
    }
    expect((await stop).data.outcome).toBe("done");
    expect(session.upstream.requests(/mailboxes/)).toEqual([]);
    expect(session.upstream.commits()).toEqual(["POST /rest/v2/campaigns/2101/stop"]);
  });

  fault("F049", "a later call asks again: the key may have been fixed", async (open) => {
    const session = await open();
    session.upstream.fault({ at: "after_request", answer: { status: 401, body: {} } });
    expect((await session.call("list_mailboxes", receiving)).failed).toBe(true);
    expect((await session.call("list_mailboxes", receiving)).failed).toBe(false);
    expect(session.upstream.requests()).toHaveLength(2);
  });

  const people = ["a", "b", "c", "d", "e"].map((name) => ({ email: `${name}@example.com` }));
  fault("F050", "the code of each person is said, and nothing was changed", async (open) => {
    const session = await open();
    const body = {
      status: { status: "ERROR", code: "E_INV_STATUS", msg: "none added" },
      prospects: people.map(({ email }) => ({
        email,
        status: "ERROR",
        code: "E_INV_STATUS",
        msg: "bounced",
      })),
    };
    session.upstream.fault({ at: "after_request", method: "POST", answer: { status: 200, body } });
    const { failed, text } = await session.call("save_prospects", { prospects: people });
    expect(failed).toBe(true);
    for (const { email } of people) expect(text).toContain(`${email}: E_INV_STATUS "bounced"`);
    expect(text).toContain(nothing);
    expect(tally(session, /^POST/)).toEqual([1, []]);
  });

  fault("F051", "counted by result", async (open) => {
    const session = await open();
    await session.call("save_prospects", { prospects: people.slice(0, 3) });
    const { data } = await session.call("save_prospects", { prospects: people });
    expect(data).toMatchObject({ outcome: "done", added: 2, duplicates: 3, rejected: 0 });
    expect(data.rows.map(({ result }: { result: string }) => result).sort()).toEqual([
      "duplicate",
      "duplicate",
      "duplicate",
    ]);
  });
});

describe("an error of Woodpecker's own", () => {
  for (const status of [500, 502, 503, 504]) {
    fault("F038", `${status} is read back: done, one write`, async (open) => {
      const session = await open();
      session.upstream.fault({ at: "after_commit", path: create, answer: { status, body: "" } });
      const { failed, data } = await session.call("create_campaign", draft);
      expect([failed, data?.outcome, data?.verified_by]).toEqual([false, "done", "read"]);
      expect(tally(session, create)).toEqual([1, created]);
    });
  }

  fault("F039", "unclear, with what the page calls itself, and no markup", async (open) => {
    const session = await open();
    session.upstream.fault({ at: "after_request", path: run, answer: { status: 503, body: page } });
    const { text } = await session.agree("run_campaign", { campaign_id: 2102 });
    expect(text).toContain(unclear);
    expect(text).toContain('the page reads "Sign in"');
    expect(text).not.toMatch(/[<>]/);
    expect(tally(session, run)).toEqual([1, []]);
  });

  fault("F040", "an error after three attempts, and no data", async (open) => {
    const session = await open();
    const answer = { headers: { "content-type": "text/html" }, body: page };
    session.upstream.fault({ at: "after_request", answer, times: 3 });
    const { failed, text, data } = await session.call("list_campaigns");
    expect([failed, data]).toEqual([true, undefined]);
    expect(text).toContain("a web page answered in place of Woodpecker's API");
    expect(text).not.toMatch(/[<>]/);
    expect(session.upstream.requests()).toHaveLength(3);
  });
});
