/** An agency lead with twelve accounts: finds the clients, serves all of them from one process, and brakes in one without touching another. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { newFolder } from "../support/folder.ts";
import { runToEnd, start } from "../support/program.ts";
import { serve, sessionAt } from "../support/program-session.ts";

it("an agency lead opens twelve accounts, and stops the sending of one", async () => {
  // First: try it without the real account.
  const sandbox = start(["sandbox", "--agency", "--port", "0"]);
  const [, origin = "", key = ""] = await sandbox.said(
    /(http:\/\/127\.0\.0\.1:\d+)\/rest\/v2, x-api-key: (\S+)/,
  );
  const env = { WOODPECKER_API_URL: origin, WOODPECKER_API_KEY: key };

  // Which clients are there?
  const looked = await runToEnd(["doctor"], env);
  expect(looked.stdout).toMatch(/none is chosen[\s\S]*7001 "Northwind", 7002 "Harborline"/);
  const [north, harbor] = await Promise.all(
    ["7001", "7002"].map((id) => runToEnd(["list", "--company-id", id], env)),
  );
  expect(north?.stdout.match(/^\d/gm)).toHaveLength(6);
  expect(harbor?.stdout).toContain("There is no campaign in this account.");

  // One process for the team, with an address for each account.
  const names = Array.from({ length: 12 }, (_, index) => `client-${index + 1}`);
  const file = join(newFolder(), "accounts.json");
  const accounts = names.map((name, index) => [
    name,
    { api_key: key, company_id: index === 0 ? 7001 : 7002, name, access: index === 2 ? "read" : "full" },
  ]);
  writeFileSync(file, JSON.stringify(Object.fromEntries(accounts)));
  const team = { WOODPECKER_API_URL: origin, WOODPECKER_ACCOUNTS: file };
  const ready = await runToEnd(["doctor"], team);
  expect(ready.code).toBe(0);
  expect(ready.stdout).toMatch(/^ok +Accounts: 12 of 12 can be used: client-1, /m);
  expect(ready.stdout).toContain(`"WOODPECKER_ACCOUNTS": "${file}"`);
  const { url } = await serve([], team);
  const sessions = await Promise.all(names.map((name) => sessionAt(`${url}/${name}`)));
  const totals = await Promise.all(sessions.map(({ call }) => call("list_campaigns")));
  expect(totals.map(({ data }) => data.total)).toEqual([6, ...Array(11).fill(0)]);

  // The one that sends is stopped, under its name; the one that only looks cannot.
  const [first, , reader] = sessions;
  const paused = await first?.call("pause_all_campaigns");
  expect(paused?.data).toMatchObject({ outcome: "done", account: "client-1" });
  const { tools } = (await reader?.client.listTools()) ?? { tools: [] };
  expect(tools.map(({ name }) => name)).not.toContain("pause_all_campaigns");
  const after = await runToEnd(["list", "--company-id", "7001"], env);
  expect(after.stdout).toMatch(/^2101 +PAUSED/m);
  expect(after.stdout).not.toContain("RUNNING");
  expect((await first?.call("list_recent_changes"))?.data.changes).toHaveLength(1);
});
