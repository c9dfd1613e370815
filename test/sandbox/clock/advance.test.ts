/** Time goes on in the sandbox: who gets what, and when. */
import { describe, expect, it } from "vitest";
import type { Sandbox, SandboxOptions } from "../../../src/sandbox/index.ts";
import { call, chain, draft, email, expectEmpty, type Json, start } from "../helpers.ts";

// A Monday, an hour before the window of the e-mails below opens in Warsaw.
const now = () => new Date("2026-03-16T07:00:00Z");
const ALWAYS = Object.fromEntries(
  ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"].map((day) => [
    day,
    [{ from: "09:00", to: "17:00" }],
  ]),
);
const step = (version: object = {}) =>
  email(
    { delivery_time: ALWAYS },
    { message: "Hi {{UNSUBSCRIBE}} {{CLICK=https://example.com}}", ...version },
  );

interface Made {
  sandbox: Sandbox;
  id: number;
  stats: () => Promise<Json>;
  enrol: (emails: string[], more?: object) => Promise<Json>;
  status: () => string;
}

/** A running campaign of two e-mails, one each day, for these people. */
async function running(emails: string[], settings: object = {}, version: object = {}): Promise<Made> {
  const sandbox = await start({ now, seed: "empty" });
  const body = draft(
    { settings: { timezone: "Europe/Warsaw", daily_enroll: 20, ...settings } },
    chain([step({ track_opens: true, ...version }), step({ subject: null, track_opens: true })]),
  );
  const { id } = (await call(sandbox, "POST /v2/campaigns", body)).body;
  const made: Made = {
    sandbox,
    id,
    stats: async () => (await call(sandbox, `GET /v1/campaign_list?id=${id}`)).body[0].stats,
    enrol: async (addresses, more = {}) => {
      const prospects = addresses.map((address) => ({ email: address }));
      return call(sandbox, "POST /v1/add_prospects_campaign", {
        campaign: { campaign_id: id },
        prospects,
        ...more,
      });
    },
    status: () => (sandbox.campaign(id) as Json).status,
  };
  if (emails.length > 0) await made.enrol(emails);
  expectEmpty(await call(sandbox, `POST /v2/campaigns/${id}/run`));
  return made;
}

const prospects = async ({ sandbox, id }: Made): Promise<Json[]> =>
  (await call(sandbox, `GET /v1/prospects?campaigns_id=${id}`)).body;

describe("advance over HTTP", () => {
  const post = (sandbox: Sandbox, body: unknown, key = sandbox.key, path = "advance") =>
    fetch(`${sandbox.origin}/sandbox/${path}`, {
      method: "POST",
      headers: { "x-api-key": key },
      body: JSON.stringify(body),
    });

  it("moves the time, and is not a part of the API", async () => {
    const sandbox = await start({ now });
    const response = await post(sandbox, { hours: 25.5 });
    expect([response.status, await response.json()]).toEqual([200, { now: "2026-03-17T08:30:00.000Z" }]);
    expect((await call(sandbox, "GET /v2/campaigns/x")).body.timestamp).toBe("2026-03-17 08:30:00");
    expect([sandbox.requests.length, sandbox.writes()]).toEqual([1, []]);
  });

  it.each([0, -1, 9000, "1", null, undefined])("refuses %j hours", async (hours) => {
    const sandbox = await start({ now });
    expect((await post(sandbox, { hours })).status).toBe(400);
    expect(() => sandbox.advance(hours as number)).toThrow(RangeError);
  });

  it("needs the key and knows nothing else", async () => {
    const sandbox = await start();
    expect((await post(sandbox, { hours: 1 }, "other")).status).toBe(401);
    expect((await post(sandbox, { hours: 1 }, undefined, "reset")).status).toBe(404);
  });

  it("plays all accounts of an agency", async () => {
    const sandbox = await start({ agency: true, now });
    const sent = async () =>
      (await call(sandbox, "GET /v1/campaign_list?id=2101", undefined, { "x-company-id": "7001" })).body[0]
        .stats.sent;
    expect(await sent()).toBe(29);
    sandbox.advance(24);
    expect(await sent()).toBeGreaterThan(29);
  });
});

