/** Finding people: each filter by what it finds, each page by what it leaves. */
import { describe, expect, it } from "vitest";
import { type Data, pagesOf } from "../support/answer.ts";
import { expectExplained } from "../support/failure.ts";
import { openSession, type Session } from "../support/session.ts";
import { json, serve } from "../support/stub.ts";

const numbers = (data: Data): number[] => data.prospects.map(({ id }: Data) => id - 90_000);

const filters: [string, object, number[] | number][] = [
  ["a whole address", { email: "lena.brandt@quarrystone-logistik.example" }, [1]],
  ["an address in other case", { email: "LENA.BRANDT@Quarrystone-Logistik.example" }, [1]],
  ["the end of somebody else's address", { email: "brandt@quarrystone-logistik.example" }, []],
  ["part of an address", { email: "lena.b" }, [1]],
  ["a name", { fields: { first_name: "lena" } }, [1, 35]],
  ["several fields, all of which fit", { fields: { city: "Graz", title: "head" } }, [1, 5, 9, 13, 17]],
  ["an address and a field", { email: "lena", fields: { city: "Graz" } }, [1]],
  ["a tag, in its own case", { fields: { tags: "FAIR", city: "Poznan" } }, [29, 32, 35]],
  ["a snippet", { fields: { snippet1: "Bergen" } }, [19, 23, 27]],
  ["a status", { status: ["BLACKLIST"] }, 2],
  ["two statuses", { status: ["REPLIED", "BOUNCED"] }, 14],
  ["an interest", { interest: ["INTERESTED", "MAYBE-LATER"] }, 8],
  ["an activity", { activity: ["CLICKED"] }, 4],
  ["a campaign", { campaign_id: 2104 }, [37, 38, 39, 40, 41, 42]],
  ["a status in a campaign", { campaign_id: 2102, status: ["INVALID"] }, 1],
  ["an activity in a campaign", { campaign_id: 2101, activity: ["NOT-OPENED"] }, 7],
  ["a field in a campaign", { campaign_id: 2101, fields: { city: "Graz" } }, [1, 5, 9, 13, 17]],
  ["everything", {}, 60],
  ["nothing that fits", { fields: { city: "Atlantis" } }, []],
];

it.each(filters)("finds by %s", async (_name, args, found) => {
  for (const noMatch of ["empty", "message"] as const) {
    const session = await openSession({ sandbox: { noMatch } });
    const { data, failed } = await session.call("search_prospects", { ...args, limit: 100 });
    expect(failed).toBe(false);
    const total = typeof found === "number" ? found : found.length;
    expect([data.total, data.prospects.length, data.next_cursor]).toEqual([total, total, undefined]);
    if (typeof found !== "number") expect(numbers(data)).toEqual(found);
    // Where nobody is found, values near what was asked for are looked for, once for each field.
    const near = total === 0 ? Object.keys((args as Data).fields ?? {}).length : 0;
    expect(session.traffic()).toHaveLength(1 + near);
    expect(new URLSearchParams(session.sandbox.requests[0]?.query).has("email")).toBe(false);
  }
});

it("does not show people who did not click when asked for those in Graz who did", async () => {
  const session = await openSession();
  const clicked = await session.call("search_prospects", { activity: ["CLICKED"] });
  const both = await session.call("search_prospects", { activity: ["CLICKED"], fields: { city: "Graz" } });
  // Woodpecker ignores the activity in a search of the account, so it may be refused, never passed over.
  const ids = both.failed ? [] : numbers(both.data);
  expect(numbers(clicked.data)).toEqual(expect.arrayContaining(ids));
});

describe("pages", () => {
  it.each([
    [{}, [25, 25, 10]],
    [{ limit: 25 }, [25, 25, 10]],
    [{ limit: 30 }, [30, 30]],
    [{ limit: 60 }, [60]],
    [{ campaign_id: 2101, limit: 7 }, [7, 7, 4]],
  ])("of %j hold everybody once: %j", async (args, sizes) => {
    const session = await openSession();
    const pages = await pagesOf(session.call, "search_prospects", args);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    expect(pages.map(({ prospects }) => prospects.length)).toEqual(sizes);
    expect(pages.map((page) => page.total)).toEqual(sizes.map(() => total));
    const all = pages.flatMap(numbers);
    expect([all.length, new Set(all).size]).toEqual([total, total]);
    expect(session.traffic()).toHaveLength(sizes.length);
  });

  it("keep their size when the limit changes half-way", async () => {
    const session = await openSession();
    const first = await session.call("search_prospects", { limit: 10 });
    const second = await session.call("search_prospects", { limit: 40, cursor: first.data.next_cursor });
    expect(numbers(second.data)).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
  });

  it("beyond the last are empty", async () => {
    const session = await openSession();
    const { data, text } = await session.call("search_prospects", { cursor: "page-9-of-25" });
    expect([data.prospects, data.next_cursor, text]).toEqual([[], undefined, "No prospect matches."]);
  });
});

