/** What happens between a question and its answer, besides the campaign: another client asks for the same, a limit is reached or set, a halt. */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { answerOf, type Data } from "../support/answer.ts";
import { newFolder } from "../support/folder.ts";
import { inTheApp, no, person, yes } from "../support/person.ts";
import { onStdio } from "../support/program-session.ts";
import { attempted, openSandbox } from "../support/sandbox.ts";
import { clientOf, openSession, type Session, type SessionOptions } from "../support/session.ts";

const ID = 2102;
/** Where the card finds its token in the result. */
const CARD_TOKEN = "woodpecker/confirmation";
const run = { name: "run_campaign", arguments: { campaign_id: ID } };
const starts = (lines: readonly string[]) => lines.filter((line) => line.endsWith("/run"));

describe("clients of one account that ask for the same at once", () => {
  const card: SessionOptions = { extensions: { "io.modelcontextprotocol/ui": {} } };
  const require = { WOODPECKER_FORMS: "require", WOODPECKER_STATE_DIR: newFolder() };
  const asked = (result: unknown) => answerOf(result as Data);

  it("get no token that is for the card of another", async () => {
    const session = await openSession({ ...card, env: require });
    const plain = await clientOf(session.account.call);
    const [shown, bare] = await Promise.all([session.client.callTool(run), plain.callTool(run)]);
    expect(shown._meta?.[CARD_TOKEN]).toBeTypeOf("string");
    expect(bare._meta ?? {}).not.toHaveProperty(CARD_TOKEN);
    expect(asked(bare).data.outcome).toBe("confirmation_required");
  });

  it("are asked by the form that they show, and in the chat where they show none", async () => {
    const session = await openSession();
    const { asked: forms, elicit } = person(no);
    const withForms = await clientOf(session.account.call, { elicit });
    const [chat, form] = await Promise.all([session.client.callTool(run), withForms.callTool(run)]);
    expect(asked(chat).data.confirmation).toBeTypeOf("string");
    expect([forms.length, asked(form).text]).toEqual([1, expect.stringContaining("declined")]);
  });

  it("get each a state of their own where the question travels in the result, and none where it does not", async () => {
    const session = await openSession();
    const { signal } = new AbortController();
    const ask = (principal: string) =>
      session.account.call(run.name, run.arguments, { signal, rounds: { principal } });
    const [anna, bert, plain] = await Promise.all([ask("anna"), ask("bert"), session.client.callTool(run)]);
    expect(new Set([anna.asks?.state, bert.asks?.state]).size).toBe(2);
    expect(plain).not.toHaveProperty("asks");
    const rounds = { principal: "bert", state: bert.asks?.state, answer: yes };
    const done = await session.account.call(run.name, run.arguments, { signal, rounds });
    expect(done.structuredContent?.outcome).toBe("done");
  });

  it("do it once, where one of them brings a person's word", async () => {
    const session = await openSession();
    const { confirmation } = (await session.call(run.name, run.arguments)).data;
    const [question, done] = await Promise.all([
      session.call(run.name, run.arguments),
      session.call(run.name, { ...run.arguments, confirmation }),
    ]);
    expect([question.data.outcome, done.data.outcome]).toEqual(["confirmation_required", "done"]);
    expect(starts(session.attempted())).toHaveLength(1);
  });
});

describe("a limit, between the question about several campaigns and a person's word", () => {
  const several = { campaign_ids: [ID, 2104], despite_errors: true };
  const runs = { WOODPECKER_MAX_RUNS_PER_DAY: "2" };
  /** It runs; paused, it can be started again. */
  const other = { campaign_id: 2101, despite_errors: true };

  it("that is reached for their sum: none is started", async () => {
    const session = await openSession({ env: runs });
    const { confirmation } = (await session.call("run_campaign", several)).data;
    await session.call("pause_campaign", { campaign_id: other.campaign_id });
    expect((await session.agree("run_campaign", other)).data.outcome).toBe("done");
    const { failed, text } = await session.call("run_campaign", { ...several, confirmation });
    expect([failed, text]).toEqual([true, expect.stringContaining("WOODPECKER_MAX_RUNS_PER_DAY")]);
    expect(starts(session.attempted())).toEqual([`POST /rest/v2/campaigns/${other.campaign_id}/run`]);
  });

  it("that is reached while a form is open: none is started", async () => {
    const session = await openSession({
      env: runs,
      elicit: async () => {
        await chat.callTool({ name: "run_campaign", arguments: await agreed() });
        return yes;
      },
    });
    const chat = await clientOf(session.account.call);
    const agreed = async () => {
      const { structuredContent } = await chat.callTool({ name: "run_campaign", arguments: other });
      return { ...other, confirmation: (structuredContent as Data).confirmation };
    };
    await session.call("pause_campaign", { campaign_id: other.campaign_id });
    const { failed, text } = await session.call("run_campaign", several);
    expect([failed, text]).toEqual([true, expect.stringContaining("WOODPECKER_MAX_RUNS_PER_DAY")]);
    expect(starts(session.attempted())).toEqual([`POST /rest/v2/campaigns/${other.campaign_id}/run`]);
  });

  it("that is set over a restart, and forbids one of them: the person sees what is left", async () => {
    const sandbox = await openSandbox();
    const env = { WOODPECKER_STATE_DIR: newFolder() };
    const before = await openSession({ sandbox, env });
    const { confirmation } = (await before.call("run_campaign", several)).data;
    await before.close();
    const after = await openSession({ sandbox, env: { ...env, WOODPECKER_CAMPAIGNS: String(ID) } });
    const { data, text } = await after.call("run_campaign", { ...several, confirmation });
    expect([data.outcome, text]).toEqual([
      "confirmation_required",
      expect.stringContaining("campaign 2104: left out"),
    ]);
    expect(attempted(sandbox)).toEqual([]);
  });
});

