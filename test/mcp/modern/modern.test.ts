/** Clients of 2026-07-28 get the same server as those of the era before, on stdio and over HTTP. */
import type { Client } from "@modelcontextprotocol/client";
import { describe, expect, it } from "vitest";
import { serveHere } from "../../support/http-program.ts";
import { message } from "../../support/json-rpc.ts";
import { modernAt, modernOnStdio, no, yes } from "../../support/modern-session.ts";
import { start } from "../../support/program.ts";
import { connect } from "../../support/program-session.ts";
import { openSession } from "../../support/session.ts";

const paused = 2102;

type Open = (args: string[], answers?: typeof yes) => Promise<Client>;

/** Each with a session of the era before, of the same build. */
const places: [string, Open, () => ReturnType<typeof connect | typeof openSession>][] = [
  [
    "on stdio",
    (args, answers) => modernOnStdio(["--sandbox", ...args], answers),
    () => connect(["--sandbox"]),
  ],
  [
    "over HTTP",
    async (args, answers) => modernAt((await serveHere(["--sandbox", ...args])).url, {}, answers),
    () => openSession(),
  ],
];

const statusOf = async (client: Client) => {
  const { structuredContent } = await client.callTool({
    name: "get_campaign",
    arguments: { campaign_id: paused },
  });
  return (structuredContent as { status: string }).status;
};
const run = { name: "run_campaign", arguments: { campaign_id: paused } };

describe.each(places)("%s", (_place, open, openBefore) => {
  it("lists the same tools, prompts and resources as in the era before", async () => {
    const client = await open([]);
    const { client: before } = await openBefore();
    expect(client.getNegotiatedProtocolVersion()).toBe("2026-07-28");
    expect((await client.listTools()).tools).toEqual((await before.listTools()).tools);
    expect((await client.listPrompts()).prompts).toEqual((await before.listPrompts()).prompts);
    expect((await client.listResources()).resources).toEqual((await before.listResources()).resources);
    expect((await client.listResourceTemplates()).resourceTemplates).toEqual(
      (await before.listResourceTemplates()).resourceTemplates,
    );
    expect(client.getInstructions()).toBe(before.getInstructions());
  });

  it("keeps to the access level", async () => {
    const client = await open(["--access", "read"]);
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).not.toContain("run_campaign");
    await expect(client.callTool(run)).rejects.toThrow(
      /run_campaign is switched off here: it needs access full/,
    );
  });

  it("reads resources, gets prompts, completes and reports progress", async () => {
    const client = await open([]);
    const guide = await client.readResource({ uri: "woodpecker://guides/limits" });
    expect(guide).toMatchObject({ ttlMs: 3_600_000, cacheScope: "public" });
    const campaign = await client.readResource({ uri: `woodpecker://campaigns/${paused}` });
    expect(campaign).toMatchObject({ ttlMs: 0, cacheScope: "private" });
    expect((await client.getPrompt({ name: "weekly_report" })).messages).toHaveLength(1);
    const ref = { type: "ref/prompt" as const, name: "review_campaign" };
    const { completion } = await client.complete({ ref, argument: { name: "campaign", value: "" } });
    expect(completion.values.length).toBeGreaterThan(0);
    const told: unknown[] = [];
    await client.callTool(
      { name: "check_campaign", arguments: { campaign_id: paused } },
      { onprogress: (progress) => told.push(progress) },
    );
    await expect(client.readResource({ uri: "woodpecker://guides/limit" })).rejects.toThrow(/Did you mean/);
  });

  it("asks a person within the call, who agrees", async () => {
    const asked: string[] = [];
    const client = await open([], (text) => {
      asked.push(text);
      return yes(text);
    });
    const { structuredContent } = await client.callTool(run);
    expect(structuredContent).toMatchObject({ outcome: "done" });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toContain("Contractor payroll, Nordics");
    expect(await statusOf(client)).toBe("RUNNING");
  });

  it("does nothing when the person declines, cancels, or leaves the box empty", async () => {
    const answers = [
      no(""),
      { action: "cancel" as const },
      { action: "accept" as const, content: { confirm: false } },
    ];
    const client = await open([], () => answers.shift() ?? no(""));
    for (const _answer of [1, 2, 3]) {
      const { isError, content } = await client.callTool(run);
      expect(isError).toBe(true);
      expect(JSON.stringify(content)).toContain("the person declined");
    }
    expect(await statusOf(client)).toBe("PAUSED");
  });

  it("hands out a token to a client that shows no forms", async () => {
    const client = await open([]);
    const { structuredContent } = await client.callTool(run);
    expect(structuredContent).toMatchObject({ outcome: "confirmation_required" });
    const { confirmation } = structuredContent as { confirmation: string };
    const again = { ...run, arguments: { ...run.arguments, confirmation } };
    expect((await client.callTool(again)).structuredContent).toMatchObject({ outcome: "done" });
  });
});

describe("one process", () => {
  it("is turned to by the handshake after another era was only looked at", async () => {
    const program = start(["--sandbox"]);
    const meta = {
      "io.modelcontextprotocol/protocolVersion": "2026-07-28",
      "io.modelcontextprotocol/clientInfo": { name: "x", version: "1" },
      "io.modelcontextprotocol/clientCapabilities": {},
    };
    const found = await program.request("server/discover", { _meta: meta });
    expect(found.result.supportedVersions).toEqual(["2026-07-28"]);
    const hello = {
      protocolVersion: "2025-11-25",
      capabilities: {},
      clientInfo: { name: "x", version: "1" },
    };
    expect((await program.request("initialize", hello)).result.protocolVersion).toBe("2025-11-25");
    expect((await program.request("tools/list")).result.tools.length).toBeGreaterThan(20);
  });

  it("serves both over HTTP", async () => {
    const server = await serveHere(["--sandbox"]);
    const [now, before] = [await modernAt(server.url), await server.connect()];
    expect((await now.listTools()).tools).toEqual((await before.listTools()).tools);
  });

  it("refuses what header and body say differently", async () => {
    const server = await serveHere(["--sandbox"]);
    const body = message("tools/call", {
      name: "list_campaigns",
      arguments: {},
      _meta: {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": { name: "x", version: "1" },
        "io.modelcontextprotocol/clientCapabilities": {},
      },
    });
    const headers = { "mcp-protocol-version": "2026-07-28", "mcp-method": "tools/call" };
    const wrong = await server.send({ body, headers: { ...headers, "mcp-name": "run_campaign" } });
    expect([wrong.status, JSON.parse(wrong.text).error.code]).toEqual([400, -32020]);
    const right = await server.send({ body, headers: { ...headers, "mcp-name": "list_campaigns" } });
    expect(right.status).toBe(200);
  });
});
