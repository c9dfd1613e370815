/** Changing the words of a campaign that is running, as a person does it in a chat. */
import { expect, it } from "vitest";
import type { Data } from "../../support/answer.ts";
import { openSession } from "../../support/session.ts";

it("takes at most five calls, and only the text differs afterwards", async () => {
  const session = await openSession();
  const before = session.sandbox.campaign(2101) as Data;
  let calls = 0;
  const call = async (tool: string, args: object = {}) => {
    calls += 1;
    const answer = await session.call(tool, { campaign_id: 2101, ...args });
    expect(answer.failed).toBe(false);
    return answer.data;
  };

  expect(await call("make_campaign_editable")).toMatchObject({ outcome: "done", status: "EDITED" });
  const edit = await call("update_step_version", { step: 2, version: "A", text: "Is this still for you?" });
  expect(edit).toMatchObject({ outcome: "done", status: "EDITED" });
  const asked = await call("run_campaign");
  expect(asked.outcome).toBe("confirmation_required");
  const run = await call("run_campaign", { confirmation: asked.confirmation });
  expect(run).toMatchObject({ outcome: "done", status: "RUNNING" });

  expect(calls).toBeLessThanOrEqual(5);
  const [version] = before.steps.followup.followup.body.versions;
  version.message = "<div>Is this still for you?</div>";
  version.id = expect.any(String);
  expect(session.sandbox.campaign(2101)).toEqual(before);
  expect(session.sandbox.writes().map(({ method, path }) => `${method} ${path.split("/").at(-1)}`)).toEqual([
    "POST make_editable",
    expect.stringMatching(/^PATCH [0-9a-f]{64}$/),
    "POST run",
  ]);
});

it("tells a person who asks for the edit of a running campaign that it stops sending", async () => {
  const session = await openSession();
  const edit = { campaign_id: 2101, step: 2, version: "A", text: "Hello" };
  const { failed, text } = await session.call("update_step_version", edit);
  expect(failed).toBe(true);
  expect(text).toContain("ask the person whether to call make_campaign_editable 2101");
  expect(text).toContain("It stops the sending until run_campaign is called again");
  expect((session.sandbox.campaign(2101) as Data).status).toBe("RUNNING");
});
