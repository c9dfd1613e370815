/** People of the sandbox, searched, sorted and deleted. */
import { describe, expect, it } from "vitest";
import type { SandboxOptions } from "../../src/sandbox/index.ts";
import { call, type Json, start } from "./helpers.ts";

const list = async (query: string, options: SandboxOptions = {}) =>
  call(await start(options), `GET /v1/prospects?${query}`);
const idsOf = (rows: Json): number[] => rows.map((row: Json) => row.id - 90_000);

describe("list prospects (v1)", () => {
  it("shows a person with every documented field", async () => {
    const { status, body, headers } = await list("id=90003&campaigns_details=true");
    expect([status, headers.get("x-total-count")]).toEqual([200, "1"]);
    expect(body[0]).toMatchObject({
      id: 90003,
      email: "mareike.vogt@stapelwerk.example",
      first_name: "Mareike",
      company: "Stapelwerk",
      organization_id: "",
      tags: "#DACH",
      snipet1: "your team in Leipzig",
      snippet1: "your team in Leipzig",
      snippet15: "",
      last_contacted: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0100$/),
      last_replied: "",
      encrypted: false,
      snippet_labels: {},
      status: "ACTIVE",
      campaigns_details: [
        {
          campaign_id: 2101,
          campaign_name: "Warehouse leads, DACH",
          campaign_status: "RUNNING",
          campaign_prospect_status: "ACTIVE",
          interest_level: { level: "NOT-MARKED", ai_detected: false },
          campaign_email: "nora@northwind.example",
        },
      ],
    });
  });

  it("may show a date that was never set as null", async () => {
    const { body } = await list("id=90037", { unsetDates: "null" });
    expect(body[0]).toMatchObject({ last_contacted: null, last_replied: null });
  });

  it.each([
    ["", 60, 60],
    ["per_page=25", 25, 60],
    ["per_page=25&page=3", 10, 60],
    ["per_page=25&page=4", 0, 60],
    ["status=REPLIED", 11, 11],
    ["status=REPLIED,BOUNCED", 14, 14],
    ["status=BLACKLIST", 2, 2],
    ["contacted=false", 14, 14],
    ["contacted=0", 14, 14],
    ["contacted=1", 46, 46],
    ["interested=INTERESTED&campaigns_id=2101,2102", 3, 3],
    ["search=country%3DUK", 2, 2],
    ["search=country%3DUkr,country%3DPoland", 8, 8],
    ["id=90001,90002,90999", 2, 2],
    ["interested=INTERESTED,MAYBE-LATER", 8, 8],
    ["activity=CLICKED", 4, 4],
    ["campaigns_id=2104", 6, 6],
    ["campaigns_id=2104,2105", 12, 12],
    ["campaigns_id=2101&status=TO-CHECK", 2, 2],
    ["campaigns_id=2102&status=INVALID", 1, 1],
    ["campaigns_id=2101&contacted=false", 4, 4],
    ["diff=2020-01-01T00:00:00%2B0000", 60, 60],
    ["diff=updated>2020-01-01T00:00:00%2B0000", 60, 60],
  ])("%s: %i of %i", async (query, rows, total) => {
    const { status, body, headers } = await list(query);
    expect([status, body.length, headers.get("x-total-count")]).toEqual([200, rows, String(total)]);
  });

  it.each([
    ["the address asked for is not a parameter", "email=lena.brandt@quarrystone-logistik.example", 60],
    ["a misspelt parameter", "statuses=REPLIED", 60],
    ["an invalid address, outside its campaign", "status=INVALID", 0],
    ["activity in a search", "search=city=Graz&activity=NOT-OPENED", 5],
  ])("trap: %s", async (_, query, rows) => {
    const { status, body } = await list(query);
    expect([status, body?.length ?? 0]).toEqual([rows === 0 ? 204 : 200, rows]);
  });

  it.each([
    ["email=lena.brandt@quarrystone-logistik.example", [1]],
    ["email=LENA.BRANDT@quarrystone-logistik.example", [1]],
    ["email=brandt@quarrystone-logistik.example", []],
    ["email=lena.b", [1]],
    ["company=lager", [2, 12]],
    ["city=Graz,title=head", [1, 5, 9, 13, 17]],
    ["first_name=Lena,first_name=Tobias", [1, 2, 35]],
    ["tags=FAIR,city=Poznan", [29, 32, 35]],
    ["tags=fair", []],
    ["snipet1=Bergen", [19, 23, 27]],
    ["snippet1=Bergen", [19, 23, 27]],
  ])("searches %s", async (search, ids) => {
    const { body } = await list(`search=${encodeURIComponent(search)}`);
    expect(idsOf(body ?? [])).toEqual(ids);
  });

  it.each([
    ["-id", 60],
    ["%2Bcompany,-id", 59],
    ["-last_contacted", undefined],
  ])("sorts by %s", async (sort, first) => {
    const { status, body } = await list(`sort=${sort}&per_page=3`);
    expect(status).toBe(200);
    if (first) expect(idsOf(body)[0]).toBe(sort === "-id" ? 60 : 53);
  });

  it("can sort by activity only where activity is asked for", async () => {
    expect((await list("sort=-last_opened")).status).toBe(400);
    const { body } = await list("sort=-sent_mails&activity=OPENED&per_page=1");
    expect(idsOf(body)).toEqual([1]);
  });

  it.each([
    "search=lena",
    "search=",
    "search=shoe_size%3D43",
    "page=0",
    "per_page=0",
    "per_page=1001",
    "per_page=all",
    "status=TO-CHECK",
    "status=replied",
    "campaigns_id=2101&status=GONE",
    "campaigns_id=one",
    "contacted=yes",
    "interested=MAYBE_LATER",
    "activity=opened",
    "sort=+id",
    "sort=id",
    "sort=-shoe_size",
    "diff=2026-01-01",
    "diff=2026-01-01T00:00:00+0100",
    "id=a",
    "campaigns_details=1",
  ])("refuses %s", async (query) => {
    const { status, body } = await list(query);
    expect([status, body.status.code]).toEqual([400, "E_WRONG_PARAM"]);
  });

  it("says in one of two ways that nothing matches", async () => {
    const silent = await list("id=1");
    expect([silent.status, silent.text]).toEqual([204, ""]);
    const spoken = await list("id=1", { noMatch: "message" });
    expect([spoken.status, spoken.body]).toEqual([
      200,
      { message: "There are no prospects matching the given criteria." },
    ]);
  });

  it("has a row for each campaign of a prospect", async () => {
    const sandbox = await start();
    const { email } = (await call(sandbox, "GET /v1/prospects?id=90014")).body[0];
    await call(sandbox, "POST /v1/add_prospects_campaign", {
      campaign: { campaign_id: 2104 },
      prospects: [{ email, status: "PAUSED" }],
    });
    const { body } = await call(
      sandbox,
      "GET /v1/prospects?id=90014&campaigns_id=2101,2104&campaigns_details=true",
    );
    expect(body.map((row: Json) => [row.id, row.status, row.campaigns_details.length])).toEqual([
      [90014, "ACTIVE", 2],
      [90014, "PAUSED", 2],
    ]);
  });
});

