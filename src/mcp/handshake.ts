/** The eras that open with a handshake, up to 2025-11-25, on stdio, for a connection that others read: loaded when a client opens so. */
import "./plain-schemas.ts";

import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { JSONRPCMessageSchema } from "@modelcontextprotocol/sdk/types.js";
import { createServer } from "./server.ts";
import type { ServingOptions } from "./serving.ts";
import { refuseMalformed, type Wire } from "./wire.ts";

/** @returns where messages of these eras go, which says whether it was one */
export async function openHandshake(options: ServingOptions, wire: Wire) {
  const transport: Transport = {
    start: async () => undefined,
    send: (message) => wire.send(message),
    close: async () => transport.onclose?.(),
  };
  await createServer(options).connect(transport);
  return (read: unknown): boolean => {
    const { success, data, error } = JSONRPCMessageSchema.safeParse(read);
    if (success) transport.onmessage?.(data);
    else refuseMalformed(wire, read, error);
    return success;
  };
}
