/** After an unclear write the model is told where to look; the place stands on the operation. */
import { describe, expect, it } from "vitest";
import { operations } from "../../src/operations/index.ts";
import { endOf, openForTest } from "../faults/fault.ts";

describe("where to look first", () => {
  it.each(operations.map((one) => [one.name, one] as const))(
    "%s says it, if it writes and may not simply be repeated",
    (_name, { effect, look = "" }) => {
      const repeatable = effect === "read" || effect === "halt";
      if (repeatable) expect(look).toBe("");
      else expect(operations.some(({ name }) => look.startsWith(`${name} shows `))).toBe(true);
    },
  );

  it("after a step whose answer was lost it is the campaign, not the list of campaigns", async ({
    onTestFinished,
  }) => {
    const place = await openForTest(endOf(onTestFinished))();
    place.upstream.fault({ at: "after_request", method: "POST", path: /steps/, times: 9 });
    const step = { type: "EMAIL", versions: [{ message: "<p>Shall I call?</p>" }] };
    const answer = await place.call("add_campaign_step", { campaign_id: 2104, step });
    expect(answer.failed).toBe(true);
    expect(answer.text).toContain("do not call add_campaign_step again yet; look first: get_campaign shows");
    expect(answer.text).not.toContain("list_campaigns");
  });
});
