/** Forms that reach nobody: the person is asked in the chat instead, and a form that works cannot be bypassed that way. */
import { ErrorCode, McpError } from "@modelcontextprotocol/sdk/types.js";
import { describe, expect, it, vi } from "vitest";
import type { Elicit } from "../support/answer.ts";
import { no, person, yes } from "../support/person.ts";
import { clientOf, openSession } from "../support/session.ts";

const launch = { campaign_id: 2102 };
const run = "POST /rest/v2/campaigns/2102/run";
const fails = (code: number): Elicit => {
  return () => {
    throw new McpError(code, "no such thing");
  };
};

const broken: [string, Elicit | undefined, string][] = [
  ["no handler behind the declaration (-32601)", undefined, "(-32601)"],
  ["Invalid Request (-32600)", fails(ErrorCode.InvalidRequest), "(-32600)"],
  [
    "a window that broke",
    () => {
      throw new Error("the window broke");
    },
    "(-32603)",
  ],
  ["an answer that the client takes back", () => ({ action: "perhaps" }) as never, "(-32602)"],
];

describe.each(broken)("a form that is answered with %s", (_what, elicit, code) => {
  it("has asked nobody: the token is handed out with that reason, and is good once", async () => {
    const session = await openSession({ elicit, elicitation: {} });
    const { failed, data, text } = await session.call("run_campaign", launch);
    expect([failed, data.outcome]).toEqual([false, "confirmation_required"]);
    expect(data.reason).toBe(`The client answered the form with an error ${code}, so nobody was asked.`);
    expect(text).toContain(data.reason);
    expect(session.attempted()).toEqual([]);

    const confirmed = { ...launch, confirmation: data.confirmation };
    expect((await session.call("run_campaign", confirmed)).data.outcome).toBe("done");
    expect(session.attempted()).toEqual([run]);
    await session.call("pause_campaign", launch);
    expect((await session.call("run_campaign", confirmed)).data.outcome).toBe("confirmation_required");
    expect(session.attempted().filter((line) => line === run)).toHaveLength(1);
  });
});

describe("a form that nobody answers", () => {
  /** Time passes once the form is open. @returns what the call said, and how long the form was open, in seconds */
  async function silence(progress: boolean) {
    let opened = false;
    const elicit: Elicit = () => {
      opened = true;
      return new Promise(() => undefined);
    };
    const session = await openSession({ elicit });
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"], shouldAdvanceTime: true });
    try {
      let answered = false;
      const options = { timeout: 3_600_000, ...(progress && { onprogress: () => undefined }) };
      const request = { name: "run_campaign", arguments: launch };
      const calling = session.client.callTool(request, undefined, options).finally(() => (answered = true));
      while (!opened) await vi.advanceTimersByTimeAsync(1);
      let seconds = 0;
      for (; !answered && seconds < 1_000; seconds += 5) await vi.advanceTimersByTimeAsync(5_000);
      return { session, result: await calling, seconds };
    } finally {
      vi.useRealTimers();
    }
  }

  it.each([
    [false, "45 seconds", 45],
    [true, "ten minutes", 600],
  ])("(with progress: %s) is open for %s, then the token is handed out", async (progress, says, least) => {
    const { session, result, seconds } = await silence(progress);
    expect(result.structuredContent).toMatchObject({
      outcome: "confirmation_required",
      reason: `Nobody answered the form within ${says}.`,
    });
    expect(seconds).toBeGreaterThanOrEqual(least);
    expect(session.attempted()).toEqual([]);
  });
});

describe("a form that works", () => {
  it("is not bypassed by a token of a client without forms", async () => {
    const plain = await openSession();
    const { data } = await plain.call("run_campaign", launch);
    const { asked, elicit } = person(no);
    const client = await clientOf(plain.account.call, { elicit });
    const confirmed = { ...launch, confirmation: data.confirmation };
    expect((await client.callTool({ name: "run_campaign", arguments: confirmed })).isError).toBe(true);
    expect([asked.length, plain.attempted()]).toEqual([1, []]);
    // Where it was handed out it is as good as before.
    expect((await plain.call("run_campaign", confirmed)).data.outcome).toBe("done");
  });

  it("hands no token out on a decline, and says once how to do without forms", async () => {
    const session = await openSession({ elicit: () => no });
    const texts = [];
    for (let time = 0; time < 3; time += 1) {
      const { failed, text } = await session.call("run_campaign", launch);
      expect([failed, /confirmation/.test(text)]).toEqual([true, false]);
      texts.push(text.includes("WOODPECKER_FORMS=off"));
    }
    expect(texts).toEqual([true, false, false]);
  });

  it("asks again by a form when a token is spent or does not fit", async () => {
    let works = false;
    const session = await openSession({
      elicit: () => (works ? yes : fails(ErrorCode.InternalError)({} as never)),
    });
    const { data } = await session.call("run_campaign", launch);
    works = true;
    const other = { campaign_id: 2104, confirmation: data.confirmation };
    expect((await session.call("run_campaign", other)).data.outcome).toBe("done");
    const { changes } = (await session.call("list_recent_changes")).data;
    expect(changes[0]).toMatchObject({ consent: "form" });
  });
});