describe("delete prospects (v1)", () => {
  it("takes them out of campaigns, or out of the account", async () => {
    const sandbox = await start();
    const stats = async () => (await call(sandbox, "GET /v1/campaign_list?id=2101")).body[0].stats;
    const one = await call(sandbox, "DELETE /v1/prospects?id=90001,90002&campaigns_id=2101,2102");
    expect([one.status, one.text]).toEqual([200, ""]);
    expect(await stats()).toMatchObject({ prospects: 16, sent: 24, clicked: 1 });
    expect((await call(sandbox, "GET /v1/prospects?id=90001,90002")).body).toHaveLength(2);
    expect((await call(sandbox, "DELETE /v1/prospects?id=90001,90003")).status).toBe(200);
    expect((await call(sandbox, "GET /v1/prospects?id=90001")).status).toBe(204);
    expect(await stats()).toMatchObject({ prospects: 15 });
  });

  it.each([
    ["nobody", "", 400],
    ["nobody in a campaign", "?campaigns_id=2101", 400],
    ["an id that is not a number", "?id=x", 400],
    ["a campaign that is not a number", "?id=90001&campaigns_id=x", 400],
    ["somebody unknown", "?id=1", 200],
    ["an address of 4,099 characters", `?id=90001${",1".repeat(2036)}`, 200],
    ["an address of 4,101 characters", `?id=90001${",1".repeat(2037)}`, 414],
  ])("%s", async (_, query, status) => {
    const sandbox = await start();
    expect((await call(sandbox, `DELETE /v1/prospects${query}`)).status).toBe(status);
    if (status !== 200) expect(sandbox.writes()).toEqual([]);
  });
});

describe("responses of a prospect", () => {
  it("are there for who replied", async () => {
    const sandbox = await start();
    const { status, body } = await call(sandbox, "GET /v2/prospects/90002/responses?campaign_id=2101,2102");
    expect([status, body]).toEqual([
      200,
      {
        prospect_id: 90002,
        email: "tobias.keller@lagerhof.example",
        responses: [
          {
            response_id: expect.any(Number),
            campaign_id: 2101,
            step: 2,
            campaign_email_sent: "nora@northwind.example",
            subject: "Re: Stock counts at Lagerhof",
            message: expect.stringContaining("<"),
            delivered: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
            secondary_prospect_email: null,
          },
        ],
      },
    ]);
  });

  it.each([
    ["90003", 200],
    ["90002?campaign_id=2104", 200],
    ["1", 404],
    ["x", 400],
    ["90002?campaign_id=x", 400],
  ])("%s is %i", async (id, status) => {
    const line = `GET /v2/prospects/${id.replace(/^(\w+)/, "$1/responses")}`;
    const answer = await call(await start(), line);
    expect(answer.status).toBe(status);
    if (status === 200) expect(answer.body.responses).toEqual([]);
  });
});
