/** Prompts, resources and completions over HTTP, where one process works for many accounts. */
import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import type { Progress } from "@modelcontextprotocol/sdk/types.js";
import { describe, expect, it } from "vitest";
import { serveHere } from "../../support/http-program.ts";
import { type HttpSession, theKey } from "../../support/http-session.ts";
import { json, serve } from "../../support/stub.ts";

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
  const { origin } = await serve(({ url, headers }, response) => {
    const owner = String(headers["x-api-key"]).replace("key-of-", "");
    setTimeout(() => json(response, 200, answerTo(url, owner)), delay);
  });
  return origin;
}

async function started(flags: string[], delay?: number): Promise<HttpSession> {
  return serveHere(["--auth", "header", "--api-url", await upstream(delay), ...flags]);
}

const clientOf = (server: HttpSession, owner: string) =>
  server.connect({ headers: theKey(`key-of-${owner}`) });

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
    const client = await clientOf(await started(flags), "anna");
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
    const server = await started(flags);
    const owners = ["anna", "boris"];
    const clients = await Promise.all(owners.map((owner) => clientOf(server, owner)));
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
    const client = await clientOf(await started(flags, 1_200), "anna");
    const words: Progress[] = [];
    const onprogress = (word: Progress) => void words.push(word);
    await client.readResource({ uri: "woodpecker://campaigns/2101" }, { onprogress });
    expect(words.length).toBeGreaterThan(0);
  });
});
