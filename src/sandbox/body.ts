/** Reads the body of a request, at most 10 MB, and says whether it is JSON. */
import type { IncomingMessage } from "node:http";
import type { Incoming } from "./router.ts";

const LIMIT = 10 * 1024 * 1024;

type ReadBody = Incoming["body"] & { text: string };

/** Rejects when the client goes away before it has sent everything. */
export async function readBody(message: IncomingMessage): Promise<ReadBody> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Read to the end even when it is too large: an answer to a client that is still writing may get lost.
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= LIMIT) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (size > LIMIT) return { text: "", fault: "too large" };
  const text = Buffer.concat(chunks).toString("utf8");
  if (text.trim() === "") return { text, fault: "none" };
  try {
    return { text, json: JSON.parse(text) };
  } catch {
    return { text, fault: "malformed" };
  }
}
