/** The question, the calendar and the list of who is set aside count the same people. */
import { describe, expect, it } from "vitest";
import type { Data } from "../support/answer.ts";
import { draft } from "../support/draft.ts";
import { openSession } from "../support/session.ts";

const step = (message: string): Data => ({
  ...draft.steps[0],
  versions: [{ version: "A", subject: "Flour", message }],
});
const out = "{{UNSUBSCRIBE}}";

/** Of Ada and Bo, Bo has no company. */
async function campaignWith(texts: readonly string[]) {
  const session = await openSession();
  const steps = texts.map((text) => step(`Hello. ${text} ${out}`));
  const { data } = await session.call("create_campaign", { ...draft, steps });
  const prospects = [
    { email: "ada@one.example", first_name: "Ada", company: "One" },
    { email: "bo@two.example", first_name: "Bo" },
  ];
  await session.call("save_prospects", { campaign_id: data.campaign_id, prospects });
  return { ...session, id: data.campaign_id };
}

describe("who gets the e-mails", () => {
  it.each([
    ["whoever lacks a value for the first step gets nothing", ["{{COMPANY}}", "Again."], "1", 2],
    ["whoever lacks one for a later step gets what comes before", ["Hi.", "{{COMPANY}}"], "2, 1 of them", 4],
    ["whoever lacks nothing gets all", ["Hi.", "Again."], "2", 4],
  ])("%s", async (_what, texts, reach, total) => {
    const { call, id } = await campaignWith(texts);
    const { data } = await call("run_campaign", { campaign_id: id });
    const facts = data.question?.facts ?? data.facts;
    expect(String(facts["will be written to"]).startsWith(reach)).toBe(true);
    expect(facts["last day"]).toContain(`after about ${total} sends`);
    const preview = await call("preview_campaign", { campaign_id: id });
    expect(preview.data.calendar.total).toBe(total);
  });
});
