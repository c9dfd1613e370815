/** A copy is the same campaign with other ids, but for what was asked to differ. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Answer, Data } from "../support/answer.ts";
import { draft } from "../support/draft.ts";
import { business, expectExplained } from "../support/failure.ts";
import { expectRefused } from "../support/refused.ts";
import { openSession, type Session } from "../support/session.ts";

const stored = (session: Session, id: number): Data => session.sandbox.campaign(id);

/** Everything but what belongs to the one campaign: ids, status, name, and when it was created. */
function withoutIds(value: Data): Data {
  if (Array.isArray(value)) return value.map(withoutIds);
  if (value === null || typeof value !== "object") return value;
  const kept = Object.entries(value).filter(([key]) => key !== "id");
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutIds(inner)]));
}
const content = ({ created: _, ...campaign }: Data) => withoutIds({ ...campaign, name: "", status: "" });

function idsIn(value: Data): unknown[] {
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === "id" ? [inner] : idsIn(inner)));
}

async function read(session: Session, campaign_id: number, steps: number): Promise<Data> {
  const whole = (await session.call("get_campaign", { campaign_id })).data;
  const texts = [];
  for (let step = 1; step <= steps; step += 1) {
    const { data } = await session.call("get_campaign", { campaign_id, include: "content", step });
    texts.push(...data.steps);
  }
  return content({ ...whole, steps: texts });
}

async function duplicate(session: Session, campaign_id: number, more: object = {}): Promise<Answer> {
  return session.call("duplicate_campaign", { campaign_id, ...more });
}

// Sequences of every kind

