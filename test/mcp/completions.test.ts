/** Completions through a real client: what is offered while somebody types, what it costs, and that it never fails. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { statuses } from "../../src/model/statuses.ts";
import { timezones } from "../../src/model/timezones.ts";
import { connect } from "../support/program-session.ts";
import { promptText } from "../support/prompt.ts";
import { clientOf, openSession, type Session } from "../support/session.ts";
import { hostileTexts, invisible } from "../trust/hostile-texts.ts";

const campaign = { type: "ref/resource", uri: "woodpecker://campaigns/{id}" } as const;
const letter = { type: "ref/resource", uri: "woodpecker://campaigns/{id}/steps/{n}/{version}" } as const;
const prompt = (name: string) => ({ type: "ref/prompt", name }) as const;

type Ref = { type: "ref/resource"; uri: string } | { type: "ref/prompt"; name: string };

async function complete(
  { client }: Pick<Session, "client">,
  ref: Ref,
  name: string,
  value: string,
  chosen?: Record<string, string>,
) {
  const context = chosen && { context: { arguments: chosen } };
  return (await client.complete({ ref, argument: { name, value }, ...context })).completion;
}

const none = { values: [], total: 0, hasMore: false };

/** Rows of Woodpecker's list of campaigns. */
const rows = (names: string[]) =>
  names.map((name, index) => ({ id: 3001 + index, name, status: "RUNNING", from_email: "a@x.example" }));

const list = (session: Session, names: string[]) =>
  session.sandbox.failNext({ path: /campaign_list/, status: 200, body: rows(names) });

describe("campaigns", () => {
  it("are offered by id or part of the name, the newest first", async () => {
    const session = await openSession();
    expect(await complete(session, campaign, "id", "")).toEqual({
      values: ["2106", "2105", "2104", "2103", "2102", "2101"],
      total: 6,
      hasMore: false,
    });
    expect((await complete(session, campaign, "id", "2104")).values).toEqual(["2104"]);
    expect((await complete(session, campaign, "id", "WAREHOUSE leads, d")).values).toEqual(["2101"]);
    expect(await complete(session, campaign, "id", "no such campaign")).toEqual(none);
  });

  it("come with their names for a prompt, which takes what was offered", async () => {
    const session = await openSession();
    const { values } = await complete(session, prompt("review_campaign"), "campaign", "dach");
    expect(values).toEqual(['2101 "Warehouse leads, DACH"']);
    expect((await complete(session, prompt("review_campaign"), "campaign", values[0] ?? "")).values).toEqual(
      values,
    );
    const text = await promptText(session, "review_campaign", { campaign: values[0] as string });
    expect(text).toContain('campaign 2101 ("Warehouse leads, DACH")');
  });

  it("that begin with what was typed come first", async () => {
    const session = await openSession();
    list(session, ["Spring", "Late spring", "springs", "Autumn"]);
    expect((await complete(session, campaign, "id", "spr")).values).toEqual(["3003", "3001", "3002"]);
  });

  it("are at most 100, and how many there are is said", async () => {
    const session = await openSession();
    list(
      session,
      Array.from({ length: 250 }, (_, index) => `Spring ${index}`),
    );
    const { values, total, hasMore } = await complete(session, campaign, "id", "spring");
    expect([values.length, total, hasMore]).toEqual([100, 250, true]);
    expect(values[0]).toBe("3250");
  });

  it.each(Object.entries(hostileTexts))(
    "with %s in the name stay one visible line",
    async (_how, hostile) => {
      const session = await openSession();
      list(session, [hostile]);
      const { values } = await complete(session, prompt("review_campaign"), "campaign", "3001");
      expect(values).toHaveLength(1);
      const [value = ""] = values;
      expect(value).toMatch(/^3001 ".*"$/);
      expect(value).not.toMatch(invisible);
      expect(value.length).toBeLessThan(300);
      const text = await promptText(session, "review_campaign", { campaign: value });
      expect(text).toContain("Please review campaign 3001 (");
    },
  );
});

describe("steps and versions", () => {
  it("are those of the campaign that was chosen", async () => {
    const session = await openSession();
    const id = { id: "2101" };
    expect((await complete(session, letter, "n", "", id)).values).toEqual(["1", "2", "3"]);
    expect((await complete(session, letter, "n", "2", id)).values).toEqual(["2"]);
    expect((await complete(session, letter, "version", "", { ...id, n: "1" })).values).toEqual(["A", "B"]);
    expect((await complete(session, letter, "version", "b", { ...id, n: "1" })).values).toEqual(["B"]);
    expect((await complete(session, letter, "version", "", { ...id, n: "3" })).values).toEqual(["A"]);
    expect((await complete(session, letter, "version", "", id)).values).toEqual(["A", "B"]);
  });

  it.each([undefined, {}, { id: "" }, { id: "abc" }, { id: "2101/x" }, { id: "0" }])(
    "are none when %o was chosen, without a request",
    async (chosen) => {
      const session = await openSession();
      expect(await complete(session, letter, "n", "", chosen as Record<string, string>)).toEqual(none);
      expect(session.traffic()).toEqual([]);
    },
  );

  it("lead to a resource that can be read", async () => {
    const session = await openSession();
    const [id = ""] = (await complete(session, letter, "id", "dach")).values;
    const [n = ""] = (await complete(session, letter, "n", "", { id })).values;
    const [version = ""] = (await complete(session, letter, "version", "", { id, n })).values;
    const { contents } = await session.client.readResource({
      uri: `woodpecker://campaigns/${id}/steps/${n}/${version}`,
    });
    expect(contents).toHaveLength(2);
  });
});

