/** The sandbox of an agency: which company a request is for. */
import { describe, expect, it } from "vitest";
import { call, draft, start } from "./helpers.ts";

const as = (company: number | string) => ({ "x-company-id": String(company) });
const NORTHWIND = { id: 7001, name: "Northwind", active: true };
const HARBORLINE = { id: 7002, name: "Harborline", active: true };

describe("an agency", () => {
  it.each([
    ["", [NORTHWIND, HARBORLINE], 2, 1],
    ["?page=1&active=true", [NORTHWIND, HARBORLINE], 2, 1],
    ["?page=2", [], 2, 2],
    ["?active=false", [], 0, 1],
  ])("lists its clients: %s", async (query, content, total, page) => {
    const { status, body } = await call(await start({ agency: true }), `GET /v2/agency/companies${query}`);
    expect([status, body]).toEqual([
      200,
      {
        content,
        pagination_data: {
          total_elements: total,
          total_pages: total > 0 ? 1 : 0,
          current_page_number: page,
          page_size: 50,
        },
      },
    ]);
  });

  it.each(["page=0", "page=x", "active=1"])("refuses %s", async (query) => {
    expect((await call(await start({ agency: true }), `GET /v2/agency/companies?${query}`)).status).toBe(400);
  });

  it("keeps each account to itself", async () => {
    const sandbox = await start({ agency: true });
    const get = (path: string, headers = {}) => call(sandbox, `GET ${path}`, undefined, headers);
    expect((await get("/v1/campaign_list")).status).toBe(204);
    expect((await get("/v1/campaign_list", as(7001))).body).toHaveLength(6);
    expect((await get("/v1/campaign_list", as(7002))).status).toBe(204);
    const ids = [];
    for (const headers of [{}, as(7001), as(7002)]) {
      const { body } = await get("/v2/mailboxes", headers);
      ids.push(body[0].id);
      const created = await call(
        sandbox,
        "POST /v2/campaigns",
        draft({ email_account_ids: [body[0].id] }),
        headers,
      );
      expect(created.status).toBe(201);
      expect((await get(`/v2/campaigns/${created.body.id}`, headers)).status).toBe(200);
      expect(sandbox.campaign(created.body.id)).toEqual(created.body);
    }
    expect(ids).toEqual([521, 501, 511]);
    expect((await get("/v2/campaigns/2202")).status).toBe(404);
    const foreign = await call(sandbox, "POST /v2/campaigns", draft(), as(7002));
    expect(foreign.status).toBe(409);
  });

  it.each(["7003", "x", ""])("does not know the company %j", async (company) => {
    const sandbox = await start({ agency: true });
    const v2 = await call(sandbox, "GET /v2/mailboxes", undefined, as(company));
    expect([v2.status, v2.body.title]).toEqual([403, "Forbidden"]);
    const v1 = await call(sandbox, "GET /v1/campaign_list", undefined, as(company));
    expect([v1.status, v1.body.status.code]).toEqual([403, "E_NO_PERMISSION"]);
  });

  it("is something else in me than its clients", async () => {
    const sandbox = await start({ agency: true });
    expect((await call(sandbox, "GET /v1/me")).body).toMatchObject({ agency: true });
    const client = await call(sandbox, "GET /v1/me", undefined, as(7002));
    expect(client.body).toMatchObject({ agency: false, company: "Harborline" });
  });
});

describe("who is not an agency", () => {
  it.each([
    [false, {}],
    [true, as(7001)],
  ])("has no clients (%s, %j)", async (agency, headers) => {
    const { status, body } = await call(
      await start({ agency }),
      "GET /v2/agency/companies",
      undefined,
      headers,
    );
    expect([status, body.detail]).toEqual([403, "No Agency addon"]);
  });

  it("need not fear the header", async () => {
    const { body } = await call(await start(), "GET /v1/campaign_list", undefined, as(7002));
    expect(body).toHaveLength(6);
  });
});
