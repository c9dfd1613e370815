/** Prompts, resources and completions of the built program over HTTP, where one process works for many accounts. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Progress } from "@modelcontextprotocol/sdk/types.js";
import { afterEach, describe, expect, it } from "vitest";
import { start } from "../../support/process.ts";

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

const message = '<p>Hi {{FIRST_NAME | "there"}}</p>';
const windows = { MONDAY: [{ from: "08:00", to: "17:00" }] };

/** The same ids in every account; every text names whose key asked. */
function answerTo(url: string, owner: string): unknown {
  const name = `Campaign of ${owner}`;
  if (url.startsWith("/rest/v1/campaign_list")) return [{ id: 2101, name, status: "RUNNING" }];
  if (url.startsWith("/rest/v2/mailboxes"))
    return [{ id: 501, type: "SMTP", details: { email: `${owner}@x.example` } }];
  if (url.startsWith("/rest/v1/prospects")) return [{ id: 1, email: `${owner}@y.example`, status: "ACTIVE" }];
  const step = {
    id: "s1",
    type: "EMAIL",
    delivery_time: windows,
    body: { versions: [{ id: "v1", version: "A", subject: name, message }] },
  };
  return {
    id: 2101,
    name,
    status: "RUNNING",
    email_account_ids: [501],
    settings: {},
    steps: { type: "START", followup: step },
  };
}

/** @param delay how long an answer takes */
async function upstream(delay = 0): Promise<string> {
  const server = createServer(({ url = "", headers }, response) => {
    const body = JSON.stringify(answerTo(url, String(headers["x-api-key"]).replace("key-of-", "")));
    setTimeout(() => response.writeHead(200, { "content-type": "application/json" }).end(body), delay);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanups.push(
    () => server.closeAllConnections(),
    () => server.close(),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function serve(flags: string[], delay?: number): Promise<string> {
  const origin = await upstream(delay);
  const program = start(["--http", "--port", "0", "--auth", "header", "--api-url", origin, ...flags]);
  const [, url = ""] = await program.said(/listening on (http:\/\/[^\s]+\/mcp)/);
  return url;
}

async function clientOf(url: string, owner: string): Promise<Client> {
  const client = new Client({ name: "test", version: "1" });
  const requestInit = { headers: { "x-woodpecker-api-key": `key-of-${owner}` } };
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit }));
  cleanups.push(() => client.close());
  return client;
}

const campaign = { type: "ref/resource", uri: "woodpecker://campaigns/{id}" } as const;
const draft = { type: "ref/prompt", name: "draft_campaign" } as const;
const review = { type: "ref/prompt", name: "review_campaign" } as const;

/** One of each kind of request that reaches the account. */
const requests: ((client: Client) => Promise<unknown>)[] = [
  (client) => client.readResource({ uri: "woodpecker://campaigns/2101" }),
  (client) => client.readResource({ uri: "woodpecker://campaigns/2101/steps/1/A" }),
  (client) => client.complete({ ref: review, argument: { name: "campaign", value: "campaign of" } }),
  (client) => client.complete({ ref: draft, argument: { name: "mailbox", value: "" } }),
];

describe.each([
  ["stateless", []],
  ["with sessions", ["--sessions"]],
])("over HTTP, %s", (_mode, flags) => {
  it("lists and texts are there", async () => {
    const client = await clientOf(await serve(flags), "anna");
    expect((await client.listPrompts()).prompts).toHaveLength(5);
    expect((await client.listResources()).resources.length).toBeGreaterThanOrEqual(4);
    expect((await client.listResourceTemplates()).resourceTemplates).toHaveLength(2);
    const { messages } = await client.getPrompt({ name: "pause_everything" });
    expect(JSON.stringify(messages)).toContain("pause_all_campaigns");
    expect(
      (await client.complete({ ref: campaign, argument: { name: "id", value: "" } })).completion,
    ).toEqual({
      values: ["2101"],
      total: 1,
      hasMore: false,
    });
    await expect(client.readResource({ uri: "woodpecker://x" })).rejects.toMatchObject({ code: -32602 });
  });

  it("what one account is told holds nothing of another", async () => {
    const url = await serve(flags);
    const owners = ["anna", "boris"];
    const clients = await Promise.all(owners.map((owner) => clientOf(url, owner)));
    for (const request of requests) {
      for (let round = 0; round < 4; round += 1) {
        const answers = await Promise.all(clients.map(request));
        for (const [index, answer] of answers.entries()) {
          const text = JSON.stringify(answer);
          expect(text).toContain(owners[index]);
          expect(text).not.toContain(owners[1 - index]);
        }
      }
    }
  });

  it("a resource that takes its time says so to a client that asks", async () => {
    const client = await clientOf(await serve(flags, 1_200), "anna");
    const words: Progress[] = [];
    const onprogress = (word: Progress) => void words.push(word);
    await client.readResource({ uri: "woodpecker://campaigns/2101" }, { onprogress });
    expect(words.length).toBeGreaterThan(0);
  });
});
