/** Stopping people: exactly those who were named, exactly where they would still get e-mails, and nobody is ever enrolled. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Data } from "../support/answer.ts";
import { inTheApp } from "../support/person.ts";
import { openSession, type Session } from "../support/session.ts";
import { type Fault, startUpstream } from "../support/upstream.ts";

const STOPPABLE = ["ACTIVE", "TO-CHECK", "TO-REVIEW", "AUTOREPLIED"];
const CAMPAIGNS = [2101, 2102, 2104, 2106];

type Door = Pick<Session["sandbox"], "origin" | "key">;

const ask = async (door: Door, path: string, body?: unknown): Promise<Data> =>
  (await inTheApp(door, `${body === undefined ? "GET" : "POST"} ${path}`, body)).json();

/** "90011 in 2101" → status, of everybody everywhere. */
async function standings(door: Door): Promise<Map<string, string>> {
  const rows = await ask(door, "/rest/v1/prospects?campaigns_details=true&per_page=1000");
  return new Map(
    rows.flatMap(({ email, campaigns_details }: Data) =>
      campaigns_details.map((one: Data) => [
        `${email} in ${one.campaign_id}`,
        one.campaign_prospect_status as string,
      ]),
    ),
  );
}

const enrol = (door: Door, campaign_id: number, prospects: object[]) =>
  ask(door, "/rest/v1/add_prospects_campaign", { campaign: { campaign_id }, update: true, prospects });

/** What it should come to: those places that may send, of people who are meant, in campaigns that are meant. */
function expected(before: Map<string, string>, isMeant: (email: string, campaign: number) => boolean) {
  return new Map(
    [...before].map(([place, status]) => {
      const [email = "", campaign] = place.split(" in ");
      return [place, STOPPABLE.includes(status) && isMeant(email, Number(campaign)) ? "PAUSED" : status];
    }),
  );
}

const placesIn = (stopped: Data[]) =>
  stopped.flatMap(({ email, campaigns }) => campaigns.map((one: number) => `${email} in ${one}`)).sort();

const changedBetween = (before: Map<string, string>, after: Map<string, string>) =>
  [...after].filter(([place, status]) => before.get(place) !== status).map(([place]) => place);

/** People of three domains, one of which ends like another, in some campaigns with some status in each. */
const person = fc.record({
  name: fc.integer({ min: 1, max: 8 }),
  domain: fc.constantFrom("acme.test", "not-acme.test", "sub.acme.test"),
  places: fc.uniqueArray(
    fc.record({
      campaign: fc.constantFrom(...CAMPAIGNS),
      status: fc.constantFrom(...STOPPABLE, "PAUSED", "REPLIED", "BOUNCED", "BLACKLIST"),
    }),
    { selector: ({ campaign }) => campaign, maxLength: 3 },
  ),
});
const account = fc.uniqueArray(person, {
  selector: ({ name, domain }) => `${name}@${domain}`,
  minLength: 1,
  maxLength: 12,
});

interface Person {
  name: number;
  domain: string;
  places: { campaign: number; status: string }[];
}

async function filled(people: readonly Person[]): Promise<Session> {
  const session = await openSession();
  await ask(session.sandbox, "/rest/v1/add_prospects_list", {
    prospects: people.map(({ name, domain }) => ({ email: `p${name}@${domain}` })),
  });
  for (const { name, domain, places } of people)
    for (const { campaign, status } of places)
      await enrol(session.sandbox, campaign, [{ email: `p${name}@${domain}`, status }]);
  return session;
}