describe("what people do", () => {
  it.each([
    ["silent", { sent: 2, opened: 0, queue: 0 }, "ACTIVE"],
    ["open", { sent: 2, opened: 2, replied: 0 }, "ACTIVE"],
    ["reply", { sent: 1, opened: 1, replied: 1, queue: 0 }, "REPLIED"],
    ["autoreply", { sent: 1, autoreplied: 1, replied: 0 }, "AUTOREPLIED"],
    ["optout", { sent: 1, optout: 1 }, "BLACKLIST"],
    ["bounce", { sent: 1, delivery: 0, bounced: 1 }, "BOUNCED"],
    ["invalid", { sent: 0, invalid: 1 }, "INVALID"],
  ])("an address with +%s does it", async (wish, stats, status) => {
    const made = await running([`ada+${wish}@new.example`]);
    made.sandbox.advance(24 * 4);
    expect(await made.stats()).toMatchObject({ prospects: 1, ...stats });
    expect((await prospects(made))[0]).toMatchObject({ status });
  });

  it("puts answers into the inbox and with the prospect", async () => {
    const made = await running(["ada+reply@new.example", "bo+autoreply@new.example"]);
    made.sandbox.advance(72);
    const { content } = (await call(made.sandbox, "GET /v2/inbox/messages")).body;
    expect(content.map(({ subject, read }: Json) => [subject, read])).toEqual([
      ["Re: A question", false],
      ["Automatic reply: A question", false],
    ]);
    const { body } = await call(made.sandbox, "GET /v2/prospects/90101/responses");
    expect(body.responses).toMatchObject([{ campaign_id: made.id, step: 1 }]);
  });

  it.each([
    ["tracking is off", {}, { track_opens: false }],
    ["the provider is excepted", { open_disabled_list: ["OTHER_PROVIDER"] }, {}],
  ])("opens are not seen where %s", async (_, settings, version) => {
    const made = await running(["ada+reply@new.example"], settings, version);
    made.sandbox.advance(72);
    expect(await made.stats()).toMatchObject({ opened: 0, replied: 1 });
  });

  it.each([
    [{ auto_pause_prospect_from_domain_statuses: ["REPLIED"] }, "PAUSED"],
    [{ auto_pause_prospect_from_domain: true }, "PAUSED"],
    [{ auto_pause_prospect_from_domain_statuses: ["BOUNCED"] }, "ACTIVE"],
  ])("%j: a reply leaves a colleague %s", async (settings, status) => {
    const made = await running(["ada+reply@new.example", "bo+silent@new.example"], settings);
    made.sandbox.advance(72);
    expect((await prospects(made)).map((row) => row.status)).toEqual(["REPLIED", status]);
  });

  it.each([
    ["NONE", 1],
    ["BALANCED", 0],
    ["ONLY_VERIFY", 0],
  ])("verification %s writes to a bad address %i times", async (mode, sent) => {
    const made = await running(["ada+invalid@new.example"], { catch_all_verification_mode: mode });
    made.sandbox.advance(10);
    expect(await made.stats()).toMatchObject({ sent });
  });
});

it("verification ONLY_VERIFY writes to deliverable addresses; only catch-all ones are left out", async () => {
  const made = await running(["ada+silent@new.example"], { catch_all_verification_mode: "ONLY_VERIFY" });
  made.sandbox.advance(10);
  expect(await made.stats()).toMatchObject({ sent: 1 });
});

