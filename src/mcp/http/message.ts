/** The body of a request: one JSON-RPC message. */
import type { IncomingMessage } from "node:http";
import { Refused } from "./reply.ts";

const MAX_BODY_BYTES = 1024 * 1024;

/** Parts of a JSON-RPC message that decide how it is answered; whatever else it is, the SDK checks. */
export interface Message {
  method?: unknown;
  id?: unknown;
  params?: { _meta?: { progressToken?: unknown } };
}

/** @throws Refused, with the JSON-RPC code in `code` */
export async function readMessage(request: IncomingMessage): Promise<Message> {
  const text = await readText(request);
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    throw new BadMessage("the body is not JSON", -32700);
  }
  if (Array.isArray(message)) throw new BadMessage("batches are not part of this protocol version", -32600);
  if (typeof message !== "object" || message === null)
    throw new BadMessage("the body is not a request", -32600);
  return message as Message;
}

export class BadMessage extends Refused {
  readonly code: number;
  constructor(message: string, code: number) {
    super(400, message);
    this.code = code;
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const declared = Number(request.headers["content-length"] ?? 0);
  const chunks = declared > MAX_BODY_BYTES ? undefined : await collect(request);
  if (chunks) return Buffer.concat(chunks).toString("utf8");
  // The rest is read and dropped: few clients read an answer when they are cut off while they send.
  request.resume();
  throw new Refused(413, "the body is larger than 1 MiB");
}

/** Nothing when there is too much. */
async function collect(request: IncomingMessage): Promise<Buffer[] | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving a plain loop over the request would end the connection, with the answer still to be sent.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return chunks;
}
