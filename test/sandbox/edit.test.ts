/** Edits of campaigns, steps and versions in the sandbox. */
import { describe, expect, it } from "vitest";
import type { Sandbox, SandboxOptions } from "../../src/sandbox/index.ts";
import {
  type Answer,
  call,
  chain,
  draft,
  email,
  expectEmpty,
  type Json,
  linkedIn,
  start,
} from "./helpers.ts";

const span = (from: string, to: string) => ({ from, to });
const settings = (more: object) => ({ settings: more });
const steps = (campaign: Json): Json[] => {
  const list: Json[] = [];
  for (let step = campaign.steps.followup; step; step = step.followup) list.push(step);
  return list;
};
const visit = linkedIn("VISIT_PROFILE", { message: "" });

/** A draft of three e-mails and a profile visit, and the paths to its parts. */
async function drafted(options: SandboxOptions = {}) {
  const sandbox = await start(options);
  const tree = chain([email(), email({}, { subject: null, message: "Two" }), visit, email()]);
  const { body } = await call(sandbox, "POST /v2/campaigns", draft({}, tree));
  const path = `/v2/campaigns/${body.id}`;
  const stepPath = (index: number) => `${path}/steps/${steps(body)[index].id}`;
  const versionPath = (index: number) =>
    `${stepPath(index)}/versions/${steps(body)[index].body.versions[0].id}`;
  return { sandbox, body, path, stepPath, versionPath };
}

const expectRefused = (answer: Answer, status: number, code: string): void =>
  expect([answer.status, answer.body.code]).toEqual([status, code]);
const read = async (sandbox: Sandbox, path: string) => (await call(sandbox, `GET ${path}`)).body;

describe("update campaign", () => {
  it.each<[string, Json, Json]>([
    ["the name", { name: "Autumn" }, { name: "Autumn", email_account_ids: [501] }],
    ["the mailboxes, all of them", { email_account_ids: [503, 502] }, { email_account_ids: [503, 502] }],
    [
      "one setting, leaving the others",
      settings({ daily_enroll: 5 }),
      { settings: expect.objectContaining({ daily_enroll: 5, timezone: "Europe/Warsaw" }) },
    ],
    ["nothing", {}, { name: "Spring" }],
  ])("changes %s", async (_, patch, expected) => {
    const { sandbox, path, body } = await drafted();
    const answer = await call(sandbox, `PATCH ${path}`, patch);
    expect([answer.status, answer.body]).toEqual([200, { ...body, ...expected }]);
    expect(await read(sandbox, path)).toEqual(answer.body);
  });

  it.each<[string, Json, number, string]>([
    ["steps", { steps: {} }, 400, "INPUT_DATA_VALIDATION_FAILURE"],
    ["a status", { status: "RUNNING" }, 400, "INPUT_DATA_VALIDATION_FAILURE"],
    ["an unknown setting", settings({ per_day: 3 }), 400, "INPUT_DATA_VALIDATION_FAILURE"],
    [
      "a zone outside the list",
      settings({ timezone: "Pacific/Pago_Pago" }),
      400,
      "INPUT_DATA_VALIDATION_FAILURE",
    ],
    ["no mailbox", { email_account_ids: [] }, 400, "INPUT_DATA_VALIDATION_FAILURE"],
    ["a broken mailbox", { email_account_ids: [504] }, 409, "VALIDATION_FAILURE"],
    ["an IMAP mailbox", { email_account_ids: [601] }, 409, "VALIDATION_FAILURE"],
  ])("refuses %s", async (_, patch, status, code) => {
    const { sandbox, path, body } = await drafted();
    expectRefused(await call(sandbox, `PATCH ${path}`, patch), status, code);
    expect(await read(sandbox, path)).toEqual(body);
  });
});

