/** Puts a question to the person in a form of the client (elicitation), and tells an answer from no answer. */
import type { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { ErrorCode, McpError, type RequestId } from "@modelcontextprotocol/sdk/types.js";
import type { Ask, FormAnswer } from "../calls/context.ts";
import { canShowForms, confirmSchema } from "./forms.ts";
import { type Progress, WAITING } from "./progress.ts";

/** How long a person has to answer: within the 60 s that clients wait for a tool, or as long as progress keeps them waiting. */
const ASK_MS = 45_000;
const ASK_WITH_PROGRESS_MS = 600_000;

/** Clients that were told how to do without forms. */
const told = new WeakSet<Server>();

/** What puts the questions of one call; nothing for a client that cannot show forms. */
export function askThrough(
  server: Server,
  signal: AbortSignal,
  relatedRequestId: RequestId,
  progress: Progress | undefined,
): Ask | undefined {
  if (!canShowForms(server.getClientCapabilities()?.elicitation)) return undefined;
  const timeout = progress ? ASK_WITH_PROGRESS_MS : ASK_MS;
  return (message) => {
    progress?.tell(0, undefined, "Waiting for a person's answer");
    return put(server, message, { timeout, signal, relatedRequestId }).finally(() =>
      progress?.tell(0, undefined, WAITING),
    );
  };
}

async function put(server: Server, message: string, wait: Waiting): Promise<FormAnswer> {
  try {
    const answer = await server.elicitInput({ message, requestedSchema: confirmSchema }, wait);
    if (answer.action === "accept" || told.has(server)) return answer;
    told.add(server);
    return { ...answer, note: "If no form was seen, WOODPECKER_FORMS=off asks in the chat instead." };
  } catch (error) {
    // What is not an error of the protocol is an answer in a wrong form.
    if (!(error instanceof McpError)) return { action: "unreadable" };
    return { unasked: error.code === ErrorCode.RequestTimeout ? silence(wait.timeout) : failure(error) };
  }
}

interface Waiting {
  timeout: number;
  signal: AbortSignal;
  relatedRequestId: RequestId;
}

const silence = (ms: number) =>
  `Nobody answered the form within ${ms === ASK_MS ? "45 seconds" : "ten minutes"}.`;

const failure = ({ code }: McpError) =>
  `The client answered the form with an error (${code}), so nobody was asked.`;
