/** The era of 2026-07-28 on stdio, for a connection that others read: loaded when a client opens with it. */
import "../plain-schemas.ts";

import { type JSONRPCMessage, parseJSONRPCMessage, type Transport } from "@modelcontextprotocol/server";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import type { ServingOptions } from "../serving.ts";
import { refuseMalformed, type Wire } from "../wire.ts";
import { createModernServer } from "./server.ts";

/** @returns where messages of this era go, which says whether it was one */
export async function openModern(options: ServingOptions, wire: Wire) {
  const transport: Transport = {
    start: async () => undefined,
    send: (message) => wire.send(message),
    close: async () => transport.onclose?.(),
  };
  serveStdio(() => createModernServer(options), { legacy: "reject", transport, onerror: wire.failed });
  return (read: unknown): boolean => {
    let message: JSONRPCMessage;
    try {
      message = parseJSONRPCMessage(read);
    } catch (error) {
      refuseMalformed(wire, read, error as Error);
      return false;
    }
    transport.onmessage?.(message);
    return true;
  };
}
