/** What the sandbox's account is like, chosen on the command line of the built program. */
import { describe, expect, it } from "vitest";
import { runToEnd, start } from "../support/program.ts";
import { connect } from "../support/program-session.ts";

const idsOf = (rows: { id: number }[]) => rows.map(({ id }) => id);

describe("the sandbox's account", () => {
  it("is an agency's with --agency, in the client that --company-id names", async () => {
    const agency = await connect(["--sandbox", "--agency"]);
    expect(idsOf((await agency.call("list_companies")).data.companies)).toEqual([7001, 7002]);
    expect((await agency.call("list_campaigns")).data.campaigns).toEqual([]);
    const client = await connect(["--sandbox", "--agency", "--company-id", "7001"]);
    expect((await client.call("list_campaigns")).data.campaigns).toHaveLength(6);
  });

  it("is an ordinary one without it, whatever company is named", async () => {
    const session = await connect(["--sandbox", "--company-id", "7002"]);
    expect((await session.call("list_campaigns")).data.campaigns).toHaveLength(6);
    expect((await session.call("list_companies")).text).toContain("No Agency addon");
  });

  it("is of several kinds at once with --sandbox-account", async () => {
    const session = await connect(["--sandbox", "--sandbox-account", "busy,unhealthy"]);
    expect(
      idsOf((await session.call("list_campaigns", { status: ["RUNNING"] })).data.campaigns).sort(),
    ).toEqual([2101, 2111, 2112, 2113]);
    expect((await session.call("list_mailboxes")).text).toContain("Connection lost");
  });

  it("is the same for the command sandbox", async () => {
    const program = start(["sandbox", "--port", "0", "--agency", "--sandbox-account", "no-features"]);
    const [, root = "", key = ""] = await program.said(/on (http\S+)\/rest\/v1 and .*x-api-key: (\S+)/);
    const ask = (path: string, init = {}) =>
      fetch(`${root}${path}`, { headers: { "x-api-key": key }, ...init });
    expect((await ask("/rest/v2/agency/companies")).status).toBe(200);
    const headers = { "x-api-key": key, "x-company-id": "7001" };
    const run = await ask("/rest/v2/campaigns/2104/run", { method: "POST", headers });
    expect([run.status, await run.json()]).toEqual([
      403,
      expect.objectContaining({ code: "MISSING_FEATURES" }),
    ]);
  });

  it.each([
    [["--agency"], "--agency needs --sandbox"],
    [["--http", "--sandbox-account", "busy"], "--sandbox-account needs --sandbox"],
    [
      ["--sandbox", "--sandbox-account", "broken"],
      '"broken" is not one of no-features, raised, unhealthy, busy',
    ],
  ])("%j is refused", async (args, words) => {
    const { code, stderr } = await runToEnd(args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
  });
});
