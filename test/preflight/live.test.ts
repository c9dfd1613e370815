/** check_campaign against the sandbox: what it costs, what it says when something cannot be read, why nothing is sent. */

import { describe, expect, it } from "vitest";
import { checkCampaign } from "../../src/operations/check-campaign.ts";
import { diagnose, type Finding } from "../../src/preflight/index.ts";
import { whyNotSending } from "../../src/preflight/not-sending.ts";
import { liveDossier } from "../../src/preflight/read.ts";
import type { Sandbox } from "../../src/sandbox/index.ts";
import { readArguments } from "../../src/values/check.ts";
import { InputFailure } from "../../src/values/fault.ts";
import { type Client, createClient } from "../../src/woodpecker/client.ts";
import { requests } from "../../src/woodpecker/requests.ts";
import type { Data } from "../support/answer.ts";
import { draft } from "../support/draft.ts";
import { openSession } from "../support/session.ts";

interface Parts {
  sandbox: Sandbox;
  client: Client;
  check(args: object): Promise<Checked>;
}

interface Checked {
  verdict: string;
  findings: Finding[];
  not_sending?: string[];
  left_out?: number;
  text: string;
  reads: string[];
}

async function opened(): Promise<Parts> {
  const { sandbox, api: client } = await openSession();
  return { sandbox, client, check: (args) => check(sandbox, client, args) };
}

async function check(sandbox: Sandbox, client: Client, args: object): Promise<Checked> {
  const before = sandbox.requests.length;
  const { value: input, faults } = readArguments(checkCampaign, args);
  if (faults.length > 0) throw new InputFailure(faults);
  const tools = { progress: () => undefined, pause: async () => undefined } as never;
  const output = await checkCampaign.run(input, client.forCall({}), undefined, tools);
  expect(checkCampaign.output.parse(output)).toEqual(output);
  const reads = sandbox.requests.slice(before).map(({ method, path }) => `${method} ${path}`);
  return { ...(output as unknown as Checked), text: checkCampaign.text(output), reads };
}

const rulesOf = ({ findings }: Checked) => findings.map(({ rule, severity }) => `${severity} ${rule}`);

describe("a live campaign", () => {
  it.each([2101, 2102, 2103, 2104, 2105, 2106])(
    "%i costs at most five requests, all of them reads",
    async (id) => {
      const { check } = await opened();
      const { reads } = await check({ campaign_id: id });
      expect(reads.length).toBeLessThanOrEqual(5);
      for (const read of reads) expect(read).toMatch(/^GET /);
    },
  );

  it("2104, a DRAFT: one of six people would be set aside", async () => {
    const { check } = await opened();
    const found = await check({ campaign_id: 2104 });
    expect(found.verdict).toBe("warnings");
    expect(found.not_sending).toBeUndefined();
    expect(found.text).toContain("of the 6 prospects who can be written to, 1 has no value");
    expect(found.reads).toEqual([
      "GET /rest/v2/campaigns/2104",
      "GET /rest/v2/mailboxes",
      "GET /rest/v1/prospects",
      "GET /rest/v1/campaign_list",
    ]);
  });

  it("2105, EDITED: version B has lost its subject", async () => {
    const { check } = await opened();
    const found = await check({ campaign_id: 2105 });
    expect(found.verdict).toBe("blocked");
    expect(found.findings[0]).toMatchObject({
      rule: "model",
      path: "steps[0].versions[1].subject",
      step: 1,
      version: "B",
    });
    expect(found.not_sending?.[0]).toContain("EDITED");
  });

  it("one that nobody can read is a failure, not a finding", async () => {
    const { check } = await opened();
    await expect(check({ campaign_id: 99 })).rejects.toThrow("CAMPAIGN_NOT_EXIST");
  });
});

