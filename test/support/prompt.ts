/** What a prompt says, through a real client. */
import type { Client } from "@modelcontextprotocol/sdk/client/index.js";

export async function promptText(
  { client }: { client: Client },
  name: string,
  args: Record<string, string> = {},
): Promise<string> {
  const { messages } = await client.getPrompt({ name, arguments: args });
  const [message, ...more] = messages;
  if (message?.role !== "user" || message.content.type !== "text" || more.length > 0)
    throw new Error(`not one text of a person: ${JSON.stringify(messages)}`);
  return message.content.text;
}
