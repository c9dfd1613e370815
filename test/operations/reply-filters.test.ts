/** Who wrote, which of the replies are asked for, and that pages of them are whole, against a small model of an inbox. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Data, pagesOf } from "../support/answer.ts";
import type { Passing } from "../support/gate.ts";
import { openSession, type Session } from "../support/session.ts";

interface Message {
  id: number;
  person: number;
  subject: string;
  text: string;
  stamp: string;
  read: boolean;
}

interface Person {
  status: string;
  interest: string;
}

interface Inbox {
  messages: readonly Message[];
  people: readonly Person[];
}

const FIRST = 700;
const CAMPAIGN = 2101;

/** A Woodpecker that knows pages, and leaves every filter aside without a word. */
function answer(
  { messages, people }: Inbox,
  { url }: Passing,
): { status: number; body: unknown } | undefined {
  const { pathname, searchParams: query } = new URL(url, "http://x");
  if (pathname === "/rest/v1/prospects") {
    const ids = (query.get("id") ?? "").split(",").map(Number);
    return {
      status: 200,
      body: ids.flatMap((id) => (people[id - FIRST] ? [row(id, people[id - FIRST] as Person)] : [])),
    };
  }
  if (pathname !== "/rest/v2/inbox/messages") return undefined;
  const [start, size] = [Number(query.get("next_page_cursor") ?? 0), Number(query.get("per_page"))];
  const next = start + size < messages.length ? String(start + size) : null;
  const content = messages.slice(start, start + size).map(({ person, text, ...message }) => ({
    ...message,
    prospect_id: person,
    body: { html: `<p>${text}</p>` },
    campaigns: [{ id: CAMPAIGN, name: "Spring" }],
  }));
  return { status: 200, body: { content, pagination: { next_page_cursor: next } } };
}

const row = (id: number, { status, interest }: Person) => ({
  id,
  email: `p${id}@example.com`,
  first_name: "Pat",
  last_name: `No ${id}`,
  company: "Acme",
  status: "REPLIED",
  campaigns_details: [
    {
      campaign_id: CAMPAIGN,
      campaign_name: "Spring",
      campaign_prospect_status: status,
      interest_level: { level: interest },
    },
  ],
});

async function allOf(session: Session, args: object): Promise<Data[]> {
  const pages = await pagesOf(session.call, "list_replies", args);
  for (const { notice, replies } of pages) expect(notice === undefined).toBe(replies.length === 0);
  return pages.flatMap(({ replies }) => replies);
}

const interests = ["INTERESTED", "MAYBE-LATER", "NOT-INTERESTED", "NOT-MARKED"];
const person = fc.record({
  status: fc.constantFrom("REPLIED", "REPLIED", "AUTOREPLIED"),
  interest: fc.constantFrom(...interests),
});
const message = fc.record({
  person: fc.integer({ min: FIRST, max: FIRST + 3 }),
  subject: fc.constantFrom(
    "Re: Hello",
    "Automatic reply: Hello",
    "AW: Out of office",
    "Abwesenheitsnotiz: x",
  ),
  text: fc.constantFrom("Yes, send the PRICE", "No, thank you", "the price is too high", "Who are you?"),
  day: fc.integer({ min: 1, max: 28 }),
  read: fc.boolean(),
});
const asked = fc.record(
  {
    interest: fc.subarray(interests, { minLength: 1 }),
    since: fc.constantFrom("2026-10-10", "2026-10-20T08:00Z"),
    contains: fc.constantFrom("price", "NO", "pat no 701", "nowhere"),
    unread_only: fc.boolean(),
    include_automatic: fc.boolean(),
    limit: fc.integer({ min: 1, max: 6 }),
  },
  { requiredKeys: ["limit"] },
);

