/** The bounds of a new campaign are Woodpecker's: what its documents allow is sent, what they leave to defaults may be left out. */
import { describe, expect, it } from "vitest";
import { draft } from "../../support/draft.ts";
import { openSession, type Session } from "../../support/session.ts";

const versions = [{ subject: "Hi", message: "<p>Hello</p>" }];
const follow = [{ message: "<p>Again</p>" }];

async function sent(
  args: object,
): Promise<{ body: Record<string, unknown>; session: Session; text: string }> {
  const session = await openSession();
  const { data, text } = await session.call("create_campaign", { ...args, dry_run: true });
  expect(data?.outcome, text).toBe("dry_run");
  return { body: data.request.body, session, text };
}

describe("create_campaign", () => {
  it("takes more than 500 openings a day: the account's own limit decides", async () => {
    const { body } = await sent({ ...draft, settings: { ...draft.settings, daily_enroll: 5_000 } });
    expect(body.settings).toMatchObject({ daily_enroll: 5_000 });
  });

  it.each([
    [{ value: 4 }, { value: 4, range: "DAY" }],
    [{ range: "HOUR" }, { value: 1, range: "HOUR" }],
    [{}, { value: 1, range: "DAY" }],
  ])("fills up a wait of %j", async (wait, meant) => {
    const steps = [
      { type: "EMAIL", versions },
      { type: "EMAIL", wait, versions: follow },
    ];
    const { body } = await sent({ ...draft, steps });
    expect(body).toMatchObject({ steps: { followup: { followup_after: meant } } });
  });

  it("needs no name, and says which one Woodpecker gave", async () => {
    const { name: _name, ...nameless } = draft as { name?: string };
    const session = await openSession();
    const { data, text, failed } = await session.call("create_campaign", nameless);
    expect(failed, text).toBe(false);
    expect(data.name).toMatch(/\S/);
    expect(text).toContain(`Woodpecker named it ${JSON.stringify(data.name)}`);
    const post = session.sandbox.requests.find(({ method }) => method === "POST");
    expect(JSON.stringify(post?.body ?? "")).not.toContain('"name"');
  });

  it("takes null for no providers without open tracking", async () => {
    const { body } = await sent({ ...draft, settings: { ...draft.settings, open_disabled_list: null } });
    expect((body.settings as object) ?? {}).not.toMatchObject({ open_disabled_list: null });
  });

  it("takes what GET answers as it is, without what only Woodpecker gives", async () => {
    const node = (more: object) => ({
      id: "6cb9e2a4-55e1-4ae0-8f5a-111111111111",
      type: "EMAIL",
      delivery_time: { MONDAY: [{ from: "08:00", to: "12:00" }], TUESDAY: [] },
      ...more,
    });
    const whole = {
      id: 77,
      name: "From a GET",
      status: "RUNNING",
      email_account_ids: [501],
      settings: { timezone: "Europe/Paris", daily_enroll: 40, open_disabled_list: null },
      steps: {
        id: "6cb9e2a4-55e1-4ae0-8f5a-000000000000",
        type: "START",
        followup: node({
          body: { versions: [{ id: "a".repeat(64), version: "A", ...versions[0] }] },
          followup_after: { value: 3, range: "DAY" },
          followup: node({
            body: { versions: [{ id: "b".repeat(64), version: "A", subject: null, ...follow[0] }] },
            followup_after: { range: "DAY", value: 1 },
            followup: null,
          }),
        }),
      },
    };
    const { body, text } = await sent(whole);
    expect(body).toMatchObject({ name: "From a GET", email_account_ids: [501] });
    expect(body).not.toHaveProperty("id");
    expect(body).not.toHaveProperty("status");
    expect(JSON.stringify(body)).not.toContain("6cb9e2a4");
    expect(text).toContain("left out");
  });
});
