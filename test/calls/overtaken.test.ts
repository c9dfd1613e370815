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

describe("a halt that is called while the same one is under way", () => {
  /** The first look after a pause of 2101 may come from a copy that lags behind, which makes the pause take a second more. */
  const lagging = (lagged: () => void): Gate => {
    let paused = false;
    return {
      before({ url }) {
        paused ||= url.endsWith("/2101/pause");
        return undefined;
      },
      after(json, { method, url }) {
        if (!paused || method !== "GET" || !url.endsWith("/campaigns/2101")) return json;
        paused = false;
        lagged();
        return { ...(json as Data), status: "RUNNING" };
      },
    };
  };

  it("ends what was started since the first one looked", async () => {
    let session: Session | undefined;
    let ran: Promise<Data> = Promise.resolve({});
    const gate = lagging(() => {
      ran = (session as Session).agree("run_campaign", { campaign_id: 2102 });
    });
    session = await openSession({ gate, env: {} });
    const both = { campaign_ids: [2102, 2101] };
    const first = session.call("pause_campaign", both);
    await expect.poll(() => ran.then(({ data }) => data?.outcome)).toBe("done");
    const second = await session.call("pause_campaign", both);
    await first;
    expect(second.data.campaigns).toMatchObject([{ outcome: "done" }, {}]);
    expect(await statusOf(session, 2102)).toBe("PAUSED");
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

  it("are not all still meant after a stop in another process, which is said", async () => {
    const person = { email: "new@bakery.example", company: "Bakery" };
    const stop = (other: Session) => other.call("stop_prospects", { emails: [person.email] });
    const session = await overtaken("add_prospects", stop);
    const { data } = await session.agree("save_prospects", { campaign_id: 2101, prospects: [person] });
    expect(data.warnings?.[0]).toContain("call stop_prospects again");
    expect(await statusOf(session, 2101)).toBe("RUNNING");
  });
});
