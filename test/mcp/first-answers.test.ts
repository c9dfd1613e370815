/** What is answered before an SDK is loaded: word for word what the SDK answers, and nothing else; afterwards it knows what was said. */
import { spawn } from "node:child_process";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { permitted } from "../../src/calls/effects.ts";
import { chooseEra } from "../../src/mcp/eras.ts";
import type { ServingOptions } from "../../src/mcp/serving.ts";
import { published } from "../../src/mcp/tools/published.ts";
import { atEnd } from "../support/at-end.ts";
import { newFolder } from "../support/folder.ts";
import { greeting, message, notification } from "../support/json-rpc.ts";
import { envelope } from "../support/modern-session.ts";
import { bare, speakTo, start } from "../support/program.ts";

/** Says in its result what it was told of the client. */
const call: ServingOptions["call"] = async (name, args, { ask, rounds, card, caller }) => ({
  content: [
    { type: "text", text: JSON.stringify({ name, args, asks: !!ask, rounds: !!rounds, card, caller }) },
  ],
});
const few = published.filter(({ definition }) =>
  ["list_campaigns", "run_campaign"].includes(definition.name),
);
const usual: ServingOptions = { tools: few, call, log: () => undefined };
const setup = { access: "read", toolsets: ["campaigns"], account: "Acme \u202e <b>", dryRun: true } as const;
const servings: Record<string, ServingOptions> = {
  usual,
  "the same for all": { ...usual, sameForAll: true },
  "less than all": {
    ...usual,
    tools: permitted(few, setup.access, setup.toolsets),
    setup: { ...setup, toolsets: [...setup.toolsets] },
    sameForAll: true,
  },
};

/** Refused by the SDK of its era, which is then loaded; no era is chosen by it. */
const malformed = [
  { jsonrpc: "2.0", id: "a", method: "ping", extra: 1 },
  { jsonrpc: "2.0", id: "b", method: "ping", extra: 1, params: { _meta: envelope() } },
];

/** Every line that a client gets that sends these, one when the one before is answered. */
async function talk(serving: ServingOptions, messages: readonly unknown[]): Promise<string[]> {
  const sent: string[] = [];
  const send = async (answer: object) => void sent.push(JSON.stringify(answer));
  const take = chooseEra({ send, failed: () => undefined }, serving);
  for (const one of messages) {
    take(one);
    for (let quiet = 0, seen = sent.length; quiet < 12; quiet = seen === sent.length ? quiet + 1 : 0) {
      seen = sent.length;
      await setImmediate();
    }
  }
  return sent;
}

const clientInfo = {
  name: "claude-code",
  title: "Claude Code",
  version: "2.1.280",
  websiteUrl: "https://claude.com",
};
const ability = fc.constantFrom(
  {},
  { roots: { listChanged: true }, sampling: { tools: {} }, elicitation: {} },
  {
    elicitation: { form: { applyDefaults: true }, url: {} },
    tasks: { requests: { elicitation: { create: {} } } },
  },
  { experimental: { x: {} }, extensions: { "io.modelcontextprotocol/ui": { mimeTypes: ["text/html"] } } },
);
const id = fc.constantFrom<unknown>(1, 2, "one");
const version = fc.constantFrom("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05", "2099-01-01");
const request = (method: string, params: fc.Arbitrary<object>) =>
  fc.record({ jsonrpc: fc.constant("2.0"), id, method: fc.constant(method), params });
const inEnvelope = (params: object = {}) => ability.map((able) => ({ ...params, _meta: envelope(able) }));
const usually = fc.oneof(
  ...[1, 2].map(() =>
    request(
      "initialize",
      fc.record({ protocolVersion: version, capabilities: ability, clientInfo: fc.constant(clientInfo) }),
    ),
  ),
  fc.constant({ jsonrpc: "2.0", method: "notifications/initialized" }),
  request("tools/list", fc.constant({})),
  request("tools/list", inEnvelope()),
  request("server/discover", inEnvelope()),
  request("tools/call", fc.constant({ name: "list_campaigns", arguments: { limit: 1 } })),
  request("tools/call", inEnvelope({ name: "run_campaign" })),
  request("ping", fc.constant({})),
);

const name = fc.constantFrom(
  ..."name icons form listChanged applyDefaults _meta cursor __proto__ x".split(" "),
);
const value = fc.constantFrom<unknown>(
  ...[{}, [], null, true, 1, 1.5, "", "tools/list", ["tools/list"], { x: {} }, { x: 1 }],
  JSON.parse("1e999"),
);
/** One thing replaced, taken out or added, anywhere in a message. */
const change = fc.record({ at: fc.nat(), how: fc.constantFrom("replace", "remove", "add"), name, value });

