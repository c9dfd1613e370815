/** The one place that knows the SDK's Server: our operations in, an MCP server out. */
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import {
  CallToolRequestSchema,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
  type RequestId,
  type ServerNotification,
} from "@modelcontextprotocol/sdk/types.js";
import type { JsonSchemaValidatorResult } from "@modelcontextprotocol/sdk/validation/types.js";
import { config, unknown } from "zod/v4";
import type { Ask } from "./consent.ts";
import type { Definition } from "./definition.ts";
import type { Log } from "./log.ts";
import { closest } from "./model/closest.ts";
import type { CallTools } from "./operation.ts";
import type { Toolbox } from "./toolbox.ts";
import { version } from "./version.ts";

export interface ServerOptions {
  /** The tools that exist for this caller, in order. */
  tools: readonly Definition[];
  call: Toolbox["call"];
  log: Log;
  /** Names the account in the log, without its key. */
  account?: string | undefined;
  /** Told of every call. */
  called?: ((tool: string, outcome: string, ms: number) => void) | undefined;
}

const instructions =
  "Woodpecker.co cold-email campaigns. Find ids with list_campaigns and list_mailboxes. create_campaign makes a DRAFT and sends nothing; run_campaign starts e-mailing real people and needs a person's agreement; pause_campaign stops at once. When an answer is confirmation_required, show its facts to the person and wait for their decision. After an unclear failure, read before repeating a write.";

/** How long a person has to answer, within the 60 s that clients wait for a tool. */
const ASK_MS = 45_000;

/** A start reads two messages: compiling their schemas to code takes longer than it saves. */
config({ jitless: true });

/** The arguments reach us as they were sent; the SDK's own schema would drop what it does not like without a word. */
const CallRequest = CallToolRequestSchema.extend({
  params: CallToolRequestSchema.shape.params.extend({ arguments: unknown().optional() }),
});

export function createServer({ tools, call, log, account, called }: ServerOptions): Server {
  const names = tools.map((tool) => tool.name);
  let inFlight = 0;
  const server = new Server(
    { name: "woodpecker", title: "Woodpecker campaigns", version },
    { capabilities: { tools: {} }, instructions, jsonSchemaValidator: trusting },
  );

  const ask = (signal: AbortSignal, relatedRequestId: RequestId): Ask | undefined => {
    if (!canShowForms(server.getClientCapabilities()?.elicitation)) return undefined;
    const form = { requestedSchema: confirmSchema };
    return (message) =>
      server.elicitInput({ message, ...form }, { timeout: ASK_MS, signal, relatedRequestId });
  };

  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: [...tools] }));

  server.setRequestHandler(CallRequest, async ({ params }, { signal, requestId, sendNotification }) => {
    const { name, arguments: args, _meta: meta } = params;
    const tool = tools.find((one) => one.name === name);
    if (!tool) throw unknownTool(name, names);
    // What stops sending is never turned away.
    const halts =
      !tool.annotations.readOnlyHint && tool.annotations.idempotentHint && !tool.annotations.destructiveHint;
    if (inFlight >= MAX_IN_FLIGHT && !halts) return busy;
    inFlight += 1;
    const started = performance.now();
    const result = await call(name, args, {
      signal,
      ask: ask(signal, requestId),
      caller: server.getClientVersion()?.name,
      progress: progressTo(meta?.progressToken, sendNotification),
    }).finally(() => {
      inFlight -= 1;
    });
    const outcome = result.isError ? "error" : String(result.structuredContent?.outcome ?? "ok");
    const ms = Math.round(performance.now() - started);
    called?.(name, outcome, ms);
    log("info", "call", { tool: name, outcome, ms, ...(account && { account }) });
    return result;
  });

  server.onerror = (error) => log("debug", "protocol", { kind: error.name });
  return server;
}

/** An empty declaration means forms; one that names only links does not. */
const canShowForms = (elicitation: object | undefined) =>
  elicitation !== undefined && ("form" in elicitation || Object.keys(elicitation).length === 0);

/** Progress goes only to clients that gave a token for it; one that cannot be delivered is no failure of the call. */
function progressTo(
  progressToken: string | number | undefined,
  send: (notification: ServerNotification) => Promise<void>,
): CallTools["progress"] | undefined {
  if (progressToken === undefined) return undefined;
  return (progress, total, message) => {
    const params = { progressToken, progress, total, message };
    send({ method: "notifications/progress", params }).catch(() => undefined);
  };
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

const confirmSchema = {
  type: "object" as const,
  properties: {
    confirm: {
      type: "boolean" as const,
      title: "Yes, do it",
      description: "Nothing happens unless this is set.",
      default: false,
    },
  },
  required: ["confirm"],
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
