/** People added to the sandbox: what becomes of each row. */
import { describe, expect, it } from "vitest";
import type { Sandbox } from "../../src/sandbox/index.ts";
import { call, draft, type Json, start } from "./helpers.ts";

const REPLIED = "tobias.keller@lagerhof.example";
const NEW = { email: "ada@new.example", first_name: "Ada", company: "New" };

const toList = (sandbox: Sandbox, prospects: Json, more: object = {}) =>
  call(sandbox, "POST /v1/add_prospects_list", { prospects, ...more });
const toCampaign = (sandbox: Sandbox, id: number, prospects: Json, more: object = {}) =>
  call(sandbox, "POST /v1/add_prospects_campaign", { campaign: { campaign_id: id }, prospects, ...more });
const find = async (sandbox: Sandbox, email: string, query = ""): Promise<Json> =>
  (await call(sandbox, `GET /v1/prospects?search=email%3D${encodeURIComponent(email)}${query}`)).body?.[0];
const OK = { status: "OK", code: "OK", msg: "OK" };
const refusal = (was: string) => ({
  status: "ERROR",
  code: "E_INV_STATUS",
  msg: `Prospect exists with status:${was}`,
});

describe("add to the database", () => {
  it("creates whom it does not know and leaves the others unchanged", async () => {
    const sandbox = await start();
    const { status, body } = await toList(sandbox, [
      NEW,
      { email: REPLIED, company: "Other" },
      NEW,
      { email: "x" },
    ]);
    expect([status, body]).toEqual([
      200,
      {
        prospects: [
          { email: NEW.email, id: 90101, status: "OK" },
          { email: REPLIED, id: 90002, prospect: "DUPLICATE", status: "OK" },
          { email: NEW.email, id: 90101, prospect: "DUPLICATE", status: "OK" },
          { email: "x", status: "ERROR", code: "E_EMAIL", msg: "invalid email" },
        ],
        status: OK,
      },
    ]);
    expect(await find(sandbox, NEW.email)).toMatchObject({ first_name: "Ada", status: "ACTIVE" });
    expect(await find(sandbox, REPLIED)).toMatchObject({ company: "Lagerhof" });
  });

  it("with update changes what is sent, adds tags and clears what is sent empty", async () => {
    const sandbox = await start();
    await toList(sandbox, [{ ...NEW, tags: "#A #B", snippet1: "old", snippet2: "old", time_zone: "UTC" }]);
    const more = {
      email: NEW.email.toUpperCase(),
      tags: "#B #C",
      snippet1: "",
      title: "CEO",
      status: "BLACKLIST",
    };
    expect((await toList(sandbox, [more], { update: true })).body.prospects).toEqual([
      { email: more.email, id: 90101, prospect: "DUPLICATE", status: "OK" },
    ]);
    const after = await find(sandbox, NEW.email);
    expect(after).toMatchObject({
      first_name: "Ada",
      tags: "#A #B #C",
      snippet1: "",
      snippet2: "old",
      title: "CEO",
      status: "BLACKLIST",
    });
    expect(after).not.toHaveProperty("time_zone");
  });

  it.each([
    [400, { status: "ERROR", code: "E_EMAIL", msg: "invalid email" }],
    [200, { status: "ERROR", code: "E_INV_STATUS", msg: "None of the requested prospects were added" }],
  ] as const)("answers %i where nothing worked, with a row for each", async (http, total) => {
    const sandbox = await start({ refusedImport: http });
    const rows = [{ email: "a@b" }, {}, "x", { ...NEW, status: "STOPPED" }, { ...NEW, company: {} }];
    const { status, body } = await toList(sandbox, rows);
    expect([status, body.status]).toEqual([http, total]);
    expect(body.prospects.map(({ code }: Json) => code)).toEqual([
      "E_EMAIL",
      "E_EMAIL",
      "E_EMAIL",
      "E_INV_STATUS",
      "E_WRONG_PARAM",
    ]);
  });
});

describe("an import as others write it", () => {
  it("may have its flags and its campaign as text", async () => {
    const sandbox = await start();
    await toList(sandbox, [NEW]);
    await toList(sandbox, [{ ...NEW, title: "CEO" }], { update: "true" });
    expect(await find(sandbox, NEW.email)).toMatchObject({ title: "CEO" });
    await toList(sandbox, [{ ...NEW, title: "CTO" }], { update: "false" });
    expect(await find(sandbox, NEW.email)).toMatchObject({ title: "CEO" });
    const campaign = { campaign_id: "2104" };
    const { body } = await call(sandbox, "POST /v1/add_prospects_campaign", { campaign, prospects: [NEW] });
    expect(body.status).toEqual(OK);
    expect(await find(sandbox, NEW.email, "&campaigns_id=2104")).toMatchObject({ status: "ACTIVE" });
  });
});

