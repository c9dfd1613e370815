/** Stopping people for good: what goes on the blacklist, what never does, and when a person is asked. */
import { describe, expect, it } from "vitest";
import type { Data } from "../support/answer.ts";
import { inTheApp } from "../support/person.ts";
import { openSession, type Session } from "../support/session.ts";
import { startUpstream } from "../support/upstream.ts";

const SANNE = "sanne.maas@silberfracht.example";
/** REPLIED and INTERESTED in the warehouse campaign. */
const LENA = "lena.brandt@quarrystone-logistik.example";

type Door = Pick<Session["sandbox"], "origin" | "key">;

const ask = async (door: Door, path: string, body?: unknown): Promise<Data> =>
  (await inTheApp(door, `${body === undefined ? "GET" : "POST"} ${path}`, body)).json();

const SEEDED = {
  domains: ["count-rival.example", "shelfworks.example"],
  emails: ["privacy@palettenring.example"],
};

/** What was added to the lists of the seed. */
async function blacklist(door: Door): Promise<string[]> {
  const lists = await Promise.all(
    (["domains", "emails"] as const).map(async (kind) => {
      const all = [];
      for (let page = 0; ; page += 1) {
        const part = (await ask(door, `/rest/v2/blacklist/${kind}?per_page=500&page=${page}`))[kind];
        if (part.length === 0) break;
        all.push(...part);
      }
      return all.filter((entry) => !SEEDED[kind].includes(entry));
    }),
  );
  return lists.flat();
}

const statusOf = async (door: Door, email: string, campaign: number): Promise<string> => {
  const [row] = await ask(door, `/rest/v1/prospects?search=email=${email}&campaigns_details=true`);
  return row.campaigns_details.find((one: Data) => one.campaign_id === campaign).campaign_prospect_status;
};

const crowd = (count: number) =>
  Array.from({ length: count }, (_, index) => `person${index}@crowd${index % 7}.test`);

it("blocks addresses and domains, of people unknown so far too, and says so", async () => {
  const session = await openSession();
  const { data, text, failed } = await session.call("stop_prospects", {
    emails: ["Nobody.Yet@nowhere.test", "not an address"],
    prospect_ids: [90_011],
    domains: ["rival.test"],
    block: true,
  });
  expect(failed).toBe(false);
  expect(data).toMatchObject({
    outcome: "done",
    stopped: [{ email: SANNE, campaigns: [2101] }],
    blocked: ["rival.test", "nobody.yet@nowhere.test", SANNE],
    unknown: ["nobody.yet@nowhere.test", "rival.test", "not an address"],
  });
  expect(data.undo).toContain("in the Woodpecker app");
  expect(text).toContain("On the blacklist: rival.test, nobody.yet@nowhere.test");
  expect((await blacklist(session.sandbox)).sort()).toEqual([...data.blocked].sort());
});

describe("never blocks", () => {
  it.each([
    ["your own sender's domain", "northwind.example", /you send from northwind\.example yourself/],
    ["a domain below it", "mail.northwind.example", /you send from/],
    ["gmail.com", "gmail.com", /public mail provider/],
    ["googlemail.com", "GoogleMail.com", /public mail provider/],
    ["gmx.ch", "gmx.ch", /public mail provider/],
    ["hotmail.co.uk", "hotmail.co.uk", /public mail provider/],
    ["outlook.com", "@outlook.com", /public mail provider/],
    ["co.uk", "co.uk", /public suffix/],
    ["com", "com", /public suffix/],
    ["github.io", "github.io", /public suffix/],
  ])("%s, and pauses all the same", async (_what, domain, reason) => {
    const session = await openSession();
    const { data, text, failed } = await session.call("stop_prospects", {
      emails: [SANNE],
      domains: [domain],
      block: true,
    });
    expect(failed).toBe(false);
    expect(data).toMatchObject({
      outcome: "partial",
      stopped: [{ email: SANNE, campaigns: [2101] }],
      blocked: [SANNE],
      not_blocked: [{ reason: expect.stringMatching(reason) }],
    });
    expect(text).toMatch(reason);
    expect(await blacklist(session.sandbox)).toEqual([SANNE]);
  });

  it("a domain while nobody can say whether it is your own", async () => {
    const session = await openSession();
    session.sandbox.failNext({ path: /mailboxes/, status: 403, body: { code: "MISSING_FEATURES" } });
    const { data, failed } = await session.call("stop_prospects", {
      emails: [SANNE],
      domains: ["rival.test"],
      block: true,
    });
    expect(failed).toBe(true);
    expect(data).toMatchObject({ outcome: "partial", stopped: [{ email: SANNE }], blocked: [SANNE] });
    expect(await blacklist(session.sandbox)).toEqual([SANNE]);
    expect(await statusOf(session.sandbox, SANNE, 2101)).toBe("PAUSED");
  });
});

