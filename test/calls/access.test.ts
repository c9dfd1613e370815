/**
 * What leaves, for every kind of tool, access level and client: the number of writes that reach Woodpecker. The full
 * product in one process; on stdio and over HTTP, where the built file runs, one tool of each kind that a person may
 * have to agree to, with the answers that differ there.
 */
import type { ElicitResult } from "@modelcontextprotocol/sdk/types.js";
import { describe, expect, it } from "vitest";
import { askPerson } from "../../src/calls/consent.ts";
import type { Call } from "../../src/calls/context.ts";
import { type Access, accessLevels, effects, permitted, toolsets } from "../../src/calls/effects.ts";
import { published } from "../../src/mcp/tools/published.ts";
import { createConfirmations } from "../../src/memory/confirmations.ts";
import type { Elicit } from "../support/answer.ts";
import { day } from "../support/day.ts";
import { draft } from "../support/draft.ts";
import { no, person, yes } from "../support/person.ts";
import { onStdio, overHttp } from "../support/program-session.ts";
import { attempted, openSandbox, written } from "../support/sandbox.ts";
import { openSession, type Session } from "../support/session.ts";

interface Kind {
  kind: string;
  tool: string;
  args: object;
  access: Access;
  /** A person has to agree. */
  asks: boolean;
  /** Requests that leave when it is done. */
  writes: string[];
}

const anna = [{ email: "anna@example.com", first_name: "Anna" }];
const enrol = "POST /rest/v1/add_prospects_campaign";

const kinds: Kind[] = [
  { kind: "read", tool: "list_campaigns", args: {}, access: "read", asks: false, writes: [] },
  {
    kind: "add",
    tool: "create_campaign",
    args: draft,
    access: "draft",
    asks: false,
    writes: ["POST /rest/v2/campaigns"],
  },
  {
    kind: "change",
    tool: "update_campaign",
    args: { campaign_id: 2104, name: "Another name" },
    access: "draft",
    asks: false,
    writes: ["PATCH /rest/v2/campaigns/2104"],
  },
  {
    kind: "halt",
    tool: "pause_campaign",
    args: { campaign_id: 2101 },
    access: "draft",
    asks: false,
    writes: ["POST /rest/v2/campaigns/2101/pause"],
  },
  {
    kind: "send",
    tool: "run_campaign",
    args: { campaign_id: 2102 },
    access: "full",
    asks: true,
    writes: ["POST /rest/v2/campaigns/2102/run"],
  },
  {
    kind: "delete",
    tool: "delete_campaign",
    args: { campaign_id: 2104 },
    access: "full",
    asks: true,
    writes: ["DELETE /rest/v2/campaigns/2104"],
  },
  {
    kind: "people into a DRAFT",
    tool: "save_prospects",
    args: { campaign_id: 2104, prospects: anna },
    access: "full",
    asks: false,
    writes: [enrol],
  },
  {
    kind: "people into a RUNNING campaign",
    tool: "save_prospects",
    args: { campaign_id: 2101, prospects: anna },
    access: "full",
    asks: true,
    writes: [enrol],
  },
];

const exists = ({ access }: Kind, level: Access) =>
  accessLevels.indexOf(access) <= accessLevels.indexOf(level);

/** How a client with forms answers; `agrees` is the only one after which something may leave. */
const forms: Record<string, { answer: () => ElicitResult; agrees?: true }> = {
  "accepts and confirms": { answer: () => yes, agrees: true },
  "accepts without content": { answer: () => ({ action: "accept" }) },
  "accepts with confirm false": { answer: () => ({ action: "accept", content: { confirm: false } }) },
  declines: { answer: () => no },
  cancels: { answer: () => ({ action: "cancel" }) },
  fails: {
    answer: () => {
      throw new Error("the window broke");
    },
  },
};

/** What a client without forms does when it is asked for a confirmation. */
type Reaction = (session: Pick<Session, "call">, kind: Kind) => Promise<unknown>;
const tokens: Record<string, { react: Reaction; agrees?: true }> = {
  "brings no token": { react: ({ call }, { tool, args }) => call(tool, args) },
  "brings the right token": {
    agrees: true,
    async react({ call }, { tool, args }) {
      const { data } = await call(tool, args);
      if (data?.confirmation) await call(tool, { ...args, confirmation: data.confirmation });
    },
  },
  "brings a wrong token": {
    async react({ call }, { tool, args, asks }) {
      const { data } = await call(tool, args);
      if (!asks) return;
      const other = `${data.confirmation.slice(0, -2)}${data.confirmation.endsWith("AA") ? "BB" : "AA"}`;
      await call(tool, { ...args, confirmation: other });
    },
  },
};

/** What has to leave. */
const expected = (kind: Kind, level: Access, agrees: boolean | undefined) =>
  exists(kind, level) && (agrees || !kind.asks) ? kind.writes : [];

