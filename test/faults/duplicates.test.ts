/** docs/faults.md, G: clients dispatch a call twice, models repeat one whose answer was lost. Nothing is done twice. */
import { describe, expect } from "vitest";
import { permitted, toolsets } from "../../src/calls/effects.ts";
import { published } from "../../src/mcp/tools/published.ts";
import { draft } from "../support/draft.ts";
import { fault } from "./fault.ts";
import { create, created } from "./lines.ts";

const people = { prospects: [{ email: "one.more@example.com", first_name: "One" }] };
const step = { type: "EMAIL", versions: [{ message: "<p>One more</p>" }] };

/** What must not be done a second time, and what it looks like upstream. */
const once: [string, object, string][] = [
  ["create_campaign", draft, "POST /rest/v2/campaigns"],
  ["duplicate_campaign", { campaign_id: 2104 }, "POST /rest/v2/campaigns"],
  ["save_prospects", people, "POST /rest/v1/add_prospects_list"],
  ["add_campaign_step", { campaign_id: 2104, step }, "POST /rest/v2/campaigns/2104/steps"],
];

describe("the same call at the same time", () => {
  for (const [tool, args, line] of once) {
    fault("F141", `one write, the others are told whose result it is (${tool})`, async (open) => {
      const session = await open({ sandbox: { serviceMs: 5 } });
      const answers = await Promise.all([1, 2, 3].map(() => session.call(tool, args)));
      expect(answers.map(({ data }) => data?.outcome)).toEqual(["done", "coalesced", "coalesced"]);
      expect(session.upstream.commits()).toEqual([line]);
    });
  }

  fault("F141", "also where the keys come in another order", async (open) => {
    const session = await open();
    const turned = Object.fromEntries(Object.entries(draft).reverse());
    const answers = await Promise.all([draft, turned].map((args) => session.call("create_campaign", args)));
    expect(answers.map(({ data }) => data.outcome)).toEqual(["done", "coalesced"]);
    expect(session.upstream.commits()).toEqual(created);
  });

  fault("F141", "also where the answer is lost: one POST, and both are told the same", async (open) => {
    const session = await open();
    session.upstream.fault({ at: "after_request", path: create });
    const [first, second] = await Promise.all([1, 2].map(() => session.call("create_campaign", draft)));
    expect([first?.failed, second?.failed]).toEqual([true, true]);
    expect(second?.text).toContain(first?.text);
    expect(session.upstream.requests(create)).toHaveLength(1);
  });

  fault("F141", "also where one says that it is not a duplicate", async (open) => {
    const session = await open();
    const calls = [draft, { ...draft, allow_duplicate: false }].map((args) =>
      session.call("create_campaign", args),
    );
    await Promise.all(calls);
    expect(session.upstream.requests(create)).toHaveLength(1);
  });

  fault("F141", "two confirmations of one launch are one launch", async (open) => {
    const session = await open({ sandbox: { serviceMs: 5 } });
    const token = async () => (await session.call("run_campaign", { campaign_id: 2102 })).data.confirmation;
    const tokens = [await token(), await token()];
    const calls = tokens.map((confirmation) =>
      session.call("run_campaign", { campaign_id: 2102, confirmation }),
    );
    const answers = await Promise.all(calls);
    expect(session.upstream.requests(/run$/)).toHaveLength(1);
    expect(answers[0]?.data.outcome).toBe("done");
  });

  fault("F141", "other arguments are another call", async (open) => {
    const session = await open();
    const names = ["One", "Two"];
    const answers = await Promise.all(
      names.map((name) => session.call("create_campaign", { ...draft, name })),
    );
    expect(answers.map(({ data }) => data.outcome)).toEqual(["done", "done"]);
    expect(session.upstream.commits()).toHaveLength(2);
  });
});

