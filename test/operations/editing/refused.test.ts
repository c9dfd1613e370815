/** Edits of steps, and of the daily limit, that Woodpecker refuses without a reason: what can be its cause is named, and nothing else. */
import { describe, expect, it } from "vitest";
import { draft } from "../../support/draft.ts";
import { business, expectExplained } from "../../support/failure.ts";
import { openSession, type Session } from "../../support/session.ts";

const mail = (message: string) => ({ type: "EMAIL", versions: [{ message }] });
const hours = [{ days: ["MONDAY"], from: "09:00", to: "10:00" }];

async function refusing(method: string, path: RegExp, status = 409, code = "VALIDATION_FAILURE") {
  const session = await openSession();
  const message = code === "VALIDATION_FAILURE" ? "Validation failure" : "Input data validation failure";
  session.sandbox.failNext({ method, path, status, body: business("code", code, message), times: 9 });
  return session;
}

/** The counters of the campaign say so of its steps. */
function sent(session: Session, ...counts: number[]): void {
  const emails = counts.map((emailSend, index) => ({ step: index + 1, emailSend }));
  const body = [{ id: 2104, name: "x", status: "EDITED", stats: { sent: 1, emails } }];
  session.sandbox.failNext({ method: "GET", path: /campaign_list$/, status: 200, body, times: 9 });
}

describe("a step that may not be added", () => {
  it("because somebody has got the last one is told how often that was sent", async () => {
    const session = await refusing("POST", /steps$/);
    sent(session, 31, 12);
    const answer = await session.call("add_campaign_step", { campaign_id: 2104, step: mail("<p>Hello</p>") });
    expectExplained(session, answer, "no");
    expect(answer.text).toContain("VALIDATION_FAILURE");
    expect(answer.text).toContain("By its counters step 2 was sent 12 times already: that is why.");
  });

  it("because of its text is told the text, and not what else the check would say", async () => {
    const session = await refusing("POST", /steps$/, 400, "INPUT_DATA_VALIDATION_FAILURE");
    const step = mail("<p>HELLO!!! {{SNIPPET_16}}</p>");
    const answer = await session.call("add_campaign_step", { campaign_id: 2104, step });
    expectExplained(session, answer, "no");
    const found = answer.text.split("\n").filter((line) => line.startsWith("- "));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain("there are 15, {{SNIPPET_1}} to {{SNIPPET_15}}");
  });

  it("though nothing shows why is told so", async () => {
    const session = await refusing("POST", /steps$/);
    sent(session, 0, 0);
    const answer = await session.call("add_campaign_step", { campaign_id: 2104, step: mail("<p>Hello</p>") });
    expectExplained(session, answer, "no");
    expect(answer.text).toContain("By its counters nobody has got step 2 yet, so that is not why.");
    expect(answer.text).toContain("The check finds nothing that would be refused.");
  });
});

describe("a step that may not be deleted", () => {
  it.each([
    [1, "was sent once already"],
    [0, "nobody has got step 2 yet"],
  ])("and was sent %i times is told that", async (times, words) => {
    const session = await refusing("DELETE", /steps/);
    sent(session, 5, times);
    const answer = await session.agree("delete_campaign_step", { campaign_id: 2104, step: 2 });
    expectExplained(session, answer, "no");
    expect(answer.text).toContain(words);
  });

  it("is refused all the same where the counters cannot be read", async () => {
    const session = await refusing("DELETE", /steps/);
    session.sandbox.failNext({ method: "GET", path: /campaign_list$/, status: 500, body: "", times: 9 });
    const answer = await session.agree("delete_campaign_step", { campaign_id: 2104, step: 2 });
    expectExplained(session, answer, "no");
    expect(answer.text).toContain("VALIDATION_FAILURE");
    expect(answer.text).not.toContain("counters");
  });
});

describe("windows that may not be set", () => {
  it("are told that nothing in them would be refused", async () => {
    const session = await refusing("PATCH", /steps/, 400, "INPUT_DATA_VALIDATION_FAILURE");
    const args = { campaign_id: 2104, step: 1, delivery_times: hours };
    const answer = await session.call("update_campaign_step", args);
    expectExplained(session, answer, "no");
    expect(answer.text).toContain("The check finds nothing that would be refused.");
  });
});

describe("more new people a day than the account may", () => {
  const limits = "the account's own sending limit, which is 500 a day for most accounts; 900 is asked for";

  it.each([
    ["create_campaign", { ...draft, settings: { ...draft.settings, daily_enroll: 900 } }],
    ["update_campaign", { campaign_id: 2104, settings: { daily_enroll: 900 } }],
  ])("is refused by Woodpecker, and %s says why", async (tool, args) => {
    const session = await openSession();
    const answer = await session.call(tool, args);
    expectExplained(session, answer, "no");
    expect(answer.text).toContain("INPUT_DATA_VALIDATION_FAILURE");
    expect(answer.text).toContain(limits);
    expect(session.sandbox.writes()).toEqual([]);
  });

  it("is fine where the account may, with a warning before", async () => {
    const session = await openSession({ sandbox: { raised: true } });
    const settings = { ...draft.settings, daily_enroll: 900 };
    const { data } = await session.call("create_campaign", { ...draft, settings });
    expect(data.outcome).toBe("done");
    expect(data.warnings.join()).toContain(limits);
  });
});
