/** docs/faults.md, A, on the way back: answers that come slowly, cut, too large, or in no form of HTTP. */
import { describe, expect } from "vitest";
import { draft } from "../support/draft.ts";
import { waitFor } from "../support/patience.ts";
import { fault } from "./fault.ts";
import { create, created, receiving, tally, unclear } from "./lines.ts";

describe("answers that come slowly, cut or too large", () => {
  fault("F016", "each attempt ends at the header time-out", async (open) => {
    const session = await open();
    session.upstream.fault({ at: "after_body", drip: 200, times: 3 });
    const { failed, text } = await session.call("list_mailboxes", receiving);
    expect(failed).toBe(true);
    expect(text).toContain("no answer in time");
    expect(session.upstream.requests()).toHaveLength(3);
  });

  fault("F017", "it ends when the time of the call is over", async (open) => {
    const session = await open({ hurry: { budgetMs: 5_500 } });
    const body = `{"id": 2102, "name": "${"x".repeat(120)}"}`;
    const head = `HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n`;
    // 140 bytes, one every 100 ms: 14 s, and never a gap that the body time-out sees.
    session.upstream.fault({ at: "after_request", first: head, raw: body, drip: 100, times: 9 });
    const calling = session.call("get_campaign", { campaign_id: 2102 });
    const late = new Promise((resolve) => setTimeout(resolve, 11_000, "too late"));
    const first = await Promise.race([calling, late]);
    expect(first).toMatchObject({ failed: true });
  });

  fault("F017", "a pause does not wait for the end of it", async (open) => {
    const session = await open({ hurry: { budgetMs: 5_500 } });
    const head = "HTTP/1.1 200 OK\r\ncontent-length: 140\r\n\r\n";
    session.upstream.fault({ at: "after_request", first: head, raw: "x".repeat(140), drip: 100 });
    const reading = session.call("list_mailboxes", receiving);
    await waitFor(() => expect(session.upstream.requests()).toHaveLength(1));
    const pausing = session.call("pause_campaign", { campaign_id: 2101 });
    const late = new Promise((resolve) => setTimeout(resolve, 11_000, "too late"));
    expect(await Promise.race([pausing, late])).toMatchObject({
      data: { outcome: "done", status: "PAUSED" },
    });
    await reading;
  });

  fault("F018", "asked again, success", async (open) => {
    const session = await open();
    session.upstream.fault({ at: "mid_body" });
    expect(await session.call("list_mailboxes", receiving)).toMatchObject({
      failed: false,
      data: { total: 4 },
    });
    expect(session.upstream.requests()).toHaveLength(2);
  });

  for (const end of ["close", "reset", "silence"] as const) {
    fault("F019", `is found by reading back (${end})`, async (open) => {
      const session = await open();
      session.upstream.fault({ at: "mid_body", path: create, end });
      const { failed, data } = await session.call("create_campaign", draft);
      expect([failed, data?.outcome, data?.verified_by]).toEqual([false, "done", "read"]);
      expect(tally(session, create)).toEqual([1, created]);
    });
  }

  fault("F020", "asked again, then an error", async (open) => {
    const session = await open();
    const raw = 'HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: application/json\r\n\r\n{"id": 21';
    session.upstream.fault({ at: "after_request", raw, times: 3 });
    const { failed, text } = await session.call("get_campaign", { campaign_id: 2102 });
    expect(failed).toBe(true);
    expect(text).toContain("not valid JSON");
    expect(session.upstream.requests()).toHaveLength(3);
  });

  fault("F024", "reading stops at 10 MiB, and the person is told to ask for less", async (open) => {
    const session = await open();
    const body = JSON.stringify({ content: "x".repeat(50 * 1024 * 1024) });
    session.upstream.fault({ at: "after_request", answer: { body } });
    const { failed, text } = await session.call("list_mailboxes", receiving);
    expect(failed).toBe(true);
    // What is too large once is too large again.
    expect(session.upstream.requests()).toHaveLength(1);
    expect(text).toContain("larger than 10 MiB");
    expect(text).toMatch(/ask for less|filter|smaller/);
    expect(await session.call("list_mailboxes", receiving)).toMatchObject({ failed: false });
  });

  fault("F025", "an error, and the next call works", async (open) => {
    const session = await open();
    const raw = `HTTP/1.1 200 OK\r\nx-large: ${"x".repeat(64 * 1024)}\r\ncontent-length: 2\r\n\r\n[]`;
    session.upstream.fault({ at: "after_request", raw, times: 3 });
    const { failed, text } = await session.call("list_mailboxes", receiving);
    expect(failed).toBe(true);
    expect(text).toContain("headers were too large");
    expect(await session.call("list_mailboxes", receiving)).toMatchObject({ failed: false });
  });

  const malformed = {
    "two status lines": "HTTP/1.1 200 OK\r\nHTTP/1.1 500 No\r\n\r\n{}",
    garbage: "\x00\x01\x02 this is not HTTP \xff\r\n\r\n",
    "Content-Length and chunked":
      "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
  };
  for (const [name, raw] of Object.entries(malformed)) {
    fault("F026", `a read fails after three attempts (${name})`, async (open) => {
      const session = await open();
      session.upstream.fault({ at: "after_request", raw, times: 3 });
      const { failed } = await session.call("get_campaign", { campaign_id: 2102 });
      expect(failed).toBe(true);
      expect(session.upstream.requests()).toHaveLength(3);
      expect(await session.call("get_campaign", { campaign_id: 2102 })).toMatchObject({ failed: false });
    });

    fault("F026", `a write is read back (${name})`, async (open) => {
      const session = await open();
      session.upstream.fault({ at: "after_commit", path: create, raw });
      const { failed, data } = await session.call("create_campaign", draft);
      expect([failed, data?.outcome, data?.verified_by]).toEqual([false, "done", "read"]);
      expect(tally(session, create)).toEqual([1, created]);
    });
  }

  fault("F027", "unclear for a write, one request", async (open) => {
    const session = await open();
    const raw = "HTTP/1.1 100 Continue\r\n\r\n";
    session.upstream.fault({ at: "after_request", path: create, raw, end: "silence" });
    const { text } = await session.call("create_campaign", draft);
    expect(text).toContain(unclear);
    expect(tally(session, create)).toEqual([1, []]);
  });
});
