/** The era of 2026-07-28, on the 2.x packages: the same registry, without handshake and session; a question travels in the result. */
import {
  CLIENT_CAPABILITIES_META_KEY,
  CLIENT_INFO_META_KEY,
  type ClientCapabilities,
  type Implementation,
  inputRequired,
  inputResponse,
  Server,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { looseObject, object, record, string, unknown } from "zod/v4";
import type { Rounds } from "../../calls/context.ts";
import { showsCard } from "../card-uri.ts";
import { canShowForms, confirmSchema } from "../forms.ts";
import { capabilities } from "../greeting.ts";
import { createServing, type ServingOptions } from "../serving.ts";
import { cacheHints, readHint } from "./cache.ts";

/** The arguments reach us as they were sent. */
const callParams = looseObject({ name: string(), arguments: unknown().optional() });
const promptParams = object({ name: string(), arguments: record(string(), string()).optional() });

/** The one question of a call, and the answer to it. */
const QUESTION = "confirm";

export function createModernServer(options: ServingOptions): Server {
  const serving = createServing(options);
  const { identity, instructions, definitions } = serving;
  const server = new Server(identity, { capabilities, instructions, cacheHints: cacheHints(options) });

  server.setRequestHandler("tools/list", () => ({ tools: definitions }) as never);
  server.setRequestHandler("tools/call", { params: callParams }, async (params, context) => {
    const { signal } = context.mcpReq;
    const { asks, ...result } = await serving.callTool(
      params.name,
      params.arguments,
      originOf(context),
      () => ({
        rounds: roundsOf(context, options.principal),
        card: showsCard(envelopeOf(context)[CLIENT_CAPABILITIES_META_KEY]),
        caller: envelopeOf(context)[CLIENT_INFO_META_KEY]?.name,
      }),
    );
    if (!asks || signal.aborted) return result;
    const question = inputRequired.elicit({ message: asks.message, requestedSchema: confirmSchema });
    return inputRequired({ inputRequests: { [QUESTION]: question }, requestState: asks.state });
  });
  server.setRequestHandler("prompts/list", serving.listPrompts);
  server.setRequestHandler("prompts/get", { params: promptParams }, (params) =>
    serving.getPrompt(params.name, params.arguments),
  );
  server.setRequestHandler("resources/list", serving.listResources);
  server.setRequestHandler("resources/templates/list", serving.listTemplates);
  server.setRequestHandler("resources/read", async ({ params }, context) => ({
    ...(await serving.readResource(params.uri, originOf(context))),
    ...readHint(params.uri),
  }));
  server.setRequestHandler("completion/complete", async ({ params }, { mcpReq }) => {
    const { completion } = await serving.complete(params, mcpReq.signal);
    return { completion: { ...completion } };
  });

  server.onerror = serving.failed;
  return server;
}

const originOf = ({ mcpReq }: ServerContext) => ({
  signal: mcpReq.signal,
  progressToken: mcpReq._meta?.progressToken,
  send: mcpReq.notify,
});

/** What each request says of its client. */
interface Envelope {
  [CLIENT_CAPABILITIES_META_KEY]?: ClientCapabilities;
  [CLIENT_INFO_META_KEY]?: Implementation;
}

const envelopeOf = ({ mcpReq }: ServerContext): Envelope => mcpReq.envelope ?? {};

/** Nothing for a client that cannot show forms. */
function roundsOf(context: ServerContext, principal = ""): Rounds | undefined {
  if (!canShowForms(envelopeOf(context)[CLIENT_CAPABILITIES_META_KEY]?.elicitation)) return undefined;
  const { mcpReq } = context;
  const state = mcpReq.requestState<string>();
  const answer = inputResponse(mcpReq.inputResponses, QUESTION);
  return { principal, state, answer: answer.kind === "elicit" ? answer : undefined };
}
