/** What an edit changes, and that it changes nothing else. */
import { describe, expect, it } from "vitest";
import type { Data } from "../../support/answer.ts";
import { business } from "../../support/failure.ts";
import { inTheApp } from "../../support/person.ts";
import { openSession, type Session } from "../../support/session.ts";

const stored = (session: Session, id = 2104): Data => session.sandbox.campaign(id);
const stepsIn = (campaign: Data): Data[] => {
  const list = [];
  for (let step = campaign.steps.followup; step; step = step.followup) list.push(step);
  return list;
};
const bodies = (session: Session) => session.sandbox.writes().map(({ body }) => body);

async function threshold({ sandbox }: Session, id = 2104): Promise<number | null> {
  const answer = await inTheApp(sandbox, `GET /rest/v2/campaigns/${id}/bounce_shield/threshold`);
  return ((await answer.json()) as Data).bounce_rate_threshold;
}

describe("update_campaign", () => {
  const rows: [string, object, object][] = [
    ["the name", { name: "Other" }, { name: "Other" }],
    ["the mailboxes", { mailbox_ids: [502, "503"] }, { email_account_ids: [502, 503] }],
    ["one setting", { settings: { daily_enroll: 3 } }, { settings: { daily_enroll: 3 } }],
    [
      "two settings",
      { settings: { timezone: "Europe/Riga", list_unsubscribe: false } },
      { settings: { timezone: "Europe/Riga", list_unsubscribe: false } },
    ],
    [
      "the old form of same-domain pausing",
      { settings: { auto_pause_prospect_from_domain: true } },
      { settings: { auto_pause_prospect_from_domain_statuses: ["REPLIED"] } },
    ],
    [
      "everything",
      { name: "Other", mailbox_ids: [502], settings: { open_disabled_list: ["google.com"] } },
      { name: "Other", email_account_ids: [502], settings: { open_disabled_list: ["google.com"] } },
    ],
  ];
  it.each(rows)("sends exactly what was given: %s", async (_name, args, body) => {
    const session = await openSession();
    const before = stored(session);
    const { data } = await session.call("update_campaign", { campaign_id: 2104, ...args });
    expect(data).toMatchObject({ outcome: "done", status: "DRAFT" });
    expect(bodies(session)).toEqual([body]);
    const { settings = {}, ...rest } = body as Data;
    expect(stored(session)).toEqual({ ...before, ...rest, settings: { ...before.settings, ...settings } });
  });

  it.each([
    [1, 1],
    [99, 99],
    ["5", 5],
  ])("sets the bounce shield to %j", async (bounce_shield, percent) => {
    const session = await openSession();
    const { data } = await session.call("update_campaign", { campaign_id: 2104, bounce_shield });
    expect(data).toMatchObject({ outcome: "done", changed: [{ field: "bounce_shield" }] });
    expect(bodies(session)).toEqual([{ bounce_rate_threshold: percent }]);
    expect(await threshold(session)).toBe(percent);
  });

  it("clears the bounce shield with null", async () => {
    const session = await openSession();
    await session.call("update_campaign", { campaign_id: 2104, bounce_shield: 9 });
    const { data, text } = await session.call("update_campaign", { campaign_id: 2104, bounce_shield: null });
    expect(data.changed).toEqual([{ field: "bounce_shield", before: 9, after: null }]);
    expect(text).toContain("bounce_shield: 9 → none");
    expect(await threshold(session)).toBeNull();
  });

  it("says what was changed before the bounce shield failed", async () => {
    const session = await openSession();
    session.sandbox.failNext({
      method: "PUT",
      path: /bounce_shield/,
      status: 409,
      body: business("code", "VALIDATION_FAILURE", "Validation failure"),
    });
    const args = { campaign_id: 2104, name: "Other", settings: { daily_enroll: 3 }, bounce_shield: 5 };
    const { failed, text } = await session.call("update_campaign", args);
    expect(failed).toBe(true);
    expect(text).toContain("the bounce shield was not changed");
    expect(text).toContain("Changed before that: name, settings.daily_enroll.");
    expect(text).toContain("Next: call update_campaign again with bounce_shield only.");
    expect([stored(session).name, await threshold(session)]).toEqual(["Other", null]);
  });

  it("finds by reading back that the bounce shield was changed although the answer was lost", async () => {
    const session = await openSession();
    session.sandbox.failNext({ method: "PUT", path: /bounce_shield/, after: "commit", drop: true });
    const args = { campaign_id: 2104, name: "Other", bounce_shield: 5 };
    const { failed, text } = await session.call("update_campaign", args);
    expect([failed, await threshold(session)]).toEqual([false, 5]);
    expect(text).not.toContain("was not changed");
    expect(text).toContain("reading back shows that it was done");
  });

  it("does not touch the bounce shield when the rest was refused", async () => {
    const session = await openSession();
    const args = { campaign_id: 2104, mailbox_ids: [504], bounce_shield: 5 };
    const { failed, text } = await session.call("update_campaign", args);
    expect([failed, text.includes("Nothing was changed.")]).toEqual([true, true]);
    expect([bodies(session), await threshold(session)]).toEqual([[], null]);
  });
});

