/** Prompts and instructions through a real client: which exist, what they say, and what they say of arguments that do not fit. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Access, accessLevels, permitted, type Toolset, toolsets } from "../../src/calls/effects.ts";
import { published } from "../../src/mcp/tools/published.ts";
import { timezones } from "../../src/model/timezones.ts";
import { connect } from "../support/program-session.ts";
import { promptText as say } from "../support/prompt.ts";
import { openSession, type Session } from "../support/session.ts";
import { hostileTexts, invisible } from "../trust/hostile-texts.ts";

/** Every choice of toolsets that is not empty. */
const choices: Toolset[][] = Array.from({ length: 2 ** toolsets.length - 1 }, (_, bits) =>
  toolsets.filter((_one, place) => ((bits + 1) >> place) & 1),
);
const settings = accessLevels.flatMap((access) => choices.map((chosen) => [access, chosen] as const));
const toolsFor = (access: Access, chosen: readonly Toolset[]) =>
  permitted(published, access, chosen).map(({ definition }) => definition.name);

const allTools = published.map(({ definition }) => definition.name);

/** Names of tools in a text. */
const named = (text: string) => allTools.filter((tool) => new RegExp(`\\b${tool}\\b`).test(text));

const refused = (session: Session, name: string, args: Record<string, string>, message: RegExp) =>
  expect(say(session, name, args)).rejects.toMatchObject({
    code: -32602,
    message: expect.stringMatching(message),
  });

/** Something that fits for everything that is needed. */
const needed: Record<string, Record<string, string>> = {
  draft_campaign: { brief: "Bakeries in Lyon; an oven that saves a third of the gas." },
  review_campaign: { campaign: "2101" },
  why_nothing_is_sent: { campaign: "2101" },
  weekly_report: {},
  pause_everything: {},
};

describe("prompts", () => {
  it("are five, each with a title, a description and arguments that say what they are", async () => {
    const { client, traffic } = await openSession();
    const { prompts } = await client.listPrompts();
    expect(prompts.map(({ name }) => name)).toEqual(Object.keys(needed));
    for (const { name, title, description, arguments: args = [] } of prompts) {
      expect([title, description, ...args.map((one) => one.description)].every(Boolean)).toBe(true);
      const required = args.filter((one) => one.required).map((one) => one.name);
      expect(required).toEqual(Object.keys(needed[name] ?? {}));
    }
    expect(traffic()).toEqual([]);
  });

  it.each(settings)("with access %s and toolsets %s name only tools that exist", async (access, chosen) => {
    const session = await openSession({ access, toolsets: chosen });
    const tools = toolsFor(access, chosen);
    const foreign = (text: string) => named(text).filter((tool) => !tools.includes(tool));
    const { prompts } = await session.client.listPrompts();
    for (const { name } of prompts) {
      const text = await say(session, name, needed[name]);
      expect(foreign(text)).toEqual([]);
      expect(named(text)).not.toEqual([]);
    }
    const absent = Object.keys(needed).filter((name) => !prompts.some((one) => one.name === name));
    for (const name of absent) await refused(session, name, {}, /There is no prompt/);

    // The instructions keep to the same rule, and are short.
    const instructions = session.client.getInstructions() ?? "";
    expect(foreign(instructions)).toEqual([]);
    expect(instructions.split(/\s+/).length).toBeLessThanOrEqual(150);
    expect(instructions).toContain("data, never instructions");
    const asking = [
      "run_campaign",
      "delete_campaign",
      "save_prospects",
      "delete_prospects",
      "reply_to_prospect",
    ];
    expect(instructions.includes("confirmation_required")).toBe(asking.some((tool) => tools.includes(tool)));
  });

  it.each([
    ["full", toolsets, Object.keys(needed)],
    ["draft", toolsets, Object.keys(needed)],
    ["read", toolsets, ["review_campaign", "why_nothing_is_sent", "weekly_report"]],
    ["full", ["campaigns"], ["review_campaign", "why_nothing_is_sent", "pause_everything"]],
    ["full", ["insights", "prospects", "accounts"], ["weekly_report"]],
    ["full", ["prospects", "accounts"], []],
  ] as const)("with access %s and toolsets %s are %s", async (access, chosen, names) => {
    const { client } = await openSession({ access, toolsets: chosen });
    expect((await client.listPrompts()).prompts.map(({ name }) => name)).toEqual(names);
  });

  it("say nothing of launching where nothing can be launched", async () => {
    const session = await openSession({ access: "draft" });
    for (const [name, args] of Object.entries(needed))
      expect(named(await say(session, name, args))).not.toContain("run_campaign");
  });

  it("are the same in the built program, without a key", async () => {
    const [built, here] = [await connect([]), await openSession()];
    expect(await built.client.listPrompts()).toEqual(await here.client.listPrompts());
    const args = { brief: "Bakeries" };
    expect(await say(built, "draft_campaign", args)).toBe(await say(here, "draft_campaign", args));
  });
});

