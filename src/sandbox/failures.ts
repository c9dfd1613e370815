/** The failures that a test has prepared: which request they are for, and what is answered instead. */
import { overload, type Reply, unauthorised, unknownError, v1Error } from "./reply.ts";
import type { Dialect, SandboxFailure, SandboxRequest } from "./types.ts";

/** undefined: the connection breaks instead. */
export type Answer = Reply | undefined;

export interface Failures {
  add(failure: SandboxFailure): void;
  take(request: SandboxRequest): SandboxFailure | undefined;
}

export function createFailures(): Failures {
  const prepared: { failure: SandboxFailure; left: number }[] = [];
  return {
    add(failure) {
      prepared.push({ failure, left: failure.times ?? 1 });
    },
    take(request) {
      const index = prepared.findIndex(({ failure, left }) => left > 0 && matches(failure, request));
      const found = prepared[index];
      if (!found) return undefined;
      found.left -= 1;
      if (found.left <= 0) prepared.splice(index, 1);
      return found.failure;
    },
  };
}

function matches({ method, path }: SandboxFailure, request: SandboxRequest): boolean {
  if (method && method.toUpperCase() !== request.method) return false;
  // search() ignores lastIndex, so a global pattern matches every time.
  return !path || request.path.search(path) >= 0;
}

export function failureAnswer(
  { status = 500, body, headers, drop }: SandboxFailure,
  standard: (status: number) => Reply,
): Answer {
  if (drop) return undefined;
  return { status, body: body === undefined ? standard(status).body : body, headers };
}

/** The body that is documented for a status whatever the route; without one there is none. */
export function documented(status: number, v1: boolean, call: string, dialect: Dialect, now: Date): Reply {
  if (status === 401) return unauthorised(v1, now);
  if (status === (v1 ? 409 : 429)) return overload(v1, now);
  if (status === 500) return v1 ? v1Error(500, "E_UNNOWN", "Unknown error.") : unknownError(call, dialect);
  return { status };
}
