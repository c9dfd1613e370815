/** Many clients say that they take anything, or JSON; the SDK wants both forms named, whatever the answer then is. */
import type { IncomingMessage } from "node:http";

const BOTH = "application/json, text/event-stream";

/** @param streams whether the answer will be a stream of events, which who takes JSON only could not read */
export function acceptBoth(request: IncomingMessage, streams: boolean): void {
  const { accept = "*/*" } = request.headers;
  const takes = (type: string) => accept.toLowerCase().includes(type);
  if (!takes("*/*") && !takes(streams ? "text/event-stream" : "application/json")) return;
  request.headers.accept = BOTH;
  // What the SDK reads.
  request.rawHeaders.push("accept", BOTH);
}