/** Of the same question; within a millisecond they would be one. */
async function twoTokens(session: Pick<Session, "call">): Promise<string[]> {
  const first = (await session.call(run.name, run.arguments)).data.confirmation;
  await sleep(5);
  return [first, (await session.call(run.name, run.arguments)).data.confirmation];
}

describe("a halt, between the question and a person's word", () => {
  const halts: [string, Data][] = [
    ["pause_campaign", { campaign_id: ID }],
    ["pause_all_campaigns", {}],
  ];
  it.each(halts)("%s, which finds it at rest already, voids it all the same", async (tool, args) => {
    const session = await openSession();
    const { confirmation } = (await session.call(run.name, run.arguments)).data;
    await session.call(tool, args);
    const { data, text } = await session.call(run.name, { ...run.arguments, confirmation });
    expect([data.outcome, text]).toEqual(["confirmation_required", expect.stringContaining("was halted")]);
    expect(starts(session.attempted())).toEqual([]);
    expect((await session.agree(run.name, run.arguments)).data.outcome).toBe("done");
  });

  it("voids a second token of the same question, which nobody has used", async () => {
    const session = await openSession();
    const [first, second] = await twoTokens(session);
    await session.call(run.name, { ...run.arguments, confirmation: first });
    await session.call("pause_campaign", run.arguments);
    const { data } = await session.call(run.name, { ...run.arguments, confirmation: second });
    expect(data.outcome).toBe("confirmation_required");
    expect(starts(session.attempted())).toHaveLength(1);
  });

  it.each([
    ["the same process", {}],
    ["another process with the same ledger", { WOODPECKER_LEDGER: join(newFolder(), "ledger.jsonl") }],
  ])("in the app voids it, too, in %s", async (_where, env) => {
    const sandbox = await openSandbox();
    const folder = { WOODPECKER_STATE_DIR: newFolder(), ...env };
    const session = await openSession({ sandbox, env: folder });
    const other = "WOODPECKER_LEDGER" in env ? await openSession({ sandbox, env: folder }) : session;
    const [first, second] = await twoTokens(session);
    await session.call(run.name, { ...run.arguments, confirmation: first });
    await inTheApp(sandbox, `POST /rest/v2/campaigns/${ID}/pause`);
    const { data, text } = await other.call(run.name, { ...run.arguments, confirmation: second });
    expect([data.outcome, text]).toEqual(["confirmation_required", expect.stringContaining("with another")]);
    expect(starts(attempted(sandbox))).toHaveLength(1);
    expect((await session.agree(run.name, run.arguments)).data.outcome).toBe("done");
  });

  it("voids the answer to a question that travels in the result", async () => {
    const session = await openSession();
    const call = (rounds: Data) =>
      session.account.call(run.name, run.arguments, { signal: new AbortController().signal, rounds });
    const { asks } = await call({ principal: "anna" });
    await session.call("pause_campaign", run.arguments);
    expect((await call({ principal: "anna", state: asks?.state, answer: yes })).isError).toBe(true);
    expect(starts(session.attempted())).toEqual([]);
  });

  it("of another campaign voids nothing", async () => {
    const session = await openSession();
    const { confirmation } = (await session.call(run.name, run.arguments)).data;
    await session.call("pause_campaign", { campaign_id: 2101 });
    expect((await session.call(run.name, { ...run.arguments, confirmation })).data.outcome).toBe("done");
  });

  it("in another process with the same state folder, and known to the next one", async () => {
    const sandbox = await openSandbox();
    const env = { WOODPECKER_STATE_DIR: newFolder() };
    const [one, two] = [await onStdio(sandbox, env), await onStdio(sandbox, env)];
    const { confirmation } = (await one.call(run.name, run.arguments)).data;
    await two.call("pause_campaign", run.arguments);
    two.kill();
    for (const session of [one, await onStdio(sandbox, env)]) {
      const { data } = await session.call(run.name, { ...run.arguments, confirmation });
      expect(data.outcome).toBe("confirmation_required");
    }
    expect(attempted(sandbox)).toEqual([]);
    // What is asked after it counts in any of them.
    const again = (await one.call(run.name, run.arguments)).data.confirmation;
    const next = await onStdio(sandbox, env);
    expect((await next.call(run.name, { ...run.arguments, confirmation: again })).data.outcome).toBe("done");
  });
});
