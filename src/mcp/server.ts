/** The one place that knows the SDK's Server: our operations in, an MCP server out. */
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import {
  CallToolRequestSchema,
  CompleteRequestSchema,
  ErrorCode,
  GetPromptRequestSchema,
  ListPromptsRequestSchema,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ListToolsRequestSchema,
  McpError,
  ReadResourceRequestSchema,
} from "@modelcontextprotocol/sdk/types.js";
import type { JsonSchemaValidatorResult } from "@modelcontextprotocol/sdk/validation/types.js";
import { config, unknown } from "zod/v4";
import type { Account, Protocol } from "../accounts/account.ts";
import type { Log } from "../log.ts";
import { closest } from "../values/closest.ts";
import { version } from "../version.ts";
import { askThrough } from "./ask.ts";
import { UI_EXTENSION } from "./card-uri.ts";
import { createTyping } from "./completions/keystrokes.ts";
import { instructionsFor } from "./instructions.ts";
import { startProgress } from "./progress.ts";
import type { Published } from "./tools/published.ts";

interface ServerOptions {
  /** The tools that exist for this caller, in order. */
  tools: readonly Published[];
  call: Account["call"];
  log: Log;
  /** Names the account in the log, without its key. */
  account?: string | undefined;
  /** Told of every call. */
  called?: ((tool: string, outcome: string, ms: number) => void) | undefined;
}

/** Until the list is answered two messages are read: compiling their schemas to code takes longer than it saves. */
config({ jitless: true });

/** The arguments reach us as they were sent; the SDK's own schema would silently drop what it does not know. */
const CallRequest = CallToolRequestSchema.extend({
  params: CallToolRequestSchema.shape.params.extend({ arguments: unknown().optional() }),
});

export function createServer({ tools, call, log, account, called }: ServerOptions): Server {
  const definitions = tools.map(({ definition }) => definition);
  const names = definitions.map(({ name }) => name);
  let inFlight = 0;
  const server = new Server(
    { name: "woodpecker", title: "Woodpecker campaigns", version },
    {
      capabilities: {
        tools: {},
        prompts: {},
        resources: {},
        completions: {},
        extensions: { [UI_EXTENSION]: {} },
      },
      instructions: instructionsFor(tools),
      jsonSchemaValidator: trusting,
    },
  );

  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: definitions }));

  server.setRequestHandler(CallRequest, async ({ params }, { signal, requestId, sendNotification }) => {
    const { name, arguments: args, _meta: meta } = params;
    const tool = tools.find(({ definition }) => definition.name === name);
    if (!tool) throw unknownTool(name, names);
    // What stops sending is never turned away.
    if (inFlight >= MAX_IN_FLIGHT && tool.effect !== "halt") return busy;
    inFlight += 1;
    const started = performance.now();
    const progress = startProgress(meta?.progressToken, sendNotification);
    const result = await call(name, args, {
      signal,
      ask: askThrough(server, signal, requestId, progress),
      caller: server.getClientVersion()?.name,
      progress: progress?.tell,
    }).finally(() => {
      inFlight -= 1;
      progress?.end();
    });
    const outcome = result.isError ? "error" : String(result.structuredContent?.outcome ?? "ok");
    const ms = Math.round(performance.now() - started);
    called?.(name, outcome, ms);
    log("info", "call", { tool: name, outcome, ms, ...(account && { account }) });
    return result;
  });

  // Everything besides tools. What it needs of the account it gets the way tools do.
  const extras = () => import("./extras.ts");
  const look = (caller: Protocol) => (view: string, args: object) => call(view, args, caller);

  server.setRequestHandler(ListPromptsRequestSchema, async () => ({
    prompts: (await extras()).listPrompts(names),
  }));
  server.setRequestHandler(GetPromptRequestSchema, async ({ params }) =>
    (await extras()).getPrompt(params.name, params.arguments ?? {}, names),
  );
  server.setRequestHandler(ListResourcesRequestSchema, async () => ({
    resources: (await extras()).listResources(names),
  }));
  server.setRequestHandler(ListResourceTemplatesRequestSchema, async () => ({
    resourceTemplates: (await extras()).listTemplates(names),
  }));
  server.setRequestHandler(ReadResourceRequestSchema, async ({ params }, { signal, sendNotification }) => {
    const { readResource } = await extras();
    const progress = startProgress(params._meta?.progressToken, sendNotification);
    const reading = readResource(params.uri, names, look({ signal, progress: progress?.tell }));
    return reading.finally(() => progress?.end());
  });
  const typing = createTyping();
  server.setRequestHandler(CompleteRequestSchema, async ({ params }, extra) => {
    const { signal, giveUp } = typing(extra.signal);
    // The first message about waiting comes before a request is made again, and no keystroke is worth a second request.
    return (await extras()).complete(params, names, look({ signal, progress: giveUp }));
  });

  server.onerror = (error) => log("debug", "protocol", { kind: error.name });
  return server;
}

/** Answers that nobody reads would pile up; Woodpecker takes one request at a time anyway. */
const MAX_IN_FLIGHT = 16;

const busy = {
  isError: true,
  content: [
    {
      type: "text" as const,
      text: "Too many calls of this client are under way.\nNothing was sent and nothing was changed.\nNext: call again when the others have been answered.",
    },
  ],
};

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

function unknownTool(name: string, names: string[]): McpError {
  const near = closest(name, names, 3);
  const hint = near.length > 0 ? `; did you mean ${near.join(", ")}?` : `; tools: ${names.join(", ")}`;
  return new McpError(ErrorCode.InvalidParams, `Unknown tool ${JSON.stringify(name.slice(0, 80))}${hint}`);
}
