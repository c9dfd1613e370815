/** Progress through a real client and a slow sandbox: whatever takes over a second says what it waits for. */
import { setTimeout as sleep } from "node:timers/promises";
import type { JSONRPCMessage, Progress } from "@modelcontextprotocol/sdk/types.js";
import { beforeAll, expect, it } from "vitest";
import type { Elicit } from "../support/answer.ts";
import { day } from "../support/day.ts";
import { clientOf, openSession, type Session, type SessionOptions } from "../support/session.ts";

type Word = Progress & { message?: string };

interface Heard {
  /** In order. */
  words: Word[];
  messages: (string | undefined)[];
  /** Whatever the client got from the moment of the call to a while after its answer. */
  got: JSONRPCMessage[];
}

interface Scenario {
  session?: SessionOptions;
  serviceMs?: number;
  tool: string;
  args?: object;
  /** What stands in the way. */
  before?: (session: Session) => unknown;
  /** How the client asks; false: without a token. */
  asks?: false | { timeout: number; resetTimeoutOnProgress: true };
  /** Also wait whether anything comes late. */
  stay?: true;
}

const people = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ email: `person${index}@many.example` }));

const accept = { action: "accept", content: { confirm: true } } as const;
const slowly: Elicit = () => sleep(1_300).then(() => accept);

const letter = "woodpecker://campaigns/2101/steps/1/A";

const scenarios = {
  "a slow request": { serviceMs: 2_300, tool: "list_campaigns", stay: true },
  "many short requests": { serviceMs: 450, tool: "preview_campaign", args: { campaign_id: 2101 } },
  "a call behind another": {
    serviceMs: 1_300,
    tool: "list_mailboxes",
    before: (session) => void session.call("list_campaigns").catch(() => undefined),
  },
  "a resource": { serviceMs: 1_200, tool: letter },
  "a busy Woodpecker": {
    tool: "list_mailboxes",
    before: ({ sandbox }) => [sandbox.failNext({ status: 429 }), sandbox.failNext({ status: 500 })],
  },
  "a client that waits longer with each word": {
    serviceMs: 2_300,
    tool: "list_campaigns",
    asks: { timeout: 1_800, resetTimeoutOnProgress: true },
  },
  "many people": { serviceMs: 400, tool: "save_prospects", args: { prospects: people(250) } },
  "many people and a busy Woodpecker": {
    serviceMs: 1_100,
    tool: "save_prospects",
    args: { prospects: people(250) },
    before: ({ sandbox }) => sandbox.failNext({ method: "POST", status: 429 }),
  },
  "all campaigns": { tool: "pause_all_campaigns" },
  "a report": {
    session: { sandbox: { reportPolls: 2 } },
    tool: "get_campaign_statistics",
    args: { campaign_id: 2101, period: { from: day(7), to: day(1) } },
  },
  "a person who thinks": { session: { elicit: slowly }, tool: "run_campaign", args: { campaign_id: 2104 } },
  "a quick call": { tool: "list_campaigns" },
  "a client that does not ask": { serviceMs: 1_300, tool: "list_campaigns", asks: false },
} satisfies Record<string, Scenario>;

type Name = keyof typeof scenarios;

const heard = {} as Record<Name, Heard>;

/** All at once, because they mostly wait. */
beforeAll(async () => {
  await Promise.all(
    Object.entries(scenarios).map(async ([name, scenario]) => {
      heard[name as Name] = await play(scenario);
    }),
  );
});

async function play({
  session: options,
  serviceMs,
  tool,
  args,
  before,
  asks,
  stay,
}: Scenario): Promise<Heard> {
  const session = await openSession({
    ...options,
    sandbox: { ...options?.sandbox, ...(serviceMs && { serviceMs }) },
  });
  const { client } = session;
  await before?.(session);
  const got = listen(session);
  const words: Word[] = [];
  const how =
    asks === false ? {} : { onprogress: (word: Progress) => void words.push(word as Word), ...asks };
  if (tool === letter) await client.readResource({ uri: letter }, how);
  else {
    const result = await client.callTool(
      { name: tool, arguments: args as Record<string, unknown> },
      undefined,
      how,
    );
    expect(result.isError, JSON.stringify(result.content)).toBeFalsy();
  }
  if (stay) await sleep(1_300);
  return { words, messages: words.map(({ message }) => message), got };
}