it("gives the first four snippets their right name", async () => {
  const session = await openSession();
  const email = "anna@example.com";
  await session.call("save_prospects", { prospects: [{ email, snippet4: "four", snippet5: "five" }] });
  const { data } = await session.call("search_prospects", {
    fields: { snippet4: "fou" },
    include: ["snippet5"],
  });
  expect(data.prospects).toMatchObject([{ email, snippet4: "four", snippet5: "five" }]);
  expect(Object.keys(data.prospects[0]).filter((key) => key.startsWith("snipet"))).toEqual([]);
});

describe("what is shown", () => {
  const rich = (count: number, length: number) =>
    Array.from({ length: count }, (_, index) => ({
      id: 1_000 + index,
      email: `person${index}@quarrystone-logistik.example`,
      first_name: "Bartholomew",
      last_name: "Brandt",
      company: "Quarrystone Logistik",
      status: "ACTIVE",
      ...Object.fromEntries(Array.from({ length: 15 }, (_, at) => [`snippet${at + 1}`, "x".repeat(length)])),
      campaigns_details: [
        { campaign_id: 2102, campaign_prospect_status: "REPLIED", interest_level: { level: "INTERESTED" } },
      ],
    }));
  const open = async (people: Data[]) => {
    const { origin, arrived } = await serve(({ url }, response) => {
      const query = new URL(url, "http://x").searchParams;
      const size = Number(query.get("per_page") ?? 100);
      const start = (Number(query.get("page") ?? 1) - 1) * size;
      response.setHeader("x-total-count", String(people.length));
      json(response, 200, people.slice(start, start + size));
    });
    const session = await openSession({ env: { WOODPECKER_API_URL: origin }, hurry: true });
    return { ...session, arrived };
  };

  it("is lean: 25 rich people take at most 6,000 characters, with interest and status in each campaign", async () => {
    const { call } = await open(rich(25, 200));
    const { data } = await call("search_prospects");
    expect(data.prospects).toHaveLength(25);
    expect(JSON.stringify(data).length).toBeLessThanOrEqual(6_000);
    expect(data.prospects[0].campaigns).toEqual([{ id: 2102, status: "REPLIED", interest: "INTERESTED" }]);
  });

  it.each([25, 100])("fits whatever is asked for: %i people with all snippets, none lost", async (limit) => {
    const { call } = await open(rich(100, 200));
    const include = Array.from({ length: 15 }, (_, at) => `snippet${at + 1}`);
    const pages = await pagesOf(call, "search_prospects", { limit, include });
    const seen = pages.flatMap(({ prospects }) => prospects.map(({ id }: Data) => id));
    expect(seen).toEqual(rich(100, 0).map(({ id }) => id));
  });

  it("says where a value fits only in part, and takes whole ones only where asked", async () => {
    const people = ["Ukraine", "UK", "uk", "Uganda"].map((country, index) => ({
      ...rich(4, 1)[index],
      country,
    }));
    const { call } = await open(people.slice(0, 3));
    const { data, text } = await call("search_prospects", { fields: { country: "UK" } });
    expect(data.prospects.map(({ country }: Data) => country)).toEqual(["Ukraine", "UK", "uk"]);
    expect(text).toContain('1 match country only in part ("Ukraine")');
    const exact = await call("search_prospects", { fields: { country: ["UK"] }, exact: true });
    expect(exact.data.prospects.map(({ country }: Data) => country)).toEqual(["UK", "uk"]);
    expect(exact.data.total).toBe(2);
  });

  it("names values near one that nobody has", async () => {
    const session = await openSession();
    const people = ["United States of America", "United States of America", "Germany"].map(
      (country, index) => ({
        email: `near${index}@example.com`,
        country,
      }),
    );
    await session.call("save_prospects", { prospects: people });
    const { data, text } = await session.call("search_prospects", { fields: { country: "USA" } });
    expect(data.total).toBe(0);
    expect(text).toContain('Near country "USA": "United States of America" 2');
    expect(data.note).toContain("United States of America");
  });

  it("asks for several values, several campaigns, ids, and people nobody wrote to", async () => {
    const session = await openSession();
    const { call, sandbox } = session;
    await call("search_prospects", {
      fields: { city: ["Graz", "Wien"] },
      campaign_ids: [2101, 2102],
      not_contacted: true,
    });
    const query = new URLSearchParams(sandbox.requests[0]?.query);
    expect([query.get("search"), query.get("campaigns_id"), query.get("contacted")]).toEqual([
      "city=Graz,city=Wien",
      "2101,2102",
      "false",
    ]);
    const { data, text } = await call("search_prospects", { ids: [90_001, 90_002, 77] });
    expect(numbers(data)).toEqual([1, 2]);
    expect(text).toContain("Not among them: 77");
    expect(new URLSearchParams(sandbox.requests[1]?.query).has("per_page")).toBe(false);
  });
});