describe("the same call again", () => {
  for (const [tool, args, line] of once) {
    fault("F142", `one write, and how to do it twice on purpose (${tool})`, async (open) => {
      const session = await open();
      await session.call(tool, args);
      const { data, text } = await session.call(tool, args);
      expect(data.outcome).toBe("deduplicated");
      expect(text).toContain("allow_duplicate: true");
      expect(session.upstream.commits()).toEqual([line]);
    });
  }

  fault("F142", "on purpose, and agreed to: a second write", async (open) => {
    const session = await open();
    await session.call("create_campaign", draft);
    const { data } = await session.agree("create_campaign", { ...draft, allow_duplicate: true });
    expect(data.outcome).toBe("done");
    expect(session.upstream.commits()).toEqual([...created, ...created]);
  });

  fault("F142", "on purpose, and nobody agreed: no second write", async (open) => {
    const session = await open();
    await session.call("create_campaign", draft);
    const { data } = await session.call("create_campaign", { ...draft, allow_duplicate: true });
    expect(data.outcome).toBe("confirmation_required");
    expect(session.upstream.commits()).toEqual(created);
  });

  fault("F142", "pause, run, pause within minutes is legitimate: three writes", async (open) => {
    const session = await open();
    for (const tool of ["pause_campaign", "run_campaign", "pause_campaign"]) {
      const { data } = await session.agree(tool, { campaign_id: 2101 });
      expect(data.outcome).toBe("done");
    }
    expect(session.upstream.commits()).toHaveLength(3);
  });

  fault("F142", "a refused create may be called again: nothing came of it", async (open) => {
    const session = await open();
    session.upstream.fault({
      at: "after_request",
      path: create,
      answer: { status: 409, body: { code: "X_Y" } },
    });
    expect((await session.call("create_campaign", draft)).failed).toBe(true);
    expect((await session.call("create_campaign", draft)).data.outcome).toBe("done");
    expect(session.upstream.commits()).toEqual(created);
  });

  for (const [tool, args] of once) {
    fault("F143", `the same warning, one POST in all (${tool})`, async (open) => {
      const session = await open();
      session.upstream.fault({ at: "after_request", method: "POST" });
      const first = await session.call(tool, args);
      for (let repeat = 0; repeat < 3; repeat += 1) {
        const again = await session.call(tool, args);
        expect(again.failed).toBe(true);
        expect(again.text).toContain(first.text);
        expect(again.text).toContain(`do not call ${tool} again yet`);
      }
      expect(session.upstream.requests(/^POST/)).toHaveLength(1);
      expect(session.upstream.commits()).toEqual([]);
    });
  }
});

describe("a create that is unclear", () => {
  fault("F143", "stays so when something else is deleted: no second POST", async (open) => {
    const session = await open();
    session.upstream.fault({ at: "after_request", path: create });
    await session.call("create_campaign", draft);
    expect((await session.agree("delete_campaign", { campaign_id: 2102 })).data.outcome).toBe("done");
    const { text } = await session.call("create_campaign", draft);
    expect(text).toContain("do not call create_campaign again yet");
    expect(session.upstream.requests(create)).toHaveLength(1);
  });

  fault("F143", "may be repeated on purpose, when a person agreed", async (open) => {
    const session = await open();
    session.upstream.fault({ at: "after_request", path: create });
    await session.call("create_campaign", draft);
    const { data } = await session.agree("create_campaign", { ...draft, allow_duplicate: true });
    expect(data.outcome).toBe("done");
    expect(session.upstream.commits()).toEqual(created);
  });
});

