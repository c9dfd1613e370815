/** What a launch and an edit ask of Woodpecker, request by request: the account's lane is shared with everything that uses it. */
import { describe, expect, it } from "vitest";
import type { Data } from "../support/answer.ts";
import { serveHere } from "../support/http-program.ts";
import { modernAt, yes } from "../support/modern-session.ts";
import { lineOf, openSandbox } from "../support/sandbox.ts";
import { openSession, type Session, type SessionOptions } from "../support/session.ts";

/** A draft; one that is paused and has a LinkedIn step; one at its end. */
const DRAFT = 2104;
const PAUSED = 2102;
const COMPLETED = 2106;

const campaign = (id: number) => `GET /rest/v2/campaigns/${id}`;
const shield = (id: number) => `GET /rest/v2/campaigns/${id}/bounce_shield/threshold`;
const people = (id: number) =>
  `GET /rest/v1/prospects?campaigns_id=${id}&campaigns_details=true&per_page=1000`;
const counters = (id: number) => `GET /rest/v1/campaign_list?id=${id}`;
const run = (id: number) => `POST /rest/v2/campaigns/${id}/run`;
const mailboxes = "GET /rest/v2/mailboxes";
/** Who else sends from these mailboxes. */
const running = "GET /rest/v1/campaign_list?status=RUNNING";
const linkedin = "GET /rest/v2/linkedin_accounts";

const look = {
  [DRAFT]: [campaign(DRAFT), mailboxes, people(DRAFT), running, shield(DRAFT)],
  [PAUSED]: [
    ...[campaign(PAUSED), mailboxes, people(PAUSED), running],
    ...[counters(PAUSED), linkedin, shield(PAUSED)],
  ],
} as const;

/** The last look, the start, and whether what ran is what was agreed to. */
const afterForm = (id: number) => [people(id), campaign(id), run(id), campaign(id), shield(id)];
/** A person's word that comes in a call of its own, on any replica: what they agreed to is looked at, and nothing else. */
const withWord = (id: number) => [people(id), shield(id), campaign(id), run(id), campaign(id), shield(id)];

const form: SessionOptions = { elicit: async () => ({ action: "accept", content: { confirm: true } }) };

async function asking(session: Session, tool: string, args: Data) {
  const from = session.traffic().length;
  const answer = await session.call(tool, args);
  return { ...answer, requests: session.traffic().slice(from) };
}

