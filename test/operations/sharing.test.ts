/** Mailboxes that serve several running campaigns: the check, the preview, the question and "why is nothing sent" say so by name. */
import { describe, expect, it } from "vitest";
import type { Data } from "../support/answer.ts";
import { draft } from "../support/draft.ts";
import { openSession } from "../support/session.ts";

type Session = Awaited<ReturnType<typeof openSession>>;

const other = { id: 9001, name: "Harvest fair", status: "RUNNING", per_day: 20 };

/** The next lists of running campaigns hold one more, which sends from this address. */
function shared(session: Session, email: string, count = 1): void {
  for (let turn = 0; turn < count; turn += 1) {
    session.sandbox.failNext({
      path: /campaign_list/,
      status: 200,
      body: [{ ...other, from_email: email, from_emails: [email] }],
    });
  }
}

const addressOf = async (session: Session, id: number): Promise<string> => {
  const { data } = await session.call("list_mailboxes", {});
  return data.mailboxes.find((row: Data) => row.id === id).email;
};

describe("a mailbox that another running campaign uses", () => {
  it("is named by the preview, which counts with what is left of its day", async () => {
    const session = await openSession();
    const ask = async () =>
      (await session.call("preview_campaign", { draft, people: 200, show: "calendar", from: "2026-03-30" }))
        .data;
    const email = await addressOf(session, draft.mailbox_ids[0] as number);
    const alone = await ask();
    shared(session, email);
    const beside = await ask();
    expect(beside.assumptions.join(" ")).toContain('also sends for 9001 "Harvest fair" (20 openings a day)');
    expect(beside.calendar.total).toBe(alone.calendar.total);
    expect(Date.parse(beside.calendar.last_send)).toBeGreaterThanOrEqual(
      Date.parse(alone.calendar.last_send),
    );
  });

  it("is named by the check of a draft, at no other request", async () => {
    const session = await openSession();
    const email = await addressOf(session, draft.mailbox_ids[0] as number);
    const before = session.traffic().length;
    shared(session, email);
    const { data, text } = await session.call("check_campaign", { draft });
    const finding = data.findings.find(({ rule }: Data) => rule === "mailbox_shared");
    expect(finding.message).toContain('9001 "Harvest fair"');
    expect(text).toContain(finding.message);
    expect(session.traffic().length - before).toBeLessThanOrEqual(2);
  });

  it("is named by the question before a start", async () => {
    const session = await openSession();
    const { data: campaign } = await session.call("get_campaign", { campaign_id: 2104 });
    const email = await addressOf(session, campaign.mailbox_ids[0]);
    shared(session, email);
    const { data, text } = await session.call("run_campaign", { campaign_id: 2104 });
    expect(data.outcome).toBe("confirmation_required");
    expect(data.facts["mailboxes shared"]).toContain("also sends for 9001");
    expect(text).toContain("Harvest fair");
  });

  it("is not said where nobody else sends from it, nor of the campaign itself", async () => {
    const session = await openSession();
    const email = await addressOf(session, 502);
    shared(session, email);
    const { data } = await session.call("preview_campaign", { draft, show: "calendar" });
    expect(data.assumptions.join(" ")).not.toContain("Harvest fair");
    expect(data.assumptions.join(" ")).toContain("No other running campaign sends from these mailboxes");
  });
});
