/** The era of 2026-07-28 on stdio, for a connection that others read: loaded when a client opens with it. */
import type { JSONRPCMessage, Transport } from "@modelcontextprotocol/server";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import type { ServingOptions } from "../serving.ts";
import { createModernServer } from "./server.ts";

/** @returns where messages of this era go */
export function openModern(options: ServingOptions, send: (message: never) => Promise<void>) {
  const transport: Transport = {
    start: async () => undefined,
    send: (message) => send(message as never),
    close: async () => transport.onclose?.(),
  };
  const onerror = (error: Error) => options.log("debug", "protocol", { kind: error.name });
  serveStdio(() => createModernServer(options), { legacy: "reject", transport, onerror });
  return (message: object) => transport.onmessage?.(message as JSONRPCMessage);
}
