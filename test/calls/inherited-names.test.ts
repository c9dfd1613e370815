/**
 * `toString`, `valueOf` and the other names that every object inherits: wherever somebody outside can put a name, they
 * are names that nobody knows, like any other.
 */
import { describe, expect, it } from "vitest";
import { operations } from "../../src/operations/index.ts";
import { nameOf, writes } from "../faults/writes.ts";
import { draft } from "../support/draft.ts";
import { business, v1Error } from "../support/failure.ts";
import { runToEnd } from "../support/program.ts";
import { openSession, type Session } from "../support/session.ts";

const names = Object.getOwnPropertyNames(Object.prototype);
const values = [null, 7, { toString: null }];
const withName = (object: object, name: string, value: unknown) =>
  Object.defineProperty({ ...object }, name, { value, enumerable: true, configurable: true });

/** The same arguments once for each object in them, with the name put into it. */
function spoilt(value: unknown, name: string, member: unknown): unknown[] {
  if (value === null || typeof value !== "object") return [];
  const inner = Object.entries(value).flatMap(([key, part]) =>
    spoilt(part, name, member).map((changed) =>
      Array.isArray(value) ? value.with(Number(key), changed) : { ...value, [key]: changed },
    ),
  );
  return Array.isArray(value) ? inner : [withName(value, name, member), ...inner];
}

const defects = ({ events }: Session) => events.filter(({ event }) => event === "defect");

async function expectRefusedByName(
  session: Session,
  tool: string,
  args: unknown,
  name: string,
): Promise<void> {
  const { failed, text } = await session.call(tool, args);
  expect([failed, text]).toEqual([true, expect.stringContaining(name)]);
  expect(text).toContain("Nothing was sent and nothing was changed.");
}

describe("an argument with such a name is refused by its name", () => {
  const strict = operations.filter(({ ignoresUnknown }) => !ignoresUnknown);
  it.each(strict.map(({ name }) => name))("%s", async (tool) => {
    const session = await openSession();
    for (const name of names)
      for (const value of values) await expectRefusedByName(session, tool, withName({}, name, value), name);
    expect([session.traffic(), defects(session)]).toEqual([[], []]);
  });

  const written = writes.filter(({ tool }) => strict.some(({ name }) => name === tool));
  it.each(written.map((write) => [nameOf(write), write] as const))("anywhere in %s", async (_name, write) => {
    const session = await openSession();
    for (const name of names)
      for (const value of values)
        for (const args of spoilt(write.args, name, value))
          await expectRefusedByName(session, write.tool, args, name);
    expect([session.traffic(), defects(session)]).toEqual([[], []]);
  });

  it("but by the brake, which leaves it aside with a note", async () => {
    const session = await openSession();
    const brakes = operations.filter(({ ignoresUnknown }) => ignoresUnknown);
    expect(brakes.map(({ name }) => name)).toEqual([
      "pause_campaign",
      "stop_campaign",
      "pause_all_campaigns",
      "stop_prospects",
    ]);
    const args = { campaign_id: 2101, emails: ["nobody@nowhere.example"] };
    for (const { name: tool } of brakes)
      for (const name of names)
        for (const value of values) {
          const { failed, data } = await session.call(tool, withName(args, name, value));
          expect([tool, name, failed]).toEqual([tool, name, false]);
          expect(data.notes.join()).toContain(name);
        }
    expect(defects(session)).toEqual([]);
  });

  it("check_campaign finds it anywhere in a draft, and preview_campaign shows it without, or names it", async () => {
    const session = await openSession();
    for (const name of names)
      for (const args of spoilt({ draft }, name, null).slice(1)) {
        expect((await session.call("check_campaign", args)).text).toContain(name);
        const { failed, text } = await session.call("preview_campaign", args);
        if (failed) expect(text).toContain(name);
      }
    expect([session.attempted(), defects(session)]).toEqual([[], []]);
  });
});

describe("a snippet with such a name", () => {
  it.each(names)("{{%s}} is not one of Woodpecker's", async (name) => {
    const session = await openSession();
    const [first, ...rest] = draft.steps;
    const versions = [{ subject: "Hello", message: `<p>Hello {{${name}}}</p>` }];
    const args = { draft: { ...draft, steps: [{ ...first, versions }, ...rest] } };
    const { data, text } = await session.call("check_campaign", args);
    expect(data.findings.map(({ rule }: { rule: string }) => rule)).toContain("unknown_snippet");
    expect(text).toContain(`{{${name}}}`);
    expect(defects(session)).toEqual([]);
  });
});

