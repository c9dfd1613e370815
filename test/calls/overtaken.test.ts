/** A halt by another process that shares the state folder, while the start that it halts is on the wire already. */
import { describe, expect, it } from "vitest";
import type { Data } from "../support/answer.ts";
import { newFolder } from "../support/folder.ts";
import type { Gate } from "../support/gate.ts";
import { openSandbox } from "../support/sandbox.ts";
import { openSession, type Session } from "../support/session.ts";

const ID = 2104;
const statusOf = async ({ call }: Session, campaign_id = ID) =>
  (await call("get_campaign", { campaign_id })).data.status;

/** Two processes; `halts` is called in the other one when a write of the first whose path ends so is about to arrive. */
async function overtaken(path: string, halts: (other: Session) => Promise<unknown>, lost = false) {
  const sandbox = await openSandbox();
  const env = { WOODPECKER_STATE_DIR: newFolder() };
  const other = await openSession({ sandbox, env });
  let left = 1;
  const isIt = ({ method, url }: { method: string; url: string }) => method === "POST" && url.includes(path);
  const gate: Gate = {
    async before(request) {
      if (!isIt(request) || left === 0) return;
      left -= 1;
      await halts(other);
    },
    ...(lost && { after: (json, request) => (isIt(request) ? undefined : json) }),
  };
  return openSession({ sandbox, env, gate });
}

describe("a start on the wire, halted in another process", () => {
  const halts: [string, Data][] = [
    ["pause_campaign", { campaign_id: ID }],
    ["stop_campaign", { campaign_id: ID }],
    ["pause_campaign", { campaign_ids: [2102, ID] }],
    ["pause_all_campaigns", {}],
  ];
  it.each(halts)("%s %j: it is paused when it has arrived, and said", async (tool, args) => {
    const session = await overtaken("/run", (other) => other.call(tool, args));
    const { failed, text } = await session.agree("run_campaign", { campaign_id: ID });
    expect([failed, text]).toEqual([true, expect.stringContaining("a halt wins")]);
    expect(text).toContain("paused at once and is PAUSED");
    expect(await statusOf(session)).toBe("PAUSED");
  });

  it("also where the answer to the start is lost", async () => {
    const brake = (other: Session) => other.call("pause_all_campaigns", {});
    const session = await overtaken("/run", brake, true);
    const { text } = await session.agree("run_campaign", { campaign_id: ID });
    expect(text).toContain("a halt wins");
    expect(await statusOf(session)).toBe("PAUSED");
  });

  it("of several ends that one and what comes after it, and leaves what ran before", async () => {
    const brake = (other: Session) => other.call("pause_campaign", { campaign_id: ID });
    const session = await overtaken(`${ID}/run`, brake);
    const { data } = await session.agree("run_campaign", { campaign_ids: [2102, ID] });
    expect(data.campaigns).toMatchObject([{ outcome: "done" }, { outcome: "refused" }]);
    expect([await statusOf(session, 2102), await statusOf(session)]).toEqual(["RUNNING", "PAUSED"]);
  });

  it.each([
    ["pause_campaign", { campaign_id: 2102 }],
    ["stop_prospects", { emails: ["nobody@elsewhere.example"] }],
  ])("%s of something else undoes nothing", async (tool, args) => {
    const session = await overtaken("/run", (other) => other.call(tool, args));
    expect((await session.agree("run_campaign", { campaign_id: ID })).data.outcome).toBe("done");
    expect(await statusOf(session)).toBe("RUNNING");
  });
});

describe("people on their way into a campaign that is at its end", () => {
  it("do not start it again after a pause of all in another process", async () => {
    const session = await overtaken("add_prospects", (other) => other.call("pause_all_campaigns", {}));
    const args = { campaign_id: 2106, prospects: [{ email: "new@bakery.example" }] };
    const { data } = await session.agree("save_prospects", args);
    expect(data.warnings?.[0]).toContain("a halt wins");
    expect(await statusOf(session, 2106)).not.toBe("RUNNING");
  });
});
