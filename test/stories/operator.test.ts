/** An operator who must approve: the assistant prepares, and nothing leaves before a yes in a terminal, launch and reply alike. */
import { join } from "node:path";
import { expect, it } from "vitest";
import { newFolder } from "../support/folder.ts";
import { runToEnd } from "../support/program.ts";
import { openSandbox, written } from "../support/sandbox.ts";
import { assistant, entryOf, typed } from "./cli.ts";

it("an operator approves a launch and a reply, declines a deletion, and reads what was done", async () => {
  const sandbox = await openSandbox();
  const folder = newFolder();
  const env = {
    WOODPECKER_API_URL: sandbox.origin,
    WOODPECKER_API_KEY: sandbox.key,
    WOODPECKER_FORMS: "require",
    WOODPECKER_STATE_DIR: join(folder, "state"),
    WOODPECKER_LEDGER: join(folder, "ledger.jsonl"),
    WOODPECKER_MAX_RUNS_PER_DAY: "1",
  };
  expect((await runToEnd(["doctor"], env)).stdout).toMatch(
    /Limits: WOODPECKER_MAX_RUNS_PER_DAY 1\n[\s\S]*Forms: require/,
  );
  const { call } = await assistant(await entryOf(env));
  const approve = (word: string) => typed("approve", `${word}\n`, env);

  // A launch.
  const launch = { campaign_id: 2104 };
  const asked = await call("run_campaign", launch);
  expect(asked.data.outcome).toBe("confirmation_required");
  expect(JSON.stringify(asked.result)).not.toContain('"confirmation"');
  expect(written(sandbox)).toEqual([]);
  const launched = await approve("yes");
  expect([launched.code, launched.out]).toEqual([0, expect.stringContaining("Retail planners, spring")]);
  expect((await call("run_campaign", launch)).data).toMatchObject({ outcome: "done", status: "RUNNING" });

  // A reply: the person reads every word of it, and what it answers.
  const { replies } = (await call("list_replies", { prospect_id: 90_001, include_automatic: true })).data;
  const reply = { message_id: replies[0].message_id, text: "Hello,\n\nThursday at ten suits me." };
  const asksReply = await call("reply_to_prospect", reply);
  expect(asksReply.data.outcome).toBe("confirmation_required");
  const replied = await approve("yes");
  for (const { out } of [launched, replied]) expect(out).not.toMatch(/\b[a-z]+_(?:campaign|prospect)s?\b/);
  expect(replied.out).toContain("Thursday at ten suits me.");
  expect(replied.out).toContain(replies[0].prospect.email);
  // Other words are not what was agreed to.
  const other = await call("reply_to_prospect", { ...reply, text: "Something else." });
  expect(other.data.outcome).toBe("confirmation_required");
  await approve("no");
  expect((await call("reply_to_prospect", reply)).data.outcome).toBe("done");
  expect(written(sandbox).filter((line) => line.endsWith("/reply"))).toHaveLength(1);

  // A deletion that is not wanted.
  await call("pause_campaign", launch);
  await call("delete_campaign", launch);
  expect((await approve("no")).out).toContain("Declined. Nothing happens.");
  expect((await call("delete_campaign", launch)).data?.outcome).not.toBe("done");
  expect(written(sandbox).filter((line) => line.startsWith("DELETE"))).toEqual([]);

  // What was done.
  expect((await runToEnd(["ledger", "verify"], env)).code).toBe(0);
  const { stdout } = await runToEnd(["ledger", "show"], env);
  for (const tool of ["run campaign 2104", "reply to prospect", "pause campaign 2104"])
    expect(stdout).toContain(tool);
  expect(stdout).not.toMatch(/delete campaign.* done/);
});
