/** What a person agreed to is what happens, whatever else is called between the question and the send. */
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Sandbox } from "../../src/sandbox/index.ts";
import type { Data } from "../support/answer.ts";
import { draft } from "../support/draft.ts";
import type { Gate } from "../support/gate.ts";
import { inTheApp, no, yes } from "../support/person.ts";
import { openSandbox } from "../support/sandbox.ts";
import { type Daemon, installed, startRedis } from "../support/servers.ts";
import { openSession, type Session, type SessionOptions } from "../support/session.ts";

/** A draft that is ready to run, with six people. */
const ID = 2104;

const crowd = Array.from({ length: 300 }, (_, index) => ({
  email: `person${index}@crowd.example`,
  company: "Crowd",
}));

const changes: [string, string, Data][] = [
  ["another text", "update_step_version", { step: 1, version: "A", message: "<p>Nobody saw this</p>" }],
  ["another mailbox", "update_campaign", { mailbox_ids: [503] }],
  ["more e-mails a day", "update_campaign", { settings: { daily_enroll: 400 } }],
  [
    "a step more",
    "add_campaign_step",
    { step: { type: "EMAIL", versions: [{ message: "<p>One more</p>" }] } },
  ],
  ["another bounce shield", "update_campaign", { bounce_shield: 50 }],
  ["three hundred people", "save_prospects", { prospects: crowd }],
];

/** Everything that a person agrees to, and the status. */
async function seen(sandbox: Sandbox) {
  const read = async (path: string) => (await inTheApp(sandbox, `GET ${path}`)).json() as Data;
  const { status, ...content } = await read(`/rest/v2/campaigns/${ID}`);
  const people = await read(`/rest/v1/prospects?campaigns_id=${ID}&per_page=1000`);
  const shield = await read(`/rest/v2/campaigns/${ID}/bounce_shield/threshold`);
  return { status, agreed: JSON.stringify([content, people.map(({ id }: Data) => id).sort(), shield]) };
}

/** Runs what was shown, and calls something else when the run has made `after` requests. */
async function race(session: Session, start: (begin: () => void) => void, tool: string, args: Data) {
  const { data } = await session.call("run_campaign", { campaign_id: ID });
  const shown = await seen(session.sandbox);
  let other: Promise<unknown> = Promise.resolve();
  start(() => {
    other = session.call(tool, tool === "pause_all_campaigns" ? {} : { campaign_id: ID, ...args });
  });
  const run = await session.call("run_campaign", { campaign_id: ID, confirmation: data.confirmation });
  await other;
  return { shown, run, now: await seen(session.sandbox) };
}

/** A gate that begins something when the n-th request from now on arrives. */
function atRequest(): { gate: Gate; arm: (count: number) => (begin: () => void) => void } {
  let left = Number.POSITIVE_INFINITY;
  let begin: () => void = () => undefined;
  return {
    gate: {
      before: () => {
        if (left === 0) begin();
        left -= 1;
        return undefined;
      },
    },
    arm: (count) => (started) => {
      [left, begin] = [count, started];
      if (count < 0) started();
    },
  };
}

const never = (shown: { agreed: string }, now: { status: string; agreed: string }) =>
  now.status === "RUNNING" ? expect(now.agreed).toBe(shown.agreed) : expect(now.status).not.toBe("RUNNING");