function listen({ client: { transport } }: Session): JSONRPCMessage[] {
  const got: JSONRPCMessage[] = [];
  const deliver = transport?.onmessage?.bind(transport);
  if (!transport || !deliver) throw new Error("not connected");
  transport.onmessage = (message, extra) => {
    got.push(message);
    deliver(message, extra);
  };
  return got;
}

const WAITING = "Waiting for Woodpecker";

it.each(Object.keys(scenarios) as Name[])("of %s grows with each word, and not beyond its total", (name) => {
  for (const [index, { progress, total }] of heard[name].words.entries()) {
    expect(progress).toBeGreaterThan(heard[name].words[index - 1]?.progress ?? 0);
    if (total !== undefined) expect(progress).toBeLessThanOrEqual(total);
  }
});

it.each(["a slow request", "many short requests", "a call behind another", "a resource"] as const)(
  "of %s says that it waits for Woodpecker",
  (name) => expect(new Set(heard[name].messages)).toEqual(new Set([WAITING])),
);

it("says it again and again", () => {
  expect(heard["a slow request"].words.length).toBeGreaterThanOrEqual(2);
  expect(heard["a call behind another"].words.length).toBeGreaterThanOrEqual(2);
});

it("keeps a client listening beyond its own limit", () => {
  expect(heard["a client that waits longer with each word"].words.length).toBeGreaterThanOrEqual(2);
});

it("gives the reason when Woodpecker is busy or fails", () => {
  expect(heard["a busy Woodpecker"].messages).toEqual([
    "Woodpecker is busy; waiting",
    "Woodpecker did not answer; trying again",
  ]);
});

it("counts the people that are saved", () => {
  const counted = heard["many people"].words.filter(({ total }) => total === 250);
  for (const count of [100, 200, 250]) {
    expect(counted).toContainEqual(
      expect.objectContaining({ progress: count, message: `${count} of 250 handled` }),
    );
  }
});

it("goes on growing when counting and waiting alternate", () => {
  const { messages } = heard["many people and a busy Woodpecker"];
  expect(messages).toContain("Woodpecker is busy; waiting");
  expect(messages).toContain("100 of 250 handled");
  expect(messages.at(-1)).toBe("250 of 250 handled");
});

it("counts the campaigns that are paused", () => {
  const { words } = heard["all campaigns"];
  expect(words.length).toBeGreaterThan(0);
  expect(words.at(-1)).toMatchObject({ progress: words.length, total: words.length });
  expect(words.at(-1)?.message).toBe(`paused ${words.length} of ${words.length}`);
});

it("leaves the total out once more was done than there seemed to be", async () => {
  const client = await clientOf(async (_name, _args, { progress }) => {
    progress?.(3, 3, "3 of 3");
    await sleep(1_300);
    return { content: [{ type: "text", text: "done" }], structuredContent: {} };
  });
  const words: Progress[] = [];
  const onprogress = (word: Progress) => void words.push(word);
  await client.callTool({ name: "list_campaigns", arguments: {} }, undefined, { onprogress });
  expect(words.map(({ total }) => total)).toEqual([3, undefined]);
});

it("says that a report is being made", () => {
  expect(heard["a report"].messages).toContain("Woodpecker is making the report");
});

it("says that a person is waited for, and then Woodpecker again", () => {
  const { messages } = heard["a person who thinks"];
  const waiting = messages.filter((message) => message === "Waiting for a person's answer");
  expect(waiting.length).toBeGreaterThanOrEqual(2);
  expect(messages[messages.lastIndexOf(waiting[0]) + 1]).toBe(WAITING);
});

it("says nothing of a quick call", () => expect(heard["a quick call"].words).toEqual([]));

it("says nothing to a client that does not ask", () => {
  const { got } = heard["a client that does not ask"];
  expect(got.filter((message) => "method" in message)).toEqual([]);
  expect(got.filter((message) => "result" in message)).not.toEqual([]);
});

it("says nothing after the answer", () => {
  const { got } = heard["a slow request"];
  expect(got.length).toBeGreaterThan(2);
  expect(got.at(-1)).toHaveProperty("result");
});
