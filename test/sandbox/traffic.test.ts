/** The sandbox under many requests: one at a time, and busy. */
import { describe, expect, it } from "vitest";
import { startSandbox } from "../../src/sandbox/index.ts";
import { call, draft, start } from "./helpers.ts";

const AGES = 3_600_000;

describe("too many requests at once", () => {
  it.each([
    ["GET /v2/mailboxes", 429, { title: "Too Many Requests", status: 429 }],
    [
      "GET /v1/campaign_list",
      409,
      { status: { code: "E_TOO_MANY_REQUESTS", msg: "Too many requests in one time" } },
    ],
  ])("%s: one is worked on, six wait, the eighth is refused", async (line, status, body) => {
    const sandbox = await startSandbox({ serviceMs: AGES, queueMs: AGES });
    const answers = Array.from({ length: 8 }, () => call(sandbox, line));
    const refused = await Promise.race(answers);
    expect(refused.status).toBe(status);
    expect(refused.body).toMatchObject(body);
    // Closing does not wait for the seven that are still in there.
    await sandbox.close();
    const results = await Promise.allSettled(answers);
    expect(results.filter((result) => result.status === "rejected")).toHaveLength(7);
  });

  it("drops what waited too long without carrying it out", async () => {
    const sandbox = await startSandbox({ serviceMs: AGES, queueMs: 5 });
    const answers = [
      call(sandbox, "POST /v2/campaigns/2101/pause"),
      call(sandbox, "POST /v2/campaigns/2101/pause"),
    ];
    expect((await Promise.race(answers)).status).toBe(429);
    // The one that is still worked on has had its effect already.
    expect(sandbox.writes()).toHaveLength(1);
    expect(sandbox.campaign(2101)).toMatchObject({ status: "PAUSED" });
    await sandbox.close();
    await Promise.allSettled(answers);
  });

  it("serves seven one after the other", async () => {
    const sandbox = await start({ serviceMs: 1 });
    const answers = await Promise.all(Array.from({ length: 7 }, () => call(sandbox, "GET /v2/mailboxes")));
    expect(answers.map((answer) => answer.status)).toEqual(Array(7).fill(200));
  });

  it("counts the clients of an agency apart", async () => {
    const sandbox = await start({ serviceMs: 1 });
    const answers = await Promise.all(
      Array.from({ length: 14 }, (_, index) =>
        call(sandbox, "GET /v2/mailboxes", undefined, { "x-company-id": String(index % 2) }),
      ),
    );
    expect(answers.every((answer) => answer.status === 200)).toBe(true);
  });
});

describe("what arrived", () => {
  it("is kept in order, and writes are those that were carried out", async () => {
    const sandbox = await start();
    await call(sandbox, "GET /v1/campaign_list?status=DRAFT");
    await call(sandbox, "POST /v2/campaigns", draft(), { "x-company-id": "7" });
    await call(sandbox, "POST /v2/campaigns", "{");
    await call(sandbox, "POST /v2/campaigns/2102/run");
    expect(sandbox.requests.map(({ method, path, query, status }) => [method, path, query, status])).toEqual([
      ["GET", "/rest/v1/campaign_list", "status=DRAFT", 200],
      ["POST", "/rest/v2/campaigns", "", 201],
      ["POST", "/rest/v2/campaigns", "", 400],
      ["POST", "/rest/v2/campaigns/2102/run", "", 200],
    ]);
    expect(sandbox.requests[1]).toMatchObject({ body: draft(), headers: { "x-company-id": "7" } });
    expect(sandbox.requests.map((request) => request.body).slice(2)).toEqual(["{", undefined]);
    expect(sandbox.writes()).toEqual([sandbox.requests[1], sandbox.requests[3]]);
  });
});