describe("a person", () => {
  it("is not asked about fifty people, in requests of at most five hundred", async () => {
    const session = await openSession();
    const { data } = await session.call("stop_prospects", { emails: crowd(50), block: true });
    expect(data).toMatchObject({ outcome: "done", blocked: crowd(50) });
  });

  it("is asked about more, after the pauses", async () => {
    const session = await openSession();
    const args = { emails: [SANNE, ...crowd(499)], block: true };
    const asked = await session.call("stop_prospects", args);
    expect(asked.data).toMatchObject({
      outcome: "confirmation_required",
      stopped: [{ email: SANNE, campaigns: [2101] }],
      blocked: [],
      facts: { people: 500 },
    });
    expect(asked.text).toContain("Nobody was put on the blacklist yet.");
    expect(asked.text).not.toContain("Nothing was changed");
    expect(await statusOf(session.sandbox, SANNE, 2101)).toBe("PAUSED");
    expect(await blacklist(session.sandbox)).toEqual([]);
    const { confirmation } = asked.data;
    const other = await session.call("stop_prospects", { ...args, emails: crowd(60), confirmation });
    expect(other.data.outcome).toBe("confirmation_required");
    const done = await session.call("stop_prospects", { ...args, confirmation });
    expect(done.data.outcome).toBe("done");
    expect((await blacklist(session.sandbox)).sort()).toEqual([SANNE, ...crowd(499)].sort());
    expect((await session.call("stop_prospects", { ...args, confirmation })).data.outcome).toBe(
      "confirmation_required",
    );
  });

  it("is asked where one of them is interested", async () => {
    const session = await openSession();
    const { data } = await session.call("stop_prospects", { emails: [LENA], block: true });
    expect(data).toMatchObject({ outcome: "confirmation_required", facts: { people: 1, interested: LENA } });
    expect(await blacklist(session.sandbox)).toEqual([]);
  });

  it.each(["accept", "decline"] as const)("may %s in a form", async (action) => {
    const prompts: string[] = [];
    const session = await openSession({
      elicit: async ({ message }) => {
        prompts.push(message, await statusOf(session.sandbox, SANNE, 2101));
        return action === "accept" ? { action, content: { confirm: true } } : { action };
      },
    });
    const { data, text, failed } = await session.call("stop_prospects", {
      emails: [LENA, SANNE],
      block: true,
    });
    expect(failed).toBe(false);
    // The pauses did not wait.
    expect(prompts[1]).toBe("PAUSED");
    expect(data.stopped).toEqual([{ email: SANNE, campaigns: [2101] }]);
    expect(data.blocked).toEqual(action === "accept" ? [LENA, SANNE] : []);
    expect(await blacklist(session.sandbox)).toEqual(data.blocked);
    if (action === "decline") {
      expect(text).toContain("declined");
      expect(text).toContain("Nobody was put on the blacklist yet.");
    }
  });
});

describe("an entry that Woodpecker does not take", () => {
  it("keeps none of the others from being blocked", async () => {
    const upstream = await startUpstream();
    const session = await openSession({ upstream });
    const body = { title: "Bad Request", status: 400, detail: "Value of emails is incorrect." };
    // All, the first half, the first quarter.
    upstream.fault({
      at: "after_request",
      path: /blacklist\/emails$/,
      times: 3,
      answer: { status: 400, body },
    });
    const emails = crowd(4);
    const { data, failed } = await session.call("stop_prospects", { emails, block: true });
    expect(failed).toBe(true);
    expect(data).toMatchObject({ outcome: "partial", blocked: emails.slice(1) });
    expect(data.not_blocked).toMatchObject([{ entry: emails[0] }]);
    expect(await blacklist(upstream.sandbox)).toEqual(emails.slice(1));
  });

  it("is told where it does not stand on the list after Woodpecker's yes", async () => {
    const upstream = await startUpstream();
    const session = await openSession({ upstream });
    const answer = { status: 200, body: { emails: [SANNE] } };
    upstream.fault({ at: "after_request", path: /blacklist\/emails$/, answer });
    const { data, failed } = await session.call("stop_prospects", { emails: [SANNE], block: true });
    expect([failed, data.blocked]).toEqual([true, []]);
    expect(data.not_blocked[0].reason).toContain("does not stand on the blacklist");
    expect(data.stopped).toHaveLength(1);
  });
});