describe("a pause for the whole account", () => {
  it("is taken and changes nothing, in campaigns least of all", async () => {
    const sandbox = await start();
    const email = "amelia.hart@harrow-and-lane.example";
    const change = [{ email, status: "PAUSED" }];
    expect((await toList(sandbox, change, { update: true })).body.prospects).toEqual([
      { email, id: 90037, prospect: "DUPLICATE", status: "OK" },
    ]);
    expect(await find(sandbox, email)).toMatchObject({ status: "ACTIVE" });
    expect(await find(sandbox, email, "&campaigns_id=2104")).toMatchObject({ status: "ACTIVE" });
  });
});

describe("add to a campaign", () => {
  it("takes interest, a day for each and the name of a file", async () => {
    const now = () => new Date("2026-03-16T07:00:00Z");
    const sandbox = await start({ now, seed: "empty" });
    const { id } = (await call(sandbox, "POST /v2/campaigns", draft())).body;
    const people = [
      { email: "ann+silent@new.example", interested: "INTERESTED" },
      { email: "bo+silent@new.example", send_after: "2026-03-20T08:00:00+0100" },
    ];
    expect((await toCampaign(sandbox, id, people, { file_name: "fair.csv" })).body.status).toEqual(OK);
    const [ann] = (await call(sandbox, `GET /v1/prospects?campaigns_id=${id}&campaigns_details=true`)).body;
    expect(ann.campaigns_details).toMatchObject([
      { campaign_id: id, campaign_prospect_status: "ACTIVE", interest_level: { level: "INTERESTED" } },
    ]);
    await call(sandbox, `POST /v2/campaigns/${id}/run`);
    sandbox.advance(24);
    const written = async () =>
      (await call(sandbox, `GET /v1/prospects?campaigns_id=${id}&contacted=1`)).body.map(
        ({ email }: Json) => email,
      );
    expect(await written()).toEqual(["ann+silent@new.example"]);
    sandbox.advance(24 * 7);
    expect(await written()).toEqual(["ann+silent@new.example", "bo+silent@new.example"]);
    const { body } = await toCampaign(sandbox, id, [{ ...NEW, send_after: "tomorrow" }]);
    expect(body.prospects[0]).toMatchObject({ status: "ERROR", code: "E_WRONG_PARAM" });
  });

  it("enrols known and unknown people, with a date", async () => {
    const sandbox = await start();
    const campaign = { campaign_id: 2104, send_after: "2030-04-01T00:01:01-0000" };
    const known = { email: "kai.winter@bergwaren.example", company: "Other" };
    const { body } = await call(sandbox, "POST /v1/add_prospects_campaign", {
      campaign,
      prospects: [NEW, known],
    });
    expect(body.prospects).toEqual([
      { email: NEW.email, id: 90101, status: "OK" },
      { email: known.email, id: 90018, prospect: "DUPLICATE", status: "OK" },
    ]);
    const row = await find(sandbox, known.email, "&campaigns_details=true");
    expect(row.company).toBe("Bergwaren");
    expect(row.campaigns_details.map((details: Json) => details.campaign_id)).toEqual([2101, 2104]);
    const [{ stats }] = (await call(sandbox, "GET /v1/campaign_list?id=2104")).body;
    expect(stats).toMatchObject({ prospects: 8, queue: 8, sent: 0 });
  });

  it.each([
    [REPLIED, "REPLIED"],
    ["jonas.amsel@alpenkiste.example", "BOUNCED"],
    ["greta.stein@hafenbogen.example", "BLACKLIST"],
  ])("%s, who is %s, needs force", async (email, was) => {
    const sandbox = await start();
    const refused = await toCampaign(sandbox, 2104, [{ email }]);
    expect([refused.status, refused.body.status]).toEqual([400, refusal(was)]);
    expect(refused.body.prospects[0]).toMatchObject({ email, id: expect.any(Number), ...refusal(was) });
    expect((await find(sandbox, email, "&campaigns_id=2104")) ?? null).toBeNull();
    const forced = await toCampaign(sandbox, 2104, [{ email }], { force: true });
    expect(forced.body.status).toEqual(OK);
    expect(await find(sandbox, email, "&campaigns_id=2104")).toMatchObject({ status: "ACTIVE" });
    expect(await find(sandbox, email)).toMatchObject({ status: was });
  });

  it("marks those who are in it already, and changes them only with update", async () => {
    const sandbox = await start();
    const email = "amelia.hart@harrow-and-lane.example";
    const change = { email, status: "PAUSED", interested: "MAYBE-LATER", snippet3: "new" };
    const row = { email, id: 90037, prospect: "DUPLICATE", prospect_campaign: "DUPLICATE", status: "OK" };
    const shown = () => find(sandbox, email, "&campaigns_id=2104&campaigns_details=true");
    expect((await toCampaign(sandbox, 2104, [change])).body.prospects).toEqual([row]);
    expect(await shown()).toMatchObject({ status: "ACTIVE", snippet3: "" });
    expect((await toCampaign(sandbox, 2104, [change], { update: true })).body.prospects).toEqual([row]);
    const after = await shown();
    expect(after).toMatchObject({ status: "PAUSED", snippet3: "new" });
    expect(after.campaigns_details[0].interest_level.level).toBe("MAYBE-LATER");
    expect(await find(sandbox, email)).toMatchObject({ status: "ACTIVE" });
  });

  it("update does not bring somebody back who has replied, unless forced", async () => {
    const sandbox = await start();
    const change = [{ email: REPLIED, status: "ACTIVE" }];
    expect((await toCampaign(sandbox, 2101, change, { update: true })).body.status).toEqual(
      refusal("REPLIED"),
    );
    const marked = [{ email: REPLIED, interested: "INTERESTED" }];
    expect((await toCampaign(sandbox, 2101, marked, { update: true })).body.status).toEqual(OK);
    expect((await toCampaign(sandbox, 2101, change, { update: true, force: true })).body.status).toEqual(OK);
    expect(await find(sandbox, REPLIED, "&campaigns_id=2101")).toMatchObject({ status: "ACTIVE" });
  });

  it("makes a completed campaign run again, but not for nobody new", async () => {
    const sandbox = await start();
    await toCampaign(sandbox, 2106, [{ email: "beatriz.matos@cortica-vinhos.example" }]);
    expect(sandbox.campaign(2106)).toMatchObject({ status: "COMPLETED" });
    await toCampaign(sandbox, 2106, [NEW]);
    expect(sandbox.campaign(2106)).toMatchObject({ status: "RUNNING" });
    await toCampaign(sandbox, 2102, [NEW]);
    expect(sandbox.campaign(2102)).toMatchObject({ status: "PAUSED" });
  });
});

