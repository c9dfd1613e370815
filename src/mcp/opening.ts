/** How a client of 2026-07-28 gives itself away: each of its requests names the version. What it is in full, the packages of that era check. */
import { asObject } from "../values/loose.ts";

export const MODERN = "2026-07-28";
export const VERSION = "io.modelcontextprotocol/protocolVersion";
export const CLIENT = "io.modelcontextprotocol/clientInfo";
export const CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";

export const opensModern = (message: unknown) =>
  VERSION in asObject(asObject(asObject(message).params)._meta);