const off = /is switched off here: it (needs access|belongs to the toolset) /;
const attempt = async (kind: Kind, level: Access, act: () => Promise<unknown>) =>
  exists(kind, level) ? act() : expect(act()).rejects.toThrow(off);

describe.each(accessLevels)("in one process, access %s", (level) => {
  describe.each(kinds.map((kind) => [kind.kind, kind] as const))("%s", (_name, kind) => {
    it.each(Object.entries(forms))("a client with forms that %s", async (_how, { answer, agrees }) => {
      const { asked, elicit } = person(answer);
      const session = await openSession({ env: { WOODPECKER_ACCESS: level }, elicit });
      await attempt(kind, level, () => session.call(kind.tool, kind.args));
      expect(attempted(session.sandbox)).toEqual(expected(kind, level, agrees));
      expect(asked).toHaveLength(exists(kind, level) && kind.asks ? 1 : 0);
    });

    it("a client with forms that accepts after it cancelled the call", async () => {
      const given = new AbortController();
      const elicit: Elicit = async () => {
        given.abort();
        await new Promise((resolve) => setImmediate(resolve));
        return yes;
      };
      const session = await openSession({ env: { WOODPECKER_ACCESS: level }, elicit });
      const call = () => session.call(kind.tool, kind.args, given.signal);
      if (exists(kind, level) && kind.asks) await expect(call()).rejects.toThrow(/abort/i);
      else await attempt(kind, level, call);
      await session.idle();
      expect(attempted(session.sandbox)).toEqual(expected(kind, level, false));
    });

    it.each(Object.entries(tokens))("a client without forms that %s", async (_how, { react, agrees }) => {
      const session = await openSession({ env: { WOODPECKER_ACCESS: level } });
      await attempt(kind, level, () => react(session, kind));
      expect(attempted(session.sandbox)).toEqual(expected(kind, level, agrees));
    });
  });
});

/**
 * The selection for the built file: what a person may have to agree to, and one of each that they need not. What takes
 * a campaign away from the others comes last.
 */
const chosen = ["add", "send", "people into a DRAFT", "people into a RUNNING campaign", "delete", "halt"].map(
  (name) => kinds.find(({ kind }) => kind === name) as Kind,
);
const asking = chosen.filter(({ asks }) => asks);

/** The answers that must let nothing pass come first, the one that agrees last, all in one process. */
const agreeingLast = <T extends { agrees?: true }>(table: Record<string, T>) =>
  Object.values(table).sort((a, b) => Number(a.agrees ?? false) - Number(b.agrees ?? false));

const transports = { stdio: onStdio, http: overHttp };

describe.each(accessLevels)("the built file, access %s", (level) => {
  const env = { WOODPECKER_ACCESS: level };
  const done = chosen.flatMap((kind) => expected(kind, level, true));

  it("on stdio lists what exists, and lets pass what a form allows and nothing else", async () => {
    const sandbox = await openSandbox();
    let answer: Elicit = () => yes;
    const session = await onStdio(sandbox, env, (params) => answer(params));
    for (const form of agreeingLast(forms)) {
      answer = form.answer;
      expect(attempted(sandbox)).toEqual([]);
      for (const kind of form.agrees ? chosen : asking) {
        await attempt(kind, level, () => session.call(kind.tool, kind.args));
      }
    }
    expect(attempted(sandbox)).toEqual(done);
  });

  it.each(Object.entries(transports))(
    "on %s lists what exists, and without forms lets pass what has the right token and nothing else",
    async (_name, open) => {
      const sandbox = await openSandbox();
      const session = await open(sandbox, env);
      const { tools } = await session.client.listTools();
      for (const kind of chosen) {
        expect(tools.some(({ name }) => name === kind.tool)).toBe(exists(kind, level));
      }
      for (const { react, agrees } of agreeingLast(tokens)) {
        expect(attempted(sandbox)).toEqual([]);
        for (const kind of agrees ? chosen : asking) await attempt(kind, level, () => react(session, kind));
      }
      expect(attempted(sandbox)).toEqual(done);
    },
  );

  it("over stateless HTTP asks no client that has forms, and lets nothing pass without a token", async () => {
    const sandbox = await openSandbox();
    const { asked, elicit } = person(yes);
    const session = await overHttp(sandbox, env, elicit);
    for (const kind of asking) await attempt(kind, level, () => session.call(kind.tool, kind.args));
    expect([attempted(sandbox), asked]).toEqual([[], []]);
  });
});

