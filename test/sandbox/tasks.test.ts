/** Manual tasks of the sandbox. */
import { describe, expect, it } from "vitest";
import { call, type Json, start } from "./helpers.ts";

const now = () => new Date("2026-03-18T09:30:00Z");

describe("manual tasks", () => {
  it("are listed by due date, each with its prospect and campaign", async () => {
    const { status, body } = await call(await start({ now }), "GET /v2/manual_tasks");
    expect(status).toBe(200);
    expect(body.map(({ task }: Json) => [task.type, task.due_date])).toEqual([
      ["CALL", "2026-03-12T15:00:00.000+0200"],
      ["SMS", "2026-03-17T15:00:00.000+0200"],
      ["CALL", "2026-03-18T15:00:00.000+0200"],
      ["LINKEDIN", "2026-03-20T15:00:00.000+0200"],
      ["GENERIC", "2026-03-23T15:00:00.000+0200"],
    ]);
    expect(body[0]).toEqual({
      prospect: expect.objectContaining({
        id: 90029,
        email: "zofia.wilk@targowa-meble.example",
        first_name: "Zofia",
        address: null,
        interested: null,
        last_contacted: expect.any(Number),
      }),
      campaign: {
        campaign_id: 2103,
        campaign_name: "Trade fair visitors",
        sent_from_emails: ["nora@northwind.example", "ivo@brightlane.example"],
      },
      task: {
        type: "CALL",
        name: "Call about the price list",
        message: expect.stringContaining("two sites"),
        due_date: expect.any(String),
      },
    });
  });

  it("can be limited", async () => {
    const { body } = await call(await start({ now }), "GET /v2/manual_tasks?limit=2");
    expect(body.map(({ task }: Json) => task.type)).toEqual(["CALL", "SMS"]);
  });

  it.each(["0", "501", "all", ""])("refuse a limit of %j", async (limit) => {
    const { status, body } = await call(await start(), `GET /v2/manual_tasks?limit=${limit}`);
    expect([status, body.detail]).toEqual([400, "Value of limit is incorrect."]);
  });

  it("are none in an account without any", async () => {
    const { status, body } = await call(await start({ seed: "empty" }), "GET /v2/manual_tasks");
    expect([status, body]).toEqual([200, []]);
  });

  it("go with their prospect or campaign, and no route finishes one", async () => {
    const sandbox = await start();
    await call(sandbox, "DELETE /v1/prospects?id=90029");
    expect((await call(sandbox, "GET /v2/manual_tasks")).body).toHaveLength(4);
    expect((await call(sandbox, "POST /v2/manual_tasks", {})).status).toBe(405);
    await call(sandbox, "DELETE /v2/campaigns/2103");
    expect((await call(sandbox, "GET /v2/manual_tasks")).body).toEqual([]);
  });
});
