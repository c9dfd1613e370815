/** check_campaign about what is around a campaign: the state of its mailboxes, the bounce shield's pause, content that nobody shows. */
import { describe, expect, it } from "vitest";
import type { Data } from "../support/answer.ts";
import { draft } from "../support/draft.ts";
import type { Gate, Passing } from "../support/gate.ts";
import { openSession } from "../support/session.ts";

const DAY = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString();

/** Rewrites each mailbox on its way. */
const mailboxes = (details: object): Gate => ({
  after: (json, { url }: Passing) =>
    /\/mailboxes\b/.test(url) && Array.isArray(json)
      ? json.map((one: Data) => ({ ...one, details: { ...one.details, ...details } }))
      : json,
});
/** Rewrites campaign 2102 wherever it stands. */
const campaign = (change: (one: Data) => object): Gate => ({
  after: (json, { url }) => (/\/campaigns\/2102(?:\?|$)/.test(url) ? change(json as Data) : json),
});

async function check(gate: Gate | undefined, args: object = { draft }) {
  const { call } = await openSession({ ...(gate && { gate }) });
  const { data, text } = await call("check_campaign", args);
  const found = (rule: string) => data.findings.filter((one: Data) => one.rule === rule) as Data[];
  return { data, text, found };
}

describe("mailboxes in the check", () => {
  it.each(["PAUSED", "DISABLED", "ERROR", "NOT_STARTED"])("a warm-up that is %s is told", async (status) => {
    const { found, data } = await check(mailboxes({ warmup_data: { status } }));
    expect(found("mailbox_warm_up")).toMatchObject([{ severity: "info", path: "mailbox_ids[0]" }]);
    expect(found("mailbox_warm_up")[0]?.message).toContain(`"${status}"`);
    expect(data.not_checked.join()).not.toContain("warm-up");
  });

  it("a warm-up that Woodpecker does not tell is not checked, and one that runs is no matter", async () => {
    for (const warmup_data of [null, {}, undefined]) {
      const { found, data } = await check(mailboxes({ warmup_data }));
      expect(found("mailbox_warm_up")).toEqual([]);
      expect(data.not_checked.join()).toMatch(/The warm-up of \S+@\S+: Woodpecker does not tell it/);
    }
    const { found, data } = await check(mailboxes({ warmup_data: { status: "RUNNING" } }));
    expect(found("mailbox_warm_up")).toEqual([]);
    expect(data.not_checked.join()).not.toContain("warm-up");
  });

  it("a freeze is told that is, or that comes within two weeks", async () => {
    const frozen = (from: number, to?: number) =>
      check(
        mailboxes({ freeze_account: [{ from: inDays(from), ...(to !== undefined && { to: inDays(to) }) }] }),
      );
    expect((await frozen(3, 9)).found("mailbox_frozen")[0]?.message).toMatch(
      /will be frozen from .*, and sends nothing then/,
    );
    expect((await frozen(-1, 9)).found("mailbox_frozen")[0]?.message).toMatch(
      /is frozen and sends nothing until/,
    );
    expect((await frozen(-1)).found("mailbox_frozen")[0]?.message).toMatch(/no end given/);
    expect((await frozen(60, 70)).found("mailbox_frozen")).toEqual([]);
    expect((await frozen(-9, -2)).found("mailbox_frozen")).toEqual([]);
  });

  it("names the domains whose SPF, DKIM and DMARC it does not look at", async () => {
    const { data, text } = await check(mailboxes({ email: "nora@loaf.example" }));
    expect(data.not_checked[0]).toMatch(/^SPF, DKIM and DMARC of loaf\.example: /);
    expect(text).toContain("- not checked: SPF, DKIM and DMARC of loaf.example");
  });
});

describe("a campaign that the bounce shield paused", () => {
  const paused = campaign((one) => ({
    ...one,
    status: "PAUSED",
    bounce_shield_autopaused_at: "2026-03-09T14:05:00Z",
  }));

  it("is told with its moment before it is resumed, in the check and in the question", async () => {
    const { data, found, text } = await check(paused, { campaign_id: 2102 });
    expect(found("bounce_shield_paused")).toMatchObject([{ severity: "warning", path: "bounce_shield" }]);
    expect(found("bounce_shield_paused")[0]?.message).toContain("2026-03-09");
    expect(found("bounce_shield_paused")[0]?.remedy).toMatch(/Verify the addresses/);
    expect(data.not_sending.join("\n")).toMatch(/the bounce shield paused it at/);
    expect(text).toContain("bounce_shield_paused");
  });
});

describe("opens", () => {
  it("have beside their rate that programs count, too", async () => {
    const { call } = await openSession();
    const { data } = await call("list_campaigns", { status: ["RUNNING"] });
    for (const { id } of data.campaigns) {
      const { data: checked } = await call("check_campaign", { campaign_id: id });
      const [opens] = checked.findings.filter(({ rule }: Data) => rule === "opens_tracked");
      if (!opens) continue;
      expect(opens.message).toMatch(
        /programs that load it count as opens, so fewer people have read it than the open rate says \(\d+ of \d+, \d+\.\d %\)\.$/,
      );
      return;
    }
    throw new Error("no campaign that tracks opens");
  });
});
