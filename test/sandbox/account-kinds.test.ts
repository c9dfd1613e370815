/** The sandbox as other kinds of accounts: an agency, one without features, one with raised limits. */
import { describe, expect, it } from "vitest";
import type { Sandbox } from "../../src/sandbox/index.ts";
import { call, draft, email, type Json, start } from "./helpers.ts";

// A Monday before the windows open.
const now = () => new Date("2026-03-16T05:00:00Z");
const WORKDAYS = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"];
const allWeek = Object.fromEntries(WORKDAYS.map((day) => [day, [{ from: "09:00", to: "17:00" }]]));

const settings = (daily_enroll: number) => ({ settings: { timezone: "Europe/Warsaw", daily_enroll } });
const details = async (sandbox: Sandbox, id: number): Promise<Json> =>
  (await call(sandbox, `GET /v2/mailboxes/${id}`)).body.details;
const sentOf = async (sandbox: Sandbox, id: number): Promise<number> =>
  (await call(sandbox, `GET /v1/campaign_list?id=${id}`)).body[0].stats.sent;

/** A running campaign for so many silent people. */
async function running(sandbox: Sandbox, people: number, mailboxes: number[], daily = 40): Promise<number> {
  const body = draft({ email_account_ids: mailboxes, ...settings(daily) }, email({ delivery_time: allWeek }));
  const { id } = (await call(sandbox, "POST /v2/campaigns", body)).body;
  const prospects = Array.from({ length: people }, (_, index) => ({
    email: `p${index}+silent@c${id}.example`,
  }));
  await call(sandbox, "POST /v1/add_prospects_campaign", { campaign: { campaign_id: id }, prospects });
  await call(sandbox, `POST /v2/campaigns/${id}/run`);
  return id;
}

describe("an account's general sending limit", () => {
  it.each([
    [{}, 500, 501],
    [{ raised: true }, 2000, 2001],
  ])("with %o bounds daily_enroll at %i", async (account, most, more) => {
    const sandbox = await start(account);
    const { status, body } = await call(sandbox, "POST /v2/campaigns", draft(settings(most)));
    expect([status, body.settings?.daily_enroll]).toEqual([201, most]);
    const refused = { code: "INPUT_DATA_VALIDATION_FAILURE" };
    const created = await call(sandbox, "POST /v2/campaigns", draft(settings(more)));
    expect([created.status, created.body]).toEqual([400, expect.objectContaining(refused)]);
    const patch = { settings: { daily_enroll: more } };
    const changed = await call(sandbox, `PATCH /v2/campaigns/${body.id}`, patch);
    expect([changed.status, changed.body]).toEqual([400, expect.objectContaining(refused)]);
  });

  it("is raised for each mailbox, too", async () => {
    expect((await details(await start({ raised: true }), 501)).daily_limit).toBe(200);
    expect((await details(await start(), 501)).daily_limit).toBe(50);
  });
});

describe("unhealthy mailboxes", () => {
  it("are frozen, disconnected, warming up", async () => {
    const sandbox = await start({ now, unhealthy: true });
    expect(await details(sandbox, 501)).toMatchObject({
      error: null,
      freeze_account: [{ from: "2026-03-15T07:00:00+0200", to: "2026-03-22T07:00:00+0200" }],
    });
    expect((await details(sandbox, 502)).error).toMatch(/^Connection lost/);
    expect(await details(sandbox, 503)).toMatchObject({
      error: null,
      freeze_account: "",
      daily_limit: 5,
      warmup_data: { status: "RUNNING" },
    });
    const refused = await call(sandbox, "POST /v2/campaigns", draft({ email_account_ids: [502] }));
    expect([refused.status, refused.body.code]).toEqual([409, "VALIDATION_FAILURE"]);
  });

  it("send nothing while they are frozen, and five a day while they warm up", async () => {
    const sandbox = await start({ now, seed: "empty", unhealthy: true });
    const [frozen, warming] = [await running(sandbox, 30, [501]), await running(sandbox, 30, [503])];
    sandbox.advance(24 * 4);
    expect([await sentOf(sandbox, frozen), await sentOf(sandbox, warming)]).toEqual([0, 20]);
    sandbox.advance(24 * 4);
    expect(await sentOf(sandbox, frozen)).toBe(30);
  });
});

describe("a busy account", () => {
  it("runs several campaigns from the same mailboxes, with people in several of them", async () => {
    const sandbox = await start({ busy: true });
    const rows = (await call(sandbox, "GET /v1/campaign_list?status=RUNNING")).body;
    expect(rows.map(({ id, from_emails }: Json) => [id, from_emails.length])).toEqual([
      [2101, 1],
      [2111, 1],
      [2112, 2],
      [2113, 2],
    ]);
    const from = (address: string) =>
      rows.filter(({ from_emails }: Json) => from_emails.includes(address)).map(({ id }: Json) => id);
    expect([from("nora@northwind.example"), from("ivo@brightlane.example")]).toEqual([
      [2101, 2111, 2112],
      [2112, 2113],
    ]);
    const [person] = (await call(sandbox, "GET /v1/prospects?id=90003&campaigns_details=true")).body;
    expect(person.campaigns_details.map(({ campaign_id }: Json) => campaign_id)).toEqual([
      2101, 2111, 2112, 2113,
    ]);
  });

  it("reads the answers of two senders in one place, one of which is not warmed up", async () => {
    const sandbox = await start({ busy: true });
    expect([(await details(sandbox, 502)).imap_id, (await details(sandbox, 505)).imap_id]).toEqual([
      602, 602,
    ]);
    expect((await details(sandbox, 505)).warmup_data).toBeNull();
    const { body } = await call(sandbox, "GET /v2/mailboxes");
    expect(body.map(({ id }: Json) => id)).toEqual([501, 601, 502, 602, 503, 603, 504, 604, 505]);
  });

  it("keeps what people are elsewhere", async () => {
    const statuses = async (sandbox: Sandbox) =>
      (await call(sandbox, "GET /v1/prospects")).body.map(({ id, status }: Json) => [id, status]);
    expect(await statuses(await start({ busy: true }))).toEqual(await statuses(await start()));
  });
});

describe("campaigns that share a mailbox", () => {
  it("share its day, in turns", async () => {
    const sandbox = await start({ now, seed: "empty" });
    const ids = [];
    for (let index = 0; index < 3; index++) ids.push(await running(sandbox, 60, [501]));
    sandbox.advance(24);
    const sent = await Promise.all(ids.map((id) => sentOf(sandbox, id)));
    expect([...sent].sort()).toEqual([16, 17, 17]);
    expect((await details(sandbox, 501)).sent_today).toBe(0);
    sandbox.advance(24);
    const both = await Promise.all(ids.map((id) => sentOf(sandbox, id)));
    expect(both.reduce((total, count) => total + count, 0)).toBe(100);
  });
});
