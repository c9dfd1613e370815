/** docs/faults.md, A, all at once: many calls, and a Woodpecker that takes one request at a time or none at all. */
import { describe, expect } from "vitest";
import { draft } from "../support/draft.ts";
import { waitFor } from "../support/patience.ts";
import { fault } from "./fault.ts";
import { notSent, pause, receiving } from "./lines.ts";

describe("many calls at once", () => {
  const six: [string, object][] = [
    ["list_campaigns", {}],
    ["list_mailboxes", receiving],
    ["get_campaign", { campaign_id: 2102 }],
    ["create_campaign", draft],
    ["pause_campaign", { campaign_id: 2101 }],
    ["search_prospects", {}],
  ];

  fault("F028", "never more than one under way; all succeed", async (open) => {
    const session = await open({ sandbox: { serviceMs: 20 } });
    const answers = await Promise.all(six.map(([tool, args]) => session.call(tool, args)));
    expect(answers.map(({ failed }) => failed)).toEqual(six.map(() => false));
    expect(session.upstream.mostAtOnce()).toBe(1);
    expect(session.upstream.commits()).toHaveLength(2);
  });

  fault("F028", "a pause overtakes what waits", async (open) => {
    const session = await open({ sandbox: { serviceMs: 20 } });
    const reads = Array.from({ length: 8 }, () => session.call("list_mailboxes", receiving));
    await waitFor(() => expect(session.upstream.requests()).not.toEqual([]));
    const paused = session.call("pause_campaign", { campaign_id: 2101 });
    await Promise.all([...reads, paused]);
    const place_ = session.upstream.requests().findIndex((line) => pause.test(line));
    expect(place_).toBeGreaterThan(0);
    expect(place_).toBeLessThan(6);
  });

  fault("F029", "one is under way, 20 wait, the rest is told so without a request", async (open) => {
    const session = await open({ sandbox: { serviceMs: 10 } });
    const calls = Array.from({ length: 30 }, () => {
      const { signal } = new AbortController();
      return session.account.call("list_mailboxes", receiving, { signal });
    });
    const texts = (await Promise.all(calls)).map(({ isError, content }) => isError && content[0]?.text);
    const busy = texts.filter((text) => text !== undefined && text !== false);
    expect(busy).toHaveLength(9);
    for (const text of busy) expect(text).toMatch(/too many calls are waiting.*[\s\S]*[Nn]othing was/);
    expect(session.upstream.requests()).toHaveLength(21);
    expect(session.upstream.mostAtOnce()).toBe(1);
  });

  fault("F029", "a client has 16 calls under way; a pause is never turned away", async (open) => {
    const session = await open({ sandbox: { serviceMs: 10 } });
    const calls = Array.from({ length: 30 }, () => session.call("list_mailboxes", receiving));
    const paused = session.call("pause_campaign", { campaign_id: 2101 });
    const failed = (await Promise.all(calls)).filter((answer) => answer.failed);
    expect(failed).toHaveLength(14);
    for (const { text } of failed) expect(text).toContain(notSent);
    expect((await paused).data.outcome).toBe("done");
    expect(session.upstream.requests(/mailboxes/)).toHaveLength(16);
  });

  fault("F030", "few connections, and a pause is still tried", async (open) => {
    const session = await open();
    session.upstream.fault({ at: "after_accept", times: 1_000 });
    for (let call = 0; call < 200; call += 1) {
      const { failed } = await session.call("list_mailboxes", receiving);
      expect(failed).toBe(true);
    }
    const before = session.upstream.connections();
    expect(before).toBeLessThanOrEqual(60);
    expect((await session.call("list_mailboxes", receiving)).text).toContain("not even tried");
    await session.call("pause_campaign", { campaign_id: 2101 });
    expect(session.upstream.connections()).toBeGreaterThan(before);
    expect(session.upstream.commits()).toEqual([]);
  });
});
