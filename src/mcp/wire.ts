/**
 * Messages on stdin and stdout, one a line. In place of the SDK's own transport, which drops what it cannot read without an
 * answer: a client would wait for ever.
 */
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { JSONRPCMessageSchema } from "@modelcontextprotocol/sdk/types.js";

const MAX_LINE_BYTES = 8 * 1024 * 1024;

export function createWire({ stdin, stdout }: typeof process): Transport {
  let pending: Buffer[] = [];
  let size = 0;
  let sending: Promise<void> = Promise.resolve();

  const wire: Transport = {
    async start() {
      stdin.on("data", read);
    },
    /** One after the other: a client that reads slowly gets one waiting write, not a listener for each. */
    send(message) {
      sending = sending.then(
        () =>
          new Promise((resolve) => {
            if (stdout.write(`${JSON.stringify(message)}\n`)) resolve();
            else stdout.once("drain", resolve);
          }),
      );
      return sending;
    },
    async close() {
      stdin.off("data", read);
      stdin.pause();
      pending = [];
      wire.onclose?.();
    },
  };

  function read(chunk: Buffer): void {
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      const line = Buffer.concat([...pending, chunk.subarray(from, end)]);
      [pending, size, from] = [[], 0, end + 1];
      take(line.toString("utf8"));
    }
    pending.push(chunk.subarray(from));
    size += chunk.length - from;
    if (size <= MAX_LINE_BYTES) return;
    wire.onerror?.(new Error("a message is too large"));
    wire.close();
  }

  function take(line: string): void {
    try {
      // Some shells put a byte order mark before the first line.
      const read: unknown = JSON.parse(line.replace(/^\ufeff/, ""));
      const { success, data, error } = JSONRPCMessageSchema.safeParse(read);
      if (success) {
        wire.onmessage?.(data);
        return;
      }
      refuse(read);
      wire.onerror?.(error);
    } catch (error) {
      wire.onerror?.(error as Error);
    }
  }

  /** A request that is malformed is answered, when it says under which id. */
  function refuse(read: unknown): void {
    const { id, method } = (read ?? {}) as { id?: unknown; method?: unknown };
    if (method === undefined || (typeof id !== "string" && typeof id !== "number")) return;
    const error = {
      code: -32600,
      message: "This is not a request of JSON-RPC 2.0, or has members that it has not.",
    };
    wire.send({ jsonrpc: "2.0", id, error });
  }

  return wire;
}
