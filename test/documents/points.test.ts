/** Each statement of points.ts with a check of its own, through the front door. */
import { expect, it } from "vitest";
import type { Data } from "../support/answer.ts";
import { draft } from "../support/draft.ts";
import { business } from "../support/failure.ts";
import { openSession, type Session } from "../support/session.ts";
import { type PointName, points } from "./points.ts";

const withMessage = (message: string) => ({
  ...draft,
  steps: [{ type: "EMAIL", versions: [{ subject: "Hello", message }] }],
});
const withSettings = (more: object) => ({ ...draft, settings: { ...draft.settings, ...more } });
const created = ({ sandbox }: Session): Data => sandbox.writes().at(-1)?.body;

/** What the sandbox made of people in a campaign of these settings. */
async function played(settings: object, ...emails: string[]): Promise<string[]> {
  // A Monday morning.
  const now = () => new Date("2026-03-02T05:00:00Z");
  const session = await openSession({ sandbox: { now, seed: "empty" } });
  const { data } = await session.call("create_campaign", withSettings(settings));
  const { campaign_id } = data;
  await session.agree("save_prospects", { campaign_id, prospects: emails.map((email) => ({ email })) });
  await session.agree("run_campaign", { campaign_id, despite_errors: true });
  session.sandbox.advance(24);
  const found = await session.call("search_prospects", { campaign_id });
  return found.data.prospects.map((row: Data) => row.campaigns?.[0]?.person_status ?? row.status);
}

