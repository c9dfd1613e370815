/** Changing people who are in other campaigns: what a limit forbids is refused, and who is being written to is asked about. */
import { describe, expect, it } from "vitest";
import { person, yes } from "../support/person.ts";
import { openSession, type Session } from "../support/session.ts";

/** Somebody who is in the campaign. */
async function somebodyIn(session: Session, campaign_id: number): Promise<string> {
  const { data } = await session.call("search_prospects", { campaign_id });
  return data.prospects[0].email;
}

const change = (email: string) => ({ prospects: [{ email, company: "Other" }], update_existing: true });

describe("save_prospects with update_existing and no campaign", () => {
  it("is refused where somebody is in a campaign outside WOODPECKER_CAMPAIGNS, with and without forms", async () => {
    for (const elicit of [undefined, () => expect.unreachable("nobody is to be asked")]) {
      const session = await openSession({ env: { WOODPECKER_CAMPAIGNS: "2104" }, elicit });
      const answer = await session.call("save_prospects", change(await somebodyIn(session, 2101)));
      expect(answer.failed).toBe(true);
      expect(answer.text).toContain("2101");
      expect(session.attempted()).toEqual([]);
    }
  });

  it("is asked about where somebody is in a running campaign", async () => {
    const session = await openSession();
    const { data } = await session.call("save_prospects", change(await somebodyIn(session, 2101)));
    expect(data.outcome).toBe("confirmation_required");
    expect(session.attempted()).toEqual([]);
  });
});

describe("save_prospects into a campaign whose status reads", () => {
  const outcomeAt = async (status: unknown) => {
    const after = (json: unknown, { url }: { url: string }) =>
      /campaigns\/2101$/.test(url) ? { ...(json as object), status } : json;
    const session = await openSession({ gate: { after } });
    const prospects = [{ email: "new@person.example", first_name: "New" }];
    const { data } = await session.call("save_prospects", { campaign_id: 2101, prospects });
    return data?.outcome;
  };

  it.each(["RUNNING", "running", "SCHEDULED", "ACTIVE", null, "", 5])(
    "%j: a person is asked",
    async (status) => {
      expect(await outcomeAt(status)).toBe("confirmation_required");
    },
  );

  it.each(["DRAFT", "EDITED", "PAUSED", "STOPPED"])("%j: nobody is asked", async (status) => {
    expect(await outcomeAt(status)).toBe("done");
  });
});

describe("enrolling into a campaign that sends is held to what a start is held to", () => {
  const args = { campaign_id: 2101, prospects: [{ email: "anna@example.com" }] };
  it.each([
    ["WOODPECKER_MAILBOXES", "999"],
    ["WOODPECKER_MAX_DAILY_ENROLL", "1"],
    ["WOODPECKER_MAX_RUNS_PER_DAY", "0"],
    ["WOODPECKER_MAX_PROSPECTS_PER_CALL", "0"],
  ])("%s=%s refuses it before anybody is asked", async (name, value) => {
    const { asked, elicit } = person(yes);
    const session = await openSession({ elicit, env: { [name]: value } });
    const { failed, text } = await session.call("save_prospects", args);
    expect([failed, asked]).toEqual([true, []]);
    expect(text).toContain(name);
    expect(session.attempted()).toEqual([]);
  });

  it.each([
    ["run_campaign", { campaign_id: 2104 }],
    ["delete_campaign", { campaign_id: 2104 }],
    ["delete_campaign_step", { campaign_id: 2104, step: 2 }],
    ["delete_prospects", { prospect_ids: [90037], scope: "account" }],
    ["save_prospects", args],
  ])("%s speaks of a limit before it asks", async (tool, given) => {
    const session = await openSession({ env: { WOODPECKER_CAMPAIGNS: "2105" } });
    const { failed, text } = await session.call(tool, given);
    expect(failed).toBe(true);
    expect(text).toContain("WOODPECKER_CAMPAIGNS");
  });
});
