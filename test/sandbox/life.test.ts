/** The life of a campaign in the sandbox: what may follow what. */
import { describe, expect, it } from "vitest";
import { call, expectEmpty, type Json, start } from "./helpers.ts";

describe("the life of a campaign", () => {
  const after = async (id: number, ...actions: string[]): Promise<string> => {
    const sandbox = await start();
    for (const action of actions) expectEmpty(await call(sandbox, `POST /v2/campaigns/${id}/${action}`));
    return (sandbox.campaign(id) as Json).status;
  };

  it.each([
    [2104, ["run"], "RUNNING"],
    [2102, ["run"], "RUNNING"],
    [2101, ["run"], "RUNNING"],
    [2101, ["stop", "run"], "RUNNING"],
    [2102, ["make_editable", "run"], "RUNNING"],
    [2101, ["pause"], "PAUSED"],
    [2106, ["pause"], "PAUSED"],
    [2104, ["pause"], "DRAFT"],
    [2101, ["stop"], "STOPPED"],
    [2104, ["stop"], "DRAFT"],
    [2101, ["make_editable"], "EDITED"],
    [2102, ["make_editable"], "EDITED"],
    [2103, ["make_editable"], "EDITED"],
    [2106, ["make_editable"], "EDITED"],
    [2104, ["make_editable"], "DRAFT"],
  ])("%i after %j is %s", async (id, actions, status) => {
    expect(await after(id, ...actions)).toBe(status);
  });

  it("ends with delete", async () => {
    const sandbox = await start();
    expectEmpty(await call(sandbox, "DELETE /v2/campaigns/2104"));
    expect(sandbox.campaign(2104)).toBeUndefined();
    expect((await call(sandbox, "GET /v2/campaigns/2104")).status).toBe(404);
    expect((await call(sandbox, "GET /v1/campaign_list?status=DRAFT")).status).toBe(204);
  });
});
