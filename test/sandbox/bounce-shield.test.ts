/** The bounce shield of the sandbox. */
import { describe, expect, it } from "vitest";
import { call, start } from "./helpers.ts";

describe("bounce shield", () => {
  const path = "/v2/campaigns/2101/bounce_shield/threshold";

  it("is off, then set, then cleared", async () => {
    const sandbox = await start();
    expect((await call(sandbox, `GET ${path}`)).body).toEqual({ bounce_rate_threshold: null });
    const set = await call(sandbox, `PUT ${path}`, { bounce_rate_threshold: 12 });
    expect([set.status, set.text]).toEqual([204, ""]);
    expect((await call(sandbox, `GET ${path}`)).body).toEqual({ bounce_rate_threshold: 12 });
    expect((await call(sandbox, `DELETE ${path}`)).status).toBe(204);
    expect((await call(sandbox, `GET ${path}`)).body).toEqual({ bounce_rate_threshold: null });
  });

  it.each([0, 100, 1.5, "12", null])("refuses %j", async (bounce_rate_threshold) => {
    const answer = await call(await start(), `PUT ${path}`, { bounce_rate_threshold });
    expect([answer.status, answer.body.code]).toEqual([400, "INPUT_DATA_VALIDATION_FAILURE"]);
  });

  it.each(["GET", "DELETE"])("%s of an unknown campaign is 404", async (method) => {
    const answer = await call(await start(), `${method} /v2/campaigns/99/bounce_shield/threshold`);
    expect([answer.status, answer.body.code]).toEqual([404, "CAMPAIGN_NOT_EXIST"]);
  });
});