describe("what cannot be read", () => {
  const parts: [string, RegExp, string, number][] = [
    ["the mailboxes", /\/mailboxes$/, "mailbox_error", 2104],
    ["the LinkedIn accounts", /\/linkedin_accounts$/, "linkedin_disconnected", 2102],
    ["the prospects", /\/prospects$/, "no_prospects", 2104],
    ["the list of campaigns", /\/campaign_list$/, "duplicate_name", 2104],
  ];

  it.each(parts)("%s: said as could_not_check, never passed over", async (_name, path, rule, id) => {
    const { sandbox, check } = await opened();
    sandbox.failNext({
      path,
      times: 9,
      status: 403,
      body: { code: "MISSING_FEATURES", message: "Upgrade your plan", details: null },
    });
    const found = await check({ campaign_id: id });
    expect(rulesOf(found)).toContain(`could_not_check ${rule}`);
    expect(found.verdict).toBe("incomplete");
    expect(found.text).toContain("Could not be checked");
  });

  it("a campaign with a condition: incomplete, and said why", async () => {
    const { check } = await opened();
    const found = await check({ campaign_id: 2103 });
    expect(found.verdict).toBe("incomplete");
    expect(rulesOf(found)).toContain("could_not_check content");
    expect(found.not_sending?.[0]).toContain("STOPPED");
  });

  it("a draft without a key is checked as far as that goes", async () => {
    const client = createClient(async () => {
      throw new Error("no key");
    });
    const findings = (await diagnose(client.forCall({}), { draft })) ?? [];
    const unchecked = findings
      .filter(({ severity }) => severity === "could_not_check")
      .map(({ rule }) => rule);
    expect(unchecked).toContain("mailbox_missing");
    expect(unchecked).toContain("duplicate_name");
    expect(findings.map(({ rule }) => rule)).toContain("no_opt_out");
    await client.close();
  });
});

describe("why is nothing sent?", () => {
  it("PAUSED by hand", async () => {
    const { check } = await opened();
    const { not_sending, text } = await check({ campaign_id: 2102 });
    expect(not_sending?.[0]).toBe("It is PAUSED, by hand or through the API; running it again resumes it.");
    expect(text.split("\n")[1]).toBe("Why nothing is sent, or may not be:");
    expect(text.split("\n")[2]).toBe(`1. ${not_sending?.[0]}`);
  });

  it("PAUSED by the bounce shield, with the percentage", async () => {
    const { sandbox, client, check } = await opened();
    const api = client.forCall({});
    await api.send(requests.setBounceShield(2101, 7));
    const stored = sandbox.campaign(2101) as object;
    const body = { ...stored, status: "PAUSED", bounce_shield_autopaused_at: "2026-03-20T10:00:00Z" };
    sandbox.failNext({ path: /campaigns\/2101$/, status: 200, body });
    const { not_sending } = await check({ campaign_id: 2101 });
    expect(not_sending?.[0]).toMatch(
      /bounce shield paused it at Fri 2026-03-20 11:00 \(Europe\/Berlin\).* 7 % allows: 1 of 29 e-mails so far, 3.4 %/,
    );
  });

  it("COMPLETED, and its mailbox is in error", async () => {
    const { check } = await opened();
    const { not_sending = [], verdict } = await check({ campaign_id: 2106 });
    expect(not_sending[0]).toContain("COMPLETED");
    expect(not_sending[1]).toMatch(/No mailbox of the campaign can send now: 504 .*Authentication failed/);
    expect(verdict).toBe("blocked");
  });

  const reasonsAt = async (time: string, id = 2101) => {
    const { client } = await opened();
    return whyNotSending(await liveDossier(client.forCall({}), id, Date.parse(time)));
  };
  const parked = expect.stringMatching(
    /^Whoever is set aside under TO-CHECK, counted among the findings, is written to only once/,
  );

  it("RUNNING at night: the next window with its time and zone, on the other side of a clock change too", async () => {
    expect(await reasonsAt("2026-03-24T22:00:00Z")).toEqual([
      "All delivery windows are closed now (Tue 2026-03-24 23:00 (Europe/Berlin)); the next one opens Wed 2026-03-25 08:00 (Europe/Berlin). Windows: Mon-Fri 08:00-17:00.",
      parked,
    ]);
    expect(await reasonsAt("2026-03-28T12:00:00Z")).toEqual([
      expect.stringContaining("the next one opens Mon 2026-03-30 08:00 (Europe/Berlin)"),
      parked,
    ]);
  });

  it("RUNNING by day: only the people who were set aside", async () => {
    expect(await reasonsAt("2026-03-24T09:00:00Z")).toEqual([parked]);
  });

  it("PAUSED at night: the status first, the windows after it", async () => {
    expect(await reasonsAt("2026-03-24T22:00:00Z", 2102)).toEqual([
      expect.stringContaining("It is PAUSED"),
      expect.stringMatching(/^Once it runs again, this counts too: All delivery windows are closed now/),
    ]);
  });

  it("a DRAFT was never started, so the question does not come up", async () => {
    expect(await reasonsAt("2026-03-24T22:00:00Z", 2104)).toBeUndefined();
  });
});