describe("delete_prospects", () => {
  const ids = [90_037, 90_038];
  const agree = (session: Session, args: object) => session.agree("delete_prospects", args);

  it("takes people out of the one campaign, and leaves them in the account", async () => {
    const session = await openSession();
    const { data } = await agree(session, { prospect_ids: ids, scope: "campaign", campaign_id: 2104 });
    expect(data).toMatchObject({ outcome: "done", deleted: 2, scope: "campaign" });
    expect(session.traffic().at(-1)).toBe("DELETE /rest/v1/prospects?id=90037,90038&campaigns_id=2104");
    expect((await session.call("search_prospects", { campaign_id: 2104 })).data.total).toBe(4);
    expect((await session.call("search_prospects", { limit: 1 })).data.total).toBe(60);
  });

  it("deletes them everywhere, and from nowhere else", async () => {
    const session = await openSession();
    const { data } = await agree(session, { prospect_ids: ids, scope: "account" });
    expect(data).toMatchObject({ outcome: "done", deleted: 2, scope: "account" });
    const left = (await session.call("search_prospects", { limit: 100 })).data;
    expect([left.total, numbers(left).includes(37), numbers(left).includes(39)]).toEqual([58, false, true]);
    expect((await session.call("search_prospects", { campaign_id: 2104 })).data.total).toBe(4);
  });

  it("says what each scope means before a person agrees", async () => {
    const session = await openSession();
    const whole = await session.call("delete_prospects", { prospect_ids: ids, scope: "account" });
    expect(whole.text).toContain("from the whole account, for good, with their history in every campaign");
    const one = await session.call("delete_prospects", {
      prospect_ids: ids,
      scope: "campaign",
      campaign_id: 2104,
    });
    expect(one.text).toContain("They stay in the account.");
    for (const { data } of [whole, one]) {
      expect(data.facts).toMatchObject({ people: 2, found: "2 of them" });
      expect(data.facts.first).toContain("amelia.hart@harrow-and-lane.example");
    }
    expect(session.sandbox.writes()).toEqual([]);
  });

  it("does not take one scope's agreement for the other", async () => {
    const session = await openSession();
    const args = { prospect_ids: ids, scope: "campaign", campaign_id: 2104 };
    const { confirmation } = (await session.call("delete_prospects", args)).data;
    const all = await session.call("delete_prospects", { prospect_ids: ids, scope: "account", confirmation });
    expect(all.data.outcome).toBe("confirmation_required");
    const other = { ...args, prospect_ids: [90_037, 90_039], confirmation };
    expect((await session.call("delete_prospects", other)).data.outcome).toBe("confirmation_required");
    expect(session.sandbox.writes()).toEqual([]);
  });

  it.each([
    ["account", {}],
    ["campaign", { campaign_id: 2104 }],
  ])("splits 500 long ids so that no URL is too long, scope %s", async (scope, more) => {
    const session = await openSession();
    const prospect_ids = Array.from({ length: 500 }, (_, index) => 999_999_999_000 + index);
    const { data, failed } = await agree(session, { prospect_ids, scope, ...more });
    expect([failed, data?.outcome]).toEqual([false, "done"]);
    const deletes = session.sandbox.writes();
    expect(deletes.length).toBeGreaterThan(1);
    const sent = deletes.flatMap(({ query }) =>
      (new URLSearchParams(query).get("id") ?? "").split(",").map(Number),
    );
    expect(sent).toEqual(prospect_ids);
    for (const { path, query } of session.sandbox.requests) {
      expect(`${session.sandbox.origin}${path}?${query}`.length).toBeLessThanOrEqual(4_100);
    }
  });

  it("does not claim to have deleted who was not there", async () => {
    const session = await openSession();
    const { data, text } = await agree(session, { prospect_ids: [90_037, 123_456], scope: "account" });
    expect(data.deleted).toBe(1);
    expect(text).toContain("Deleted 1");
  });

  it("says who is gone when Woodpecker breaks off half-way", async () => {
    const session = await openSession();
    const prospect_ids = Array.from({ length: 500 }, (_, index) => 999_999_999_000 + index);
    const asked = await session.call("delete_prospects", { prospect_ids, scope: "account" });
    session.sandbox.failNext({ method: "DELETE", after: "commit", status: 200, body: "" });
    session.sandbox.failNext({ method: "DELETE", status: 403 });
    const answer = await session.call("delete_prospects", {
      prospect_ids,
      scope: "account",
      confirmation: asked.data.confirmation,
    });
    expect([answer.failed, answer.data]).toEqual([true, undefined]);
    expect(answer.text).toMatch(/stopped after \d+ of 500/);
    expect(answer.text).toMatch(/\n\d+ were deleted\.\nNext: look with search_prospects/);
  });

  it("changes nothing when Woodpecker refuses", async () => {
    const session = await openSession();
    const args = { prospect_ids: ids, scope: "account" };
    const { confirmation } = (await session.call("delete_prospects", args)).data;
    session.sandbox.failNext({ method: "DELETE", status: 403 });
    expectExplained(session, await session.call("delete_prospects", { ...args, confirmation }), "no");
    expect((await session.call("search_prospects", { limit: 1 })).data.total).toBe(60);
  });
});