describe("a campaign in time", () => {
  it("sends only within its window, and the mailbox counts the day", async () => {
    const made = await running(["a+silent@new.example", "b+silent@new.example"]);
    const sent = async () => [
      (await made.stats()).sent,
      (await call(made.sandbox, "GET /v2/mailboxes/501")).body.details.sent_today,
    ];
    expect(await sent()).toEqual([0, 0]);
    made.sandbox.advance(0.9);
    expect(await sent()).toEqual([0, 0]);
    made.sandbox.advance(1.1);
    expect(await sent()).toEqual([2, 2]);
    made.sandbox.advance(15);
    expect(await sent()).toEqual([2, 0]);
  });

  it.each(["pause", "stop", "make_editable"])(
    "does not send after %s, but goes on after run",
    async (action) => {
      const made = await running(["a+silent@new.example"]);
      expectEmpty(await call(made.sandbox, `POST /v2/campaigns/${made.id}/${action}`));
      made.sandbox.advance(48);
      expect(await made.stats()).toMatchObject({ sent: 0, queue: 1 });
      expectEmpty(await call(made.sandbox, `POST /v2/campaigns/${made.id}/run`));
      made.sandbox.advance(24);
      expect(await made.stats()).toMatchObject({ sent: 1 });
    },
  );

  it("still hears from people while it is paused", async () => {
    const made = await running(["a+reply@new.example"]);
    made.sandbox.advance(1.01);
    await call(made.sandbox, `POST /v2/campaigns/${made.id}/pause`);
    made.sandbox.advance(72);
    expect(await made.stats()).toMatchObject({ sent: 1, replied: 1 });
    expect(made.status()).toBe("PAUSED");
  });

  it("is completed a day after its last e-mail and runs again for somebody new", async () => {
    const made = await running(["a+silent@new.example"]);
    made.sandbox.advance(26);
    expect([(await made.stats()).sent, made.status()]).toEqual([2, "RUNNING"]);
    made.sandbox.advance(24);
    expect(made.status()).toBe("COMPLETED");
    await made.enrol(["b+silent@new.example"]);
    expect(made.status()).toBe("RUNNING");
    made.sandbox.advance(12);
    expect(await made.stats()).toMatchObject({ sent: 3 });
  });

  it("waits for the date it was given with a prospect", async () => {
    const made = await running([]);
    const campaign = { campaign_id: made.id, send_after: "2026-03-18T12:00:00+0100" };
    await made.enrol(["a+silent@new.example"], { campaign });
    made.sandbox.advance(51.9);
    expect(await made.stats()).toMatchObject({ sent: 0, queue: 1 });
    made.sandbox.advance(0.2);
    expect(await made.stats()).toMatchObject({ sent: 1 });
  });

  it("runs for a day even with nobody in it", async () => {
    const made = await running([]);
    made.sandbox.advance(23);
    expect(made.status()).toBe("RUNNING");
    made.sandbox.advance(2);
    expect(made.status()).toBe("COMPLETED");
  });

  it("is stopped where none of its mailboxes can send", async () => {
    const sandbox = await start({ now });
    const body = { campaign: { campaign_id: 2106 }, prospects: [{ email: "a@new.example" }] };
    await call(sandbox, "POST /v1/add_prospects_campaign", body);
    expect(sandbox.campaign(2106)).toMatchObject({ status: "RUNNING" });
    sandbox.advance(24);
    expect(sandbox.campaign(2106)).toMatchObject({ status: "STOPPED" });
  });

  it("forgets the answers of those who are deleted", async () => {
    const made = await running(["a+reply@new.example", "b+reply@new.example"]);
    made.sandbox.advance(2);
    await call(made.sandbox, "DELETE /v1/prospects?id=90101");
    made.sandbox.advance(72);
    expect(await made.stats()).toMatchObject({ prospects: 1, replied: 1 });
    await call(made.sandbox, `DELETE /v2/campaigns/${made.id}`);
    made.sandbox.advance(72);
  });
});

describe("whoever must not be written to", () => {
  const twoCampaigns = async (force: boolean): Promise<Json> => {
    const made = await running(["a+optout@new.example"]);
    made.sandbox.advance(48);
    await made.enrol(["b@new.example"]);
    const other = (await call(made.sandbox, "POST /v2/campaigns", draft({}, step()))).body.id;
    const body = { campaign: { campaign_id: other }, prospects: [{ email: "a+optout@new.example" }], force };
    await call(made.sandbox, "POST /v1/add_prospects_campaign", body);
    await call(made.sandbox, `POST /v2/campaigns/${other}/run`);
    made.sandbox.advance(48);
    return (await call(made.sandbox, `GET /v1/campaign_list?id=${other}`)).body[0].stats;
  };

  it("is left alone, unless force is used", async () => {
    expect(await twoCampaigns(false)).toMatchObject({ prospects: 0, sent: 0 });
    expect(await twoCampaigns(true)).toMatchObject({ prospects: 1, sent: 1 });
  });

  it("is noticed when the campaign comes to them", async () => {
    const made = await running(["a+silent@new.example"]);
    const body = { prospects: [{ email: "a+silent@new.example", status: "BLACKLIST" }], update: true };
    await call(made.sandbox, "POST /v1/add_prospects_list", body);
    expect((await prospects(made))[0].status).toBe("ACTIVE");
    made.sandbox.advance(24);
    expect((await prospects(made))[0].status).toBe("BLACKLIST");
    expect(await made.stats()).toMatchObject({ sent: 0, queue: 0 });
  });
});

describe("the bounce shield", () => {
  const bouncing = async (threshold: number | undefined, options: SandboxOptions = {}): Promise<Json> => {
    const silent = Array.from({ length: 9 }, (_, index) => `p${index}+silent@new.example`);
    const made = await running([...silent, "z+bounce@new.example", "zz+silent@new.example"], options);
    const body = { bounce_rate_threshold: threshold };
    if (threshold) await call(made.sandbox, `PUT /v2/campaigns/${made.id}/bounce_shield/threshold`, body);
    made.sandbox.advance(10);
    return made.sandbox.campaign(made.id);
  };

  it.each([
    [undefined, "RUNNING"],
    [9, "PAUSED"],
    [10, "RUNNING"],
  ])("at %o %% and one of ten bounced leaves the campaign %s", async (threshold, status) => {
    const campaign = await bouncing(threshold);
    expect(campaign.status).toBe(status);
    const at = status === "PAUSED" ? expect.stringMatching(/^2026-03-16T/) : null;
    expect(campaign.bounce_shield_autopaused_at).toEqual(at);
  });
});