describe("prepared failures", () => {
  it("meet the next matching requests, which have no effect", async () => {
    const sandbox = await start();
    sandbox.failNext({
      method: "post",
      path: /\/pause$/g,
      times: 2,
      status: 503,
      body: "<h1>busy</h1>",
      headers: { "retry-after": "2" },
    });
    expect((await call(sandbox, "GET /v2/campaigns/2101")).status).toBe(200);
    for (let time = 0; time < 2; time++) {
      const answer = await call(sandbox, "POST /v2/campaigns/2101/pause");
      expect([answer.status, answer.text, answer.headers.get("retry-after")]).toEqual([
        503,
        "<h1>busy</h1>",
        "2",
      ]);
    }
    expect(sandbox.campaign(2101)).toMatchObject({ status: "RUNNING" });
    expect(sandbox.writes()).toEqual([]);
    expect((await call(sandbox, "POST /v2/campaigns/2101/pause")).status).toBe(200);
  });

  it("do not count as writes even where they look like success", async () => {
    const sandbox = await start();
    sandbox.failNext({ status: 200, body: { odd: true } });
    expect((await call(sandbox, "DELETE /v2/campaigns/2104")).body).toEqual({ odd: true });
    expect(sandbox.campaign(2104)).toBeDefined();
    expect(sandbox.writes()).toEqual([]);
  });

  it("after the commit have their effect and replace only the answer", async () => {
    const sandbox = await start();
    sandbox.failNext({ after: "commit", status: 502, body: "bad gateway" });
    const answer = await call(sandbox, "POST /v2/campaigns/2101/pause");
    expect([answer.status, answer.text]).toEqual([502, "bad gateway"]);
    expect(sandbox.campaign(2101)).toMatchObject({ status: "PAUSED" });
    expect(sandbox.writes()).toEqual([expect.objectContaining({ status: 502 })]);
    expect((await call(sandbox, "POST /v2/campaigns/2101/run")).status).toBe(200);
  });

  it("after the commit do not make a write of what was refused", async () => {
    const sandbox = await start();
    sandbox.failNext({ after: "commit" });
    expect((await call(sandbox, "POST /v2/campaigns/99/pause")).status).toBe(500);
    expect(sandbox.writes()).toEqual([]);
  });

  it.each([
    [undefined, "RUNNING", 0],
    ["commit" as const, "PAUSED", 1],
  ])("can drop the answer, after %s", async (after, status, writes) => {
    const sandbox = await start();
    sandbox.failNext({ drop: true, ...(after && { after }) });
    await expect(call(sandbox, "POST /v2/campaigns/2101/pause")).rejects.toThrow();
    expect(sandbox.campaign(2101)).toMatchObject({ status });
    expect(sandbox.writes()).toHaveLength(writes);
    expect(sandbox.requests.map((request) => request.status)).toEqual([0]);
    expect((await call(sandbox, "GET /v2/mailboxes")).status).toBe(200);
  });

  it.each([
    ["GET /v1/campaign_list", 401, { status: { code: "E_SESSION" } }],
    ["GET /v1/campaign_list", 409, { status: { code: "E_TOO_MANY_REQUESTS" } }],
    ["GET /v1/campaign_list", 500, { status: { code: "E_UNNOWN", msg: "Unknown error." } }],
    ["GET /v2/mailboxes", 401, { title: "Unauthorized" }],
    ["GET /v2/mailboxes", 429, { title: "Too Many Requests" }],
    ["GET /v2/mailboxes", 502, undefined],
  ])("%s %i has the documented body when none is given", async (line, status, body) => {
    const sandbox = await start();
    sandbox.failNext({ status });
    const answer = await call(sandbox, line);
    expect(answer.status).toBe(status);
    if (body) expect(answer.body).toMatchObject(body);
    else expect(answer.text).toBe("");
  });
});

describe("close", () => {
  it("ends with a keep-alive socket open, and more than once", async () => {
    const sandbox = await startSandbox();
    await call(sandbox, "GET /v2/mailboxes");
    await sandbox.close();
    await sandbox.close();
    await expect(call(sandbox, "GET /v2/mailboxes")).rejects.toThrow();
  });

  it("a port in use rejects the start", async () => {
    const sandbox = await start();
    await expect(startSandbox({ port: Number(new URL(sandbox.origin).port) })).rejects.toThrow("EADDRINUSE");
  });
});