describe("a run that was agreed to, and at the same time", () => {
  it.each(changes)("%s: what runs is what was shown", async (_name, tool, args) => {
    let ran = 0;
    for (let count = -1; count < 9; count += 1) {
      const { gate, arm } = atRequest();
      const session = await openSession({ gate });
      const { shown, now } = await race(session, arm(count), tool, args);
      never(shown, now);
      if (now.status === "RUNNING") ran += 1;
      await session.close();
    }
    // The guard does not come from refusing everything.
    expect(ran).toBeGreaterThan(0);
  });

  it.each(changes)("%s, right after a person's yes in a form", async (_name, tool, args) => {
    for (const ms of [0, 2, 4]) {
      let other: Promise<unknown> = Promise.resolve();
      let shown = { agreed: "" };
      const options: SessionOptions = {
        async elicit({ message }) {
          // What comes after the start asks for itself, and gets a no.
          if (!message.startsWith("Start this campaign?")) return no;
          shown = await seen(session.sandbox);
          sleep(ms).then(() => {
            other = session.call(tool, { campaign_id: ID, ...args });
          });
          return yes;
        },
      };
      const session: Session = await openSession(options);
      await session.call("run_campaign", { campaign_id: ID });
      await sleep(5);
      await other;
      never(shown, await seen(session.sandbox));
      await session.close();
    }
  });

  it("any other call, begun at any moment, with any pace of Woodpecker", async () => {
    const property = fc.asyncProperty(
      fc.constantFrom(...changes),
      fc.integer({ min: -1, max: 9 }),
      fc.array(fc.nat(3), { minLength: 30, maxLength: 30 }),
      async ([, tool, args], count, pace) => {
        const { gate, arm } = atRequest();
        const paces = [...pace];
        const session = await openSession({
          gate: {
            before: (request) => {
              gate.before?.(request);
              return sleep(paces.pop() ?? 0);
            },
          },
        });
        const { shown, now } = await race(session, arm(count), tool, args);
        never(shown, now);
        await session.close();
      },
    );
    await fc.assert(property, { numRuns: 25, seed: 14 });
  });
});

describe("somebody who changes the campaign in the app", () => {
  const SHIELD = `PUT /rest/v2/campaigns/${ID}/bounce_shield/threshold`;
  it.each([
    ["its name", `PATCH /rest/v2/campaigns/${ID}`, { name: "Another name" }],
    ["its mailboxes", `PATCH /rest/v2/campaigns/${ID}`, { email_account_ids: [503] }],
    ["its bounce shield", SHIELD, { bounce_rate_threshold: 42 }],
  ])("%s, right before the start: it is paused at once, and said", async (_name, line, body) => {
    const sandbox = await openSandbox();
    const gate: Gate = {
      before: ({ url }) => (url.endsWith("/run") ? inTheApp(sandbox, line, body) : undefined),
    };
    const session = await openSession({ sandbox, gate });
    const { failed, text } = await session.agree("run_campaign", { campaign_id: ID });
    expect(failed).toBe(true);
    expect(text).toMatch(
      /what ran was not what was agreed to: somebody changed (name|mailbox_ids|bounce shield)/,
    );
    expect(text).toContain("paused at once");
    expect((await seen(sandbox)).status).toBe("PAUSED");
  });

  it("before a person's answer comes: nothing is started", async () => {
    const session = await openSession();
    const asked = await session.call("run_campaign", { campaign_id: ID });
    await inTheApp(session.sandbox, SHIELD, { bounce_rate_threshold: 9 });
    await session.call("run_campaign", { campaign_id: ID, confirmation: asked.data.confirmation });
    expect(session.attempted().filter((line) => line.endsWith("/run"))).toEqual([]);
  });
});

