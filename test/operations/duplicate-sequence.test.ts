/** Copies with other windows and waits: the copy differs in exactly these, and the answer shows what was made. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Data } from "../support/answer.ts";
import { draft } from "../support/draft.ts";
import { openSession, type Session } from "../support/session.ts";

const monday = [{ days: ["MONDAY"], from: "09:00", to: "10:00" }];
const friday = [{ days: ["FRIDAY"], from: "11:00", to: "12:00" }];

const read = async (session: Session, campaign_id: number): Promise<Data> =>
  (await session.call("get_campaign", { campaign_id })).data;
const copy = (session: Session, more: object, campaign_id = 2102) =>
  session.call("duplicate_campaign", { campaign_id, ...more });

const bare = ({ id: _id, versions, ...step }: Data) => ({
  ...step,
  versions: versions.map(({ id: _own, ...version }: Data) => version),
});

describe("a copy with another rhythm", () => {
  it("has the windows in every EMAIL step, those of a step first, and its waits", async () => {
    const session = await openSession();
    const source = await read(session, 2102);
    const steps = [{ step: 3, wait: { value: 9, range: "HOUR" }, delivery_times: friday }];
    const { data, text } = await copy(session, { delivery_times: monday, steps });
    const made = await read(session, data.campaign_id);
    const expected = source.steps.map(bare);
    expected[0].delivery_times = monday;
    Object.assign(expected[2], { wait: { value: 9, range: "HOUR" }, delivery_times: friday });
    expect(made.steps.map(bare)).toEqual(expected);
    expect(data).toMatchObject({ settings: made.settings, mailbox_ids: made.mailbox_ids });
    expect(
      data.steps.map(({ step, wait, delivery_times }: Data) => ({ step, wait, delivery_times })),
    ).toEqual(made.steps.map(({ step, wait, delivery_times }: Data) => ({ step, wait, delivery_times })));
    expect(text).toContain("Step 1 (EMAIL): A, B, Mon 09:00-10:00");
    expect(text).toContain("9 HOUR after step 2, Fri 11:00-12:00");
    expect(text).toContain(`Mailboxes: ${made.mailbox_ids.join(", ")}`);
    expect(text).toContain(`timezone ${made.settings.timezone}`);
  });

  it("differs from its source by what is given, whatever that is", async () => {
    const session = await openSession();
    const rhythm = {
      value: fc.integer({ min: 1, max: 99 }),
      range: fc.constantFrom("DAY", "HOUR", "MINUTE"),
    };
    const kinds = ["EMAIL", "LINKEDIN", "EMAIL", "EMAIL", "LINKEDIN", "EMAIL"];
    const source = await session.call("create_campaign", {
      ...draft,
      steps: kinds.map((type, index) => ({
        type,
        ...(index > 0 && { wait: { value: index, range: "DAY" } }),
        ...(type === "LINKEDIN" && { linkedin: { action: "VISIT_PROFILE", account_id: 77 } }),
        versions: [{ message: type === "EMAIL" ? "<p>x</p>" : "", ...(index === 0 && { subject: "Hi" }) }],
      })),
    });
    const before = await read(session, source.data.campaign_id);
    const change = (index: number) =>
      fc.record(
        {
          step: fc.constant(index + 1),
          ...(index > 0 && { wait: fc.record(rhythm) }),
          ...(kinds[index] === "EMAIL" && { delivery_times: fc.constantFrom(monday, friday) }),
        },
        { requiredKeys: ["step"] },
      );
    const changes = fc
      .subarray(kinds.map((_kind, index) => index))
      .chain((chosen) => fc.tuple(...chosen.map(change)));
    const all = fc.option(fc.constantFrom(monday, friday), { nil: undefined });
    const property = fc.asyncProperty(changes, all, async (steps, delivery_times) => {
      const name = `Copy ${session.sandbox.requests.length}`;
      const { data } = await copy(session, { name, steps, delivery_times }, source.data.campaign_id);
      const expected = before.steps.map(bare).map((step: Data, index: number) => ({
        ...step,
        ...(delivery_times && step.type === "EMAIL" && { delivery_times }),
        ...(steps as Data[]).find((one) => one.step === index + 1),
      }));
      expect((await read(session, data.campaign_id)).steps.map(bare)).toEqual(expected);
    });
    await fc.assert(property, { numRuns: 12 });
  });

  it("takes windows by day and waits in words, as create_campaign does", async () => {
    const session = await openSession();
    const { data } = await copy(session, {
      delivery_times: { Mon: [{ from: "9:00", to: "10:00" }] },
      steps: [{ step: 2, wait: "4 hours" }],
    });
    const made = await read(session, data.campaign_id);
    expect([made.steps[0].delivery_times, made.steps[1].wait]).toEqual([monday, { value: 4, range: "HOUR" }]);
    expect(data.notes.join("\n")).toContain("4 HOUR");
  });
});

describe("the bounce shield of the original", () => {
  it("is named where there is one, with the call that sets it", async () => {
    const session = await openSession();
    await session.call("update_campaign", { campaign_id: 2104, bounce_shield: 7 });
    const { data, text } = await copy(session, {}, 2104);
    expect(text).toContain(
      `The bounce shield (7 %) is not copied; update_campaign ${data.campaign_id} with bounce_shield: 7 sets it.`,
    );
  });

  it("is not spoken of where there is none", async () => {
    const session = await openSession();
    const { text } = await copy(session, {}, 2104);
    expect(text).not.toMatch(/shield/i);
  });

  it("is unknown where it cannot be read, and the copy is made", async () => {
    const session = await openSession();
    session.sandbox.failNext({ path: /bounce_shield/, status: 403, body: {} });
    const { data, text } = await copy(session, {}, 2104);
    expect(data.outcome).toBe("done");
    expect(text).toContain("Whether the original has a bounce shield could not be read");
  });
});
