/** The era of 2026-07-28 over HTTP: nothing is kept from one request to the next. Loaded when a client opens with it. */
import "../plain-schemas.ts";

import type { IncomingMessage, ServerResponse } from "node:http";
import { toNodeHandler, toWebRequest } from "@modelcontextprotocol/node";
import { createMcpHandler, isLegacyRequest } from "@modelcontextprotocol/server";
import type { ServingOptions } from "../serving.ts";
import { createModernServer } from "./server.ts";

/** @returns whether it was a request of this era, and so is answered */
export async function answerModern(
  request: IncomingMessage,
  response: ServerResponse,
  message: object,
  serving: () => ServingOptions,
): Promise<boolean> {
  if (await isLegacyRequest(await toWebRequest(request, message), message)) return false;
  const options = serving();
  const onerror = (error: Error) => options.log("debug", "protocol", { kind: error.name });
  const handler = createMcpHandler(() => createModernServer(options), { legacy: "reject", onerror });
  response.on("close", () => void handler.close().catch(() => undefined));
  await toNodeHandler(handler, { onerror })(request, response, message);
  return true;
}
