/** What the sandbox answers at all: keys, addresses, forms of errors. */
import { describe, expect, it } from "vitest";
import { call, draft, expectEmpty, type Json, start } from "./helpers.ts";

const problem = (status: number, title: string, detail: string) => ({
  status,
  title,
  detail,
  timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
});
const v1Error = (code: string, msg: string) => ({ status: { status: "ERROR", code, msg } });

describe("the key", () => {
  it.each<Record<string, string>>([{}, { "x-api-key": "" }, { "x-api-key": "sandbox-key-0001" }])(
    "is asked for: %o",
    async (headers) => {
      const sandbox = await start();
      const get = async (path: string) => {
        const response = await fetch(`${sandbox.origin}/rest${path}`, { headers });
        return [response.status, await response.json()];
      };
      expect(await get("/v2/mailboxes")).toEqual([401, problem(401, "Unauthorized", "Invalid api key")]);
      expect(await get("/v1/campaign_list")).toEqual([401, v1Error("E_SESSION", expect.any(String))]);
    },
  );
});

describe("routes that do not exist", () => {
  it.each([
    ["GET /v1/campaigns", 404, v1Error("E_URL_NOT_FOUND", "URL not found: /Woodpecker/rest/v1/campaigns")],
    ["GET /v2/mail_accounts", 404, problem(404, "Not Found", "Requested resource does not exist")],
    ["POST /v2/campaigns/2101/editable", 404, problem(404, "Not Found", "Requested resource does not exist")],
    ["PUT /v2/campaigns/2101", 405, problem(405, "Method Not Allowed", "Method not allowed")],
  ])("%s is %i", async (line, status, body) => {
    const answer = await call(await start(), line);
    expect([answer.status, answer.body]).toEqual([status, body]);
  });
});

describe("campaign list (v1)", () => {
  it("has all six statuses and the documented fields", async () => {
    const { status, body } = await call(await start(), "GET /v1/campaign_list");
    expect(status).toBe(200);
    expect(body.map((row: Json) => `${row.id} ${row.status}`)).toEqual([
      "2101 RUNNING",
      "2102 PAUSED",
      "2103 STOPPED",
      "2104 DRAFT",
      "2105 EDITED",
      "2106 COMPLETED",
    ]);
    expect(body[2]).toEqual({
      id: 2103,
      name: "Trade fair visitors",
      status: "STOPPED",
      created: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0100$/),
      from_name: "Nora Vance",
      from_names: ["Nora Vance", "Ivo Bell"],
      from_email: "nora@northwind.example",
      from_emails: ["nora@northwind.example", "ivo@brightlane.example"],
      gdpr_unsubscribe: true,
      folder_name: "",
      folder_id: 0,
      per_day: 20,
      bcc: "crm@northwind.example",
      cc: "fairs@northwind.example",
      error: "",
    });
  });

  it.each([
    ["status=RUNNING", [2101]],
    ["status=DRAFT,EDITED", [2104, 2105]],
    ["id=2106,2101", [2101, 2106]],
    ["id=2101&status=RUNNING", [2101]],
  ])("filters by %s", async (query, ids) => {
    const { body } = await call(await start(), `GET /v1/campaign_list?${query}`);
    expect(body.map((row: Json) => row.id)).toEqual(ids);
  });

  it.each(["id=99", "id=99,98", "id=2101&status=DRAFT"])("has no content for %s", async (query) => {
    const answer = await call(await start(), `GET /v1/campaign_list?${query}`);
    expect([answer.status, answer.text]).toEqual([204, ""]);
  });

  it.each([
    ["state=RUNNING", "Unknown param:state"],
    ["status=active", "Wrong param [status]=active"],
    ["status=DELETED", "Wrong param [status]=DELETED"],
    ["id=abc", "Wrong param [id]=abc"],
    ["id=", "Wrong param [id]="],
  ])("refuses %s", async (query, msg) => {
    const answer = await call(await start(), `GET /v1/campaign_list?${query}`);
    expect([answer.status, answer.body]).toEqual([400, v1Error("E_WRONG_PARAM", msg)]);
  });

  it("adds statistics for exactly one id", async () => {
    const sandbox = await start();
    const { body } = await call(sandbox, "GET /v1/campaign_list?id=2101");
    expect(body).toHaveLength(1);
    expect(body[0].stats).toMatchObject({
      prospects: 18,
      queue: 6,
      sent: 29,
      delivery: 28,
      opened: 19,
      clicked: 2,
      replied: 4,
      autoreplied: 1,
      bounced: 1,
      invalid: 0,
      check: 2,
      optout: 1,
      interested: 2,
      maybe_later: 1,
      not_interested: 1,
    });
    expect(body[0].stats.emails).toHaveLength(3);
    expect(body[0].stats.emails[1]).toMatchObject({
      subject: "",
      follow_up: 3,
      number: 2,
      step: 2,
      attach_follow: true,
    });
    const both = await call(sandbox, "GET /v1/campaign_list?id=2101,2102");
    expect(both.body.some((row: Json) => "stats" in row)).toBe(false);
  });
});

