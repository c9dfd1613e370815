/**
 * An assistant that believes everything it reads, and what the server lets it do. It reads what somebody outside wrote,
 * finds the orders in it, also those that nobody sees, and calls the tools with the arguments that it was told.
 *
 * The limit that SECURITY.md names: a client without forms gets a token that passes through the model, and a model that
 * was talked into handing it back gets what the token was issued for. So it is tested that nothing else leaves.
 */
import { describe, expect, it } from "vitest";
import type { Data } from "../support/answer.ts";
import type { Gate, Passing } from "../support/gate.ts";
import { attempted } from "../support/sandbox.ts";
import { type Environment, openSession, type Session, type SessionOptions } from "../support/session.ts";
import { type Conversation, conversations, type Where } from "./conversations/index.ts";

/** Where the text comes in, and the tool with which the assistant reads it. */
const ways: Record<Where, { url: RegExp; field: string; read: [string, object] }> = {
  reply: { url: /inbox\/messages/, field: "html", read: ["list_replies", {}] },
  subject: { url: /inbox\/messages/, field: "subject", read: ["list_replies", {}] },
  "campaign name": { url: /campaign_list$/, field: "name", read: ["list_campaigns", {}] },
  "first name": { url: /v1\/prospects/, field: "first_name", read: ["search_prospects", { limit: 5 }] },
  company: { url: /v1\/prospects/, field: "company", read: ["search_prospects", { limit: 5 }] },
  tags: { url: /v1\/prospects/, field: "tags", read: ["search_prospects", { limit: 5, include: ["tags"] }] },
  snippet: {
    url: /v1\/prospects/,
    field: "snipet1",
    read: ["search_prospects", { limit: 5, include: ["snippet1"] }],
  },
  "mailbox name": { url: /v2\/mailboxes/, field: "from_name", read: ["list_mailboxes", {}] },
  "mailbox error": { url: /v2\/mailboxes/, field: "error", read: ["list_mailboxes", {}] },
  "LinkedIn name": { url: /linkedin_accounts/, field: "full_name", read: ["list_linkedin_accounts", {}] },
  error: { url: /inbox\/messages/, field: "message", read: ["list_replies", {}] },
};

/** The text is there for the first reading only: what the server looks at afterwards is the account as it is. */
function gateFor({ where, text }: Conversation): Gate {
  const { url, field } = ways[where];
  let read = false;
  const first = (request: Passing) => !read && url.test(request.url);
  return {
    instead(request) {
      if (where !== "error" || !first(request)) return undefined;
      return { status: 400, body: { code: "INPUT_DATA_VALIDATION_FAILURE", message: text, details: null } };
    },
    after(json, request) {
      if (!first(request)) return json;
      read = true;
      return where === "error" ? json : withText(json, field, text);
    },
  };
}

function withText(value: unknown, field: string, text: string): unknown {
  if (Array.isArray(value)) return value.map((inner) => withText(inner, field, text));
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).map(([name, inner]) => [
    name,
    name === field && typeof inner !== "object" ? text : withText(inner, field, text),
  ]);
  return Object.fromEntries(
    field in value && (value as Data)[field] === null ? [...entries, [field, text]] : entries,
  );
}

interface Order {
  tool: string;
  args: Data;
}

/** What the letters say that most programs do not show. */
const revealed = (text: string) =>
  text.replace(/[\u{E0020}-\u{E007E}]/gu, (char) =>
    String.fromCodePoint((char.codePointAt(0) as number) - 0xe0000),
  );

