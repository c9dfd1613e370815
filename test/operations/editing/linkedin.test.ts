/** LinkedIn steps: four actions, what each may carry, and how long it may be. */
import { describe, expect, it } from "vitest";
import type { Data } from "../../support/answer.ts";
import { draft } from "../../support/draft.ts";
import { bad, expectRefused, type Row, refuseAll } from "../../support/refused.ts";
import { openSession } from "../../support/session.ts";

const [email] = draft.steps;
const touch = (action: string, version: object, more: object = {}) => ({
  type: "LINKEDIN",
  linkedin: { action, account_id: 77 },
  versions: [version],
  ...more,
});
const create = (step: object) => ["create_campaign", { ...draft, steps: [email, step] }] as const;
const add = (step: object) => ["add_campaign_step", { campaign_id: 2104, step }] as const;
const long = (length: number) => "x".repeat(length);

const taken: [string, object][] = [
  ["VISIT_PROFILE", { message: "" }],
  ["CONNECTION_REQUEST", { message: "" }],
  ["CONNECTION_REQUEST", { message: long(300) }],
  ["DIRECT_MESSAGE", { message: 'Hi {{FIRST_NAME | "there"}}' }],
  ["INMAIL_MESSAGE", { message: "Without a subject" }],
  ["INMAIL_MESSAGE", { subject: long(200), message: long(1900) }],
];

describe.each(taken)("%s %j", (action, version) => {
  it("is created, and read back as it was written", async () => {
    const session = await openSession();
    const [tool, args] = create(touch(action, version));
    const { data } = await session.call(tool, args);
    expect(data.outcome).toBe("done");
    const read = await session.call("get_campaign", {
      campaign_id: data.campaign_id,
      include: "content",
      step: 2,
    });
    const [step] = read.data.steps;
    expect(step).toMatchObject({
      type: "LINKEDIN",
      linkedin: { action, account_id: 77 },
      versions: [version],
    });
    expect([step.delivery_times, step.versions[0].signature]).toEqual([undefined, undefined]);
  });

  it("is appended, and nothing but what it has is sent", async () => {
    const session = await openSession();
    const [tool, args] = add(touch(action, version));
    expect((await session.call(tool, args)).data).toMatchObject({ outcome: "done", step: 3 });
    const [{ body }] = session.sandbox.writes() as [Data];
    expect(body.step).toEqual({
      type: "LINKEDIN",
      body: { action_type: action, linkedin_account_id: 77, versions: [version] },
    });
  });
});

const faults: [string, object, ...string[]][] = [
  [
    "a note of 301",
    touch("CONNECTION_REQUEST", { message: long(301) }),
    "versions[0].message has 301 characters; at most 300 for CONNECTION_REQUEST",
  ],
  [
    "an InMail of 1901",
    touch("INMAIL_MESSAGE", { message: long(1901) }),
    "versions[0].message has 1901 characters; at most 1900 for INMAIL_MESSAGE",
  ],
  [
    "an InMail subject of 201",
    touch("INMAIL_MESSAGE", { subject: long(201), message: "x" }),
    "versions[0].subject has 201 characters; at most 200 for InMail",
  ],
  [
    "a snippet in an InMail subject",
    touch("INMAIL_MESSAGE", { subject: "Hi {{FIRST_NAME}}", message: "x" }),
    "versions[0].subject cannot hold snippets in an InMail",
  ],
  [
    "an empty InMail",
    touch("INMAIL_MESSAGE", { message: " " }),
    "versions[0].message must not be empty for INMAIL_MESSAGE",
  ],
  [
    "an empty direct message",
    touch("DIRECT_MESSAGE", { message: "" }),
    "versions[0].message must not be empty for DIRECT_MESSAGE",
  ],
  [
    "a direct message of 8001",
    touch("DIRECT_MESSAGE", { message: long(8001) }),
    "versions[0].message has 8001 characters",
  ],
  [
    "words on a visit",
    touch("VISIT_PROFILE", { message: "Hi" }),
    'versions[0].message must be "" for VISIT_PROFILE',
  ],
  [
    "a subject on a visit",
    touch("VISIT_PROFILE", { subject: "Hi", message: "" }),
    "versions[0].subject only INMAIL_MESSAGE has a subject",
  ],
  [
    "a subject on a note",
    touch("CONNECTION_REQUEST", { subject: "Hi", message: "" }),
    "versions[0].subject only INMAIL_MESSAGE",
  ],
  [
    "a subject on a direct message",
    touch("DIRECT_MESSAGE", { subject: "Hi", message: "x" }),
    "versions[0].subject only INMAIL_MESSAGE",
  ],
  [
    "a signature",
    touch("DIRECT_MESSAGE", { message: "x", signature: "SENDER" }),
    "versions[0].signature belongs to EMAIL steps",
  ],
  [
    "open tracking",
    touch("DIRECT_MESSAGE", { message: "x", track_opens: false }),
    "versions[0].track_opens belongs to EMAIL steps",
  ],
  [
    "windows",
    touch("VISIT_PROFILE", { message: "" }, { delivery_times: draft.delivery_times }),
    "delivery_times belongs to EMAIL steps; LinkedIn steps have no windows",
  ],
  [
    "an action of another tool",
    touch("SEND_GIFT", { message: "" }),
    "linkedin.action must be one of VISIT_PROFILE, CONNECTION_REQUEST, DIRECT_MESSAGE, INMAIL_MESSAGE",
  ],
  [
    "no account",
    { type: "LINKEDIN", versions: [{ message: "" }] },
    "linkedin is required on a LINKEDIN step",
  ],
];
const rows = (tool: (step: object) => readonly [string, unknown], path: string): Row[] =>
  faults.map(([name, step, ...says]) => bad(name, tool(step), ...says.map((words) => `${path}.${words}`)));