type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function changed(message: object, { at, how, name, value: given }: Change) {
  const places = placesIn(message);
  const [inside, key] = places[at % places.length] as [Record<string, unknown>, string];
  const value = structuredClone(given);
  if (Array.isArray(inside))
    inside.splice(Number(key), how === "add" ? 0 : 1, ...(how === "remove" ? [] : [value]));
  else if (how === "remove") delete inside[key];
  // As JSON.parse does it, also with __proto__.
  else
    Object.defineProperty(inside, how === "add" ? name : key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
}

function placesIn(inside: object): [object, string][] {
  return Object.entries(inside).flatMap(([key, value]) => [
    [inside, key],
    ...(value !== null && typeof value === "object" ? placesIn(value) : []),
  ]);
}

const anyMessage = fc.tuple(usually, fc.array(change, { maxLength: 2 })).map(([usual, changes]): unknown => {
  const message = JSON.parse(JSON.stringify(usual));
  for (const one of changes) changed(message, one);
  return message;
});
const conversation = fc.array(fc.oneof(usually, anyMessage), { minLength: 1, maxLength: 5 });

/** Modules that are there already, so that a message is answered within the same turn. */
beforeAll(async () => {
  await Promise.all([
    import("../../src/mcp/handshake.ts"),
    import("../../src/mcp/modern/over-stdio.ts"),
    import("../../src/mcp/extras.ts"),
  ]);
});

describe("the first answers", () => {
  it.each(Object.keys(servings))(
    "are those of the SDK, which knows later what was said: %s",
    async (which) => {
      const serving = servings[which] as ServingOptions;
      await fc.assert(
        fc.asyncProperty(conversation, async (messages) => {
          const bySdk = await talk(serving, [...malformed, ...messages]);
          expect(await talk(serving, messages)).toEqual(bySdk.slice(malformed.length));
        }),
        { numRuns: 200 },
      );
    },
  );

  it("are in the order of their requests, and one is not given that is cancelled or named twice in the same breath", async () => {
    const program = start(["--sandbox"]);
    const ask = (id: number, method: string) => message(method, {}, id);
    const cancelled = (requestId: number) => notification("notifications/cancelled", { requestId });
    const lines = [
      message("initialize", greeting, 1),
      ask(2, "tools/list"),
      ask(3, "prompts/list"),
      cancelled(3),
    ];
    const later = [ask(4, "prompts/list"), cancelled(4), ask(4, "ping"), ask(5, "tools/list")];
    program.write([...lines, ask(1, "tools/list"), ask(6, "ping"), ...later, ask(7, "ping"), ""].join("\n"));
    await program.request("ping");
    const ids = program.messages().map(({ id }) => id);
    expect(ids.slice(0, 3)).toEqual([1, 1, 2]);
    expect(program.messages().map(({ error }) => error?.code)[0]).toBe(-32600);
    expect(program.messages().find(({ id }) => id === 4)?.result).toEqual({});
    expect(ids.filter(Number.isInteger).sort()).toEqual([1, 1, 2, 4, 5, 6, 7]);
  });

  it("do not go astray in what is nested without end", async () => {
    const deep = `${'{"list":'.repeat(20_000)}{}${"}".repeat(20_000)}`;
    const program = start(["--sandbox"]);
    program.write(
      `${message("initialize", greeting, "deep").replace('"capabilities":{}', `"capabilities":{"tasks":${deep}}`)}\n`,
    );
    await program.said(/"id":"deep"/);
  });

  it("are all that a program without its other files can give: it says so, in either era", async () => {
    const folder = newFolder(atEnd);
    for (const file of ["main.cjs", "published.json"]) copyFileSync(`dist/${file}`, join(folder, file));
    for (const params of [{}, { _meta: envelope() }]) {
      const child = spawn(process.execPath, [join(folder, "main.cjs"), "--sandbox"], { env: bare({}) });
      atEnd(() => child.kill("SIGKILL"));
      const program = speakTo(child);
      expect((await program.request("tools/list", params)).result.tools.length).toBeGreaterThan(10);
      const { error } = await program.request("prompts/list", params);
      expect(error).toEqual({
        code: -32603,
        message: expect.stringMatching(/could not load its own files.*[Ii]nstall it again/),
      });
    }
  });
});
