/** A session in the era of 2026-07-28: the client of the 2.x packages, pinned to it, with the built program. */
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { atEnd } from "./at-end.ts";
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