describe("a client that cancels after the person agreed, while the server looks once more", () => {
  it.each(asking.map((kind) => [kind.kind, kind] as const))("%s: nothing leaves", async (_name, kind) => {
    const given = new AbortController();
    let agreed = false;
    const elicit: Elicit = () => {
      agreed = true;
      return yes;
    };
    const before = async () => {
      if (!agreed) return undefined;
      given.abort();
      return new Promise((resolve) => setImmediate(resolve));
    };
    const session = await openSession({ elicit, gate: { before } });
    await expect(session.call(kind.tool, kind.args, given.signal)).rejects.toThrow(/abort/i);
    await session.idle();
    expect([agreed, attempted(session.sandbox)]).toEqual([true, []]);
  });
});

it("a yes that arrives after its call was given up is none, however the transport delivers it", async () => {
  const given = new AbortController();
  const question = { sentence: "Start?", facts: { campaign: 2102 } };
  const ask = async () => {
    given.abort();
    return yes;
  };
  const context = { ask, tenant: "test", confirmations: createConfirmations(), signal: given.signal };
  const call = { operation: { title: "Run campaign" }, input: {}, context } as unknown as Call;
  await expect(askPerson(call, question)).rejects.toThrow("no answer in time");
});

describe("what is outside the level or the toolset", () => {
  const chosenSets = [toolsets, ...toolsets.map((one) => [one])];
  const combinations = accessLevels.flatMap((level) =>
    chosenSets.map((sets) => [level, sets.join(",")] as const),
  );

  it.each(combinations)(
    "%s with %s: absent from the list, refused with what it takes when called, and asks nobody",
    async (level, sets) => {
      const session = await openSession({ env: { WOODPECKER_ACCESS: level, WOODPECKER_TOOLSETS: sets } });
      const within = permitted(published, level, sets.split(",") as never).map(
        ({ definition }) => definition.name,
      );
      const all = published.map(({ definition }) => definition.name);
      const { tools } = await session.client.listTools();
      expect(tools.map(({ name }) => name)).toEqual(within);
      for (const name of all.filter((one) => !within.includes(one))) {
        await expect(session.call(name, { campaign_id: 2102, confirmation: "yes" })).rejects.toThrow(off);
      }
      expect(session.sandbox.requests).toEqual([]);
    },
  );

  it("counts every effect at its level", () => {
    const names = (level: Access) => permitted(published, level, toolsets).length;
    const least = (level: Access) =>
      published.filter(({ effect }) => effects[effect].access === level).length;
    expect(names("read")).toBe(least("read"));
    expect(names("draft")).toBe(least("read") + least("draft"));
    expect(names("full")).toBe(published.length);
  });
});

describe("access read", () => {
  const report = { campaign_id: 2101, period: { from: day(7), to: day(0) } };

  it("orders no report, which would be a POST, and says why", async () => {
    const session = await openSession({ env: { WOODPECKER_ACCESS: "read" } });
    const { failed, text } = await session.call("get_campaign_statistics", report);
    expect(failed).toBe(true);
    expect(text).toContain("access read");
    expect(text).toMatch(/\nNothing was sent and nothing was changed\.\nNext: /);
    expect(attempted(session.sandbox)).toEqual([]);
  });

  it.each(Object.entries(transports))(
    "orders none on %s either, and still shows the lifetime",
    async (_name, open) => {
      const sandbox = await openSandbox();
      const session = await open(sandbox, { WOODPECKER_ACCESS: "read" });
      expect((await session.call("get_campaign_statistics", report)).text).toContain("access read");
      const { data } = await session.call("get_campaign_statistics", { campaign_id: 2101 });
      expect(data.counters.sent).toBeGreaterThan(0);
      expect(attempted(sandbox)).toEqual([]);
    },
  );

  it("orders it with access draft", async () => {
    const sandbox = await openSandbox({ reportPolls: 0 });
    const session = await openSession({ sandbox, env: { WOODPECKER_ACCESS: "draft" } });
    expect((await session.call("get_campaign_statistics", report)).failed).toBe(false);
    expect(written(sandbox)).toEqual([expect.stringMatching(/^POST \/rest\/v2\/reports\//)]);
  });
});

describe("what a person is shown before a launch", () => {
  it("names what the preflight found", async () => {
    const session = await openSession();
    const { data } = await session.call("run_campaign", { campaign_id: 2104 });
    expect(data.outcome).toBe("confirmation_required");
    expect(data.findings.map(({ rule }: { rule: string }) => rule)).toContain("snippet_without_fallback");
  });

  it("is nothing where the preflight found errors: those are reported, and nobody is asked", async () => {
    const { asked, elicit } = person(yes);
    const session = await openSession({ elicit });
    // A version of its first e-mail has no subject.
    const { failed, text } = await session.call("run_campaign", { campaign_id: 2105 });
    expect([failed, asked]).toEqual([true, []]);
    expect(text).toMatch(/steps\[0\]\.versions\[1\]/);
    expect(attempted(session.sandbox)).toEqual([]);
  });
});