describe("a draft", () => {
  it("is read around with three requests at most", async () => {
    const { check } = await opened();
    const linkedin = {
      type: "LINKEDIN",
      linkedin: { action: "VISIT_PROFILE", account_id: 77 },
      versions: [{ message: "" }],
    };
    const { reads, verdict } = await check({ draft: { ...draft, steps: [...draft.steps, linkedin] } });
    expect(reads).toEqual([
      "GET /rest/v2/mailboxes",
      "GET /rest/v2/linkedin_accounts",
      "GET /rest/v1/campaign_list",
    ]);
    expect(verdict).toBe("warnings");
  });

  it.each([
    ["an empty object", {}],
    ["nonsense", { steps: 7, settings: [], mailbox_ids: "many", name: { a: 1 } }],
    [
      "JSON text inside",
      { ...draft, steps: JSON.stringify(draft.steps), settings: JSON.stringify(draft.settings) },
    ],
    ["JSON text as a whole", JSON.stringify(draft)],
  ])("may be %s", async (_name, given) => {
    const { check } = await opened();
    const { verdict, findings } = await check({ draft: given });
    expect(["blocked", "warnings"]).toContain(verdict);
    for (const { severity, path } of findings) if (severity === "error") expect(path).toBeTypeOf("string");
  });

  it.each([
    ["a list", []],
    ["a number", 7],
    ["a word", "draft"],
  ])("is refused when it is %s", async (_name, given) => {
    const { check } = await opened();
    await expect(check({ draft: given })).rejects.toThrow("draft must be an object");
  });

  it.each([
    ["both", { campaign_id: 2101, draft }],
    ["neither", {}],
  ])("and campaign_id: %s is refused", async (_name, args) => {
    const { check } = await opened();
    await expect(check(args)).rejects.toThrow("need either campaign_id or draft");
  });

  it("with a thousand faults stays within a result", async () => {
    const { check } = await opened();
    const version = {
      subject: "{{A}} {{B}} {{C}}",
      message: "{{A}} {{B}} {{C}} {{D}} [Your name] {a|b} *|X_Y|*",
    };
    const steps = Array.from({ length: 16 }, () => ({ type: "EMAIL", versions: Array(5).fill(version) }));
    const { findings, left_out = 0, text } = await check({ draft: { ...draft, steps } });
    expect(JSON.stringify(findings).length).toBeLessThan(18_000);
    const places = findings.reduce((sum: number, one: Data) => sum + (one.places?.length ?? 1), 0);
    expect(places + left_out).toBeGreaterThan(300);
    // The same is said once, whatever number of places it has.
    const said = findings.map(({ rule, message, remedy }: Data) => JSON.stringify([rule, message, remedy]));
    expect(new Set(said).size).toBe(said.length);
    expect(text.length).toBeLessThan(20_000);
  });
});

describe("diagnose", () => {
  it("gives the likeliest cause first, of a campaign and of a draft", async () => {
    const { client } = await opened();
    const api = client.forCall({});
    expect((await diagnose(api, { campaign_id: 2106 }))?.[0]).toMatchObject({
      rule: "mailbox_error",
      path: "mailbox_ids[0]",
    });
    const spoilt = { ...draft, mailbox_ids: [601] };
    expect((await diagnose(api, { draft: spoilt }))?.[0]).toMatchObject({ rule: "mailbox_receives" });
  });

  it("never throws", async () => {
    const { client, sandbox } = await opened();
    sandbox.failNext({ times: 100, status: 500 });
    const api = client.forCall({});
    expect(await diagnose(api, { campaign_id: 2101 })).toBeUndefined();
    expect(Array.isArray(await diagnose(api, { draft: { steps: null } }))).toBe(true);
    expect(Array.isArray(await diagnose(api, { draft: [] }))).toBe(true);
  });
});
