/** A session in the era of 2026-07-28: the client of the 2.x packages, pinned to it, with the built program. */
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import type { Data } from "./answer.ts";
import { atEnd } from "./at-end.ts";
import { type Headers, type HttpSession, messagesIn } from "./http-session.ts";
import { message } from "./json-rpc.ts";
import { bare, main } from "./program.ts";

export type Answers = (message: string) => {
  action: "accept" | "decline" | "cancel";
  content?: { confirm: boolean };
};

export const yes: Answers = () => ({ action: "accept", content: { confirm: true } });
export const no: Answers = () => ({ action: "decline" });

export function modernClient(
  answers?: Answers,
  mode: "auto" | { pin: string } = { pin: "2026-07-28" },
): Client {
  const client = new Client(
    { name: "modern", version: "1" },
    { versionNegotiation: { mode }, capabilities: answers ? { elicitation: { form: {} } } : {} },
  );
  if (answers) client.setRequestHandler("elicitation/create", ({ params }) => answers(params.message));
  atEnd(() => client.close());
  return client;
}

export async function modernOnStdio(args: string[], answers?: Answers): Promise<Client> {
  const client = modernClient(answers);
  const env = bare({});
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [main, ...args], env }));
  return client;
}

export async function modernAt(
  url: string,
  headers: Record<string, string> = {},
  answers?: Answers,
): Promise<Client> {
  const client = modernClient(answers);
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));
  return client;
}

/** What a client of this era says of itself in each request. */
export const envelope = (capabilities: object = {}, more: object = {}) => ({
  "io.modelcontextprotocol/protocolVersion": "2026-07-28",
  "io.modelcontextprotocol/clientInfo": { name: "by hand", version: "1" },
  "io.modelcontextprotocol/clientCapabilities": capabilities,
  ...more,
});

/** A request of this era over HTTP, by hand. @returns the answer, which is the last message of its stream */
export async function modernCall(
  server: HttpSession,
  method: string,
  params: Data = {},
  headers: Headers = {},
): Promise<Data> {
  const { name, uri } = params;
  const answered = await server.send({
    headers: {
      "mcp-protocol-version": "2026-07-28",
      "mcp-method": method,
      ...((name ?? uri) !== undefined && { "mcp-name": name ?? uri }),
      ...headers,
    },
    body: message(method, { _meta: envelope(), ...params }),
  });
  const messages = messagesIn(answered);
  return { status: answered.status, headers: answered.headers, messages, ...messages.at(-1) };
}
