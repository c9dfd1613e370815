/** One call for several steps or versions: exactly what was meant changes, and every end tells the truth about it. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Answer, Data } from "../../support/answer.ts";
import { draft } from "../../support/draft.ts";
import { business } from "../../support/failure.ts";
import type { Gate, Passing } from "../../support/gate.ts";
import { expectRefused } from "../../support/refused.ts";
import { openSession, type Session } from "../../support/session.ts";

const monday = [{ days: ["MONDAY"], from: "09:00", to: "10:00" }];
const stored = (session: Session, id: number): Data => structuredClone(session.sandbox.campaign(id));
const stepsIn = (campaign: Data): Data[] => {
  const list = [];
  for (let step = campaign.steps.followup; step; step = step.followup) list.push(step);
  return list;
};
const isPatch = ({ method }: { method: string }) => method === "PATCH";

const version = fc.record({
  signature: fc.constantFrom("SENDER", "NO_SIGNATURE"),
  track_opens: fc.boolean(),
});
const step = fc
  .tuple(fc.constantFrom("EMAIL", "EMAIL", "LINKEDIN"), fc.array(version, { minLength: 1, maxLength: 3 }))
  .map(([type, versions]) =>
    type === "EMAIL"
      ? { type, versions: versions.map((one) => ({ ...one, subject: "Hi", message: "<p>Text</p>" })) }
      : {
          type,
          linkedin: { action: "DIRECT_MESSAGE", account_id: 77 },
          versions: versions.map(() => ({ message: "Hi" })),
        },
  );
const sequence = fc.array(step, { minLength: 1, maxLength: 5 }).map((list) => [
  {
    type: "EMAIL",
    versions: [{ subject: "Hi", message: "<p>Text</p>", signature: "SENDER", track_opens: false }],
  },
  ...list.map((one) => ({ ...one, wait: { value: 1, range: "DAY" } })),
]);

async function made(session: Session, steps: object[]): Promise<number> {
  const name = `Campaign ${session.sandbox.requests.length}`;
  return (await session.call("create_campaign", { ...draft, name, steps })).data.campaign_id;
}

describe("all_steps and all_versions", () => {
  it("change every e-mail, and nothing else", async () => {
    const session = await openSession();
    const change = fc.record(
      { signature: fc.constantFrom("SENDER", "NO_SIGNATURE"), track_opens: fc.boolean() },
      { requiredKeys: [] },
    );
    const property = fc.asyncProperty(sequence, change, fc.boolean(), async (steps, fields, merge) => {
      const campaign_id = await made(session, steps);
      const expected = stored(session, campaign_id);
      const emails = stepsIn(expected).filter(({ type }) => type === "EMAIL");
      for (const one of emails) {
        const kept = merge ? one.delivery_time : {};
        one.delivery_time = { ...kept, MONDAY: [{ from: "09:00", to: "10:00" }] };
        for (const own of one.body.versions) Object.assign(own, fields);
      }
      const args = { campaign_id, all_steps: true, delivery_times: monday, merge };
      const windows = await session.call("update_campaign_step", args);
      expect(windows.data.outcome).toBe("done");
      expect(windows.data.changed.map((one: Data) => [one.step, one.field])).toEqual(
        stepsIn(expected).flatMap(({ type }, index) =>
          type === "EMAIL" ? [[index + 1, "delivery_times"]] : [],
        ),
      );
      if (Object.keys(fields).length > 0) {
        const flags = await session.call("update_step_version", {
          campaign_id,
          all_versions: true,
          ...fields,
        });
        expect(flags.failed).toBe(false);
        expect(["done", "already"]).toContain(flags.data.outcome);
        expect(flags.data.changed.length > 0).toBe(flags.data.outcome === "done");
      }
      expect(stored(session, campaign_id)).toEqual(expected);
      const before = session.sandbox.requests.filter(isPatch).length;
      expect((await session.call("update_campaign_step", args)).data.outcome).toBe("already");
      expect(session.sandbox.requests.filter(isPatch)).toHaveLength(before);
    });
    await fc.assert(property, { numRuns: 12 });
  });

  it("are all versions of one step, where it is given", async () => {
    const session = await openSession();
    const flags = { signature: "SENDER", track_opens: true };
    const email = {
      type: "EMAIL",
      versions: ["a", "b"].map((word) => ({ subject: word, message: word, ...flags })),
    };
    const campaign_id = await made(session, [email, { ...email, wait: { value: 1, range: "DAY" } }]);
    const args = { campaign_id, step: 2, all_versions: true, track_opens: false };
    const { data, text } = await session.call("update_step_version", args);
    const tracked = stepsIn(stored(session, campaign_id)).map(({ body }) =>
      body.versions.map((one: Data) => one.track_opens),
    );
    expect(tracked).toEqual([
      [true, true],
      [false, false],
    ]);
    expect(data.changed).toEqual(
      ["A", "B"].map((letter) => ({
        step: 2,
        version: letter,
        field: "track_opens",
        before: true,
        after: false,
      })),
    );
    expect(text).toContain("track_opens");
  });

  const step1 = { step: 1, delivery_times: monday };
  const refused: [string, string, object, string][] = [
    [
      "windows of nothing",
      "update_campaign_step",
      { delivery_times: monday },
      "all_steps: true for every EMAIL step",
    ],
    [
      "windows of both",
      "update_campaign_step",
      { ...step1, all_steps: true },
      "all_steps does not go with step",
    ],
    [
      "windows with all_steps: false",
      "update_campaign_step",
      { all_steps: false, delivery_times: monday },
      "step is missing",
    ],
    ["no version", "update_step_version", { step: 1, track_opens: true }, "version is missing"],
    ["no step", "update_step_version", { version: "A", track_opens: true }, "step is missing"],
    ["neither", "update_step_version", { track_opens: true }, "step is missing"],
    [
      "a version and all",
      "update_step_version",
      { step: 1, version: "A", all_versions: true, track_opens: true },
      "does not go with version",
    ],
    [
      "texts of all",
      "update_step_version",
      { all_versions: true, message: "<p>x</p>" },
      "signature and track_opens only",
    ],
    ["nothing for all", "update_step_version", { all_versions: true }, "need signature or track_opens"],
  ];
  it.each(refused)("refuse %s before anything is sent", async (_name, tool, args, says) => {
    const session = await openSession();
    expectRefused(await session.call(tool, { campaign_id: 2104, ...args }), [says]);
    expect(session.traffic()).toEqual([]);
  });

  it("refuse a LinkedIn step, and a campaign without e-mails", async () => {
    const session = await openSession();
    const linkedin = { action: "DIRECT_MESSAGE", account_id: 77 };
    const campaign_id = await made(session, [{ type: "LINKEDIN", linkedin, versions: [{ message: "Hi" }] }]);
    const all = { campaign_id, all_versions: true, track_opens: true };
    expectRefused(await session.call("update_step_version", all), ["no EMAIL step"]);
    expectRefused(await session.call("update_step_version", { ...all, step: 1 }), ["step 1 is LINKEDIN"]);
    const windows = { campaign_id, all_steps: true, delivery_times: monday };
    expectRefused(await session.call("update_campaign_step", windows), ["no EMAIL step"]);
  });

  it("show in a dry run every place", async () => {
    const session = await openSession();
    const args = { campaign_id: 2104, all_steps: true, delivery_times: monday, dry_run: true };
    const { data, text } = await session.call("update_campaign_step", args);
    expect(data.changed.map((one: Data) => one.step)).toEqual([1, 2]);
    expect(text).toContain("step 2");
    expect(session.sandbox.writes()).toEqual([]);
  });
});

const emails = (count: number) =>
  Array.from({ length: count }, (_none, index) => ({
    type: "EMAIL",
    ...(index > 0 && { wait: { value: 1, range: "DAY" } }),
    versions: [{ subject: "Hi", message: "<p>Text</p>", signature: "SENDER", track_opens: false }],
  }));

const untracked = (session: Session, id: number) =>
  stepsIn(stored(session, id)).flatMap(({ body }, index) =>
    body.versions[0].track_opens ? [index + 1] : [],
  );

/** "Changed before that: step 1 version A. Not changed: step 2 version A, …" */
const said = (text: string, words: string) =>
  [...(text.split(words)[1]?.split(/\.\s/)[0] ?? "").matchAll(/step (\d+)/g)].map(([, number]) =>
    Number(number),
  );