describe("an import is refused", () => {
  const campaign = { campaign_id: 2104 };
  it.each<[string, string, Json, string]>([
    ["without prospects", "list", {}, "E_REQUIRED_ELEMENT"],
    ["with none", "list", { prospects: [] }, "E_REQUIRED_ELEMENT"],
    ["as a list", "list", [NEW], "E_REQUIRED_ELEMENT"],
    ["with too many", "list", { prospects: Array(20_001).fill(NEW) }, "E_WRONG_PARAM"],
    ["with update as a word", "list", { prospects: [NEW], update: "yes" }, "E_WRONG_PARAM"],
    ["with a list of file names", "list", { prospects: [NEW], file_name: ["a.csv"] }, "E_WRONG_PARAM"],
    ["that is not JSON", "list", "{", "E_WRONG_PARAM"],
    ["without campaign", "campaign", { prospects: [NEW] }, "E_REQUIRED_ELEMENT"],
    [
      "with the campaign beside it",
      "campaign",
      { prospects: [NEW], campaign_id: 2104 },
      "E_REQUIRED_ELEMENT",
    ],
    [
      "for an unknown campaign",
      "campaign",
      { prospects: [NEW], campaign: { campaign_id: 9 } },
      "E_RECORD_NOT_FOUND",
    ],
    ["with force as a number", "campaign", { prospects: [NEW], campaign, force: 1 }, "E_WRONG_PARAM"],
    [
      "with a date without offset",
      "campaign",
      { prospects: [NEW], campaign: { ...campaign, send_after: "2026-01-01" } },
      "E_WRONG_PARAM",
    ],
  ])("%s", async (_, where, body, code) => {
    const sandbox = await start();
    const answer = await call(sandbox, `POST /v1/add_prospects_${where}`, body);
    expect([answer.status, answer.body.status.code]).toEqual([400, code]);
    expect(sandbox.writes()).toEqual([]);
  });

  it("20,000 at once are not too many", async () => {
    const prospects = Array.from({ length: 20_000 }, (_, index) => ({ email: `p${index}@many.example` }));
    const { body } = await toCampaign(await start(), 2104, prospects);
    expect(body.prospects).toHaveLength(20_000);
  });
});