describe("a launch", () => {
  it.each([DRAFT, PAUSED] as const)("of %i by a form", async (id) => {
    const { requests } = await asking(await openSession(form), "run_campaign", { campaign_id: id });
    expect(requests).toEqual([...look[id], ...afterForm(id)]);
  });

  it.each([DRAFT, PAUSED] as const)(
    "of %i by a token: the second call reads what was agreed to",
    async (id) => {
      const session = await openSession();
      const asked = await asking(session, "run_campaign", { campaign_id: id });
      expect(asked.requests).toEqual(look[id]);
      const { confirmation } = asked.data;
      const { data, requests } = await asking(session, "run_campaign", { campaign_id: id, confirmation });
      expect([data.outcome, requests]).toEqual(["done", withWord(id)]);
    },
  );

  it("by a form of 2026, whose answer comes in a second request", async () => {
    const sandbox = await openSandbox();
    const server = await serveHere(["--api-url", sandbox.origin], { WOODPECKER_API_KEY: sandbox.key });
    const client = await modernAt(server.url, {}, yes);
    await client.callTool({ name: "run_campaign", arguments: { campaign_id: DRAFT } });
    expect(sandbox.requests.map(lineOf)).toEqual([...look[DRAFT], ...withWord(DRAFT)]);
  });

  it("of several reads once what they have in common", async () => {
    const ids = [DRAFT, PAUSED];
    const args = { campaign_ids: ids };
    const own = look[PAUSED].filter((line) => line !== mailboxes && line !== running);
    const first = [...look[DRAFT], ...own];
    const { data, requests } = await asking(await openSession(form), "run_campaign", args);
    expect([data.outcome, requests]).toEqual(["done", [...first, ...ids.flatMap(afterForm)]]);

    const session = await openSession();
    const asked = await asking(session, "run_campaign", args);
    expect(asked.requests).toEqual(first);
    const agreed = { ...args, confirmation: asked.data.confirmation };
    const agreedTo = ids.flatMap((id) => [people(id), shield(id), campaign(id)]);
    expect((await asking(session, "run_campaign", agreed)).requests).toEqual([
      ...agreedTo,
      ...ids.flatMap(afterForm),
    ]);
  });

  it("for an agency reads the name of the company once", async () => {
    const session = await openSession({ sandbox: { agency: true }, env: { WOODPECKER_COMPANY_ID: "7001" } });
    const companies = () => session.traffic().filter((line) => line.includes("/agency/companies")).length;
    await session.call("run_campaign", { campaign_id: DRAFT });
    await session.call("run_campaign", { campaign_id: PAUSED });
    expect(companies()).toBe(1);
  });

  it.each([
    ["a token that is not one", "1.2"],
    ["the token of another time", "zzzzzzzzz.abc"],
  ])("with %s shows everything again", async (_what, confirmation) => {
    const session = await openSession();
    const { data, requests } = await asking(session, "run_campaign", { campaign_id: DRAFT, confirmation });
    expect([data.outcome, session.attempted()]).toEqual(["confirmation_required", []]);
    expect(requests.slice(-look[DRAFT].length)).toEqual(look[DRAFT]);
  });
});

describe("the numbers of several campaigns", () => {
  const ids = [2101, 2102, 2103, 2104, 2105, 2106];

  it("are one request each, since Woodpecker counts for one campaign at a time", async () => {
    const { requests } = await asking(await openSession(), "get_account_report", { campaign_ids: ids });
    expect(requests).toEqual(ids.map(counters));
  });

  it("of a week are two more, whatever their number: the report is ordered first and fetched last", async () => {
    const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
    const args = { campaign_ids: ids, period: { from: day(6), to: day(0) } };
    const { requests } = await asking(await openSession(), "get_account_report", args);
    const [order, ...rest] = requests;
    expect(order).toMatch(/^POST \/rest\/v2\/reports\//);
    expect(rest.slice(0, ids.length)).toEqual(ids.map(counters));
    // The sandbox, asked in such a hurry, may say first that the report is not ready.
    const fetched = new Set(rest.slice(ids.length));
    expect([...fetched]).toEqual([expect.stringMatching(/^GET \/rest\/v2\/reports\/\w+$/)]);
  });
});

describe("a halt and an edit", () => {
  const version = expect.stringMatching(/^PATCH \/rest\/v2\/campaigns\/2104\/steps\/[^/]+\/versions\/\w+$/);

  it.each([
    [
      "pause_campaign",
      { campaign_id: 2101 },
      [campaign(2101), `POST /rest/v2/campaigns/2101/pause`, campaign(2101)],
    ],
    [
      "pause_campaign",
      { campaign_id: COMPLETED },
      [campaign(COMPLETED), `POST /rest/v2/campaigns/${COMPLETED}/pause`, campaign(COMPLETED)],
    ],
    [
      "update_campaign",
      { campaign_id: DRAFT, name: "Another" },
      [campaign(DRAFT), `PATCH /rest/v2/campaigns/${DRAFT}`, campaign(DRAFT)],
    ],
    [
      "update_step_version",
      { campaign_id: DRAFT, step: 1, version: "A", subject: "Another" },
      [campaign(DRAFT), version, campaign(DRAFT)],
    ],
  ])("%s %j reads the campaign before and after", async (tool, args, expected) => {
    const { failed, requests } = await asking(await openSession(), tool, args);
    expect([failed, requests]).toEqual([false, expected]);
  });
});
