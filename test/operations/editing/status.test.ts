/** Woodpecker changes campaigns in DRAFT and EDITED only: every edit from every status. */
import { describe, expect, it } from "vitest";
import type { Data } from "../../support/answer.ts";
import { draft } from "../../support/draft.ts";
import { inTheApp } from "../../support/person.ts";
import { openSession, type Session } from "../../support/session.ts";

type Edit = [tool: string, args: Data, changed: Data];

const more = { type: "EMAIL", versions: [{ message: "<div>One more</div>" }] };
const edits: Edit[] = [
  ["update_campaign", { name: "Other name" }, { field: "name", after: "Other name" }],
  ["update_campaign", { bounce_shield: 7 }, { field: "bounce_shield", after: 7 }],
  ["add_campaign_step", { step: more }, { step: 4, field: "step" }],
  [
    "update_campaign_step",
    { step: 2, delivery_times: [{ days: ["MONDAY"], from: "10:00", to: "12:00" }] },
    { step: 2, field: "delivery_times", after: "Mon 10:00-12:00" },
  ],
  [
    "update_step_version",
    { step: 2, version: "A", message: "<div>Other</div>" },
    { step: 2, version: "A", field: "message" },
  ],
  ["delete_campaign_step", { step: 3 }, { step: 3, field: "step" }],
];

/** A campaign of three e-mails that nobody has got yet; only COMPLETED is a seeded one. */
async function campaignIn(session: Session, status: string): Promise<number> {
  if (status === "COMPLETED") return 2106;
  const steps = [...draft.steps, { type: "EMAIL", versions: [{ message: "<div>Last call</div>" }] }];
  const { data } = await session.call("create_campaign", { ...draft, steps });
  const actions: Record<string, string[]> = {
    DRAFT: [],
    EDITED: ["run", "make_editable"],
    RUNNING: ["run"],
    PAUSED: ["run", "pause"],
    STOPPED: ["run", "stop"],
  };
  for (const action of actions[status] ?? [])
    await inTheApp(session.sandbox, `POST /rest/v2/campaigns/${data.campaign_id}/${action}`);
  expect((session.sandbox.campaign(data.campaign_id) as Data).status).toBe(status);
  return data.campaign_id;
}

describe.each(edits)("%s %j", (tool, args, changed) => {
  it.each(["DRAFT", "EDITED"])("is done in %s, by one write, and the status stays", async (status) => {
    const session = await openSession();
    const campaign_id = await campaignIn(session, status);
    const before = session.sandbox.writes().length;
    const { failed, data, text } = await session.agree(tool, { campaign_id, ...args });
    expect([failed, data?.outcome, data?.status]).toEqual([false, "done", status]);
    expect(data.changed).toMatchObject([changed]);
    expect(session.sandbox.writes()).toHaveLength(before + 1);
    expect((session.sandbox.campaign(campaign_id) as Data).status).toBe(status);
    expect(text).toContain(`run_campaign ${campaign_id}`);
  });

  it.each(["RUNNING", "PAUSED", "STOPPED", "COMPLETED"])("is refused in %s", async (status) => {
    const session = await openSession();
    const campaign_id = await campaignIn(session, status);
    const [stored, sent] = [session.sandbox.campaign(campaign_id), session.sandbox.requests.length];
    const { failed, data, text } = await session.call(tool, { campaign_id, ...args });
    expect([failed, data]).toEqual([true, undefined]);
    expect(text).toContain(`is ${status}; Woodpecker changes campaigns only in DRAFT or EDITED`);
    expect(text).toContain("\nNothing was changed.\n");
    expect(text).toContain(`make_campaign_editable ${campaign_id}`);
    if (status === "RUNNING") expect(text).toContain("stops the sending until run_campaign");
    expect(session.traffic().slice(sent)).toEqual([`GET /rest/v2/campaigns/${campaign_id}`]);
    expect(session.sandbox.campaign(campaign_id)).toEqual(stored);
  });
});

describe("a campaign with a condition, which the API can neither show nor run", () => {
  it.each(edits)("is not led into EDITED by %s %j", async (tool, args) => {
    const session = await openSession();
    const { failed, text } = await session.call(tool, { campaign_id: 2103, ...args });
    expect(failed).toBe(true);
    expect(text).toContain("Woodpecker app");
    expect(text).not.toContain("make_campaign_editable 2103");
    expect(session.sandbox.writes()).toEqual([]);
  });

  it("is not made editable with the promise that run_campaign brings it back", async () => {
    const session = await openSession();
    const { text } = await session.call("make_campaign_editable", { campaign_id: 2103 });
    expect(text).not.toContain("To take it back: run_campaign 2103");
  });
});

describe("make_campaign_editable", () => {
  it.each([
    ["RUNNING", "done", "EDITED"],
    ["PAUSED", "done", "EDITED"],
    ["STOPPED", "done", "EDITED"],
    ["COMPLETED", "done", "EDITED"],
    ["EDITED", "already", "EDITED"],
    ["DRAFT", "already", "DRAFT"],
  ])("from %s: %s, %s", async (status, outcome, after) => {
    const session = await openSession();
    const campaign_id = await campaignIn(session, status);
    const before = session.sandbox.writes().length;
    const { data, text } = await session.call("make_campaign_editable", { campaign_id });
    expect(data).toMatchObject({ outcome, status: after, campaign_id });
    expect(session.sandbox.writes()).toHaveLength(before + (outcome === "done" ? 1 : 0));
    expect((session.sandbox.campaign(campaign_id) as Data).status).toBe(after);
    if (outcome === "done") expect(text).toContain(`sends nothing until run_campaign ${campaign_id}`);
  });
});
