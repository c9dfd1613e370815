/** preview_campaign through a real client: its size, its choices, and what it does not take. */
import { describe, expect, it } from "vitest";
import type { Data } from "../support/answer.ts";
import { draft } from "../support/draft.ts";
import { expectRefused } from "../support/refused.ts";
import { openSession } from "../support/session.ts";

const long = `<div>${"A sentence that says little, at length. ".repeat(120)}</div><a href="{{UNSUBSCRIBE}}">unsubscribe</a>`;
const big = {
  ...draft,
  steps: Array.from({ length: 16 }, (_, index) => ({
    type: "EMAIL",
    ...(index > 0 && { wait: { value: 2, range: "DAY" } }),
    versions: Array.from({ length: 5 }, (_one, place) => ({
      subject: `Subject ${place}`,
      message: `${long}${place}`,
    })),
  })),
};

describe("the size of a preview", () => {
  it("stays within a result, and says what was left out", async () => {
    const session = await openSession();
    const prospects = Array.from({ length: 20 }, (_, index) => ({ email: `p${index}@x.example` }));
    const { failed, data, text } = await session.call("preview_campaign", {
      draft: big,
      prospects,
      people: 5_000,
      all_variants: true,
    });
    expect(failed).toBe(false);
    expect(JSON.stringify(data).length + text.length).toBeLessThanOrEqual(40_000);
    expect(data.emails_left_out).toBeGreaterThan(1_000);
    expect(data.emails[0].cut).toBe(true);
    expect(data.calendar.total).toBe(80_000);
    expect(data.calendar.days_left_out).toBeGreaterThan(10);
    expect(text).toContain("more days");
  });
});

describe("who is shown", () => {
  const emails = (data: Data) => [...new Set(data.emails.map(({ email }: Data) => email))];

  it("a sample follows the seed", async () => {
    const session = await openSession();
    const ask = async (seed: number) =>
      emails((await session.call("preview_campaign", { campaign_id: 2104, sample: 2, seed })).data);
    const [one, again, ...others] = [await ask(1), await ask(1), await ask(2), await ask(3), await ask(4)];
    expect(again).toEqual(one);
    expect(one).toHaveLength(2);
    expect(others.some((other) => String(other) !== String(one))).toBe(true);
  });

  it("what is given goes before what is stored", async () => {
    const session = await openSession();
    const prospects = [{ email: "amelia.hart@harrow-and-lane.example", first_name: "Amy" }];
    const { data } = await session.call("preview_campaign", { campaign_id: 2104, prospects });
    expect(data.emails[0].text).toMatch(/^Hi Amy,/);
    expect(data.emails[0].subject).toContain("Harrow and Lane");
  });

  it("in a draft, two invented people, and it is said", async () => {
    const session = await openSession();
    const { data } = await session.call("preview_campaign", { draft });
    expect(emails(data)).toEqual(["anna.example@company.example", "info@company.example"]);
    expect(data.assumptions[0]).toContain("two invented people");
    expect(data.assumptions.join(" ")).toContain("counts with 100 people");
    expect(data.calendar.total).toBe(200);
  });
});

describe("one half alone", () => {
  it.each([
    ["emails", "emails", "calendar"],
    ["calendar", "calendar", "emails"],
  ])("%s: the other half is neither shown nor told", async (show, shown, left) => {
    const session = await openSession();
    const { data, text } = await session.call("preview_campaign", { campaign_id: 2104, show });
    expect(data[shown]).toBeDefined();
    expect(data[left]).toBeUndefined();
    expect(text.includes("Calendar (")).toBe(show === "calendar");
    expect(text.includes("Subject: ")).toBe(show === "emails");
    expect(session.traffic().length).toBeLessThanOrEqual(show === "emails" ? 2 : 4);
  });
});

describe("what is not in order", () => {
  it.each<[string, object, string]>([
    [
      "21 prospects",
      { draft, prospects: Array.from({ length: 21 }, (_, n) => ({ email: `p${n}@x.example` })) },
      "may have at most 20 entries",
    ],
    ["an address that is none", { draft, prospects: [{ email: "anna" }] }, "prospects[0].email"],
    ["a time without its offset", { draft, from: "2026-03-30T09:00" }, "from must be a date"],
    ["a day that does not exist", { draft, from: "2026-13-01" }, "from must be a date"],
    [
      "prospects and a sample",
      { draft, prospects: [{ email: "a@x.example" }], sample: 3 },
      "sample does not go with prospects",
    ],
    ["neither campaign nor draft", {}, "need either campaign_id or draft"],
  ])("%s is refused", async (_name, args, words) => {
    const session = await openSession();
    expectRefused(await session.call("preview_campaign", args), [words]);
    expect(session.traffic()).toEqual([]);
  });

  it("a draft that create_campaign would refuse is shown as far as it goes", async () => {
    const session = await openSession();
    const { failed, data } = await session.call("preview_campaign", {
      draft: { steps: [{ versions: [{ message: "Hi {{WEBSITE}}" }] }] },
    });
    expect(failed).toBe(false);
    expect(data.emails[0].holes).toHaveLength(2);
    expect(data.calendar.timezone).toBe("UTC");
  });

  it("a campaign that the API does not show", async () => {
    const session = await openSession();
    const { data } = await session.call("preview_campaign", { campaign_id: 2103 });
    expect(data).toMatchObject({ emails: [], status: "STOPPED" });
    expect(data.calendar).toBeUndefined();
    expect(data.assumptions[0]).toContain("does not show this campaign");
  });

  it("mailboxes that cannot be read: no limit is counted, and it is said", async () => {
    const session = await openSession();
    session.sandbox.failNext({
      path: /mailboxes$/,
      status: 403,
      body: { code: "MISSING_FEATURES", message: "Upgrade your plan", details: null },
    });
    const { data } = await session.call("preview_campaign", { campaign_id: 2104 });
    expect(data.assumptions.join(" ")).toContain("The mailboxes could not be looked at");
    expect(data.calendar.total).toBe(10);
  });
});
