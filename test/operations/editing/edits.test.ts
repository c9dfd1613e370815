/** What an edit changes, and that it changes nothing else. */
import { describe, expect, it } from "vitest";
import { agreeTo, business } from "../../support/failure.ts";
import { type Data, openWorld, type World } from "../../support/world.ts";

const stored = (world: World, id = 2104): Data => world.sandbox.campaign(id);
const stepsIn = (campaign: Data): Data[] => {
  const list = [];
  for (let step = campaign.steps.followup; step; step = step.followup) list.push(step);
  return list;
};
const bodies = (world: World) => world.sandbox.writes().map(({ body }) => body);

async function threshold({ sandbox }: World, id = 2104): Promise<number | null> {
  const url = `${sandbox.origin}/rest/v2/campaigns/${id}/bounce_shield/threshold`;
  const answer = await fetch(url, { headers: { "x-api-key": sandbox.key } });
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
    const world = await openWorld();
    const before = stored(world);
    const { data } = await world.call("update_campaign", { campaign_id: 2104, ...args });
    expect(data).toMatchObject({ outcome: "done", status: "DRAFT" });
    expect(bodies(world)).toEqual([body]);
    const { settings = {}, ...rest } = body as Data;
    expect(stored(world)).toEqual({ ...before, ...rest, settings: { ...before.settings, ...settings } });
  });

  it.each([
    [1, 1],
    [99, 99],
    ["5", 5],
  ])("sets the bounce shield to %j", async (bounce_shield, percent) => {
    const world = await openWorld();
    const { data } = await world.call("update_campaign", { campaign_id: 2104, bounce_shield });
    expect(data).toMatchObject({ outcome: "done", changed: ["bounce_shield"] });
    expect(bodies(world)).toEqual([{ bounce_rate_threshold: percent }]);
    expect(await threshold(world)).toBe(percent);
  });

  it("clears the bounce shield with null", async () => {
    const world = await openWorld();
    await world.call("update_campaign", { campaign_id: 2104, bounce_shield: 9 });
    const { data, text } = await world.call("update_campaign", { campaign_id: 2104, bounce_shield: null });
    expect([data.changed, text.includes("cleared")]).toEqual([["bounce_shield (cleared)"], true]);
    expect(await threshold(world)).toBeNull();
  });

  it("says what was changed before the bounce shield failed", async () => {
    const world = await openWorld();
    world.sandbox.failNext({
      path: /bounce_shield/,
      status: 409,
      body: business("code", "VALIDATION_FAILURE", "Validation failure"),
    });
    const args = { campaign_id: 2104, name: "Other", settings: { daily_enroll: 3 }, bounce_shield: 5 };
    const { failed, text } = await world.call("update_campaign", args);
    expect(failed).toBe(true);
    expect(text).toContain("the bounce shield was not changed");
    expect(text).toContain("Changed before that: name, settings.daily_enroll.");
    expect(text).toContain("Next: call update_campaign again with bounce_shield only.");
    expect([stored(world).name, await threshold(world)]).toEqual(["Other", null]);
  });

  it("finds by reading back that the bounce shield was changed although the answer was lost", async () => {
    const world = await openWorld();
    world.sandbox.failNext({ path: /bounce_shield/, after: "commit", drop: true });
    const args = { campaign_id: 2104, name: "Other", bounce_shield: 5 };
    const { failed, text } = await world.call("update_campaign", args);
    expect([failed, await threshold(world)]).toEqual([false, 5]);
    expect(text).not.toContain("was not changed");
    expect(text).toContain("reading back shows that it was done");
  });

  it("does not touch the bounce shield when the rest was refused", async () => {
    const world = await openWorld();
    const args = { campaign_id: 2104, mailbox_ids: [504], bounce_shield: 5 };
    const { failed, text } = await world.call("update_campaign", args);
    expect([failed, text.includes("Nothing was changed.")]).toEqual([true, true]);
    expect([bodies(world), await threshold(world)]).toEqual([[], null]);
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
    const world = await openWorld();
    const before = stepsIn(stored(world));
    await world.call("update_campaign_step", { campaign_id: 2104, step: 2, delivery_times: friday, merge });
    const [first, second] = stepsIn(stored(world));
    expect(Object.keys(second.delivery_time).sort()).toEqual([...days].sort());
    expect(second.delivery_time.FRIDAY).toEqual([window]);
    if (merge) expect(second.delivery_time.MONDAY).toEqual(before[1].delivery_time.MONDAY);
    expect([first.delivery_time, second.body]).toEqual([before[0].delivery_time, before[1].body]);
  });

  it("takes a whole day, and merges with one that was read", async () => {
    const world = await openWorld();
    const day = (name: string) => [{ days: [name], from: "00:00", to: "24:00" }];
    const args = { campaign_id: 2104, step: 1 };
    await world.call("update_campaign_step", { ...args, delivery_times: day("SUNDAY") });
    await world.call("update_campaign_step", { ...args, delivery_times: day("MONDAY"), merge: true });
    const whole = [{ from: "00:00", to: "00:00" }];
    expect(stepsIn(stored(world))[0].delivery_time).toEqual({ SUNDAY: whole, MONDAY: whole });
  });
});