describe("mailboxes, time zones and statuses", () => {
  it("are offered for the prompts that take them", async () => {
    const session = await openSession();
    const mailboxes = await complete(session, prompt("draft_campaign"), "mailbox", "NORA@");
    const { data } = await session.call("list_mailboxes", { type: "SMTP" });
    const noras = data.mailboxes.filter(({ email }: { email: string }) => email.startsWith("nora@"));
    expect(noras.length).toBeGreaterThan(0);
    expect(mailboxes.values).toEqual(
      noras.map(({ id, email }: { id: number; email: string }) => `${id} ${email}`),
    );

    const zones = await complete(session, prompt("draft_campaign"), "timezone", "");
    expect(zones).toEqual({ values: timezones.slice(0, 100), total: timezones.length, hasMore: true });
    expect((await complete(session, prompt("draft_campaign"), "timezone", "new york")).values).toEqual([
      "America/New_York",
    ]);
    expect((await complete(session, prompt("weekly_report"), "status", "")).values).toEqual([...statuses]);
    expect((await complete(session, prompt("weekly_report"), "status", "ed")).values).toEqual([
      "EDITED",
      "PAUSED",
      "STOPPED",
      "COMPLETED",
    ]);
  });
});

describe("a completion", () => {
  const asked: [Ref, string, Record<string, string>?][] = [
    [campaign, "id"],
    [prompt("review_campaign"), "campaign"],
    [prompt("draft_campaign"), "mailbox"],
    [letter, "n", { id: "2101" }],
    [letter, "version", { id: "2101", n: "1" }],
    [prompt("draft_campaign"), "timezone"],
    [prompt("weekly_report"), "status"],
  ];

  it.each(asked)("of %o %s costs at most one request, a GET", async (ref, name, chosen) => {
    const session = await openSession();
    await complete(session, ref, name, "", chosen);
    expect(session.traffic().length).toBeLessThanOrEqual(1);
    expect(session.attempted()).toEqual([]);
  });

  it.each([
    { status: 401 },
    { status: 404 },
    { status: 409 },
    { status: 429 },
    { status: 500 },
    { status: 200, body: "no list" },
    { status: 200, body: [null, 7, { id: "x" }] },
    { drop: true as const },
  ])("is empty and asks once when Woodpecker answers %o", async (failure) => {
    for (const [ref, name, chosen] of asked.slice(0, 5)) {
      const session = await openSession();
      session.sandbox.failNext({ times: 5, ...failure });
      expect(await complete(session, ref, name, "", chosen)).toEqual(none);
      expect(session.traffic()).toHaveLength(1);
    }
  });

  it("is empty when the server cannot load what it needs", async () => {
    const client = await clientOf(async () => {
      throw new Error("This server could not load its own files.");
    });
    for (const [ref, name, chosen] of asked.slice(0, 5))
      expect(await complete({ client }, ref, name, "", chosen)).toEqual(none);
  });

  it("is empty in the built program without a key", async () => {
    const session = await connect([]);
    expect(await complete(session, campaign, "id", "")).toEqual(none);
    expect((await complete(session, prompt("draft_campaign"), "timezone", "Europe/Ber")).values).toEqual([
      "Europe/Berlin",
    ]);
  });

  it("shows a campaign as soon as it was made, and no more when it was deleted", async () => {
    const session = await openSession({ elicit: () => ({ action: "accept", content: { confirm: true } }) });
    const before = await complete(session, campaign, "id", "");
    const { data } = await session.call("duplicate_campaign", { campaign_id: 2104, name: "A copy" });
    expect((await complete(session, campaign, "id", "a copy")).values).toEqual([String(data.campaign_id)]);
    await session.call("delete_campaign", { campaign_id: data.campaign_id });
    expect(await complete(session, campaign, "id", "")).toEqual(before);
  });

  it("of the letter before is given up for the next", async () => {
    const session = await openSession({ sandbox: { serviceMs: 300 } });
    const letters = ["w", "wa", "war", "ware"].map((typed) => complete(session, campaign, "id", typed));
    const answers = await Promise.all(letters);
    expect(answers.map(({ values }) => values)).toEqual([[], [], [], ["2101"]]);
    expect(session.traffic().length).toBeLessThanOrEqual(2);
  });

  it.each([
    [{ toolsets: ["prospects"] as const }, campaign, "id"],
    [{ toolsets: ["campaigns"] as const }, prompt("draft_campaign"), "mailbox"],
    [{}, prompt("no_such_prompt"), "campaign"],
    [{}, { type: "ref/resource", uri: "woodpecker://nothing/{id}" } as const, "id"],
  ])("with %o of %o is refused: it does not exist", async (options, ref, name) => {
    const session = await openSession(options);
    await expect(complete(session, ref, name, "")).rejects.toMatchObject({
      code: -32602,
      message: expect.stringMatching(/There is no (prompt|resource)/),
    });
    expect(session.traffic()).toEqual([]);
  });

  it.each([
    [campaign, "n"],
    [prompt("draft_campaign"), "brief"],
    [prompt("draft_campaign"), "constructor"],
    [{ type: "ref/resource", uri: "woodpecker://guides/errors" } as const, "id"],
  ])("of %o %s has no choices", async (ref, name) => {
    const session = await openSession();
    expect(await complete(session, ref, name, "")).toEqual(none);
  });

  it("of anything typed holds what was typed", async () => {
    const session = await openSession();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...asked),
        fc.string({ maxLength: 400 }),
        async ([ref, name, chosen], typed) => {
          const { values, total = 0, hasMore } = await complete(session, ref, name, typed, chosen);
          expect(values.length).toBeLessThanOrEqual(100);
          expect(total).toBeGreaterThanOrEqual(values.length);
          expect(hasMore).toBe(total > values.length);
          expect(new Set(values).size).toBe(values.length);
        },
      ),
    );
    expect(session.attempted()).toEqual([]);
  });
});