describe("get campaign", () => {
  it("returns the whole tree", async () => {
    const { status, body } = await call(await start(), "GET /v2/campaigns/2102");
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: 2102,
      status: "PAUSED",
      email_account_ids: [502],
      steps: { type: "START" },
    });
    const [first, second, third] = [
      body.steps.followup,
      body.steps.followup.followup,
      body.steps.followup.followup.followup,
    ];
    expect(first.body.versions.map((version: Json) => version.version)).toEqual(["A", "B"]);
    expect(second).toMatchObject({
      type: "LINKEDIN",
      body: { action_type: "VISIT_PROFILE", linkedin_account_id: 77 },
    });
    expect(second).not.toHaveProperty("delivery_time");
    expect(third).toMatchObject({ followup: null, followup_after: { range: "DAY", value: 1 } });
    expect(third.body.versions[0].subject).toBeNull();
  });

  it("has the same ids on every start", async () => {
    const [one, two] = [await start(), await start()];
    expect(one.campaign(2101)).toEqual(two.campaign(2101));
  });
});

describe.each(["code", "type"] as const)("business errors in the dialect %s", (dialect) => {
  const error = (code: string, message: string) => ({ [dialect]: code, message, details: null });
  const missing = error("CAMPAIGN_NOT_EXIST", "Campaign not found");
  const unsupported = error(
    "API_UNSUPPORTED_CAMPAIGN_FEATURES",
    "Campaign contains currently unsupported features",
  );
  const workflow = error("CAMPAIGN_RELATED_TO_ACTIVE_WORKFLOW", "Campaign related to active workflow");
  const invalid = error("VALIDATION_FAILURE", "Validation failure");

  it.each([
    ["GET /v2/campaigns/99", 404, missing],
    ["DELETE /v2/campaigns/99", 404, missing],
    ["POST /v2/campaigns/99/run", 404, missing],
    ["POST /v2/campaigns/99/pause", 404, missing],
    ["POST /v2/campaigns/99/stop", 404, missing],
    ["POST /v2/campaigns/99/make_editable", 404, missing],
    ["GET /v2/campaigns/2103", 409, unsupported],
    ["POST /v2/campaigns/2103/run", 409, unsupported],
    ["DELETE /v2/campaigns/2101", 409, workflow],
    ["POST /v2/campaigns/2105/run", 409, invalid],
    ["POST /v2/campaigns/2106/run", 409, invalid],
  ])("%s is %i", async (line, status, body) => {
    const answer = await call(await start({ dialect }), line);
    expect([answer.status, answer.body]).toEqual([status, body]);
  });

  it("create answers 400 for a faulty body and 409 for one the account cannot send", async () => {
    const sandbox = await start({ dialect });
    const faulty = await call(sandbox, "POST /v2/campaigns", draft({ settings: {} }));
    expect([faulty.status, faulty.body]).toEqual([
      400,
      error("INPUT_DATA_VALIDATION_FAILURE", "Input data validation failure"),
    ]);
    const foreign = await call(sandbox, "POST /v2/campaigns", draft({ email_account_ids: [9] }));
    expect([foreign.status, foreign.body]).toEqual([409, invalid]);
  });

  it("a plan without the feature can neither create nor run, but read and pause", async () => {
    const sandbox = await start({ dialect, features: false });
    const upgrade = error("MISSING_FEATURES", "Upgrade your plan");
    for (const answer of [
      await call(sandbox, "POST /v2/campaigns", draft()),
      await call(sandbox, "POST /v2/campaigns/2104/run"),
    ]) {
      expect([answer.status, answer.body]).toEqual([403, upgrade]);
    }
    expect((await call(sandbox, "GET /v2/campaigns/2104")).status).toBe(200);
    expectEmpty(await call(sandbox, "POST /v2/campaigns/2101/pause"));
  });

  it("an unknown error keeps `type`, except on get campaign", async () => {
    const sandbox = await start({ dialect });
    sandbox.failNext({ status: 500, times: 2 });
    expect((await call(sandbox, "GET /v2/campaigns/2101")).body).toEqual(
      error("UNKNOWN", "Unknown error during get campaign call"),
    );
    expect((await call(sandbox, "POST /v2/campaigns/2101/pause")).body).toEqual({
      type: "UNKNOWN",
      message: "Unknown error during pause campaign call",
      details: null,
    });
  });
});