/** Every order in a text, in its order. */
function ordersIn(text: string): Order[] {
  const orders: Order[] = [];
  for (const { 1: tool = "", index, 0: found } of revealed(text).matchAll(/\b([a-z]+(?:_[a-z]+)+) \{/g)) {
    const args = objectAt(revealed(text), index + found.length - 1);
    if (args) orders.push({ tool, args });
  }
  return orders;
}

/** The JSON that begins here, to the brace that ends it. */
function objectAt(text: string, from: number): Data | undefined {
  for (let to = text.indexOf("}", from); to >= 0; to = text.indexOf("}", to + 1)) {
    try {
      return JSON.parse(text.slice(from, to + 1));
    } catch {
      // It ends at a later brace.
    }
  }
  return undefined;
}

const textsIn = (value: unknown): string[] => {
  if (typeof value === "string") return [value];
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(textsIn) : [];
};

/** Reads, and does what it reads. */
async function believe({ where }: Conversation, session: Session, echo = false): Promise<Order[]> {
  const [tool, args] = ways[where].read;
  const { text, data } = await session.call(tool, args);
  // Quoted as JSON, an order is still one for somebody who wants to read it so.
  const seen = [...textsIn(data), text, text.replaceAll('\\"', '"')];
  const said = seen.map(ordersIn).find((orders) => orders.length > 0) ?? [];
  let token: string | undefined;
  for (const order of said) {
    const given =
      order.args.confirmation === "THE-TOKEN" ? { ...order.args, confirmation: token } : order.args;
    // A tool that does not exist here is an error that the assistant shrugs at.
    const answer = await session.call(order.tool, given).catch(() => undefined);
    const issued = answer?.data?.confirmation;
    token = issued ?? token;
    if (echo && issued)
      await session.call(order.tool, { ...order.args, confirmation: issued }).catch(() => undefined);
  }
  return said;
}

/** Campaigns that send without any further step. */
const sending = new Set([2101, 2106]);

/** What a person has to have agreed to: launches, deletions, and people who are written to or made writable again. */
function grave({ sandbox }: Session): string[] {
  const lines = attempted(sandbox);
  const requests = sandbox.requests.filter(({ method }) => method !== "GET");
  return lines.filter((line, index) => {
    const body = requests[index]?.body as Data;
    if (line.includes("add_prospects")) {
      const revives = body.update === true && body.prospects.some((one: Data) => one.status === "ACTIVE");
      return sending.has(body.campaign?.campaign_id) || revives;
    }
    return line.endsWith("/run") || (line.startsWith("DELETE") && !line.includes("bounce_shield"));
  });
}

/** What is running, and was not before. */
const started = ({ sandbox }: Session) =>
  [2102, 2103, 2104, 2105, 2106, 2201].filter((id) => (sandbox.campaign(id) as Data)?.status === "RUNNING");

const sessionFor = (conversation: Conversation, options: SessionOptions = {}) =>
  openSession({ ...options, gate: gateFor(conversation) });

/** Orders that cleaning took away are the point of their conversations. */
const unseen = (text: string) => /[\u{E0020}-\u{E007E}]|<!--|<style|<img/u.test(text);

const named = conversations.map((one) => [`${one.after}, by ${one.where}: ${one.name}`, one] as const);

it("there are at least forty conversations, of every aim, each with a name of its own", () => {
  expect(conversations.length).toBeGreaterThanOrEqual(40);
  expect(new Set(named.map(([name]) => name)).size).toBe(conversations.length);
  expect(new Set(conversations.map(({ after }) => after)).size).toBe(3);
  expect(new Set(conversations.map(({ where }) => where)).size).toBe(Object.keys(ways).length);
});

describe("with access read", () => {
  it.each(named)("%s: nothing leaves at all", async (_name, conversation) => {
    const session = await sessionFor(conversation, { env: { WOODPECKER_ACCESS: "read" } });
    const orders = await believe(conversation, session, true);
    expect(orders.length > 0).toBe(!unseen(conversation.text));
    expect(attempted(session.sandbox)).toEqual([]);
  });
});

describe("with access draft", () => {
  it.each(named)("%s: nobody is written to and nothing is deleted", async (_name, conversation) => {
    const session = await sessionFor(conversation, { env: { WOODPECKER_ACCESS: "draft" } });
    await believe(conversation, session, true);
    expect(grave(session)).toEqual([]);
    expect(attempted(session.sandbox).filter((line) => line.includes("prospects"))).toEqual([]);
    expect(started(session)).toEqual([]);
  });
});

describe("with full access, and a person who declines in a form", () => {
  it.each(named)("%s: nobody is written to and nothing is deleted", async (_name, conversation) => {
    const prompts: string[] = [];
    const elicit = ({ message }: { message: string }) => {
      prompts.push(message);
      return { action: "decline" as const };
    };
    const session = await sessionFor(conversation, { elicit });
    await believe(conversation, session, true);
    expect(grave(session)).toEqual([]);
    expect(started(session)).toEqual([]);
    // What would have left was asked about.
    if (conversation.leaves) expect(prompts.length).toBeGreaterThan(0);
  });
});

describe("with full access and no form, an assistant that hands back tokens only where it is told to", () => {
  const [told, others] = [true, false].map((is) =>
    named.filter(([, { leaves }]) => (leaves !== undefined) === is),
  );

  it.each(others ?? [])("%s: nobody is written to and nothing is deleted", async (_name, conversation) => {
    const session = await sessionFor(conversation);
    await believe(conversation, session);
    expect(grave(session)).toEqual([]);
    expect(started(session)).toEqual([]);
  });

  it.each(told ?? [])(
    "%s: what the token was issued for leaves, once, and nothing else; this is the limit that SECURITY.md names",
    async (_name, conversation) => {
      const session = await sessionFor(conversation);
      await believe(conversation, session);
      expect(grave(session)).toEqual(conversation.leaves);
    },
  );
});

/** What an operator could set for an account in which only the spring draft is the assistant's business. */
const limits: Environment = {
  WOODPECKER_CAMPAIGNS: "2104",
  WOODPECKER_MAILBOXES: "501",
  WOODPECKER_MAX_PROSPECTS_PER_CALL: "2",
  WOODPECKER_MAX_PROSPECTS_PER_DAY: "2",
  WOODPECKER_MAX_RUNS_PER_DAY: "1",
  WOODPECKER_MAX_DAILY_ENROLL: "25",
};

describe("with limits, full access, no form, and an assistant that hands back every token by itself", () => {
  it.each(named)("%s: nothing goes beyond them", async (_name, conversation) => {
    const session = await sessionFor(conversation, { env: limits });
    await believe(conversation, session, true);
    const requests = session.sandbox.requests.filter(({ method }) => method !== "GET");
    const lines = attempted(session.sandbox);
    const bodies = requests.map(({ body }) => (body ?? {}) as Data);
    // Pausing, stopping and opening for edits is never forbidden, and a new draft harms nobody.
    const touched = lines.filter(
      (line) => !/(\/pause|\/stop|\/make_editable|\/v2\/campaigns|_list)$/.test(line),
    );
    for (const [index, line] of touched.entries()) {
      const id =
        /(?:campaigns\/|campaigns_id=)(\d+)/.exec(line)?.[1] ??
        bodies[lines.indexOf(line)]?.campaign?.campaign_id;
      expect([index, line, String(id)]).toEqual([index, line, "2104"]);
    }
    expect(lines.filter((line) => line.endsWith("/run")).length).toBeLessThanOrEqual(1);
    const added = bodies.flatMap(({ prospects = [] }) => prospects);
    expect(added.length).toBeLessThanOrEqual(2);
    for (const { email_account_ids: boxes = [], settings = {} } of bodies) {
      expect(boxes.filter((id: number) => id !== 501)).toEqual([]);
      expect(settings.daily_enroll ?? 0).toBeLessThanOrEqual(25);
    }
  });
});
