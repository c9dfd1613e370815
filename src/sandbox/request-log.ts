/** Remembers the requests that arrived, and which of them were carried out, for tests to look at. */
import type { SandboxRequest } from "./types.ts";

const KEPT = 10_000;

export interface RequestLog {
  requests: SandboxRequest[];
  add(request: SandboxRequest): void;
  /** Marks a request as having had its effect, whatever becomes of the answer. */
  carriedOut(request: SandboxRequest): void;
  writes(): SandboxRequest[];
}

export function createRequestLog(): RequestLog {
  const requests: SandboxRequest[] = [];
  const carriedOut = new WeakSet<SandboxRequest>();
  return {
    requests,
    add(request) {
      requests.push(request);
      if (requests.length > KEPT) requests.shift();
    },
    carriedOut: (request) => void carriedOut.add(request),
    writes: () => requests.filter((request) => request.method !== "GET" && carriedOut.has(request)),
  };
}
