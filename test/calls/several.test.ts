/** One call for several campaigns: one question, one token, and each campaign on its own from the last look to the journal. */
import { describe, expect, it, vi } from "vitest";
import { inTheApp, person, yes } from "../support/person.ts";
import { openSession, type Session, type SessionOptions } from "../support/session.ts";
import { gate } from "../support/upstream.ts";

/** PAUSED without errors, DRAFT, RUNNING; with errors; not there. */
const [paused, draft, running, faulty, absent] = [2102, 2104, 2101, 2105, 9999];

type Row = { campaign_id: number; outcome: string; status?: string; reason?: string };
const outcomes = (data: { campaigns: Row[] }) =>
  Object.fromEntries(data.campaigns.map((row) => [row.campaign_id, row.outcome]));

const starts = (traffic: readonly string[]) => traffic.filter((line) => line.endsWith("/run"));

const open = (options: SessionOptions = {}) => openSession({ hurry: true, ...options });

describe("several campaigns in one call", () => {
  it("are asked about once, by name, with those that cannot go, and each is told apart", async () => {
    const { call, attempted } = await open();
    const ids = [paused, faulty, running, absent, paused];
    const asked = await call("run_campaign", { campaign_ids: ids });
    expect(asked.data.outcome).toBe("confirmation_required");
    expect(attempted()).toEqual([]);
    for (const word of [
      '2102 "Contractor payroll, Nordics": Resume this campaign?',
      "people enrolled",
      "campaign 2105: left out",
      "campaign 9999: left out",
    ])
      expect(asked.text).toContain(word);
    const went = await call("run_campaign", { campaign_ids: ids, confirmation: asked.data.confirmation });
    expect(went.data.outcome).toBe("partial");
    expect(outcomes(went.data)).toEqual({ 2102: "done", 2105: "refused", 2101: "already", 9999: "refused" });
    expect(starts(attempted())).toEqual(["POST /rest/v2/campaigns/2102/run"]);
    for (const { campaign_id, reason } of went.data.campaigns)
      if (reason) expect(went.text).toContain(`${campaign_id}: `);
  });

  it("have campaigns[] also where it is one, and stop as they start: without a question", async () => {
    const { call } = await open();
    const { data } = await call("pause_campaign", { campaign_ids: [running] });
    expect(data).toMatchObject({
      outcome: "done",
      campaigns: [{ campaign_id: running, outcome: "done", status: "PAUSED" }],
    });
    const stopped = await call("stop_campaign", { campaign_ids: [running, paused, absent] });
    expect(stopped.data.outcome).toBe("partial");
    expect(outcomes(stopped.data)).toEqual({ 2101: "done", 2102: "done", 9999: "refused" });
  });

  it.each([
    [{ campaign_id: paused, campaign_ids: [paused] }, "one of the two"],
    [{}, "campaign_ids for several"],
    [{ campaign_ids: [] }, "campaign_ids"],
    [{ campaign_ids: Array.from({ length: 21 }, (_, index) => index + 1) }, "campaign_ids"],
  ])("are refused as %j", async (args, word) => {
    const { call, traffic } = await open();
    for (const tool of ["run_campaign", "pause_campaign", "stop_campaign", "delete_campaign"]) {
      const { failed, text } = await call(tool, args);
      expect(failed).toBe(true);
      expect(text).toContain(word);
    }
    expect(traffic()).toEqual([]);
  });

  it("are an error where none can go", async () => {
    const { call, attempted } = await open();
    const { failed, text } = await call("run_campaign", { campaign_ids: [absent, faulty] });
    expect(failed).toBe(true);
    for (const word of ["none of these campaigns can go", "9999", "2105", "Nothing was changed"])
      expect(text).toContain(word);
    expect(attempted()).toEqual([]);
  });

  it("lose their token when any of them changes", async () => {
    const { call, attempted } = await open();
    const ids = [paused, draft];
    const asked = await call("run_campaign", { campaign_ids: ids, despite_errors: true });
    await call("update_campaign", { campaign_id: draft, name: "Another name" });
    const again = await call("run_campaign", {
      campaign_ids: ids,
      despite_errors: true,
      confirmation: asked.data.confirmation,
    });
    expect(again.data.outcome).toBe("confirmation_required");
    expect(starts(attempted())).toEqual([]);
    const other = await call("run_campaign", {
      campaign_ids: [paused],
      confirmation: again.data.confirmation,
    });
    expect(other.data.outcome).toBe("confirmation_required");
    expect(starts(attempted())).toEqual([]);
  });

  it("are held to what a form showed, each by itself", async () => {
    const { asked, elicit } = person(async () => {
      await inTheApp(session.sandbox, `PATCH /rest/v2/campaigns/${draft}`, { name: "Changed in the app" });
      return yes;
    });
    const session: Session = await open({ elicit });
    const { data } = await session.call("run_campaign", {
      campaign_ids: [draft, paused],
      despite_errors: true,
    });
    expect(asked.map(({ message }) => message)).toEqual([expect.stringContaining("Contractor payroll")]);
    expect(outcomes(data)).toEqual({ 2104: "refused", 2102: "done" });
    expect(starts(session.attempted())).toEqual(["POST /rest/v2/campaigns/2102/run"]);
  });

  it("are not started when the person says no", async () => {
    const { call, attempted } = await open({ elicit: () => ({ action: "decline" }) });
    const { failed } = await call("run_campaign", { campaign_ids: [paused, draft], despite_errors: true });
    expect(failed).toBe(true);
    expect(attempted()).toEqual([]);
  });

  it("are all refused where a limit forbids their sum, before anybody is asked, and count one by one", async () => {
    const { call, attempted } = await open({ env: { WOODPECKER_MAX_RUNS_PER_DAY: "2" } });
    const three = await call("run_campaign", { campaign_ids: [paused, draft, faulty], despite_errors: true });
    expect(three.failed).toBe(true);
    expect(three.text).toContain("WOODPECKER_MAX_RUNS_PER_DAY");
    expect(attempted()).toEqual([]);
    const two = { campaign_ids: [paused, draft], despite_errors: true };
    const asked = await call("run_campaign", two);
    expect(
      outcomes((await call("run_campaign", { ...two, confirmation: asked.data.confirmation })).data),
    ).toEqual({
      2102: "done",
      2104: "done",
    });
    const more = await call("run_campaign", { campaign_id: faulty, despite_errors: true });
    expect(more.text).toContain("WOODPECKER_MAX_RUNS_PER_DAY");
    const { data } = await call("list_recent_changes", {});
    expect(
      data.changes.map(({ tool, campaign_id }: { tool: string; campaign_id: number }) => [tool, campaign_id]),
    ).toEqual([
      ["run_campaign", draft],
      ["run_campaign", paused],
    ]);
  });

  it("leave out what the operator does not allow, and do the rest", async () => {
    const { agree } = await open({ env: { WOODPECKER_CAMPAIGNS: String(paused) } });
    const { data, text } = await agree("run_campaign", {
      campaign_ids: [paused, draft],
      despite_errors: true,
    });
    expect(outcomes(data)).toEqual({ 2102: "done", 2104: "refused" });
    expect(text).toContain("WOODPECKER_CAMPAIGNS");
  });

  it("end when one of them is halted meanwhile", async () => {
    const [first, release] = [gate(), gate()];
    const session = await open({
      gate: {
        async before({ method, url }) {
          if (method !== "POST" || !url.endsWith(`/${paused}/run`)) return;
          first.open();
          await release.opened;
        },
      },
    });
    const args = { campaign_ids: [paused, draft], despite_errors: true };
    const asked = await session.call("run_campaign", args);
    const running = session.call("run_campaign", { ...args, confirmation: asked.data.confirmation });
    await first.opened;
    const halted = session.call("pause_campaign", { campaign_ids: [draft] });
    release.open();
    await halted;
    expect(outcomes((await running).data)).toEqual({ 2102: "done", 2104: "refused" });
    expect(starts(session.attempted())).toEqual(["POST /rest/v2/campaigns/2102/run"]);
  });

  it("say what the time of the call did not reach", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    try {
      const session = await open({
        gate: {
          before({ method, url }) {
            if (method === "POST" && url.endsWith("/stop")) vi.setSystemTime(Date.now() + 45_000);
            return undefined;
          },
        },
      });
      const { data, text } = await session.call("stop_campaign", { campaign_ids: [paused, running] });
      expect(outcomes(data)).toEqual({ 2102: "done", 2101: "not_done" });
      expect(data.outcome).toBe("partial");
      expect(text).toContain("2101: not begun");
    } finally {
      vi.useRealTimers();
    }
  });

  it("show a dry run of each, and change nothing", async () => {
    const { call, attempted } = await open();
    const { data } = await call("delete_campaign", { campaign_ids: [paused, draft], dry_run: true });
    expect(data).toMatchObject({
      outcome: "dry_run",
      campaigns: [
        { campaign_id: paused, request: { method: "DELETE", path: "/rest/v2/campaigns/2102" } },
        { campaign_id: draft, request: { method: "DELETE", path: "/rest/v2/campaigns/2104" } },
      ],
    });
    expect(attempted()).toEqual([]);
  });
});