describe("a failure in the middle", () => {
  const failures: [string, object][] = [
    ["a refusal", { status: 409, body: business("code", "VALIDATION_FAILURE", "Validation failure") }],
    ["a failure of the server", { status: 500, body: {} }],
    ["a failure after it was carried out", { status: 500, body: {}, after: "commit" }],
    ["a lost answer", { after: "commit", drop: true }],
  ];
  const cases = failures.flatMap(([name, failure]) =>
    [1, 2, 3].map((number) => [name, number, failure] as const),
  );
  it.each(cases)("%s at write %i: what was changed is said as it is", async (_name, number, failure) => {
    const session = await openSession();
    const campaign_id = await made(session, emails(3));
    const steps = stepsIn(stored(session, campaign_id)).map(({ id }) => id);
    session.sandbox.failNext({ method: "PATCH", path: new RegExp(steps[number - 1]), ...failure });
    const args = { campaign_id, all_versions: true, track_opens: true };
    const answer = await session.call("update_step_version", args);
    const changed = untracked(session, campaign_id);
    const left = [1, 2, 3].filter((one) => !changed.includes(one));
    expectTruth(answer, changed, left);
    const again = await session.call("update_step_version", args);
    expect(again.failed).toBe(false);
    expect(untracked(session, campaign_id)).toEqual([1, 2, 3]);
  });

  it("of a look between two writes ends the call, with what was changed", async () => {
    const session = await openSession({
      gate: afterFirst({ instead: () => ({ status: 403, body: { title: "Forbidden" } }) }),
    });
    const campaign_id = await made(session, emails(3));
    const args = { campaign_id, all_versions: true, track_opens: true };
    expectTruth(await session.call("update_step_version", args), [1], [2, 3]);
    expect(untracked(session, campaign_id)).toEqual([1]);
  });
});

