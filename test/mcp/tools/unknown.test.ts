/** Names of tools that do not exist, or not for this caller: what is said to lead on, and never to the opposite. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Access,
  accessLevels,
  effects,
  permitted,
  type Toolset,
  toolsets,
} from "../../../src/calls/effects.ts";
import { published } from "../../../src/mcp/tools/published.ts";
import { openSession } from "../../support/session.ts";

interface Scope {
  access?: Access;
  toolsets?: readonly Toolset[];
}

async function said(name: string, scope: Scope = {}): Promise<string> {
  const session = await openSession(scope);
  const message = await session.client.callTool({ name, arguments: {} }).then(
    () => "answered",
    (error: Error) => error.message,
  );
  expect(session.traffic()).toEqual([]);
  await session.close();
  return message;
}

const suggested = (message: string) => /did you mean ([\w, ]+)\?/.exec(message)?.[1]?.split(", ") ?? [];

describe("a name that does not exist is answered by its meaning", () => {
  it.each([
    ["start_campaign", "run_campaign"],
    ["launchCampaign", "run_campaign"],
    ["resume-campaign", "run_campaign"],
    ["send_campaign", "run_campaign"],
    ["un_pause_campaign", "run_campaign"],
    ["unpause_campaign", "run_campaign"],
    ["RUN_CAMPAIGN", "run_campaign"],
    ["hold_campaign", "pause_campaign"],
    ["pause_everything", "pause_all_campaigns"],
    ["cancel_campaign", "stop_campaign"],
    ["reply_to_message", "list_replies"],
    ["read_inbox", "list_replies"],
    ["get_report", "get_campaign_statistics"],
    ["campaign_stats", "get_campaign_statistics"],
    ["add_prospect", "save_prospects"],
    ["import_leads", "save_prospects"],
    ["enrol", "save_prospects"],
    ["list_contacts", "search_prospects"],
    ["remove_lead", "delete_prospects"],
    ["remove_from_campaign", "delete_prospects"],
    ["edit_email", "update_step_version"],
    ["rename_campaign", "update_campaign"],
    ["new_campaign", "create_campaign"],
    ["clone_campaign", "duplicate_campaign"],
    ["validate_campaign", "check_campaign"],
    ["send_test_email", "preview_campaign"],
    ["list_senders", "list_mailboxes"],
    ["undo_delete_campaign", "list_recent_changes"],
    ["delte_campaign", "delete_campaign"],
    ["get_campaing", "get_campaign"],
  ])("%s: %s", async (name, tool) => {
    expect(suggested(await said(name))).toContain(tool);
  });

  it.each([
    ["start_campaign", /stop_|delete_/],
    ["launch_campaign", /stop_|pause_|delete_/],
    ["reply_to_prospect_now", /delete_|stop_/],
    ["complete_campaign", /delete_/],
    ["stop_sending", /run_campaign/],
    ["unblock_prospect", /delete_|stop_/],
    ["star_campaign", /stop_|delete_/],
    ["restore_campaign", /delete_/],
  ])("%s is not answered with %s", async (name, opposite) => {
    expect(suggested(await said(name)).join()).not.toMatch(opposite);
  });
});

it("whatever is called, what deletes is suggested only to whoever wrote of it, and what sends to nobody who stops", async () => {
  const session = await openSession();
  const words = published.flatMap(({ definition }) => definition.name.split("_"));
  const more = [
    "start",
    "stop",
    "email",
    "all",
    "to",
    "un",
    "cancel",
    "block",
    "reply",
    "sequence",
    "status",
    "x",
  ];
  const name = fc
    .array(fc.constantFrom(...words, ...more), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join("_"));
  const exists = (given: string) => published.some(({ definition }) => definition.name === given);
  await fc.assert(
    fc.asyncProperty(
      name.filter((given) => !exists(given)),
      async (given) => {
        const message = await session.client
          .callTool({ name: given, arguments: {} })
          .catch((e: Error) => e.message);
        const tools = suggested(String(message));
        for (const tool of tools) {
          const effect = published.find(({ definition }) => definition.name === tool)?.effect;
          if (effect === "delete") expect(given).toMatch(/delete/);
          // What is un-paused goes on.
          if (tool === "run_campaign") expect(given).not.toMatch(/(^|_)(?<!(^|_)un_)(stop|cancel|pause)/);
        }
      },
    ),
    { numRuns: 300 },
  );
  expect(session.traffic()).toEqual([]);
});

describe("a tool that is switched off", () => {
  it.each(accessLevels.flatMap((access) => toolsets.map((one) => [access, one] as const)))(
    "with access %s and only %s says what it needs and how to raise it",
    async (access, toolset) => {
      const here = permitted(published, access, [toolset]).map(({ definition }) => definition.name);
      for (const { definition, effect, toolset: own } of published.filter((_one, at) => at % 3 === 0)) {
        if (here.includes(definition.name)) continue;
        const message = await said(definition.name, { access, toolsets: [toolset] });
        expect(message).not.toContain("Unknown tool");
        const needed = effects[effect].access;
        const isLow = accessLevels.indexOf(needed) > accessLevels.indexOf(access);
        expect(message.includes(`--access ${needed}`)).toBe(isLow);
        expect(message.includes("--toolsets ")).toBe(own !== toolset);
      }
    },
  );

  it("is not suggested to whoever means it by another name, who hears what it takes", async () => {
    const message = await said("start_campaign", { access: "draft" });
    expect(message).not.toContain("run_campaign");
    expect(message).toContain(
      "switched off here: it needs access full, and this server runs with access draft",
    );
  });
});

describe("title and instructions", () => {
  it.each([
    [{ WOODPECKER_ACCOUNT_NAME: "Northwind GmbH" }, "Northwind GmbH"],
    [{ WOODPECKER_COMPANY_ID: "7001" }, "client company 7001"],
    [{ WOODPECKER_COMPANY_ID: "7001", WOODPECKER_ACCOUNT_NAME: "Northwind" }, "Northwind"],
  ])("with %j name the account", async (env, name) => {
    const { client } = await openSession({ env });
    expect(client.getServerVersion()?.title).toContain(name);
    expect(client.getInstructions()).toContain(name);
  });

  it("say the access level, what is off, and the words of answers", async () => {
    const account = "a b c d e f g h i j k l m n o p q r s t u v w x y z";
    for (const access of accessLevels) {
      const { client } = await openSession({
        access,
        toolsets: ["campaigns"],
        env: { WOODPECKER_ACCOUNT_NAME: account, WOODPECKER_DRY_RUN: "true" },
      });
      const instructions = client.getInstructions() ?? "";
      expect(instructions).toContain(`Access ${access}`);
      expect(instructions).toContain("toolsets prospects, accounts, insights");
      expect(instructions).toContain("Dry run");
      expect(instructions.split(/\s+/).length).toBeLessThanOrEqual(150);
    }
  });
});
