/** What the answer to a new campaign holds: what its author does not know, while a copy also tells its content. */
import { expect, it } from "vitest";
import { openSession } from "../../support/session.ts";

const draft = {
  name: "Bakeries",
  mailbox_ids: [501],
  settings: { timezone: "Europe/Paris", daily_enroll: 20, gdpr_unsubscribe: true },
  delivery_times: [{ days: ["MONDAY"], from: "09:00", to: "17:00" }],
  steps: [
    { type: "EMAIL", versions: [{ subject: "Hi", message: "<p>Hi {{UNSUBSCRIBE}}</p>" }] },
    { type: "EMAIL", wait: { value: 2, range: "DAY" }, versions: [{ message: "<p>Hi {{UNSUBSCRIBE}}</p>" }] },
  ],
};

it("repeats nothing that was sent, and a copy tells what it took over", async () => {
  const session = await openSession();
  const { data: made, text } = await session.call("create_campaign", draft);
  expect(Object.keys(made).sort()).toEqual(
    ["campaign_id", "name", "next", "outcome", "status", "steps", "undo", "warnings"].sort(),
  );
  for (const step of made.steps) expect(Object.keys(step).sort()).toEqual(["id", "step", "versions"]);
  expect(text).not.toMatch(/09:00|Europe\/Paris|501/);
  const { data: copy } = await session.call("duplicate_campaign", { campaign_id: made.campaign_id });
  expect(copy).toMatchObject({ mailbox_ids: [501], settings: { daily_enroll: 20 } });
  expect(copy.steps[1]).toMatchObject({
    type: "EMAIL",
    wait: { value: 2 },
    delivery_times: [{ from: "09:00" }],
  });
});