const checks: Record<PointName, (session: Session) => Promise<void>> = {
  async only_verify(session) {
    const given = withSettings({ catch_all_verification_mode: "ONLY_VERIFY" });
    const { text } = await session.call("check_campaign", { draft: given });
    expect(text).toContain("ONLY_VERIFY leaves out catch-all addresses; all others are written to.");
    expect(text).not.toContain("BALANCED");
  },
  async only_verify_sent() {
    const settings = { catch_all_verification_mode: "ONLY_VERIFY" };
    expect(await played(settings, "ada+catchall@new.example", "bo+silent@new.example")).toEqual([
      "TO-REVIEW",
      "ACTIVE",
    ]);
  },
  async pause_read_back(session) {
    session.sandbox.failNext({ method: "POST", path: /pause$/, status: 200, body: "", times: 9 });
    const { data, text } = await session.call("pause_campaign", { campaign_id: 2101 });
    expect(data.outcome).toBe("accepted");
    expect(text).toContain("still reads RUNNING");
    expect(text).not.toContain("run_campaign");
  },
  async stop_of_a_draft(session) {
    const { data, text } = await session.call("stop_campaign", { campaign_id: 2104 });
    expect(data.undo).toBeUndefined();
    expect(text).not.toContain("run_campaign");
  },
  async unsupported_read(session) {
    const { text, data } = await session.call("get_campaign", { campaign_id: 2103 });
    expect(data.partial).toBe(true);
    for (const email of data.from_emails) expect(text).toContain(email);
    expect(text).toContain(`daily_enroll ${data.settings.daily_enroll}`);
  },
  async unsupported_edit(session) {
    const { text, failed } = await session.call("update_campaign", { campaign_id: 2103, name: "Other" });
    expect(failed).toBe(true);
    for (const words of ["API_UNSUPPORTED_CAMPAIGN_FEATURES", "condition", "scheduled start", "AI video"])
      expect(text).toContain(words);
    expect(text).toContain("in the Woodpecker app");
  },
  async details(session) {
    const body = {
      ...business("code", "VALIDATION_FAILURE", "x"),
      details: [{ field: "subject", why: "odd" }],
    };
    session.sandbox.failNext({ method: "POST", path: /run$/, status: 409, body });
    const { text } = await session.agree("run_campaign", { campaign_id: 2102 });
    expect(text).toContain("[0].field: subject; [0].why: odd");
  },
  async raised_limit() {
    const session = await openSession({ sandbox: { raised: true } });
    const { data } = await session.call("create_campaign", withSettings({ daily_enroll: 900 }));
    expect(data.outcome).toBe("done");
    expect(created(session).settings.daily_enroll).toBe(900);
  },
  async wait_defaults(session) {
    const [first, second] = draft.steps;
    for (const [wait, sent] of [
      [{ range: "HOUR" }, { value: 1, range: "HOUR" }],
      [{ value: 4 }, { value: 4, range: "DAY" }],
    ] as const) {
      await session.call("create_campaign", {
        ...draft,
        name: `Waits ${sent.value}`,
        steps: [first, { ...second, wait }],
      });
      expect(created(session).steps.followup.followup_after).toEqual(sent);
    }
  },
  async no_name(session) {
    const { name: _name, ...rest } = draft;
    const { text, data } = await session.call("create_campaign", rest);
    expect(created(session)).not.toHaveProperty("name");
    expect([data.name, text.includes("My campaign #0")]).toEqual(["My campaign #0", true]);
  },
  async get_to_create(session) {
    const original = session.sandbox.campaign(2102) as Data;
    const body = JSON.parse(JSON.stringify(original).replace("MONDAY", "SUNDAY"));
    body.steps.followup.delivery_time.SATURDAY = [];
    body.settings.open_disabled_list = null;
    let last = body.steps.followup;
    while (last.followup) last = last.followup;
    last.followup_after = { range: "HOUR", value: 7 };
    const { failed, text } = await session.call("create_campaign", body);
    expect([failed, text]).toEqual([false, text]);
    const waits = (steps: Data): unknown[] => (steps ? [steps.followup_after, ...waits(steps.followup)] : []);
    expect(waits(created(session).steps.followup)).toEqual(waits(body.steps.followup));
  },
  async features() {
    const session = await openSession({ sandbox: { features: false } });
    const { text } = await session.agree("run_campaign", { campaign_id: 2102 });
    expect(text).toContain("MISSING_FEATURES");
    expect(text).not.toMatch(/check finds|API keys/);
  },
  async broken_mailbox(session) {
    const { text } = await session.call("update_campaign", { campaign_id: 2104, mailbox_ids: [504] });
    expect(text).toContain("VALIDATION_FAILURE");
    expect(text).toMatch(/^- .*504/m);
  },
  async plain_text(session) {
    const refusal = { status: 400, body: "Too many words", headers: { "content-type": "text/plain" } };
    session.sandbox.failNext({ path: /mailboxes$/, ...refusal });
    expect((await session.call("list_mailboxes")).text).toContain('"Too many words"');
  },
  async unsubscribe_fallback(session) {
    const { failed, data } = await session.call(
      "create_campaign",
      withMessage('<p>{{UNSUBSCRIBE | "leave"}}</p>'),
    );
    expect([failed, data.outcome]).toEqual([false, "done"]);
  },
  async spintax_form(session) {
    const given = withMessage('<p>{{SPINTAX|"Hi"|"Hello"}} there, how are things at the mill today?</p>');
    const { data, text } = await session.call("check_campaign", { draft: given });
    expect(data.findings.map((one: Data) => one.rule)).toContain("spintax_form");
    expect(text).toContain('{{SPINTAX | "Hi" | "Hello"}}');
  },
  async fifteen_snippets(session) {
    const { text } = await session.call("check_campaign", { draft: withMessage("<p>{{SNIPPET_16}}</p>") });
    expect(text).toContain("there are 15, {{SNIPPET_1}} to {{SNIPPET_15}}");
  },
  async list_fields(session) {
    const more = {
      from_names: ["Ida", "Per"],
      gdpr_unsubscribe: true,
      folder_name: "Spring",
      folder_id: 4242,
    };
    const row = { id: 1, name: "x", status: "DRAFT", ...more, bcc: "crm@a.example", cc: "boss@a.example" };
    session.sandbox.failNext({ path: /campaign_list$/, status: 200, body: [row] });
    const { text, data } = await session.call("list_campaigns");
    for (const form of [text, JSON.stringify(data)])
      for (const words of ["Ida", "Per", "gdpr", "4242", "crm@a.example", "boss@a.example"])
        expect(form).toContain(words);
  },
  async newest_first(session) {
    const row = (id: number, created: string) => ({ id, name: `n${id}`, status: "DRAFT", created });
    const body = [row(9, "2024-01-01T00:00:00+0100"), row(3, "2026-01-01T00:00:00+0100")];
    session.sandbox.failNext({ path: /campaign_list$/, status: 200, body });
    expect((await session.call("list_campaigns")).data.campaigns.map(({ id }: Data) => id)).toEqual([3, 9]);
  },
  async same_domain() {
    const session = await openSession({ sandbox: { sameDomain: "boolean" } });
    await session.call("duplicate_campaign", { campaign_id: 2104 });
    expect(created(session).settings).toMatchObject({ auto_pause_prospect_from_domain: false });
    expect(created(session).settings).not.toHaveProperty("auto_pause_prospect_from_domain_statuses");
  },
  async pause_completed(session) {
    await session.call("pause_campaign", { campaign_id: 2106 });
    expect(session.attempted()).toEqual(["POST /rest/v2/campaigns/2106/pause"]);
  },
  async key_place(session) {
    session.sandbox.failNext({ path: /mailboxes$/, status: 401 });
    const { text } = await session.call("list_mailboxes");
    for (const words of ["Add-ons > API keys", "Settings -> API Keys"])
      expect(text.split(words)).toHaveLength(2);
  },
  async status_page(session) {
    session.sandbox.failNext({ path: /mailboxes$/, status: 500, times: 9 });
    expect((await session.call("list_mailboxes")).text).toContain("status.woodpecker.co");
  },
  async odd_time(session) {
    const body = {
      content: [{ id: "m1", subject: "Re: x", body: { html: "x" }, stamp: 1e20 }],
      pagination: {},
    };
    session.sandbox.failNext({ path: /messages$/, status: 200, body });
    const { failed, text } = await session.call("list_replies");
    expect([failed, text]).toEqual([false, text]);
  },
  async footer({ sandbox }) {
    const ask = async (method: string, body?: object) =>
      fetch(`${sandbox.origin}/rest/v2/mailboxes/501`, {
        method,
        headers: { "x-api-key": sandbox.key, "content-type": "application/json" },
        ...(body && { body: JSON.stringify(body) }),
      });
    for (const [footer, signature] of [
      ["<p>Nora</p>", "<p>Nora</p>"],
      ["", ""],
      [null, ""],
    ] as const) {
      const answer = await ask("PATCH", { footer });
      expect([answer.status, await answer.text()]).toEqual([200, ""]);
      expect(((await (await ask("GET")).json()) as Data).details.signature).toBe(signature);
    }
    expect((await ask("PATCH", { footer: 5 })).status).toBe(400);
  },
};

it.each(Object.entries(points).map(([name, { says }]) => [says, checks[name as PointName]] as const))(
  "%s",
  async (_says, check) => check(await openSession()),
);
