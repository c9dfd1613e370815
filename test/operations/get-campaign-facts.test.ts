/** What get_campaign tells beside the content: who it sends from, how many are in it, its shield, its row of the list. */
import { describe, expect, it } from "vitest";
import type { Data } from "../support/answer.ts";
import { openSession } from "../support/session.ts";

const week = [{ days: ["MONDAY"], from: "09:00", to: "17:00" }];

async function madeWith(mailboxIds: number[]) {
  const session = await openSession();
  const { data, text } = await session.call("create_campaign", {
    name: `${"A long name ".repeat(15)}end`,
    mailbox_ids: mailboxIds,
    settings: { timezone: "Europe/Berlin", daily_enroll: 10 },
    delivery_times: week,
    steps: [{ type: "EMAIL", versions: [{ subject: "Hello", message: "<div>Hi</div>" }] }],
  });
  expect(data?.campaign_id, text).toBeDefined();
  return { ...session, id: data.campaign_id as number };
}

describe("get_campaign", () => {
  it("names the address of each mailbox, the shield, and the people in it, in both forms", async () => {
    const { call, id } = await madeWith([501, 502]);
    await call("update_campaign", { campaign_id: id, bounce_shield: 12 });
    await call("save_prospects", { campaign_id: id, prospects: [{ email: "lena@kunde.example" }] });
    const { data, text } = await call("get_campaign", { campaign_id: id });
    expect(data).toMatchObject({ bounce_shield: 12, enrolled: 1, created: expect.any(String) });
    expect(data.mailboxes.map((one: Data) => one.id)).toEqual([501, 502]);
    for (const one of data.mailboxes) expect(text).toContain(`${one.id} ${one.email}`);
    for (const fact of ["Bounce shield: 12 %", "People enrolled: 1", `Created: ${data.created}`, data.name])
      expect(text).toContain(fact);
  });

  it("asks for one thing only where a step is asked for", async () => {
    const { call, id, traffic } = await madeWith([501]);
    const before = traffic().length;
    const { data } = await call("get_campaign", { campaign_id: id, step: 1, include: "content" });
    expect(traffic().slice(before)).toEqual([`GET /rest/v2/campaigns/${id}`]);
    expect(data.steps[0].versions[0].message).toBe("<div>Hi</div>");
  });

  it("tells the mailboxes apart with one more request only where there are several", async () => {
    const { call, id, traffic } = await madeWith([501]);
    const before = traffic().length;
    await call("get_campaign", { campaign_id: id });
    expect(traffic().slice(before)).toHaveLength(3);
  });

  it("shows the campaign also where nothing else can be read, and says so once", async () => {
    const { call } = await openSession({
      gate: { instead: ({ url }) => (url.includes("campaign_list") ? { status: 403, body: {} } : undefined) },
    });
    const { data, text, failed } = await call("get_campaign", { campaign_id: 2102 });
    expect(failed).toBe(false);
    expect(data).toMatchObject({ id: 2102, mailboxes: [{ id: 502 }] });
    expect(data.notes).toHaveLength(1);
    expect(text).toContain(data.notes[0]);
  });

  it("tells the row of a campaign that the API does not show", async () => {
    const { call } = await openSession();
    const { data, text } = await call("get_campaign", { campaign_id: 2103 });
    for (const fact of [data.created, `People enrolled: ${data.enrolled}`, ...data.from_emails])
      expect(text).toContain(fact);
    expect(text).not.toContain("Bounce shield");
  });
});