describe("the replies that are asked for", () => {
  it("are all there and each once, page by page, whatever Woodpecker makes of the filters", async () => {
    let inbox: Inbox = { messages: [], people: [] };
    const session = await openSession({ gate: { instead: (request) => answer(inbox, request) } });
    const inboxes = fc.tuple(
      fc.array(message, { maxLength: 14 }),
      fc.array(person, { minLength: 4, maxLength: 4 }),
    );
    const property = fc.asyncProperty(inboxes, asked, async ([drawn, people], args) => {
      const messages = [...drawn]
        .sort((a, b) => b.day - a.day)
        .map(({ day, ...rest }, index) => ({
          ...rest,
          id: 900 - index,
          stamp: `2026-10-${String(day).padStart(2, "0")}T08:00:00Z`,
        }));
      inbox = { messages, people };
      const rows = await allOf(session, args);
      expect(rows.map(({ message_id: id }) => Number(id))).toEqual(
        messages
          .filter((one) => isMeant(one, people[one.person - FIRST] as Person, args))
          .map(({ id }) => id),
      );
    });
    await fc.assert(property, { numRuns: 60, seed: 18 });
  });

  function isMeant(one: Message, { status, interest }: Person, args: Data): boolean {
    const automatic = status === "AUTOREPLIED" || /^(Automatic|Abwesen)/.test(one.subject);
    const words = `${one.subject}\n${one.text}\nPat No ${one.person}`.toLowerCase();
    return (
      (args.include_automatic || !automatic) &&
      (!args.unread_only || !one.read) &&
      (!args.interest || args.interest.includes(interest)) &&
      (!args.since || Date.parse(one.stamp) >= Date.parse(args.since)) &&
      (!args.contains || words.includes(args.contains.toLowerCase()))
    );
  }

  it("are asked of Woodpecker as far as it can filter, which takes phrases of three characters", async () => {
    const session = await openSession();
    await session.call("list_replies", {
      interest: ["MAYBE-LATER", "INTERESTED"],
      contains: "price",
      unread_only: true,
    });
    await session.call("list_replies", { contains: "ab" });
    await session.call("list_replies", { contains: "one, two" });
    const asked = session
      .traffic()
      .filter((line) => line.includes("inbox"))
      .map((line) => decodeURIComponent(line));
    expect(asked[0]).toContain(
      "read=false&prospect_interest_level=MAYBE_LATER,INTERESTED&search_phrases=price",
    );
    expect(asked.slice(1).join()).not.toContain("search_phrases");
  });
});

describe("who wrote", () => {
  const people = [{ status: "REPLIED", interest: "INTERESTED" }];
  const messages = [
    { id: 900, person: FIRST, subject: "Re: Hello", text: "Yes", stamp: "2026-10-01T08:00:00Z", read: false },
  ];

  it("stands with every reply, in both forms", async () => {
    const session = await openSession({
      gate: { instead: (request) => answer({ messages, people }, request) },
    });
    const { data, text } = await session.call("list_replies");
    expect(data.replies[0]).toMatchObject({
      message_id: "900",
      prospect: {
        id: 700,
        email: "p700@example.com",
        name: "Pat No 700",
        company: "Acme",
        status: "REPLIED",
        interest: "INTERESTED",
      },
      campaign: { id: 2101, name: "Spring" },
      unread: true,
      automatic: false,
    });
    for (const fact of [
      "id=900",
      "prospect=700",
      'name="Pat No 700"',
      "email=p700@example.com",
      'company="Acme"',
      "status=REPLIED",
      "interest=INTERESTED",
      "campaign=2101",
      'called="Spring"',
      "unread=true",
    ])
      expect(text).toContain(fact);
  });

  it("is left open where it cannot be read, and the replies are there", async () => {
    const session = await openSession();
    session.sandbox.failNext({ path: /v1\/prospects/, status: 500, body: {}, times: 9 });
    const { failed, data, text } = await session.call("list_replies");
    expect([failed, data.replies.length > 0]).toEqual([false, true]);
    expect(data.left_out).toMatch(/Who wrote could not be read/);
    expect(text).toContain(data.left_out);
  });

  it("goes on past pages on which nothing is asked for, within bounds, and says that there are more", async () => {
    const automatic = Array.from({ length: 9 }, (_, index) => ({
      ...(messages[0] as Message),
      id: 800 - index,
      subject: "Automatic reply: Hello",
    }));
    const all = { messages: [...automatic, ...messages], people };
    const session = await openSession({ gate: { instead: (request) => answer(all, request) } });
    const { data } = await session.call("list_replies", { limit: 1 });
    expect([data.replies, data.left_out]).toEqual([[], expect.stringMatching(/5 automatic.*there are more/)]);
    const { data: rest } = await session.call("list_replies", { limit: 1, cursor: data.next_cursor });
    expect(rest.replies).toMatchObject([{ message_id: "900" }]);
    expect(rest.next_cursor).toBeUndefined();
  });
});