describe("a halt wins", () => {
  const halts = [["pause_campaign"], ["stop_campaign"], ["pause_all_campaigns"]];
  it.each(halts)("%s over a run that has not left, whenever it is called", async (tool = "") => {
    for (let count = 0; ; count += 1) {
      const { gate, arm } = atRequest();
      const session = await openSession({ gate });
      let called = false;
      const start = (begin: () => void) =>
        arm(count)(() => {
          called = true;
          begin();
        });
      const { now } = await race(session, start, tool, {});
      await session.close();
      // The run had fewer requests: all moments were tried.
      if (!called) break;
      expect([count, now.status]).not.toEqual([count, "RUNNING"]);
      expect(count).toBeLessThan(20);
    }
  });

  const someone = { emails: [crowd[0]?.email] };
  it.each([
    ["pause_campaign", { campaign_id: 2101 }],
    ["stop_prospects", { ...someone, campaign_ids: [2101] }],
    ["stop_prospects", someone],
  ])("%s %j over the rest of an import into a running campaign", async (tool, brake) => {
    const { gate, arm } = atRequest();
    const session = await openSession({ gate });
    const args = { campaign_id: 2101, prospects: crowd };
    const { confirmation } = (await session.call("save_prospects", args)).data;
    let paused: Promise<unknown> = Promise.resolve();
    // Who of them is known (five times), the campaign, its mailboxes, then the first hundred people.
    arm(8)(() => {
      paused = session.call(tool, brake);
    });
    const { failed, text } = await session.call("save_prospects", { ...args, confirmation });
    await paused;
    expect(failed).toBe(true);
    expect(text).toContain("stopped after 100 of 300 people");
    expect(text).toContain("a halt wins");
    const imports = session.sandbox.writes().filter(({ path }) => path.includes("add_prospects"));
    const pauses = imports.filter(({ body }) => (body as Data).prospects[0].status === "PAUSED");
    expect([imports.length - pauses.length, pauses.length]).toEqual([1, tool === "stop_prospects" ? 1 : 0]);
  });
});

describe.skipIf(!installed("redis-server"))("two replicas on one Redis", () => {
  let redis: Daemon;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.kill());

  const pair = async () => {
    const sandbox = await openSandbox();
    const env = { WOODPECKER_REDIS_URL: `redis://127.0.0.1:${redis.port}` };
    return [await openSession({ sandbox, env }), await openSession({ sandbox, env })] as const;
  };

  // Which change it is makes no difference to the turn that they take: that is tried above.
  it.each(changes.slice(0, 3))("%s on the other: what runs is what was shown", async (_name, tool, args) => {
    for (const ms of [0, 5, 20]) {
      const [one, two] = await pair();
      const { data } = await one.call("run_campaign", { campaign_id: ID });
      const shown = await seen(one.sandbox);
      const run = one.call("run_campaign", { campaign_id: ID, confirmation: data.confirmation });
      await sleep(ms);
      await two.call(tool, { campaign_id: ID, ...args });
      await run;
      never(shown, await seen(one.sandbox));
      await Promise.all([one.close(), two.close()]);
    }
  });

  it("a pause on the other wins over a run that has not left", async () => {
    for (const ms of [0, 10, 40]) {
      const [one, two] = await pair();
      const { data } = await one.call("run_campaign", { campaign_id: ID });
      const run = one.call("run_campaign", { campaign_id: ID, confirmation: data.confirmation });
      await sleep(ms);
      await two.call("pause_campaign", { campaign_id: ID });
      await run;
      expect((await seen(one.sandbox)).status).not.toBe("RUNNING");
      await Promise.all([one.close(), two.close()]);
    }
  });

  it("a replica that was frozen so long that its turn went to another does not write any more", async () => {
    const sandbox = await openSandbox();
    const env = { WOODPECKER_REDIS_URL: `redis://127.0.0.1:${redis.port}` };
    const direct = new Redis(env.WOODPECKER_REDIS_URL);
    let armed = false;
    const gate: Gate = {
      async before({ url }) {
        // The last look: afterwards this replica believes that it still has the turn.
        if (!armed || !url.includes("campaign_list")) return;
        const locks = await direct.keys("*writing*");
        expect(locks).toHaveLength(1);
        await direct.set(String(locks[0]), "another replica");
      },
    };
    const session = await openSession({ sandbox, gate, env });
    armed = true;
    const { failed, text } = await session.call("create_campaign", draft);
    direct.disconnect();
    expect(failed).toBe(true);
    expect(text).toContain("LOCK_LOST");
    expect(text).toContain("Nothing was sent");
    expect(session.attempted()).toEqual([]);
  });
});
