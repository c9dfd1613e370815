/** The era of 2025-11-25 and before, on SDK 1.x: our operations in, an MCP server out. */
import "./plain-schemas.ts";

import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import {
  CallToolRequestSchema,
  CompleteRequestSchema,
  GetPromptRequestSchema,
  ListPromptsRequestSchema,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ListToolsRequestSchema,
  ReadResourceRequestSchema,
} from "@modelcontextprotocol/sdk/types.js";
import type { JsonSchemaValidatorResult } from "@modelcontextprotocol/sdk/validation/types.js";
import { unknown } from "zod/v4";
import { askThrough } from "./ask.ts";
import { showsCard } from "./card-uri.ts";
import { capabilities } from "./greeting.ts";
import { createServing, type ServingOptions } from "./serving.ts";

/** The arguments reach us as they were sent; the SDK's own schema would silently drop what it does not know. */
const CallRequest = CallToolRequestSchema.extend({
  params: CallToolRequestSchema.shape.params.extend({ arguments: unknown().optional() }),
});

export function createServer(options: ServingOptions): Server {
  const serving = createServing(options);
  const { identity, instructions, definitions } = serving;
  const server = new Server(identity, { capabilities, instructions, jsonSchemaValidator: trusting });

  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: definitions }));
  server.setRequestHandler(CallRequest, ({ params }, { signal, requestId, sendNotification: send }) => {
    const origin = { signal, progressToken: params._meta?.progressToken, send };
    return serving.callTool(params.name, params.arguments, origin, (progress) => ({
      ask: askThrough(server, signal, requestId, progress),
      card: showsCard(server.getClientCapabilities()),
      caller: server.getClientVersion()?.name,
    }));
  });
  server.setRequestHandler(ListPromptsRequestSchema, serving.listPrompts);
  server.setRequestHandler(GetPromptRequestSchema, ({ params }) =>
    serving.getPrompt(params.name, params.arguments),
  );
  server.setRequestHandler(ListResourcesRequestSchema, serving.listResources);
  server.setRequestHandler(ListResourceTemplatesRequestSchema, serving.listTemplates);
  server.setRequestHandler(ReadResourceRequestSchema, ({ params }, { signal, sendNotification: send }) =>
    serving.readResource(params.uri, { signal, progressToken: params._meta?.progressToken, send }),
  );
  server.setRequestHandler(CompleteRequestSchema, ({ params }, { signal }) =>
    serving.complete(params, signal),
  );

  server.onerror = serving.failed;
  return server;
}

/** The one form we ever send is checked by consent.ts; a general JSON Schema validator would be 100 kB for nothing. */
const trusting = {
  getValidator:
    <T>() =>
    (input: unknown): JsonSchemaValidatorResult<T> => ({
      valid: true,
      data: input as T,
      errorMessage: undefined,
    }),
};
