/** What `tools/list` publishes, held to what every known client can take; and which tools exist for whom. */
import type { Tool } from "@modelcontextprotocol/sdk/types.js";
import { describe, expect, it } from "vitest";
import { accessLevels, toolsets } from "../../../src/calls/effects.ts";
import { openSession } from "../../support/session.ts";

/** The contract: every tool there is or will be, with its effect and toolset. */
const contract: Record<string, [effect: string, toolset: string]> = {
  list_campaigns: ["read", "campaigns"],
  get_campaign: ["read", "campaigns"],
  create_campaign: ["add", "campaigns"],
  run_campaign: ["send", "campaigns"],
  pause_campaign: ["halt", "campaigns"],
  stop_campaign: ["halt", "campaigns"],
  delete_campaign: ["delete", "campaigns"],
  update_campaign: ["change", "campaigns"],
  make_campaign_editable: ["halt", "campaigns"],
  add_campaign_step: ["add", "campaigns"],
  update_campaign_step: ["change", "campaigns"],
  update_step_version: ["change", "campaigns"],
  delete_campaign_step: ["delete", "campaigns"],
  duplicate_campaign: ["add", "campaigns"],
  check_campaign: ["read", "campaigns"],
  preview_campaign: ["read", "campaigns"],
  pause_all_campaigns: ["halt", "campaigns"],
  get_campaign_statistics: ["read", "insights"],
  get_account_report: ["read", "insights"],
  list_replies: ["read", "insights"],
  reply_to_prospect: ["send", "insights"],
  list_tasks: ["read", "insights"],
  search_prospects: ["read", "prospects"],
  save_prospects: ["send", "prospects"],
  delete_prospects: ["delete", "prospects"],
  stop_prospects: ["halt", "prospects"],
  list_mailboxes: ["read", "accounts"],
  list_linkedin_accounts: ["read", "accounts"],
  list_companies: ["read", "accounts"],
  list_recent_changes: ["read", "accounts"],
};
/** The life cycle of a campaign, and who sends. */
const lifeCycle = [...Object.keys(contract).slice(0, 7), "list_mailboxes"];

const effectOf = (name: string) => contract[name]?.[0] ?? "";

const hintsOf: Record<string, [readOnly: boolean, destructive: boolean, idempotent: boolean]> = {
  read: [true, false, true],
  add: [false, false, false],
  change: [false, true, true],
  halt: [false, false, true],
  send: [false, true, false],
  delete: [false, true, true],
};

const leastAccess: Record<string, string> = {
  read: "read",
  add: "draft",
  change: "draft",
  halt: "draft",
  send: "full",
  delete: "full",
};

const refusedKeywords = [
  "$ref",
  "$defs",
  "definitions",
  "$schema",
  "oneOf",
  "anyOf",
  "allOf",
  "not",
  "const",
  "format",
];

const session = await openSession();
const { tools }: { tools: Tool[] } = await session.client.listTools();
await session.close();
const toolNamed = (name: string) => tools.find((tool) => tool.name === name);

interface Node {
  at: string;
  schema: Record<string, unknown>;
  isProperty: boolean;
}

/** Every schema node below and including this one, whatever keyword it hangs on. */
function nodesOf(schema: unknown, at: string, isProperty = false): Node[] {
  const own = schema as Record<string, unknown>;
  const below = Object.entries(own).flatMap(([keyword, value]) => {
    if (keyword === "properties") {
      return Object.entries(value as object).flatMap(([name, inner]) =>
        nodesOf(inner, `${at}.${name}`, true),
      );
    }
    return keyword === "items" ? nodesOf(value, `${at}[]`) : [];
  });
  return [{ at, schema: own, isProperty }, ...below];
}

const inputNodes = () => tools.flatMap((tool) => nodesOf(tool.inputSchema, `${tool.name} input`));
const outputNodes = () => tools.flatMap((tool) => nodesOf(tool.outputSchema, `${tool.name} output`));
const allNodes = () => [...inputNodes(), ...outputNodes()];

/** Where the rule is broken; a good list gives []. */
const breaking = (nodes: Node[], broken: (node: Node) => boolean) =>
  nodes.filter((node) => broken(node)).map(({ at }) => at);