describe("without a person's word", () => {
  fault("F144", "facts and a token, no write", async (open) => {
    const session = await open();
    const { data } = await session.call("run_campaign", { campaign_id: 2102 });
    expect(data.outcome).toBe("confirmation_required");
    expect(data.facts).toMatchObject({ campaign: 2102, status: "PAUSED" });
    expect(session.upstream.requests(/^(?!GET)/)).toEqual([]);
  });

  for (const campaign_id of [2101, 2106]) {
    fault("F154", `it says that e-mails leave; no write (${campaign_id})`, async (open) => {
      const session = await open();
      const { status } = session.upstream.sandbox.campaign(campaign_id) as { status: string };
      expect(["RUNNING", "COMPLETED"]).toContain(status);
      const { data, text } = await session.call("save_prospects", { ...people, campaign_id });
      expect(data.outcome).toBe("confirmation_required");
      expect(text).toContain("e-mails them without any further step");
      expect(session.upstream.requests(/^(?!GET)/)).toEqual([]);
    });
  }

  fault("F155", "it is refused before anybody is asked, with what a person can do", async (open) => {
    const session = await open();
    const { failed, text } = await session.call("run_campaign", { campaign_id: 2103 });
    expect(failed).toBe(true);
    expect(text).toContain("API_UNSUPPORTED_CAMPAIGN_FEATURES");
    expect(text).toContain("Nothing was changed");
    expect(text).toContain("do it in the Woodpecker app");
    expect(session.upstream.requests(/^(?!GET)/)).toEqual([]);
  });

  fault("F152", "the tools that write do not exist", async (_open, { start, upstream }) => {
    const woodpecker = await upstream();
    const program = await start({ upstream: woodpecker, args: ["--access", "read"] });
    const absent = published.filter((one) => !permitted([one], "read", toolsets).length);
    expect(absent.length).toBeGreaterThan(10);
    for (const { definition } of absent) {
      const args = { campaign_id: 2101 };
      const { error } = await program.request("tools/call", { name: definition.name, arguments: args });
      expect(error.message).toContain(`${definition.name} is switched off here`);
    }
    expect(woodpecker.requests()).toEqual([]);
  });
});

describe("limits", () => {
  fault(
    "F151",
    "nothing is run a second time, and the time of reset is named",
    async (_open, { start, upstream }) => {
      const woodpecker = await upstream();
      const program = await start({ upstream: woodpecker, env: { WOODPECKER_MAX_RUNS_PER_DAY: "1" } });
      const run = async (campaign_id: number) => {
        const asked = await program.call("run_campaign", { campaign_id });
        if (asked.data?.outcome !== "confirmation_required") return asked;
        return program.call("run_campaign", { campaign_id, confirmation: asked.data.confirmation });
      };
      expect((await run(2102)).data.outcome).toBe("done");
      const { failed, text } = await run(2104);
      expect(failed).toBe(true);
      expect(text).toContain("WOODPECKER_MAX_RUNS_PER_DAY");
      expect(text).toMatch(/20\d\d-\d\d-\d\d/);
      expect(text).toMatch(/[Nn]othing was (sent|changed)/);
      expect(woodpecker.requests(/run$/)).toEqual(["POST /rest/v2/campaigns/2102/run"]);
    },
  );
});

describe("the record of writes", () => {
  fault("F153", "one entry a write, with how it ended; nothing of what was written", async (open) => {
    const session = await open();
    session.upstream.fault({ at: "after_request", path: /pause$/, times: 3 });
    session.upstream.fault({ at: "after_request", path: create, skip: 1, answer: { status: 400, body: {} } });
    session.upstream.fault({ at: "after_request", method: "DELETE" });
    await session.call("create_campaign", draft);
    await session.call("create_campaign", { ...draft, name: "Refused" });
    await session.call("save_prospects", people);
    await session.call("pause_campaign", { campaign_id: 2101 });
    await session.agree("delete_campaign", { campaign_id: 2102 });
    await session.call("list_campaigns");
    const journal = await session.journal();
    expect(journal.map(({ tool, outcome }) => [tool, outcome]).reverse()).toEqual([
      ["create_campaign", "done"],
      ["create_campaign", "not_done"],
      ["save_prospects", "done"],
      ["pause_campaign", "unknown"],
      ["delete_campaign", "unknown"],
    ]);
    for (const change of journal) expect(Date.parse(change.time)).toBeLessThanOrEqual(Date.now());
    expect(JSON.stringify(journal)).not.toMatch(/one\.more|Fresh flour|example\.com/);
  });
});
