/** Whoever works with several accounts sees in every question and every answer of a write which one it is. */
import { expect, it } from "vitest";
import { draft } from "../support/draft.ts";
import { openSession } from "../support/session.ts";

const env = { WOODPECKER_ACCOUNT_NAME: " Northwind  GmbH " };

it.each<[string, object]>([
  ["run_campaign", { campaign_id: 2104 }],
  ["delete_campaign", { campaign_id: 2104 }],
  ["save_prospects", { campaign_id: 2101, prospects: [{ email: "anna@example.com" }] }],
])("%s asks with the name of the account", async (tool, args) => {
  const session = await openSession({ env });
  const { data, text } = await session.call(tool, args);
  expect(data).toMatchObject({ account: "Northwind GmbH", facts: { account: '"Northwind GmbH"' } });
  expect(text).toContain('account: "Northwind GmbH"');
});

it.each<[string, object]>([
  ["create_campaign", draft],
  ["create_campaign", { ...draft, dry_run: true }],
  ["pause_campaign", { campaign_id: 2101 }],
  ["pause_campaign", { campaign_id: 2102 }],
  ["update_campaign", { campaign_id: 2104, name: "Renamed" }],
])("%s answers with the name of the account", async (tool, args) => {
  const session = await openSession({ env });
  const { data, text } = await session.call(tool, args);
  expect(data.account).toBe("Northwind GmbH");
  expect(text).toMatch(/\nAccount: Northwind GmbH$/);
});

it("nothing is said where there is no name", async () => {
  const session = await openSession();
  const { data, text } = await session.call("pause_campaign", { campaign_id: 2101 });
  expect(data).not.toHaveProperty("account");
  expect(text).not.toContain("Account:");
});