it("pauses exactly whom it should, where it should, says so, and does nothing else", async () => {
  await fc.assert(
    fc.asyncProperty(
      account,
      fc.subarray(["acme.test", "not-acme.test", "sub.acme.test"]),
      fc.subarray(CAMPAIGNS),
      fc.array(fc.nat({ max: 11 }), { minLength: 1, maxLength: 5 }),
      fc.boolean(),
      async (people, domains, campaigns, picks, byId) => {
        const session = await filled(people);
        const before = await standings(session.sandbox);
        const rows: Data[] = await ask(session.sandbox, "/rest/v1/prospects?per_page=1000");
        const chosen = picks.map((pick) => people[pick % people.length] as Person);
        const emails = chosen.map(({ name, domain }) => `p${name}@${domain}`);
        const ids = rows.filter(({ email }) => emails.includes(email)).map(({ id }) => id);
        const { data, failed } = await session.call("stop_prospects", {
          ...(byId ? { prospect_ids: ids } : { emails: emails.map((email) => email.toUpperCase()) }),
          ...(domains.length > 0 && { domains }),
          ...(campaigns.length > 0 && { campaign_ids: campaigns }),
        });
        expect(failed).toBe(false);
        const after = await standings(session.sandbox);
        const meant = (email: string, campaign: number) =>
          (emails.includes(email) || domains.includes(email.split("@")[1] ?? "")) &&
          (campaigns.length === 0 || campaigns.includes(campaign));
        expect(after).toEqual(expected(before, meant));
        const changed = changedBetween(before, after).sort();
        expect(placesIn(data.stopped)).toEqual(changed);
        expect(data.outcome).toBe(changed.length > 0 ? "done" : "already");
        await session.close();
      },
    ),
    { numRuns: 8 },
  );
});

const SANNE = "sanne.maas@silberfracht.example";
const inThree = async (door: Door) => {
  for (const campaign of [2102, 2104]) await enrol(door, campaign, [{ email: SANNE, status: "ACTIVE" }]);
};

describe("people", () => {
  it("who are in three campaigns are stopped in all of them, or in those that are named", async () => {
    const session = await openSession();
    await inThree(session.sandbox);
    const one = await session.call("stop_prospects", { emails: [SANNE], campaign_ids: [2102] });
    expect(one.data).toMatchObject({ outcome: "done", stopped: [{ email: SANNE, campaigns: [2102] }] });
    const rest = await session.call("stop_prospects", { emails: [SANNE] });
    expect(rest.data.stopped).toEqual([{ email: SANNE, campaigns: [2101, 2104] }]);
    expect(rest.data.undo).toContain("campaign_id 2101, 2104");
    expect((await session.call("stop_prospects", { emails: [SANNE] })).data).toMatchObject({
      outcome: "already",
      already: [SANNE],
    });
  });

  it("who are named twice, with their name, or as what is no address keep nobody else from being stopped", async () => {
    const session = await openSession();
    const { data } = await session.call("stop_prospects", {
      emails: [SANNE, `Sanne Maas <${SANNE.toUpperCase()}>`, "not an address", "a,b@example.com"],
      domains: ["@Silberfracht.EXAMPLE", "no domain"],
      prospect_ids: [90_011, 4_711],
      delete_them: true,
    });
    expect(data).toMatchObject({ outcome: "done", stopped: [{ email: SANNE, campaigns: [2101] }] });
    expect(data.unknown).toEqual(["4711", "not an address", "a,b@example.com", "no domain"]);
    expect(data.notes.join()).toContain("delete_them");
  });

  it("have to be named", async () => {
    const session = await openSession();
    const { failed, text } = await session.call("stop_prospects", { campaign_ids: [2101] });
    expect(failed).toBe(true);
    expect(text).toContain("give emails, prospect_ids or domains");
    expect(session.traffic()).toEqual([]);
  });

  it("may be thousands: all are stopped, and those who are not shown are counted", async () => {
    const session = await openSession();
    const many = Array.from({ length: 2_500 }, (_, index) => ({ email: `person${index}@many.test` }));
    await enrol(session.sandbox, 2104, many);
    const { data, failed, text } = await session.call("stop_prospects", { domains: ["many.test"] });
    expect(failed).toBe(false);
    expect(data.outcome).toBe("done");
    expect(data.stopped.length + data.left_out).toBe(2_500);
    expect(text).toContain("In all: 2500 stopped");
    const paused = [...(await standings(session.sandbox))].filter(([, status]) => status === "PAUSED");
    // The list that is looked at here has a page of a thousand.
    expect(paused.length).toBeGreaterThan(900);
  });

  it("are stopped though limits forbid everything else", async () => {
    const session = await openSession({
      env: { WOODPECKER_CAMPAIGNS: "2106", WOODPECKER_MAX_PROSPECTS_PER_DAY: "0" },
    });
    const { data } = await session.call("stop_prospects", { emails: [SANNE] });
    expect(data).toMatchObject({ outcome: "done", stopped: [{ email: SANNE, campaigns: [2101] }] });
  });

  it("are named exactly by their domain, also where Woodpecker's search shows the whole account", async () => {
    const session = await openSession();
    const { data } = await session.call("stop_prospects", { domains: ["fracht.example", "example"] });
    expect(data).toMatchObject({ outcome: "already", unknown: ["fracht.example", "example"] });
  });
});