const words = fc.stringMatching(/^[A-Za-z0-9 ,.?é"'&;]{1,40}$/).filter((text) => text.trim() !== "");
const html = words.map((text) => `<p>${text} {{FIRST_NAME | "there"}}</p>`);
const clock = fc.integer({ min: 0, max: 11 }).map((hour) => String(hour).padStart(2, "0"));
const times = fc
  .record({ days: fc.subarray(["MONDAY", "WEDNESDAY", "FRIDAY", "SUNDAY"], { minLength: 1 }), hour: clock })
  .map(({ days, hour }) => [
    { days, from: `${hour}:05`, to: `${hour}:50` },
    { days: days.slice(0, 1), from: "13:00", to: "14:00" },
  ]);
const versions = (one: fc.Arbitrary<object>) => fc.array(one, { minLength: 1, maxLength: 5 });
const flags = {
  signature: fc.constantFrom("SENDER", "NO_SIGNATURE"),
  track_opens: fc.boolean(),
};
const opening = fc.record({
  type: fc.constant("EMAIL"),
  versions: versions(fc.record({ subject: words, message: html, ...flags })),
});
const reminder = fc.record(
  {
    type: fc.constant("EMAIL"),
    delivery_times: times,
    versions: versions(fc.record({ subject: words, message: html, ...flags }, { requiredKeys: ["message"] })),
  },
  { requiredKeys: ["type", "versions"] },
);
const linkedin = (action: string, one: fc.Arbitrary<object>) =>
  fc.record({
    type: fc.constant("LINKEDIN"),
    linkedin: fc.constant({ action, account_id: 77 }),
    versions: versions(one),
  });
const touch = fc.oneof(
  linkedin("VISIT_PROFILE", fc.constant({ message: "" })),
  linkedin("CONNECTION_REQUEST", fc.record({ message: fc.constantFrom("", "May I?") })),
  linkedin("DIRECT_MESSAGE", fc.record({ message: words })),
  linkedin("INMAIL_MESSAGE", fc.record({ message: words, subject: words })),
);
const wait = fc.record({ value: fc.integer({ min: 1, max: 60 }), range: fc.constantFrom("DAY", "HOUR") });
const later = fc.tuple(fc.oneof(reminder, touch), wait).map(([step, after]) => ({ ...step, wait: after }));
const sequence = fc
  .tuple(opening, fc.array(later, { minLength: 15, maxLength: 15 }))
  .map(([first, rest]) => [first, ...rest]);

describe("sixteen steps, up to five versions each, e-mail and LinkedIn mixed", () => {
  it("survive create, get, duplicate and get unchanged", async () => {
    const session = await openSession();
    const property = fc.asyncProperty(sequence, async (steps) => {
      const name = `Campaign ${session.sandbox.requests.length}`;
      const { data: first } = await session.call("create_campaign", { ...draft, name, steps });
      const { data: second } = await duplicate(session, first.campaign_id);
      expect([first.outcome, second.outcome, second.status]).toEqual(["done", "done", "DRAFT"]);

      const [before, after] = [stored(session, first.campaign_id), stored(session, second.campaign_id)];
      expect(content(after)).toEqual(content(before));
      expect(new Set([...idsIn(before), ...idsIn(after)]).size).toBe(idsIn(before).length * 2);

      const [one, other] = [
        await read(session, first.campaign_id, 16),
        await read(session, second.campaign_id, 16),
      ];
      expect(other).toEqual(one);
      expect(one.steps).toHaveLength(16);
      expect(one.steps.map(({ versions: all }: Data) => all.map(({ message }: Data) => message))).toEqual(
        steps.map(({ versions: all }) => all.map((version: Data) => version.message)),
      );
    });
    // A smaller example would take hundreds of further campaigns: the first one tells enough.
    await fc.assert(property, { numRuns: 8, endOnFailure: true });
  });
});

describe("a copy of a seeded campaign", () => {
  it.each([2101, 2102, 2104])("%i has the same content, ids of its own, and nobody in it", async (id) => {
    const session = await openSession();
    const before = stored(session, id);
    const { data, text } = await duplicate(session, id);
    const after = stored(session, data.campaign_id);
    expect(content(after)).toEqual(content(before));
    expect([after.status, after.name]).toEqual(["DRAFT", `${before.name} (copy)`]);
    expect(idsIn(after).filter((one) => idsIn(before).includes(one))).toEqual([]);
    expect(stored(session, id)).toEqual(before);
    expect(text).toContain("Not copied: prospects, statistics and the folder.");
    const people = await session.call("search_prospects", { campaign_id: data.campaign_id });
    expect(people.data.total).toBe(0);
  });

  it("keeps what a further step would wait", async () => {
    const session = await openSession();
    const args = { campaign_id: 2104, step: 2 };
    const { data: asked } = await session.call("delete_campaign_step", args);
    await session.call("delete_campaign_step", { ...args, confirmation: asked.confirmation });
    const { data } = await duplicate(session, 2104);
    const waits = [];
    for (const campaign_id of [2104, data.campaign_id]) {
      waits.push((await session.call("get_campaign", { campaign_id })).data.steps[0].next_wait);
    }
    expect(waits[0]).toEqual({ value: 3, range: "DAY" });
    expect(waits[1]).toEqual(waits[0]);
  });
});

describe("a copy with changes", () => {
  it("differs in what was asked for, and in nothing else", async () => {
    const session = await openSession();
    const before = stored(session, 2102);
    const { data } = await duplicate(session, 2102, {
      name: "Baltics",
      mailbox_ids: [501, 503],
      settings: { timezone: "Europe/Riga", daily_enroll: 7 },
      versions: [{ step: 1, version: "B", subject: "In Riga", message: "<p>Riga?</p>" }],
    });
    const expected = content(before);
    expected.email_account_ids = [501, 503];
    Object.assign(expected.settings, { timezone: "Europe/Riga", daily_enroll: 7 });
    Object.assign(expected.steps.followup.body.versions[1], { subject: "In Riga", message: "<p>Riga?</p>" });
    expect(content(stored(session, data.campaign_id))).toEqual(expected);
    expect(stored(session, data.campaign_id).name).toBe("Baltics");
    expect(stored(session, 2102)).toEqual(before);
  });

  it("can put one version of a follow-up into the thread, or take it out", async () => {
    const session = await openSession();
    const { data } = await duplicate(session, 2104, {
      versions: [{ step: 2, version: "A", subject: "Anew" }],
    });
    const again = await duplicate(session, data.campaign_id, {
      versions: [{ step: 2, version: "A", subject: "" }],
    });
    const subjects = [data, again.data].map(
      ({ campaign_id }) => stored(session, campaign_id).steps.followup.followup.body.versions[0].subject,
    );
    expect(subjects).toEqual(["Anew", null]);
  });

  it("needs the subject that its source lacks, and takes it", async () => {
    const session = await openSession();
    expectRefused(await duplicate(session, 2105), ["every version of the first EMAIL step needs a subject"]);
    expect(session.sandbox.writes()).toEqual([]);
    const { data } = await duplicate(session, 2105, {
      versions: [{ step: 1, version: "B", subject: "Now" }],
    });
    expect(data).toMatchObject({ outcome: "done", status: "DRAFT" });
  });

  it("needs a mailbox that can send", async () => {
    const session = await openSession();
    const refused = await duplicate(session, 2106);
    expectExplained(session, refused, "no");
    expect(refused.text).toContain("VALIDATION_FAILURE");
    expect((await duplicate(session, 2106, { mailbox_ids: [501] })).data).toMatchObject({ outcome: "done" });
  });

  const steps = (...given: object[]) => ({ steps: given });
  const refused: [string, number, object, ...string[]][] = [
    [
      "a version that is not there",
      2102,
      { versions: [{ step: 1, version: "C", subject: "x" }] },
      'version: step 1 has 2 versions (A, B); got "C"',
    ],
    [
      "a step that is not there",
      2102,
      { versions: [{ step: 4, version: "A", subject: "x" }] },
      "step: the campaign has 3 steps; got 4",
    ],
    [
      "one version twice",
      2102,
      {
        versions: [
          { step: 1, version: "A", subject: "x" },
          { step: 1, version: "A", message: "y" },
        ],
      },
      "versions",
    ],
    [
      "an empty message",
      2102,
      { versions: [{ step: 1, version: "A", message: "" }] },
      "message",
      "must not be empty",
    ],
    ["words on a visit", 2102, { versions: [{ step: 2, version: "A", message: "Hi" }] }, "VISIT_PROFILE"],
    [
      "a subject on a visit",
      2102,
      { versions: [{ step: 2, version: "A", subject: "Hi" }] },
      "only INMAIL_MESSAGE has a subject",
    ],
    ["a mailbox twice", 2102, { mailbox_ids: [501, 501] }, "mailbox_ids", "twice"],
    [
      "an unknown field of a version",
      2102,
      { versions: [{ step: 1, version: "A", body: "x" }] },
      "versions[0].body is not known",
    ],
    ["an unknown setting", 2102, { settings: { zone: "UTC" } }, "settings.zone is not known"],
    ["a status", 2102, { status: "RUNNING" }, "status is not known"],
    ["a step that is not there", 2102, steps({ step: 9, wait: { value: 1 } }), "has 3 steps; got 9"],
    [
      "a wait of the first step",
      2102,
      steps({ step: 1, wait: { value: 1 } }),
      "the first step starts at once",
    ],
    [
      "windows of a LinkedIn step",
      2102,
      steps({ step: 2, delivery_times: draft.delivery_times }),
      "only EMAIL steps have windows",
    ],
    ["a step twice", 2102, steps({ step: 2 }, { step: 2 }), "is the same step as steps[0]"],
    ["texts among the waits", 2102, steps({ step: 1, subject: "x" }), "steps[0].subject is not known"],
  ];
  it.each(refused)("%s is refused with nothing created", async (_name, id, more, ...says) => {
    const session = await openSession();
    expectRefused(await duplicate(session, id, more), says);
    expect(session.sandbox.writes()).toEqual([]);
    expect(session.sandbox.requests.map(({ method }) => method)).not.toContain("POST");
  });

  it("takes text in place of message, as every tool does, and says so", async () => {
    const { call } = await openSession();
    const versions = [{ step: 1, version: "A", text: "One\n\nTwo & three" }];
    const { data, text } = await call("duplicate_campaign", { campaign_id: 2102, versions });
    expect(data.notes).toEqual([expect.stringContaining("plain text is written")]);
    expect(text).toContain(data.notes[0]);
    const asked = { campaign_id: data.campaign_id, include: "content", step: 1, version: "A" };
    expect((await call("get_campaign", asked)).data.steps[0].versions[0].message).toBe(
      "<div>One</div><div><br /></div><div>Two &amp; three</div>",
    );
  });

  it("has LinkedIn texts that are no longer than they may be", async () => {
    const session = await openSession();
    const note = {
      type: "LINKEDIN",
      linkedin: { action: "CONNECTION_REQUEST", account_id: 77 },
      versions: [{ message: "" }],
    };
    await session.call("add_campaign_step", { campaign_id: 2104, step: note });
    const versions = [{ step: 3, version: "A", message: "x".repeat(301) }];
    expectRefused(await duplicate(session, 2104, { versions }), ["301 characters; at most 300"]);
    expect(session.sandbox.writes()).toHaveLength(1);
  });
});

describe("what cannot be copied", () => {
  it("is a campaign with a condition", async () => {
    const session = await openSession();
    const answer = await duplicate(session, 2103);
    expect([answer.failed, answer.data]).toEqual([true, undefined]);
    expect(answer.text).toContain("\nNothing was changed.\nNext: ");
    expect(answer.text).toContain("API_UNSUPPORTED_CAMPAIGN_FEATURES");
    expect(answer.text).toContain("do it in the Woodpecker app");
    expect(session.sandbox.writes()).toEqual([]);
  });

  it("is a campaign that is not there", async () => {
    const session = await openSession();
    const answer = await duplicate(session, 9999);
    expectExplained(session, answer, "no");
    expect(answer.text).toContain("CAMPAIGN_NOT_EXIST");
    expect(session.sandbox.writes()).toEqual([]);
  });

  it("is one that Woodpecker does not take", async () => {
    const session = await openSession();
    const body = business("code", "MISSING_FEATURES", "Upgrade your plan");
    session.sandbox.failNext({ method: "POST", status: 403, body });
    const answer = await duplicate(session, 2102);
    expectExplained(session, answer, "no");
    expect(answer.text).toContain("MISSING_FEATURES");
  });
});
