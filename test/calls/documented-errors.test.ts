/** Errors that the sandbox gives for a reason of its own: an id that is not there, a plan, a draft that does not fit. */
import { describe, expect, it } from "vitest";
import { campaignEndpoints } from "../documents/errors/index.ts";
import { draft } from "../support/draft.ts";
import { expectExplained } from "../support/failure.ts";
import { openSession } from "../support/session.ts";

describe("an id that does not exist", () => {
  it.each(["get", "run", "pause", "stop", "delete"] as const)(
    "is said by %s, after one look",
    async (name) => {
      const session = await openSession();
      const answer = await session.call(campaignEndpoints[name].tool, { campaign_id: 999 });
      expectExplained(session, answer, "no");
      expect(answer.text).toContain("CAMPAIGN_NOT_EXIST");
      expect(answer.text).toContain("list_campaigns");
      expect(session.traffic()).toEqual(["GET /rest/v2/campaigns/999"]);
    },
  );
});

describe("an account without the feature", () => {
  it.each(["create", "run"] as const)("is told so by %s", async (name) => {
    const session = await openSession({ sandbox: { features: false, dialect: "type" } });
    const answer = await session.agree(campaignEndpoints[name].tool, campaignEndpoints[name].args(1));
    expectExplained(session, answer, "no");
    expect(answer.text).toContain("MISSING_FEATURES");
    expect(session.sandbox.writes()).toEqual([]);
  });
});

describe("a draft that Woodpecker refuses without saying why", () => {
  it("comes with what was found in it", async () => {
    const session = await openSession();
    const steps = [{ type: "EMAIL", versions: [{ subject: "Hi", message: "{{FIRST_NAM}}" }] }];
    const answer = await session.call("create_campaign", { ...draft, steps });
    expectExplained(session, answer, "no");
    expect(answer.text).toContain("INPUT_DATA_VALIDATION_FAILURE");
    expect(answer.text).toContain('"{{FIRST_NAM}}" is not a Woodpecker snippet');
    expect(answer.text).toContain("{{FIRST_NAME}}");
  });

  it("because of a broken mailbox comes with where to look", async () => {
    const session = await openSession();
    const answer = await session.call("create_campaign", { ...draft, mailbox_ids: [504] });
    expectExplained(session, answer, "no");
    expect(answer.text).toContain("VALIDATION_FAILURE");
    expect(answer.text).toContain("list_mailboxes");
  });
});