describe("every published schema", () => {
  it("was looked at in all its depth", () => {
    expect(allNodes().length).toBeGreaterThan(60);
    expect(allNodes().map(({ at }) => at)).toContain("create_campaign input.steps[].versions[].message");
  });

  it("has a plain object at the root", () => {
    const roots = tools.flatMap(({ inputSchema, outputSchema }) => [inputSchema, outputSchema]);
    expect(roots).toHaveLength(2 * tools.length);
    for (const root of roots) expect(root).toMatchObject({ type: "object", properties: expect.any(Object) });
  });

  it.each(refusedKeywords)("uses no %s", (keyword) => {
    expect(breaking(allNodes(), ({ schema }) => keyword in schema)).toEqual([]);
  });

  it("has only keywords that every client reads", () => {
    const known = [
      "type",
      "description",
      "properties",
      "required",
      "items",
      "enum",
      "minimum",
      "maximum",
      "default",
      "additionalProperties",
    ];
    expect(
      breaking(allNodes(), ({ schema }) => Object.keys(schema).some((key) => !known.includes(key))),
    ).toEqual([]);
  });

  it("has exactly one type at every node", () => {
    const types = ["object", "array", "string", "integer", "number", "boolean"];
    expect(breaking(allNodes(), ({ schema }) => !types.includes(schema.type as string))).toEqual([]);
  });

  it("says what the entries of every list are", () => {
    expect(breaking(allNodes(), ({ schema }) => schema.type === "array" && !schema.items)).toEqual([]);
  });

  it("describes every property that is sent, in a sentence, and none that is answered", () => {
    const undescribed = ({ isProperty, schema }: Node) =>
      isProperty && !/^[A-Z1{"].*\S.*[.)]$/s.test(String(schema.description ?? ""));
    expect(breaking(inputNodes(), undescribed)).toEqual([]);
    const oneWord = ({ isProperty, schema }: Node) => isProperty && !/\s/.test(String(schema.description));
    expect(breaking(inputNodes(), oneWord)).toEqual([]);
    expect(breaking(outputNodes(), ({ schema }) => "description" in schema)).toEqual([]);
  });

  it("is open for a draft and for people only, and names what every other object takes", () => {
    const open = inputNodes().filter(({ schema }) => "additionalProperties" in schema);
    expect(open.every(({ schema }) => schema.additionalProperties === true)).toBe(true);
    expect(open.map(({ at }) => at)).toEqual([
      "check_campaign input.draft",
      "preview_campaign input.draft",
      "preview_campaign input.prospects[]",
      "save_prospects input.prospects[]",
      // Headers of a table are whatever somebody wrote.
      "save_prospects input.columns",
    ]);
    const bare = ({ schema }: Node) =>
      schema.type === "object" && !schema.properties && !schema.additionalProperties;
    expect(breaking(inputNodes(), bare)).toEqual([]);
  });

  it("requires only what it describes", () => {
    const dangling = ({ schema }: Node) =>
      ((schema.required as string[] | undefined) ?? []).some(
        (name) => !(name in ((schema.properties as object) ?? {})),
      );
    expect(breaking(allNodes(), dangling)).toEqual([]);
  });

  it("bounds every integer that is sent, within what every client's integers hold", () => {
    const open = ({ schema: { type, minimum, maximum } }: Node) =>
      type === "integer" &&
      !(Number.isSafeInteger(minimum) && Number.isSafeInteger(maximum) && Number(minimum) < Number(maximum));
    expect(breaking(inputNodes(), open)).toEqual([]);
    expect(breaking(inputNodes(), ({ schema }) => schema.type === "number")).toEqual([]);
  });
});

describe("every tool", () => {
  it("is one of the contract, in its order", () => {
    const names = tools.map(({ name }) => name);
    expect(names).toEqual(Object.keys(contract).filter((name) => names.includes(name)));
    expect(names).toEqual(expect.arrayContaining(lifeCycle));
  });

  it("has a name that every client takes", () => {
    for (const { name } of tools) expect(name).toMatch(/^[a-z][a-z0-9_]{2,29}$/);
  });

  it("has a title and a description of at most 600 characters", () => {
    for (const { name, title, description = "" } of tools) {
      expect(title).toMatch(/\S/);
      expect(description.length).toBeGreaterThan(20);
      expect(description.length).toBeLessThanOrEqual(600);
      expect(description).toMatch(/^[A-Z]/);
      if (lifeCycle.includes(name)) expect(description).toContain("Woodpecker");
    }
  });

  const byEffect = tools.map(({ name }) => [name, effectOf(name)] as const);

  it.each(byEffect)("%s has the hints of a %s", (name, effect) => {
    const [readOnlyHint, destructiveHint, idempotentHint] = hintsOf[effect] ?? [];
    expect(toolNamed(name)?.annotations).toEqual({
      readOnlyHint,
      destructiveHint,
      idempotentHint,
    });
  });

  it.each(byEffect)("%s takes dry_run and confirmation as a %s should", (name, effect) => {
    const fields = Object.keys(toolNamed(name)?.inputSchema.properties ?? {});
    expect(fields.includes("dry_run")).toBe(effect !== "read");
    const again = fields.includes("allow_duplicate");
    // Doing the same again on purpose is asked about, too.
    // Of what stops sending only the blacklist is asked about, after the pauses.
    const later = fields.includes("block");
    expect(fields.includes("confirmation")).toBe(effect === "send" || effect === "delete" || again || later);
  });

  it.each([
    ["run_campaign", /real people/, /person must agree/],
    ["delete_campaign", /for good/, /person must agree/],
    ["create_campaign", /DRAFT/, /nothing is sent/],
    ["pause_campaign", /needs no consent/, /safe to repeat/],
  ])("%s carries its safety facts in the description", (name, ...facts) => {
    const description = toolNamed(name)?.description;
    for (const fact of facts) expect(description).toMatch(fact);
  });
});

describe("the whole list", () => {
  const bytes = (list: Tool[]) => Buffer.byteLength(JSON.stringify({ tools: list }));

  it("weighs at most 40,000 bytes with all tools, and 1,350 a tool on average", () => {
    expect(bytes(tools)).toBeLessThanOrEqual(40_000);
    expect(bytes(tools) / tools.length).toBeLessThanOrEqual(1_350);
  });

  it("is the same, byte for byte, whenever it is asked for", async () => {
    const [first, second] = [await openSession(), await openSession({ sandbox: { seed: "empty" } })];
    const lists = [first, first, second].map(async ({ client }) => JSON.stringify(await client.listTools()));
    const [once, again, elsewhere] = await Promise.all(lists);
    expect(again).toBe(once);
    expect(elsewhere).toBe(once);
  });

  it("asks nothing of Woodpecker", async () => {
    const session = await openSession();
    await session.client.listTools();
    expect(session.traffic()).toEqual([]);
  });
});

describe("access levels and toolsets", () => {
  const combinations = accessLevels.flatMap((access) =>
    toolsets.map((toolset) => [access, toolset] as const),
  );
  const reach = ["read", "draft", "full"];

  it.each(combinations)("%s with only %s shows the tools that belong there", async (access, toolset) => {
    const session = await openSession({ access, toolsets: [toolset] });
    const { tools: shown } = await session.client.listTools();
    const expected = tools
      .map(({ name }) => name)
      .filter((name) => contract[name]?.[1] === toolset)
      .filter((name) => reach.indexOf(leastAccess[effectOf(name)] ?? "") <= reach.indexOf(access));
    expect(shown.map(({ name }) => name)).toEqual(expected);
  });

  it.each([
    ["read", "create_campaign"],
    ["read", "pause_campaign"],
    ["draft", "run_campaign"],
    ["draft", "delete_campaign"],
  ] as const)("at %s a call of %s says which access it needs, and reaches nobody", async (access, tool) => {
    const session = await openSession({ access });
    await expect(session.call(tool, { campaign_id: 2101 })).rejects.toThrow(
      `${tool} is switched off here: it needs access ${leastAccess[effectOf(tool)]}, and this server runs with access ${access}.`,
    );
    expect(session.traffic()).toEqual([]);
  });
});