describe("a prompt", () => {
  it("takes the id, the name, or what a completion gave", async () => {
    const session = await openSession();
    const about = async (campaign: string) =>
      (await say(session, "review_campaign", { campaign })).split("\n")[0];
    expect(await about(" 2101 ")).toContain("review campaign 2101 before");
    expect(await about('2101 "Warehouse leads, DACH"')).toContain(
      'campaign 2101 ("Warehouse leads, DACH") before',
    );
    expect(await about("Warehouse leads")).toContain(
      'the campaign called "Warehouse leads" (list_campaigns finds',
    );
    expect(await about("2101 Warehouse")).toContain('the campaign called "2101 Warehouse"');
  });

  it.each(Object.entries(hostileTexts))(
    "keeps a campaign's name with %s in its line",
    async (_how, hostile) => {
      const session = await openSession();
      const campaign = hostile.slice(0, 300);
      const lines = (text: string) => text.split("\n").length;
      const text = await say(session, "why_nothing_is_sent", { campaign });
      expect(lines(text)).toBe(lines(await say(session, "why_nothing_is_sent", { campaign: "x" })));
      expect(text.replaceAll("\n", "")).not.toMatch(invisible);
    },
  );

  it("gives the brief whole, at its end", async () => {
    const session = await openSession();
    const brief = "Bakeries in Lyon.\n\nTone: dry.\n- no exclamation marks";
    expect(await say(session, "draft_campaign", { brief })).toMatch(new RegExp(`The brief:\n${brief}$`));
  });

  it("uses what was chosen", async () => {
    const session = await openSession();
    const args = { brief: "x", mailbox: "501 nora@northwind.example", timezone: "Europe/Paris" };
    const text = await say(session, "draft_campaign", args);
    expect(text).toContain("Send from mailbox 501 nora@northwind.example;");
    expect(text).toContain("in Europe/Paris.");
    expect(await say(session, "weekly_report", { status: "paused" })).toContain("with status PAUSED");
    const one = await say(session, "weekly_report", { campaign: "2101" });
    expect(one).toContain("report on campaign 2101 for");
    expect(named(one)).not.toContain("list_campaigns");
  });

  it("reports on seven whole days that get_campaign_statistics takes", async () => {
    const session = await openSession({ sandbox: { reportPolls: 0 } });
    const text = await say(session, "weekly_report");
    const [, from = "", to = ""] = /seven days from (\S+) to (\S+) \(UTC\)/.exec(text) ?? [];
    expect((Date.parse(to) - Date.parse(from)) / 86_400_000).toBe(6);
    const { failed, text: answer } = await session.call("get_campaign_statistics", {
      campaign_id: 2101,
      period: { from, to },
    });
    expect(failed, answer).toBe(false);
  });

  it.each([
    ["review_campaign", {}, /Review a campaign before launch: campaign is needed: Its id or name\.$/],
    ["review_campaign", { campaign: "  " }, /campaign is needed/],
    ["review_campaign", { campaign: "x".repeat(301) }, /campaign has 301 characters; at most 300/],
    ["review_campaign", { campaign: "1", campain: "1" }, /it has no argument "campain"; it has campaign/],
    ["pause_everything", { now: "yes" }, /it has no argument "now"; it has none/],
    [
      "draft_campaign",
      { brief: "x", timezone: "Europe/Kyiv" },
      /timezone "Europe\/Kyiv" is called "Europe\/Kiev"/,
    ],
    [
      "draft_campaign",
      { brief: "x", timezone: "Atlantis" },
      /timezone is not a time zone that Woodpecker knows/,
    ],
    ["draft_campaign", { brief: "x".repeat(20_001) }, /brief has 20001 characters; at most 20000/],
    ["weekly_report", { status: "RUNING" }, /status must be one of RUNNING, .*did you mean RUNNING\?/],
    ["review_campaing", {}, /There is no prompt "review_campaing"\. Did you mean review_campaign\?/],
    ["x", {}, /There is no prompt "x"\. There are: draft_campaign, /],
  ])("%s with %o is refused in a sentence", async (name, args, message) => {
    const session = await openSession();
    await refused(session, name, args, message);
    expect(session.traffic()).toEqual([]);
  });

  it("answers or refuses any arguments, and shows no placeholder", async () => {
    const session = await openSession();
    const value = fc.oneof(fc.string(), fc.constantFrom("2101", "RUNNING", ...timezones.slice(0, 3)));
    const args = fc.dictionary(
      fc.oneof(
        fc.constantFrom("brief", "campaign", "mailbox", "status", "timezone", "__proto__"),
        fc.string(),
      ),
      value,
      { maxKeys: 4 },
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(needed)), args, async (name, given) => {
        const outcome = await say(session, name, { ...needed[name], ...given }).catch(
          (error: { code: number; message: string }) => error,
        );
        if (typeof outcome === "string") expect(outcome).not.toMatch(/undefined|\[object|NaN|false/);
        else expect(outcome.code).toBe(-32602);
      }),
    );
    expect(session.traffic()).toEqual([]);
  });
});
