/** list_mailboxes through a real client: who sends from each mailbox, its warm-up, and the same facts in both forms. */
import { describe, expect, it } from "vitest";
import type { Data } from "../support/answer.ts";
import { openSession } from "../support/session.ts";

describe("list_mailboxes", () => {
  it("names the running campaigns that send from each mailbox, in both forms", async () => {
    const session = await openSession();
    const { data: list } = await session.call("list_campaigns", { status: ["RUNNING"] });
    const { data, text } = await session.call("list_mailboxes", {});
    const named = new Set<number>();
    for (const { email, campaigns } of data.mailboxes as Data[]) {
      const expected = list.campaigns.filter(({ from_emails }: Data) => from_emails.includes(email));
      expect(campaigns.map(({ id }: Data) => id)).toEqual(expected.map(({ id }: Data) => id));
      for (const { id, name } of campaigns) {
        named.add(id);
        expect(text).toContain(`${id} ${JSON.stringify(name)}`);
      }
    }
    expect(named.size).toBeGreaterThan(0);
    expect(text).toContain("no running campaign sends from it");
  });

  it("says the warm-up, provider and name of each in both forms", async () => {
    const session = await openSession();
    const { data, text } = await session.call("list_mailboxes", {});
    const lines = text.split("\n").slice(1);
    expect(data.mailboxes.map(({ warm_up }: Data) => warm_up)).toContain("RUNNING");
    for (const [index, row] of (data.mailboxes as Data[]).entries()) {
      if (row.warm_up) expect(lines[index]).toContain(`warm-up ${row.warm_up}`);
      for (const fact of [row.from_name, row.provider, row.email]) expect(lines[index]).toContain(fact ?? "");
    }
  });

  it("asks for no campaigns where only receiving sides are shown", async () => {
    const session = await openSession();
    const { data } = await session.call("list_mailboxes", { type: "IMAP" });
    expect(data.mailboxes[0].campaigns).toBeUndefined();
    expect(session.traffic()).toHaveLength(1);
  });

  it("shows the mailboxes also where the campaigns cannot be read, and says so", async () => {
    const session = await openSession();
    session.sandbox.failNext({
      path: /campaign_list/,
      status: 403,
      body: { code: "MISSING_FEATURES", message: "Upgrade your plan", details: null },
    });
    const { failed, data, text } = await session.call("list_mailboxes", {});
    expect(failed).toBe(false);
    expect(data.mailboxes[0].campaigns).toBeUndefined();
    expect(data.note).toContain("could not be read");
    expect(text).toContain(data.note);
  });
});