describe("update_step_version", () => {
  const text = 'Dear {{FIRST_NAME | "you & <yours>"}},\n\nR&D < 5 > 3?\r\n{{SPINTAX | "Hi" | "Hello"}}\n';
  const html =
    '<div>Dear {{FIRST_NAME | "you & <yours>"}},</div><div><br /></div><div>R&amp;D &lt; 5 &gt; 3?</div><div>{{SPINTAX | "Hi" | "Hello"}}</div>';

  it("turns plain text into the HTML of the vendor's samples", async () => {
    const world = await openWorld();
    const args = { campaign_id: 2104, step: 1, version: "A", text };
    expect((await world.call("update_step_version", args)).data.changed).toEqual([
      "step 1 version A message",
    ]);
    expect(bodies(world)).toEqual([{ message: html }]);
    expect(stepsIn(stored(world))[0].body.versions[0].message).toBe(html);
  });

  it("leaves HTML as it is", async () => {
    const world = await openWorld();
    const message = "<p>R&amp;D <b>a</b></p>\n<p>&lt;x&gt;</p>";
    await world.call("update_step_version", { campaign_id: 2104, step: 1, version: "A", message });
    expect(bodies(world)).toEqual([{ message }]);
  });

  it("keeps the text of a LinkedIn step plain", async () => {
    const world = await openWorld();
    const linkedin = { action: "DIRECT_MESSAGE", account_id: 77 };
    const step = { type: "LINKEDIN", linkedin, versions: [{ message: "Hello" }] };
    await world.call("add_campaign_step", { campaign_id: 2104, step });
    await world.call("update_step_version", { campaign_id: 2104, step: 3, version: "A", text: "A & B\n\nC" });
    expect(stepsIn(stored(world))[2].body.versions[0].message).toBe("A & B\n\nC");
  });

  it('keeps a follow-up in the thread with the subject ""', async () => {
    const world = await openWorld();
    const edit = { campaign_id: 2104, step: 2, version: "A" };
    await world.call("update_step_version", { ...edit, subject: "A thread of its own" });
    const { data } = await world.call("update_step_version", { ...edit, subject: "" });
    expect(data.changed).toEqual(["step 2 version A subject"]);
    expect(bodies(world)).toEqual([{ subject: "A thread of its own" }, { subject: "" }]);
    const { text: shown } = await world.call("get_campaign", { campaign_id: 2104, step: 2 });
    expect(shown).toContain("no subject of its own");
  });

  it("changes the version that was named, and no other", async () => {
    const world = await openWorld();
    const before = stepsIn(stored(world, 2105));
    const edit = { campaign_id: 2105, step: 1, version: "B", subject: "Forty invoices", track_opens: false };
    await world.call("update_step_version", edit);
    const after = stepsIn(stored(world, 2105));
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
    const world = await openWorld();
    const before = stepsIn(stored(world));
    const linkedin = { action: "VISIT_PROFILE", account_id: 77 };
    const visit = { type: "LINKEDIN", linkedin, versions: [{ message: "" }] };
    const email = {
      type: "EMAIL",
      versions: [{ message: "<div>One</div>" }, { subject: "Two", message: "<div>Two</div>" }],
    };
    await world.call("add_campaign_step", { campaign_id: 2104, step: visit });
    await world.call("add_campaign_step", { campaign_id: 2104, step: email });
    const after = stepsIn(stored(world));
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
    const world = await openWorld();
    const step = { type: "EMAIL", versions: [{ message: "<div>Third</div>" }] };
    await world.call("add_campaign_step", { campaign_id: 2104, step });
    const before = stepsIn(stored(world));
    const { data } = await agreeTo(world, "delete_campaign_step", { campaign_id: 2104, step: 2 });
    expect(data).toMatchObject({ outcome: "done", changed: ["step 2 deleted"] });
    expect(stepsIn(stored(world)).map(({ id }) => id)).toEqual([before[0].id, before[2].id]);
    expect(world.sandbox.writes().filter(({ method }) => method === "DELETE")).toHaveLength(1);
  });

  it("does not take out the step that has moved up in the meantime", async () => {
    const world = await openWorld();
    const step = { type: "EMAIL", versions: [{ message: "<div>Third</div>" }] };
    await world.call("add_campaign_step", { campaign_id: 2104, step });
    const args = { campaign_id: 2104, step: 2 };
    const { data } = await world.call("delete_campaign_step", args);
    await agreeTo(world, "delete_campaign_step", args);
    const again = await world.call("delete_campaign_step", { ...args, confirmation: data.confirmation });
    expect(again.data.outcome).toBe("confirmation_required");
    expect(stepsIn(stored(world))).toHaveLength(2);
  });
});

describe("what Woodpecker answers to an edit, which is written nowhere", () => {
  it("makes no difference to the result", async () => {
    const both = [];
    for (const editBodies of ["campaign", "empty"] as const) {
      const world = await openWorld({ sandbox: { editBodies } });
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
        const { data, text, failed } = await agreeTo(world, tool, { campaign_id: 2104, ...args });
        expect([failed, data.outcome]).toEqual([false, "done"]);
        // Ids are made up by Woodpecker.
        results.push({ ...data, versions: data.versions?.length, text });
      }
      const traffic = world.traffic().map((line) => line.replace(/[0-9a-f-]{36,}/g, "id"));
      const names = stepsIn(stored(world)).map(({ body }) =>
        body.versions.map(({ subject }: Data) => subject),
      );
      both.push({ results, traffic, names });
    }
    expect(both[0]).toEqual(both[1]);
    expect(both[0]?.names).toEqual([["Spring stock at {{COMPANY}}"], ["Third"]]);
  });
});