describe("a campaign id that is not a number", () => {
  it.each([
    "GET /v2/campaigns/abc",
    "POST /v2/campaigns/1.5/run",
    "POST /v2/campaigns/-1/pause",
    "DELETE /v2/campaigns/0",
  ])("%s", async (line) => {
    const answer = await call(await start(), line);
    expect([answer.status, answer.body]).toEqual([
      400,
      problem(400, "Bad Request", "Value of campaign_id is incorrect."),
    ]);
  });
});

describe("mailboxes", () => {
  it("come as SMTP and IMAP pairs", async () => {
    const { body } = await call(await start(), "GET /v2/mailboxes");
    const smtp = body.filter((mailbox: Json) => mailbox.type === "SMTP");
    expect(body).toHaveLength(8);
    expect(smtp.map((mailbox: Json) => mailbox.id)).toEqual([501, 502, 503, 504]);
    for (const { details } of smtp) {
      const imap = body.find((mailbox: Json) => mailbox.id === details.imap_id);
      expect(imap).toMatchObject({ type: "IMAP", details: { email: details.email } });
    }
    expect(smtp.filter(({ details }: Json) => details.error).map(({ id }: Json) => id)).toEqual([504]);
    expect(smtp.every(({ details }: Json) => details.in_slot)).toBe(true);
  });

  it("can be read one by one", async () => {
    const sandbox = await start();
    expect((await call(sandbox, "GET /v2/mailboxes/501")).body).toMatchObject({ id: 501, type: "SMTP" });
    expect((await call(sandbox, "GET /v2/mailboxes/601")).body).toMatchObject({ id: 601, type: "IMAP" });
    expect((await call(sandbox, "GET /v2/mailboxes/999")).body).toEqual(
      problem(404, "Not Found", "Requested resource does not exist"),
    );
    expect((await call(sandbox, "GET /v2/mailboxes/x")).status).toBe(400);
  });
});

describe("LinkedIn accounts", () => {
  it.each([
    ["", [77, 78]],
    ["?status=CONNECTED", [77]],
    ["?status=DISCONNECTED", [78]],
    ["?status=WAITING_FOR_CONNECTION", []],
    ["?status=connected", []],
  ])("%s", async (query, ids) => {
    const { status, body } = await call(await start(), `GET /v2/linkedin_accounts${query}`);
    expect([status, body.linkedin_accounts.map((account: Json) => account.id)]).toEqual([200, ids]);
  });
});

describe("me", () => {
  it("tells whose key it is", async () => {
    const { status, body } = await call(await start(), "GET /v1/me");
    expect([status, body]).toEqual([200, expect.objectContaining({ email: "nora@northwind.example" })]);
  });

  it("refuses another key as v1 does", async () => {
    const answer = await call(await start(), "GET /v1/me", undefined, { "x-api-key": "other" });
    expect([answer.status, answer.body]).toEqual([401, v1Error("E_SESSION", expect.any(String))]);
  });
});

describe("the empty account", () => {
  it("has mailboxes and nothing else", async () => {
    const sandbox = await start({ seed: "empty" });
    expect((await call(sandbox, "GET /v1/campaign_list")).status).toBe(204);
    expect((await call(sandbox, "GET /v2/mailboxes")).body).toHaveLength(8);
    expect((await call(sandbox, "POST /v2/campaigns", draft())).status).toBe(201);
  });
});
