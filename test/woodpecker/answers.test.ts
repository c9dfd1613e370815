/** Answers that are not what was asked for: never taken for an empty list, nor for one that lacks something. */
import { describe, expect, it } from "vitest";
import type { Data } from "../support/answer.ts";
import { openSession, type Session } from "../support/session.ts";

const nonsense: [string, unknown][] = [
  ["an object", { oops: 1 }],
  ["a list of something else", [{ oops: 1 }]],
  ["a list of words", ["oops"]],
  ["a word", "oops"],
  ["null", null],
];

const answering = (session: Session, path: RegExp, body: unknown) =>
  session.sandbox.failNext({ method: "GET", path, status: 200, body, times: 99 });

/** The same nonsense where the list stands in a field. */
const inField = (field: string, body: unknown) => (Array.isArray(body) ? { [field]: body } : body);

const finding = (data: Data, rule: string) =>
  (data.findings as { rule: string; severity: string; message: string }[]).find(
    (found) => found.rule === rule,
  );

describe.each(nonsense)("200 with %s in place of", (_name, body) => {
  it.each([
    ["mailboxes", "list_mailboxes", {}, /\/mailboxes$/, ""],
    ["campaigns", "list_campaigns", {}, /\/campaign_list$/, ""],
    ["LinkedIn accounts", "list_linkedin_accounts", {}, /\/linkedin_accounts$/, "linkedin_accounts"],
    ["client companies", "list_companies", {}, /\/agency\/companies$/, "content"],
    ["prospects", "search_prospects", {}, /\/v1\/prospects$/, ""],
    ["the inbox", "list_replies", {}, /\/inbox\/messages$/, "content"],
    ["one person's replies", "list_replies", { prospect_id: 1 }, /\/responses$/, "responses"],
    ["the counters", "get_campaign_statistics", { campaign_id: 2101 }, /\/campaign_list$/, ""],
  ])("%s is said to be unreadable", async (_list, tool, args, path, field) => {
    const session = await openSession();
    answering(session, path, field ? inField(field, body) : body);
    const { failed, text } = await session.call(tool, args);
    expect(failed).toBe(true);
    expect(text).toMatch(/got an answer that cannot be read[\s\S]*\nNothing was changed\.\nNext: /);
  });

  it("a report is said to be unreadable", async () => {
    const day = new Date().toISOString().slice(0, 10);
    for (const answer of [body, { status: "READY", report: inField("data", body) }]) {
      const session = await openSession();
      answering(session, /\/reports\//, answer);
      const args = { campaign_id: 2101, period: { from: day, to: day } };
      const { failed, text } = await session.call("get_campaign_statistics", args);
      expect(failed).toBe(true);
      expect(text).toContain("cannot be read");
    }
  });

  it.each([
    ["mailboxes", 2101, /\/mailboxes$/, "", "mailbox_missing", "has no mailbox"],
    [
      "LinkedIn accounts",
      2102,
      /\/linkedin_accounts$/,
      "linkedin_accounts",
      "linkedin_account_missing",
      "has no LinkedIn",
    ],
    ["prospects", 2102, /\/v1\/prospects$/, "", "no_prospects", "Nobody is enrolled"],
  ])(
    "%s: the check could not check them, and finds none missing",
    async (_list, campaign_id, path, field, rule, none) => {
      const session = await openSession();
      answering(session, path, field ? inField(field, body) : body);
      const { data } = await session.call("check_campaign", { campaign_id });
      expect(finding(data, rule)).toMatchObject({
        severity: "could_not_check",
        remedy: "Check again later, or look in the Woodpecker app.",
      });
      expect(JSON.stringify(data)).not.toContain(none);
    },
  );

  it("mailboxes: a campaign is run all the same, once a person has seen what could not be checked", async () => {
    const session = await openSession();
    answering(session, /\/mailboxes$/, body);
    const asked = await session.call("run_campaign", { campaign_id: 2102 });
    expect(asked.data?.outcome).toBe("confirmation_required");
    expect(asked.text).toContain("Could not be checked");
    expect((await session.agree("run_campaign", { campaign_id: 2102 })).data?.outcome).toBe("done");
  });
});

describe("none", () => {
  it.each([
    ["an empty list", 200, []],
    ["a message", 200, { message: "There is none." }],
    ["204", 204, undefined],
  ])("may be said by %s", async (_name, status, body) => {
    for (const [tool, path] of [
      ["list_mailboxes", /\/mailboxes$/],
      ["list_campaigns", /\/campaign_list$/],
      ["search_prospects", /\/v1\/prospects$/],
      ["list_companies", /\/agency\/companies$/],
      ["list_replies", /\/inbox\/messages$/],
    ] as const) {
      const session = await openSession();
      session.sandbox.failNext({ method: "GET", path, status, body, times: 9 });
      const { failed, text } = await session.call(tool);
      expect(failed, text).toBe(false);
    }
  });
});

describe("a row that makes no sense", () => {
  it("does not keep the other campaigns from being paused", async () => {
    const session = await openSession();
    const running = { id: 2101, name: "Warehouse leads, DACH", status: "RUNNING" };
    const body = [{ oops: 1 }, running];
    session.sandbox.failNext({ method: "GET", path: /\/campaign_list$/, status: 200, body });
    const { data } = await session.call("pause_all_campaigns");
    expect(data?.paused).toEqual([{ campaign_id: 2101, name: "Warehouse leads, DACH" }]);
  });
});

describe("a freeze without an end", () => {
  it.each([
    ["none", {}],
    ["null", { to: null }],
    ["no date", { to: "until further notice" }],
  ])("(%s) is one reading everywhere: frozen, no end given", async (_name, end) => {
    const session = await openSession();
    const details = {
      email: "nora@northwind.example",
      in_slot: true,
      freeze_account: [{ from: "2026-01-01T00:00:00+0200", ...end }],
    };
    const frozen = [501, 502, 503].map((id) => ({ id, type: "SMTP", details }));
    answering(session, /\/mailboxes$/, frozen);

    const listed = await session.call("list_mailboxes");
    expect(listed.data?.mailboxes).toMatchObject([501, 502, 503].map((id) => ({ id, usable: false })));
    expect(listed.text).toContain("frozen, no end given");
    expect((await session.call("list_mailboxes", { usable_only: true })).data?.total).toBe(0);

    const { data } = await session.call("check_campaign", { campaign_id: 2101 });
    expect(finding(data, "mailbox_frozen")?.message).toContain("is frozen, no end given, and sends nothing.");
    expect(JSON.stringify(data?.not_sending)).toContain("is frozen, no end given");

    const preview = await session.call("preview_campaign", { campaign_id: 2101 });
    expect(preview.failed, preview.text).toBe(false);
    expect(preview.data?.calendar).toMatchObject({ total: 0 });
  });
});
