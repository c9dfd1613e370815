import type { SandboxRequest } from "./options.ts";

const KEPT = 10_000;

export interface RequestLog {
  requests: SandboxRequest[];
  add(request: SandboxRequest): void;
  /** Marks a request as having reached its handler, unlike one that got a prepared failure. */
  handled(request: SandboxRequest): void;
  writes(): SandboxRequest[];
}

export function createRequestLog(): RequestLog {
  const requests: SandboxRequest[] = [];
  const handled = new WeakSet<SandboxRequest>();
  return {
    requests,
    add(request) {
      requests.push(request);
      if (requests.length > KEPT) requests.shift();
    },
    handled: (request) => void handled.add(request),
    writes: () =>
      requests.filter(
        (request) =>
          request.method !== "GET" && handled.has(request) && request.status >= 200 && request.status < 300,
      ),
  };
}
