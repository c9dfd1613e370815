/** Every two tools at once on one campaign, in one process and in two, at a quick account and at a slow one. */
import { describe, expect, it } from "vitest";
import type { Sandbox } from "../../src/sandbox/index.ts";
import type { Gate } from "../support/gate.ts";
import { openSandbox } from "../support/sandbox.ts";
import { openSession } from "../support/session.ts";

const step = { type: "EMAIL", versions: [{ message: "<p>One more</p>" }] };
const windows = [{ days: ["SUNDAY"], from: "10:00", to: "11:00" }];

const tools: [string, object][] = [
  ["check_campaign", {}],
  ["get_campaign_statistics", {}],
  ["update_campaign", { settings: { daily_enroll: 7 } }],
  ["update_campaign_step", { step: 1, delivery_times: windows }],
  ["update_step_version", { step: 1, version: "A", subject: "Another" }],
  ["add_campaign_step", { step }],
  ["delete_campaign_step", { step: 1 }],
  ["pause_campaign", {}],
  ["stop_campaign", {}],
  ["run_campaign", {}],
  ["delete_campaign", {}],
  ["duplicate_campaign", {}],
  ["save_prospects", { prospects: [{ email: "new.one@example.com" }] }],
];

const pairs = tools.flatMap((one, index) => tools.slice(index).map((other) => [one, other] as const));
const wait: Gate = {
  before: ({ method }) => (method === "GET" ? undefined : new Promise((go) => setTimeout(go, 3))),
};

/** A new DRAFT for each pair. */
async function copyOf({ origin, key }: Sandbox, id: number): Promise<number> {
  const headers = { "x-api-key": key, "content-type": "application/json" };
  const campaigns = `${origin}/rest/v2/campaigns`;
  const { name, settings, email_account_ids, steps } = (await (
    await fetch(`${campaigns}/${id}`, { headers })
  ).json()) as Record<string, unknown>;
  const body = JSON.stringify({ name, settings, email_account_ids, steps });
  const made = (await (await fetch(campaigns, { method: "POST", headers, body })).json()) as { id: number };
  expect(typeof made.id).toBe("number");
  return made.id;
}

describe.each([
  ["one process", 1, undefined, 0],
  ["two processes", 2, undefined, 1],
  ["two processes, slowly", 2, wait, 6],
])("in %s", (_name, processes, gate, turn) => {
  it("nothing is doubled, nothing is sent unasked, and every answer is proper", async () => {
    const sandbox = await openSandbox();
    const open = () => openSession({ sandbox, ...(gate && { gate }) });
    const first = await open();
    const second = processes === 1 ? first : await open();
    const mine = process.env.ALL_PAIRS
      ? pairs
      : pairs.filter((_pair, index) => index % (gate ? 8 : 2) === turn);
    for (const [one, other] of mine) {
      const campaign_id = await copyOf(sandbox, 2104);
      const before = sandbox.writes().length;
      const answers = await Promise.all([
        first.call(one[0], { ...one[1], campaign_id }),
        second.call(other[0], { ...other[1], campaign_id }),
      ]);
      const of = [one[0], other[0]];
      for (const answer of answers) {
        expect([of, answer.failed || typeof answer.data]).toEqual([of, answer.failed || "object"]);
        expect(answer.text).not.toMatch(/undefined|NaN|\[object |defect/);
        if (answer.failed) expect(answer.text).toMatch(/\nNext: /);
      }
      const written = sandbox
        .writes()
        .slice(before)
        .map(({ method, path }) => `${method} ${path}`);
      expect([of, written.filter((line) => /\/run$|DELETE/.test(line))]).toEqual([of, []]);
      // A halt waits for no other call, not even for the same one: to stop twice is to stop.
      const isHalt = /^(pause|stop)_/.test(one[0]);
      const isOne = processes === 1 && one[0] === other[0] && !isHalt;
      if (isOne) expect([of, written.length]).toEqual([of, Math.min(1, written.length)]);
      expect([of, written.length <= 2]).toEqual([of, true]);
    }
    expect([...first.events, ...second.events].filter(({ event }) => event === "defect")).toEqual([]);
  });
});