describe("add step", () => {
  it.each<[string, Json]>([
    ["an e-mail in the same thread", email({}, { subject: null })],
    ["an e-mail with a wait", email({ followup_after: { range: "HOUR", value: 10 } })],
    ["a LinkedIn step", visit],
  ])("appends %s", async (_, step) => {
    const { sandbox, path, body } = await drafted();
    const parent_id = steps(body)[3].id;
    const answer = await call(sandbox, `POST ${path}/steps`, { parent_id, step });
    expect(answer.status).toBe(200);
    expect(steps(answer.body)).toHaveLength(5);
    expect(steps(answer.body)[4]).toMatchObject({ type: step.type, followup: null });
    expect(await read(sandbox, path)).toEqual(answer.body);
  });

  it.each<[string, (ids: string[]) => Json, number, string]>([
    ["a parent in the middle", (ids) => ({ parent_id: ids[1], step: email() }), 409, "VALIDATION_FAILURE"],
    ["an unknown parent", () => ({ parent_id: "x", step: email() }), 409, "VALIDATION_FAILURE"],
    ["no parent", () => ({ step: email() }), 400, "INPUT_DATA_VALIDATION_FAILURE"],
    [
      "more than one step",
      (ids) => ({ parent_id: ids[3], step: email({ followup: email() }) }),
      400,
      "INPUT_DATA_VALIDATION_FAILURE",
    ],
    [
      "a LinkedIn account that does not exist",
      (ids) => ({ parent_id: ids[3], step: { ...visit, body: { ...visit.body, linkedin_account_id: 1 } } }),
      409,
      "VALIDATION_FAILURE",
    ],
  ])("refuses %s", async (_, body, status, code) => {
    const { sandbox, path, body: campaign } = await drafted();
    const ids = steps(campaign).map((step) => step.id);
    expectRefused(await call(sandbox, `POST ${path}/steps`, body(ids)), status, code);
  });

  it("refuses the seventeenth", async () => {
    const sandbox = await start();
    const { body } = await call(sandbox, "POST /v2/campaigns", draft({}, chain(Array(16).fill(email()))));
    const parent_id = steps(body)[15].id;
    const answer = await call(sandbox, `POST /v2/campaigns/${body.id}/steps`, { parent_id, step: email() });
    expectRefused(answer, 409, "VALIDATION_FAILURE");
  });

  it("refuses a parent that has processed somebody", async () => {
    const sandbox = await start();
    await call(sandbox, "POST /v2/campaigns/2101/make_editable");
    const parent_id = steps(sandbox.campaign(2101))[2].id;
    const answer = await call(sandbox, "POST /v2/campaigns/2101/steps", { parent_id, step: email() });
    expectRefused(answer, 409, "VALIDATION_FAILURE");
  });

  it("asks a first e-mail for its subject", async () => {
    const sandbox = await start();
    const { body } = await call(sandbox, "POST /v2/campaigns", draft({}, visit));
    const parent_id = steps(body)[0].id;
    const add = (subject: string | null) =>
      call(sandbox, `POST /v2/campaigns/${body.id}/steps`, { parent_id, step: email({}, { subject }) });
    expectRefused(await add(null), 409, "VALIDATION_FAILURE");
    expect((await add("Hello")).status).toBe(200);
  });
});

describe("update step", () => {
  it("replaces the whole week", async () => {
    const { sandbox, stepPath } = await drafted();
    const delivery_time = { SUNDAY: [span("00:00", "24:00")], FRIDAY: [span("10:00", "11:00")] };
    const { status, body } = await call(sandbox, `PATCH ${stepPath(1)}`, { delivery_time });
    expect(status).toBe(200);
    expect(steps(body)[1].delivery_time).toEqual({ ...delivery_time, SUNDAY: [span("00:00", "00:00")] });
    expect(steps(body)[0].delivery_time).toEqual({ MONDAY: [span("09:00", "17:00")] });
  });

  it.each<[string, number, Json, number, string]>([
    ["no day", 0, { delivery_time: {} }, 400, "INPUT_DATA_VALIDATION_FAILURE"],
    ["a wait", 0, { followup_after: { range: "DAY", value: 2 } }, 400, "INPUT_DATA_VALIDATION_FAILURE"],
    [
      "a LinkedIn step",
      2,
      { delivery_time: { MONDAY: [span("09:00", "10:00")] } },
      409,
      "VALIDATION_FAILURE",
    ],
  ])("refuses %s", async (_, index, patch, status, code) => {
    const { sandbox, stepPath } = await drafted();
    expectRefused(await call(sandbox, `PATCH ${stepPath(index)}`, patch), status, code);
  });
});

describe("delete step", () => {
  it.each([1, 2, 3])("closes the gap that step %i leaves", async (index) => {
    const { sandbox, stepPath, path, body } = await drafted();
    const answer = await call(sandbox, `DELETE ${stepPath(index)}`);
    const left = steps(body).filter((_, at) => at !== index);
    expect([answer.status, steps(answer.body).map(({ id }) => id)]).toEqual([200, left.map(({ id }) => id)]);
    expect(await read(sandbox, path)).toEqual(answer.body);
  });

  it("refuses the first e-mail", async () => {
    const { sandbox, stepPath } = await drafted();
    expectRefused(await call(sandbox, `DELETE ${stepPath(0)}`), 409, "VALIDATION_FAILURE");
  });

  it("lets a LinkedIn step before the first e-mail go, but not the only step", async () => {
    const sandbox = await start();
    const { body } = await call(sandbox, "POST /v2/campaigns", draft({}, chain([visit, visit])));
    const [first, second] = steps(body);
    const path = `/v2/campaigns/${body.id}/steps`;
    expect(steps((await call(sandbox, `DELETE ${path}/${first.id}`)).body)).toHaveLength(1);
    expectRefused(await call(sandbox, `DELETE ${path}/${second.id}`), 409, "VALIDATION_FAILURE");
  });

  it("refuses a step that has processed somebody", async () => {
    const sandbox = await start();
    const { id } = steps(sandbox.campaign(2105))[1];
    expectRefused(await call(sandbox, `DELETE /v2/campaigns/2105/steps/${id}`), 409, "VALIDATION_FAILURE");
  });
});