describe("update_campaign_step", () => {
  const window = { from: "10:00", to: "11:00" };
  const friday = [{ days: ["FRIDAY"], ...window }];

  it.each([
    [true, ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"]],
    [false, ["FRIDAY"]],
    [undefined, ["FRIDAY"]],
  ])("with merge %j leaves %j", async (merge, days) => {
    const session = await openSession();
    const before = stepsIn(stored(session));
    await session.call("update_campaign_step", { campaign_id: 2104, step: 2, delivery_times: friday, merge });
    const [first, second] = stepsIn(stored(session));
    expect(Object.keys(second.delivery_time).sort()).toEqual([...days].sort());
    expect(second.delivery_time.FRIDAY).toEqual([window]);
    if (merge) expect(second.delivery_time.MONDAY).toEqual(before[1].delivery_time.MONDAY);
    expect([first.delivery_time, second.body]).toEqual([before[0].delivery_time, before[1].body]);
  });

  it("takes a whole day, and merges with one that was read", async () => {
    const session = await openSession();
    const day = (name: string) => [{ days: [name], from: "00:00", to: "24:00" }];
    const args = { campaign_id: 2104, step: 1 };
    await session.call("update_campaign_step", { ...args, delivery_times: day("SUNDAY") });
    await session.call("update_campaign_step", { ...args, delivery_times: day("MONDAY"), merge: true });
    const whole = [{ from: "00:00", to: "00:00" }];
    expect(stepsIn(stored(session))[0].delivery_time).toEqual({ SUNDAY: whole, MONDAY: whole });
  });
});

describe("update_step_version", () => {
  const text = 'Dear {{FIRST_NAME | "you & <yours>"}},\n\nR&D < 5 > 3?\r\n{{SPINTAX | "Hi" | "Hello"}}\n';
  const html =
    '<div>Dear {{FIRST_NAME | "you & <yours>"}},</div><div><br /></div><div>R&amp;D &lt; 5 &gt; 3?</div><div>{{SPINTAX | "Hi" | "Hello"}}</div>';

  it("turns plain text into the HTML of the vendor's samples", async () => {
    const session = await openSession();
    const args = { campaign_id: 2104, step: 1, version: "A", text };
    expect((await session.call("update_step_version", args)).data.changed).toMatchObject([
      { step: 1, version: "A", field: "message" },
    ]);
    expect(bodies(session)).toEqual([{ message: html }]);
    expect(stepsIn(stored(session))[0].body.versions[0].message).toBe(html);
  });

  it("leaves HTML as it is", async () => {
    const session = await openSession();
    const message = "<p>R&amp;D <b>a</b></p>\n<p>&lt;x&gt;</p>";
    await session.call("update_step_version", { campaign_id: 2104, step: 1, version: "A", message });
    expect(bodies(session)).toEqual([{ message }]);
  });

  it("keeps the text of a LinkedIn step plain", async () => {
    const session = await openSession();
    const linkedin = { action: "DIRECT_MESSAGE", account_id: 77 };
    const step = { type: "LINKEDIN", linkedin, versions: [{ message: "Hello" }] };
    await session.call("add_campaign_step", { campaign_id: 2104, step });
    await session.call("update_step_version", {
      campaign_id: 2104,
      step: 3,
      version: "A",
      text: "A & B\n\nC",
    });
    expect(stepsIn(stored(session))[2].body.versions[0].message).toBe("A & B\n\nC");
  });

  it('keeps a follow-up in the thread with the subject ""', async () => {
    const session = await openSession();
    const edit = { campaign_id: 2104, step: 2, version: "A" };
    await session.call("update_step_version", { ...edit, subject: "A thread of its own" });
    const { data } = await session.call("update_step_version", { ...edit, subject: "" });
    expect(data.changed).toMatchObject([{ step: 2, version: "A", field: "subject" }]);
    expect(bodies(session)).toEqual([{ subject: "A thread of its own" }, { subject: "" }]);
    const { text: shown } = await session.call("get_campaign", { campaign_id: 2104, step: 2 });
    expect(shown).toContain("no subject of its own");
  });

  it("changes the version that was named, and no other", async () => {
    const session = await openSession();
    const before = stepsIn(stored(session, 2105));
    const edit = { campaign_id: 2105, step: 1, version: "B", subject: "Forty invoices", track_opens: false };
    await session.call("update_step_version", edit);
    const after = stepsIn(stored(session, 2105));
    const [a, b] = before[0].body.versions;
    expect(after[0].body.versions).toEqual([
      a,
      { ...b, id: expect.any(String), subject: "Forty invoices", track_opens: false },
    ]);
    expect(after[1]).toEqual(before[1]);
  });
});

describe("add_campaign_step", () => {
  it("appends after the last step, with the windows of the last e-mail", async () => {
    const session = await openSession();
    const before = stepsIn(stored(session));
    const linkedin = { action: "VISIT_PROFILE", account_id: 77 };
    const visit = { type: "LINKEDIN", linkedin, versions: [{ message: "" }] };
    const email = {
      type: "EMAIL",
      versions: [{ message: "<div>One</div>" }, { subject: "Two", message: "<div>Two</div>" }],
    };
    await session.call("add_campaign_step", { campaign_id: 2104, step: visit });
    await session.call("add_campaign_step", { campaign_id: 2104, step: email });
    const after = stepsIn(stored(session));
    expect(after.map(({ type }) => type)).toEqual(["EMAIL", "EMAIL", "LINKEDIN", "EMAIL"]);
    expect(after.slice(0, 2).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(after[3].delivery_time).toEqual(before[1].delivery_time);
    expect(after[3].body.versions).toMatchObject([
      { version: "A", subject: null },
      { version: "B", subject: "Two", signature: "SENDER", track_opens: false },
    ]);
  });
});

describe("delete_campaign_step", () => {
  it("takes out the step that was shown, once, and the later ones move up", async () => {
    const session = await openSession();
    const step = { type: "EMAIL", versions: [{ message: "<div>Third</div>" }] };
    await session.call("add_campaign_step", { campaign_id: 2104, step });
    const before = stepsIn(stored(session));
    const { data } = await session.agree("delete_campaign_step", { campaign_id: 2104, step: 2 });
    expect(data).toMatchObject({ outcome: "done", changed: [{ step: 2, field: "step" }] });
    expect(stepsIn(stored(session)).map(({ id }) => id)).toEqual([before[0].id, before[2].id]);
    expect(session.sandbox.writes().filter(({ method }) => method === "DELETE")).toHaveLength(1);
  });

  it("does not take out the step that has moved up in the meantime", async () => {
    const session = await openSession();
    const step = { type: "EMAIL", versions: [{ message: "<div>Third</div>" }] };
    await session.call("add_campaign_step", { campaign_id: 2104, step });
    const args = { campaign_id: 2104, step: 2 };
    const { data } = await session.call("delete_campaign_step", args);
    await session.agree("delete_campaign_step", args);
    const again = await session.call("delete_campaign_step", { ...args, confirmation: data.confirmation });
    expect(again.data.outcome).toBe("confirmation_required");
    expect(stepsIn(stored(session))).toHaveLength(2);
  });
});

describe("what Woodpecker answers to an edit, which is written nowhere", () => {
  it("makes no difference to the result", async () => {
    const both = [];
    for (const editBodies of ["campaign", "empty"] as const) {
      const session = await openSession({ sandbox: { editBodies } });
      const edits: [string, object][] = [
        ["add_campaign_step", { step: { type: "EMAIL", versions: [{ message: "<div>More</div>" }] } }],
        [
          "update_campaign_step",
          { step: 3, delivery_times: [{ days: ["MONDAY"], from: "10:00", to: "11:00" }] },
        ],
        ["update_step_version", { step: 3, version: "A", subject: "Third", text: "Third" }],
        ["update_campaign", { name: "Other", bounce_shield: 3 }],
        ["delete_campaign_step", { step: 2 }],
      ];
      const results = [];
      for (const [tool, args] of edits) {
        const { data, text, failed } = await session.agree(tool, { campaign_id: 2104, ...args });
        expect([failed, data.outcome]).toEqual([false, "done"]);
        // Ids are made up by Woodpecker.
        results.push({ ...data, versions: data.versions?.length, text });
      }
      const traffic = session.traffic().map((line) => line.replace(/[0-9a-f-]{36,}/g, "id"));
      const names = stepsIn(stored(session)).map(({ body }) =>
        body.versions.map(({ subject }: Data) => subject),
      );
      both.push({ results, traffic, names });
    }
    expect(both[0]).toEqual(both[1]);
    expect(both[0]?.names).toEqual([["Spring stock at {{COMPANY}}"], ["Third"]]);
  });
});