it("shows the first request of a dry run, and stops nobody", async () => {
  const session = await openSession();
  const before = await standings(session.sandbox);
  const { data } = await session.call("stop_prospects", { emails: [SANNE], dry_run: true });
  expect(data).toMatchObject({
    outcome: "dry_run",
    request: {
      path: "/rest/v1/add_prospects_campaign",
      body: {
        campaign: { campaign_id: 2101 },
        update: true,
        prospects: [{ email: SANNE, status: "PAUSED" }],
      },
    },
  });
  expect(await standings(session.sandbox)).toEqual(before);
});

it("says who still reads as active after Woodpecker's yes", async () => {
  const upstream = await startUpstream();
  const session = await openSession({ upstream });
  const ok = { prospects: [{ email: SANNE, status: "OK" }], status: { status: "OK" } };
  upstream.fault({ at: "after_request", path: /add_prospects/, answer: { status: 200, body: ok } });
  const { data, text, failed } = await session.call("stop_prospects", { emails: [SANNE] });
  expect(failed).toBe(false);
  expect(data).toMatchObject({
    outcome: "accepted",
    stopped: [],
    still_active: [{ email: SANNE, campaigns: [2101] }],
  });
  expect(text).toContain(`May still get e-mails: ${SANNE} in 2101`);
});

it("two processes at once stop the same people once and for all", async () => {
  const one = await openSession();
  const other = await openSession({ sandbox: one.sandbox });
  await inThree(one.sandbox);
  const before = await standings(one.sandbox);
  const args = { emails: [SANNE], domains: ["example.com"] };
  const results = await Promise.all([one.call("stop_prospects", args), other.call("stop_prospects", args)]);
  for (const { data } of results) expect(["done", "already"]).toContain(data.outcome);
  const meant = (email: string) => email === SANNE || email.endsWith("@example.com");
  expect(await standings(one.sandbox)).toEqual(expected(before, meant));
});

describe("whatever breaks", () => {
  const moments: Fault["at"][] = ["after_accept", "after_request", "after_commit", "mid_body"];
  const answers = [401, 403, 404, 429, 500, 503];
  const faults: [string, Omit<Fault, "skip">][] = [
    ...moments.map((at): [string, Omit<Fault, "skip">] => [at, { at }]),
    ...answers.map((status): [string, Omit<Fault, "skip">] => [
      String(status),
      { at: "after_request", answer: { status, body: { code: "X", message: "No" } } },
    ]),
    ["a page", { at: "after_request", raw: "HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\n<html>" }],
  ];
  const cases = faults.flatMap(([name, fault]) =>
    [1, 9].flatMap((times) => [0, 1, 2, 3, 4].map((skip) => [name, times, skip, fault] as const)),
  );

  it.each(cases)(
    "%s, %i times after %i requests: nobody is enrolled, and what is said is so",
    async (...it) => {
      const [, times, skip, fault] = it;
      const upstream = await startUpstream();
      const session = await openSession({ upstream });
      const door = { origin: upstream.sandbox.origin, key: upstream.sandbox.key };
      await inThree(door);
      const before = await standings(door);
      upstream.fault({ ...fault, times, skip });
      const args = { emails: [SANNE], domains: ["example.com"], campaign_ids: [2101, 2102, 2104] };
      const { data, failed } = await session.call("stop_prospects", args);
      const after = await standings(door);
      const meant = expected(
        before,
        (email, id) => args.campaign_ids.includes(id) && (email === SANNE || /@example.com$/.test(email)),
      );
      expect([...after.keys()]).toEqual([...before.keys()]);
      const changed = changedBetween(before, after);
      for (const place of changed) expect([place, meant.get(place)]).toEqual([place, "PAUSED"]);
      // Who is said to be stopped is stopped, and who is not stopped is said or the whole call failed.
      const said = data?.stopped ? placesIn(data.stopped) : [];
      for (const place of said) expect([place, after.get(place)]).toEqual([place, "PAUSED"]);
      const wanted = changedBetween(before, meant).length;
      if (changed.length < wanted) expect(failed).toBe(true);
      else if (!failed) expect(said).toEqual([...changed].sort());
      expect(session.events.map(({ event }) => event)).not.toContain("defect");
      await session.close();
      await upstream.close();
    },
  );
});