describe("update version", () => {
  it("changes what is sent and gives a changed text another id", async () => {
    const { sandbox, versionPath, body } = await drafted();
    const [before] = steps(body)[0].body.versions;
    const quiet = await call(sandbox, `PATCH ${versionPath(0)}`, {
      track_opens: true,
      signature: "NO_SIGNATURE",
    });
    expect(steps(quiet.body)[0].body.versions).toEqual([
      { ...before, track_opens: true, signature: "NO_SIGNATURE" },
    ]);
    const { body: after } = await call(sandbox, `PATCH ${versionPath(0)}`, { message: "a<br>b" });
    const [version] = steps(after)[0].body.versions;
    expect(version).toMatchObject({ message: "a<br />b", subject: "A question", version: "A" });
    expect(version.id).toMatch(/^[0-9a-f]{64}$/);
    expect(version.id).not.toBe(before.id);
    expect((await call(sandbox, `PATCH ${versionPath(0)}`, { message: "c" })).status).toBe(404);
  });

  it.each([null, ""])("takes %j for the same thread, but a first e-mail then cannot run", async (subject) => {
    const { sandbox, versionPath, path } = await drafted();
    expect((await call(sandbox, `PATCH ${versionPath(3)}`, { subject })).status).toBe(200);
    expect((await call(sandbox, `PATCH ${versionPath(0)}`, { subject })).status).toBe(200);
    expectRefused(await call(sandbox, `POST ${path}/run`), 409, "VALIDATION_FAILURE");
  });

  it.each<[string, number, Json]>([
    ["an empty message", 0, { message: "" }],
    ["an unknown snippet", 0, { message: "{{SNIPPET1}}" }],
    ["an unknown field", 0, { html: "x" }],
    ["an unknown signature", 0, { signature: "NONE" }],
    ["a text on a profile visit", 2, { message: "Hi" }],
    ["tracking on a LinkedIn step", 2, { track_opens: true }],
  ])("refuses %s", async (_, index, patch) => {
    const { sandbox, versionPath } = await drafted();
    expectRefused(
      await call(sandbox, `PATCH ${versionPath(index)}`, patch),
      400,
      "INPUT_DATA_VALIDATION_FAILURE",
    );
  });
});

describe("every edit", () => {
  const edits = ({ path, stepPath, versionPath, body }: Awaited<ReturnType<typeof drafted>>) =>
    [
      [`PATCH ${path}`, { name: "New" }],
      [`POST ${path}/steps`, { parent_id: steps(body)[3].id, step: email() }],
      [`PATCH ${stepPath(1)}`, { delivery_time: { MONDAY: [span("09:00", "10:00")] } }],
      [`PATCH ${versionPath(1)}`, { message: "New" }],
      [`DELETE ${stepPath(2)}`, undefined],
    ] as const;

  it("needs DRAFT or EDITED", async () => {
    const made = await drafted();
    const { sandbox, path } = made;
    for (const [before, status] of [
      ["run", 409],
      ["pause", 409],
      ["stop", 409],
      ["make_editable", 200],
    ] as const) {
      expectEmpty(await call(sandbox, `POST ${path}/${before}`));
      for (const [line, body] of edits(made)) {
        const answer = await call(sandbox, line, body);
        expect([line, answer.status]).toEqual([line, status]);
        if (status === 409) expect(answer.body.code).toBe("VALIDATION_FAILURE");
      }
    }
  });

  it("can be told to answer without the campaign where nothing is documented", async () => {
    const made = await drafted({ editBodies: "empty" });
    const texts = [];
    for (const [line, body] of edits(made)) texts.push((await call(made.sandbox, line, body)).text !== "");
    expect(texts).toEqual([true, false, false, false, true]);
  });

  it.each([
    ["PATCH /v2/campaigns/99", { name: "New" }, 404],
    ["PATCH /v2/campaigns/x", { name: "New" }, 400],
    ["PATCH /v2/campaigns/2104/steps/none", { delivery_time: { MONDAY: [span("09:00", "10:00")] } }, 404],
    ["DELETE /v2/campaigns/2104/steps/none", undefined, 404],
    ["PATCH /v2/campaigns/2104/steps/none/versions/none", { message: "New" }, 404],
    ["PATCH /v2/campaigns/2104", undefined, 415],
  ])("%s %j is %i", async (line, body, status) => {
    expect((await call(await start(), line, body)).status).toBe(status);
  });

  it("is refused where the campaign cannot be written down", async () => {
    const sandbox = await start();
    await call(sandbox, "POST /v2/campaigns/2103/make_editable");
    const answer = await call(sandbox, "PATCH /v2/campaigns/2103", { name: "New" });
    expectRefused(answer, 409, "API_UNSUPPORTED_CAMPAIGN_FEATURES");
  });
});