describe("what Woodpecker answers", () => {
  it.each(names)("the code %s is explained like one that nobody knows", async (name) => {
    const bodies = [business("code", name, "no"), business("type", name, "no"), v1Error(name, "no")];
    for (const body of bodies) {
      const session = await openSession();
      session.sandbox.failNext({ path: /campaigns\/2101/, status: 409, body });
      const { failed, text } = await session.call("pause_campaign", { campaign_id: 2101 });
      expect([failed, text]).toEqual([true, expect.stringMatching(/\nNothing was changed\.\nNext: \S/)]);
      expect(defects(session)).toEqual([]);
    }
  });

  /** In the place of every word that stands for a kind of something. */
  const kinds = /^(status|type|range|action_type|signature|interested|timezone|error|provider)$/;
  const renamed = (value: unknown, name: string): unknown =>
    Array.isArray(value)
      ? value.map((part) => renamed(part, name))
      : value !== null && typeof value === "object"
        ? Object.fromEntries(
            Object.entries(value).map(([key, part]) => [
              key,
              kinds.test(key) && typeof part === "string" && part !== "START" ? name : renamed(part, name),
            ]),
          )
        : value;
  const reads: [string, object][] = [
    ["list_campaigns", {}],
    ["get_campaign", { campaign_id: 2101 }],
    ["check_campaign", { campaign_id: 2101 }],
    ["check_campaign", { campaign_id: 2103 }],
    ["preview_campaign", { campaign_id: 2101 }],
    ["list_mailboxes", {}],
    ["list_linkedin_accounts", {}],
    ["list_replies", {}],
    ["search_prospects", { campaign_id: 2101 }],
    ["get_campaign_statistics", { campaign_id: 2101 }],
    ["run_campaign", { campaign_id: 2102 }],
    ["pause_campaign", { campaign_id: 2101 }],
    ["duplicate_campaign", { campaign_id: 2103, dry_run: true }],
  ];

  it.each(names)("a status, a type or a unit called %s is shown, or said to be unknown", async (name) => {
    const session = await openSession({ gate: { after: (json) => renamed(json, name) } });
    for (const [tool, args] of reads) {
      const { failed, text } = await session.call(tool, args);
      if (failed) expect(text).toMatch(/\nNext: \S/);
      expect(text).not.toMatch(/\[native code\]|\[object |undefined/);
    }
    expect(defects(session)).toEqual([]);
  });
});

describe("in the protocol", () => {
  it.each(names)("nothing is called %s: no tool, prompt, argument, resource or completion", async (name) => {
    const { client, traffic } = await openSession();
    const unknown = { code: -32602 };
    await expect(client.callTool({ name, arguments: {} })).rejects.toMatchObject(unknown);
    await expect(client.getPrompt({ name })).rejects.toMatchObject(unknown);
    // The SDK leaves this one out of what it reads.
    if (name !== "__proto__") {
      const args = withName({ brief: "Bakeries" }, name, "x");
      const asked = client.getPrompt({ name: "draft_campaign", arguments: args as Record<string, string> });
      await expect(asked).rejects.toMatchObject(unknown);
    }
    for (const uri of [
      `woodpecker://${name}`,
      `woodpecker://guides/${name}`,
      `woodpecker://campaigns/${name}`,
    ])
      await expect(client.readResource({ uri })).rejects.toMatchObject(unknown);
    const argument = { name, value: "" };
    const prompt = { type: "ref/prompt", name: "draft_campaign" } as const;
    const campaign = { type: "ref/resource", uri: "woodpecker://campaigns/{id}" } as const;
    for (const ref of [prompt, campaign])
      expect((await client.complete({ ref, argument })).completion.values).toEqual([]);
    expect(traffic()).toEqual([]);
  });
});

describe("on the command line", () => {
  it.each([["toString"], ["--toString"], ["--constructor", "1"], ["__proto__"], ["valueOf", "x"]])(
    "%s is not known",
    async (...args) => {
      const { code, stdout, stderr } = await runToEnd(args);
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr.trim().split("\n")).toHaveLength(1);
    },
  );
});
