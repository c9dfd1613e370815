/** A freelancer with three clients: three keys, three entries in one configuration, and no campaign in the wrong account. */
import { expect, it } from "vitest";
import { draft } from "../support/draft.ts";
import { openSandbox } from "../support/sandbox.ts";
import { assistant, entryOf } from "./cli.ts";

it("a freelancer drafts, checks, launches and pauses for one client, and the other two notice nothing", async () => {
  const names = ["Northwind", "Brightlane", "Harborline"];
  const sandboxes = await Promise.all(names.map(() => openSandbox()));
  const entries = await Promise.all(
    sandboxes.map(({ origin, key }, index) =>
      entryOf(
        {
          WOODPECKER_API_URL: origin,
          WOODPECKER_API_KEY: key,
          WOODPECKER_ACCOUNT_NAME: names[index] as string,
        },
        ["--toolsets", "campaigns,prospects,insights,accounts"],
      ),
    ),
  );
  const clients = await Promise.all(entries.map(assistant));
  for (const [index, { client }] of clients.entries()) {
    expect(client.getServerVersion()?.title).toContain(names[index]);
    expect(client.getInstructions()).toContain(names[index]);
  }

  const [, brightlane] = clients;
  if (!brightlane) throw new Error("three were opened");
  const { call, agree } = brightlane;
  const name = "Winter offer";
  const created = await call("create_campaign", { ...draft, name });
  expect(created.data).toMatchObject({ outcome: "done", account: "Brightlane" });
  const { campaign_id } = created.data;
  const prospects = [{ email: "anna@bakery.example", first_name: "Anna", company: "Bakery" }];
  expect((await agree("save_prospects", { campaign_id, prospects })).data).toMatchObject({ added: 1 });
  expect((await call("check_campaign", { campaign_id })).data.verdict).not.toBe("blocked");
  expect((await call("preview_campaign", { campaign_id })).text).toContain("anna@bakery.example");
  const asked = await call("run_campaign", { campaign_id });
  expect(asked.text).toContain("Brightlane");
  expect(asked.text).toContain(name);
  const { confirmation } = asked.data;
  const launched = await call("run_campaign", { campaign_id, confirmation });
  expect(launched.data).toMatchObject({ outcome: "done", status: "RUNNING", account: "Brightlane" });
  expect((await call("get_account_report")).text).toContain(name);
  expect((await call("pause_campaign", { campaign_id })).data.status).toBe("PAUSED");

  const tools = (await call("list_recent_changes")).data.changes.map(({ tool }: { tool: string }) => tool);
  expect(tools).toEqual(["pause_campaign", "run_campaign", "save_prospects", "create_campaign"]);
  for (const place of [0, 2]) {
    expect(sandboxes[place]?.writes()).toEqual([]);
    expect((await clients[place]?.call("list_recent_changes"))?.data.changes).toEqual([]);
    expect((await clients[place]?.call("list_campaigns"))?.text).not.toContain(name);
  }
});