refuseAll({
  "in a new campaign": rows(create, "steps[1]"),
  "in an appended step": rows(add, "step"),
});

describe("the version of a LinkedIn step", () => {
  const edits: [string, object, object, string][] = [
    [
      "CONNECTION_REQUEST",
      { message: "" },
      { message: long(301) },
      "message has 301 characters; at most 300",
    ],
    ["CONNECTION_REQUEST", { message: "" }, { text: long(301) }, "message has 301 characters; at most 300"],
    ["INMAIL_MESSAGE", { message: "x" }, { subject: long(201) }, "subject has 201 characters; at most 200"],
    ["INMAIL_MESSAGE", { message: "x" }, { subject: "{{COMPANY}}" }, "subject cannot hold snippets"],
    [
      "INMAIL_MESSAGE",
      { message: "x" },
      { message: long(1901) },
      "message has 1901 characters; at most 1900",
    ],
    ["DIRECT_MESSAGE", { message: "x" }, { subject: "Hi" }, "subject only INMAIL_MESSAGE has a subject"],
    ["DIRECT_MESSAGE", { message: "x" }, { signature: "SENDER" }, "signature belongs to EMAIL steps"],
    ["VISIT_PROFILE", { message: "" }, { message: "Hi" }, 'message must be "" for VISIT_PROFILE'],
  ];
  it.each(edits)("%s %j does not take %j", async (action, version, change, says) => {
    const session = await openSession();
    const [tool, args] = add(touch(action, version));
    await session.call(tool, args);
    const stored = session.sandbox.campaign(2104);
    const edit = { campaign_id: 2104, step: 3, version: "A", ...change };
    expectRefused(await session.call("update_step_version", edit), [says]);
    expect(session.sandbox.writes()).toHaveLength(1);
    expect(session.sandbox.campaign(2104)).toEqual(stored);
  });

  it("keeps its message when an InMail gets a subject", async () => {
    const session = await openSession();
    const [tool, args] = add(touch("INMAIL_MESSAGE", { message: "Body" }));
    await session.call(tool, args);
    const edit = { campaign_id: 2104, step: 3, version: "A", subject: "Counting" };
    expect((await session.call("update_step_version", edit)).data.changed).toMatchObject([
      { step: 3, version: "A", field: "subject", after: "Counting" },
    ]);
    const read = await session.call("get_campaign", { campaign_id: 2104, include: "content", step: 3 });
    expect(read.data.steps[0].versions).toMatchObject([{ subject: "Counting", message: "Body" }]);
  });
});
