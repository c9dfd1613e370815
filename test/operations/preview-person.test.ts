/** preview_campaign about one person: who is set aside and where, what other versions lack, LinkedIn texts, who is enrolled. */
import { describe, expect, it } from "vitest";
import type { Data } from "../support/answer.ts";
import { draft } from "../support/draft.ts";
import { openSession } from "../support/session.ts";

const known = { email: "anna@bakery.example", first_name: "Anna", company: "Le Four" };
const preview = async (args: object) => {
  const session = await openSession();
  const { data, text, failed } = await session.call("preview_campaign", {
    draft,
    from: "2026-03-30",
    ...args,
  });
  expect(failed).toBe(false);
  return { data, text };
};
const email = (...versions: object[]) => ({ type: "EMAIL", wait: { value: 2, range: "DAY" }, versions });
const stepsOf = (first: object, ...rest: object[]) => {
  const { wait: _wait, ...opening } = first as Data;
  return { draft: { ...draft, steps: [opening, ...rest] } };
};

describe("a preview about one person", () => {
  it("ends with the step at which the person is set aside, and says so in both forms", async () => {
    const steps = stepsOf(
      email({ subject: "Hi", message: "<p>one</p>" }),
      email({ message: "<p>{{CITY}}</p>" }),
      email({ message: "<p>three</p>" }),
    );
    const { data, text } = await preview({ ...steps, prospects: [known] });
    expect(data.emails.map(({ step }: Data) => step)).toEqual([1, 2]);
    expect(data.emails[1].sets_aside).toBe(true);
    expect(data.set_aside).toEqual([{ email: known.email, step: 2, missing: ["city"] }]);
    expect(text).toContain('- "anna@bakery.example" at step 2: no city');
  });

  it("names what each version lacks that could be drawn", async () => {
    const steps = stepsOf(
      email({ subject: "A", message: "<p>a</p>" }, { subject: "B", message: "<p>{{CITY}}</p>" }),
    );
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const { data } = await preview({ ...steps, prospects: [known], seed });
      expect(data.emails[0].holes.join()).toContain("no city");
      expect(data.set_aside).toEqual([{ email: known.email, step: 1, missing: ["city"], versions: ["B"] }]);
    }
  });

  it("puts a follow-up under the subject that this person got, also among all variants", async () => {
    const steps = stepsOf(
      email(
        { subject: '{{SPINTAX | "x" | "y"}}', message: "<p>a</p>" },
        { subject: "B", message: "<p>b</p>" },
      ),
      email({ message: "<p>c</p>" }),
    );
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const one = await preview({ ...steps, prospects: [known], seed });
      const all = await preview({ ...steps, prospects: [known], seed, all_variants: true });
      const follow = all.data.emails.find(({ step }: Data) => step === 2);
      expect(follow.subject).toBe(`Re: ${one.data.emails[0].subject}`);
    }
  });

  it("shows LinkedIn texts and counts them as what they are", async () => {
    const linkedin = {
      type: "LINKEDIN",
      wait: { value: 1, range: "DAY" },
      linkedin: { action: "CONNECTION_REQUEST", account_id: 77 },
      versions: [{ message: "Hi {{FIRST_NAME}} & all" }],
    };
    const steps = stepsOf(email({ subject: "Hi", message: "<p>one</p>" }), linkedin);
    const { data, text } = await preview({ ...steps, prospects: [known] });
    expect(data.emails[1]).toMatchObject({
      text: "Hi Anna & all",
      linkedin: "connection request",
      holes: [],
    });
    expect(data.calendar).toMatchObject({ total: 2, linkedin: 1 });
    expect(text).toContain("1 e-mail and 1 LinkedIn text shown");
    expect(text).toContain("2 sends, 1 of them on LinkedIn");
    expect(text.match(/Subject: /g)).toHaveLength(1);
  });

  it("says the first action, the last day, and that holidays are not skipped", async () => {
    const { data, text } = await preview({ people: 3 });
    expect(data.calendar.last_day).toBe(data.calendar.last_send.slice(0, 10));
    expect(data.calendar.first_action).toBe(`e-mail of step 1, ${data.calendar.first_send}`);
    expect(text).toContain(data.calendar.first_action);
    expect(text).toContain("Public holidays are not skipped");
  });

  it("says who is not enrolled, and shows those first who lack most", async () => {
    const session = await openSession();
    const stranger = await session.call("preview_campaign", { campaign_id: 2104, prospects: [known] });
    expect(stranger.data.assumptions.join(" ")).toContain(
      'Not enrolled in this campaign: "anna@bakery.example"',
    );
    for (const seed of [1, 2, 3]) {
      const { data } = await session.call("preview_campaign", { campaign_id: 2104, sample: 1, seed });
      expect(data.set_aside.map(({ email }: Data) => email)).toContain(data.emails[0].email);
    }
  });
});
