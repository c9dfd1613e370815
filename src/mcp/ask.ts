/** How a person is asked by a form of their client: one box to tick, and nothing happens unless it is ticked. */
import type { Server } from "@modelcontextprotocol/sdk/server/index.js";
import type { RequestId } from "@modelcontextprotocol/sdk/types.js";
import type { Ask } from "../calls/context.ts";
import { type Progress, WAITING } from "./progress.ts";

/** How long a person has to answer, within the 60 s that clients wait for a tool. */
const ASK_MS = 45_000;

/** Nothing for a client that cannot show forms. */
export function askThrough(
  server: Server,
  signal: AbortSignal,
  relatedRequestId: RequestId,
  progress: Progress | undefined,
): Ask | undefined {
  if (!canShowForms(server.getClientCapabilities()?.elicitation)) return undefined;
  const form = { requestedSchema: confirmSchema };
  return (message) => {
    progress?.tell(0, undefined, "Waiting for a person's answer");
    return server
      .elicitInput({ message, ...form }, { timeout: ASK_MS, signal, relatedRequestId })
      .finally(() => progress?.tell(0, undefined, WAITING));
  };
}

/** An empty declaration means forms; one that names only links does not. */
const canShowForms = (elicitation: object | undefined) =>
  elicitation !== undefined && ("form" in elicitation || Object.keys(elicitation).length === 0);

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