/** What becomes of looks at a campaign between the first edit and the second. */
function afterFirst({ instead, after }: Gate): Gate {
  let patched = 0;
  const isMeant = ({ method, url }: Passing) =>
    method === "GET" && patched === 1 && /campaigns\/\d+$/.test(url);
  return {
    before({ method }) {
      if (method === "PATCH") patched += 1;
      return undefined;
    },
    instead: (request) => (isMeant(request) ? instead?.(request) : undefined),
    after: (json, request) => (after && isMeant(request) ? after(json, request) : json),
  };
}

function expectTruth({ failed, text, data }: Answer, changed: number[], left: number[]): void {
  if (!failed) {
    expect([left, data.outcome]).toEqual([[], "done"]);
    return;
  }
  if (/may or may not/.test(text)) {
    expect(said(text, "Changed: ")).toEqual(changed);
    return;
  }
  if (changed.length === 0) return void expect(text).toContain("Nothing was changed.");
  expect(said(text, "Changed before that: ")).toEqual(changed);
  expect(said(text, "Not changed: ")).toEqual(left);
  expect(data).toMatchObject({
    outcome: "partial",
    not_changed: left.map((one) => ({ step: one, version: "A" })),
  });
  expect(data.changed.map((one: Data) => one.step)).toEqual(changed);
}

describe("somebody else in the middle", () => {
  const changes: [string, (campaign: Data) => void, string][] = [
    [
      "a text",
      (campaign) => Object.assign(stepsIn(campaign)[2].body.versions[0], { message: "<p>New</p>" }),
      "step 3 version A",
    ],
    [
      "windows",
      (campaign) =>
        Object.assign(stepsIn(campaign)[0], { delivery_time: { SUNDAY: [{ from: "01:00", to: "02:00" }] } }),
      "step 1",
    ],
    [
      "the status",
      (campaign) => Object.assign(campaign, { status: "RUNNING" }),
      "its status: it is RUNNING now",
    ],
    ["the steps", (campaign) => delete stepsIn(campaign)[1].followup, "its steps"],
  ];
  it.each(changes)("changes %s: nothing more is written, and it is said", async (_name, change, says) => {
    const after = (json: unknown) => {
      change(json as Data);
      return json;
    };
    const session = await openSession({ gate: afterFirst({ after }) });
    const campaign_id = await made(session, emails(3));
    const answer = await session.call("update_step_version", {
      campaign_id,
      all_versions: true,
      track_opens: true,
    });
    expect(answer.text).toContain(`meanwhile somebody else changed ${says}`);
    expectTruth(answer, [1], [2, 3]);
    expect(untracked(session, campaign_id)).toEqual([1]);
  });

  it("two calls at once both change all that they mean", async () => {
    const session = await openSession();
    const campaign_id = await made(session, emails(4));
    const args = { campaign_id, all_versions: true };
    const both = await Promise.all([
      session.call("update_step_version", { ...args, track_opens: true }),
      session.call("update_step_version", { ...args, signature: "NO_SIGNATURE" }),
      session.call("update_campaign_step", { campaign_id, all_steps: true, delivery_times: monday }),
    ]);
    expect(both.map(({ data }) => data?.outcome)).toEqual(["done", "done", "done"]);
    for (const { body, delivery_time } of stepsIn(stored(session, campaign_id))) {
      expect(body.versions).toMatchObject([{ track_opens: true, signature: "NO_SIGNATURE" }]);
      expect(Object.keys(delivery_time)).toEqual(["MONDAY"]);
    }
  });
});

describe("a live campaign", () => {
  it("is opened once for several edits, and every answer before says that sending stops and is asked about", async () => {
    const session = await openSession();
    const edit = { campaign_id: 2101, all_steps: true, delivery_times: monday };
    const refused = await session.call("update_campaign_step", edit);
    expect(refused.text).toContain("make_campaign_editable 2101, once for all edits");
    expect(refused.text).toContain("It stops the sending until run_campaign is called again");
    expect(refused.text).toContain("run_campaign asks them before anything is sent");
    const dry = await session.call("make_campaign_editable", { campaign_id: 2101, dry_run: true });
    expect(dry.text).toContain("Sending stops at once; when all edits are made, run_campaign asks");
    const opened = await session.call("make_campaign_editable", { campaign_id: 2101 });
    expect(opened.data.next).toContain("make every edit before that");
    expect((await session.call("update_campaign_step", edit)).data.outcome).toBe("done");
    const flags = { campaign_id: 2101, all_versions: true, track_opens: false, signature: "NO_SIGNATURE" };
    expect((await session.call("update_step_version", flags)).data.outcome).toBe("done");
    expect(
      (await session.call("run_campaign", { campaign_id: 2101, despite_errors: true })).data.outcome,
    ).toBe("confirmation_required");
    expect(session.attempted().filter((line) => line.includes("make_editable"))).toHaveLength(1);
  });
});
