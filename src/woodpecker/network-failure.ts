/** Why an exchange failed before an answer was whole: a code and our own words for it. */
import { kindOf } from "./meanings.ts";

interface Cause {
  code: string;
  detail: string;
}

interface Circumstances {
  /** Whether the request was begun. */
  started: boolean;
  cancelled: boolean;
  late: boolean;
  proxied: boolean;
}

export function whyFailed(error: unknown, { started, cancelled, late, proxied }: Circumstances): Cause {
  if (cancelled) return { code: "CANCELLED", detail: "the call was cancelled" };
  if (late) return { code: "TIMEOUT", detail: "no whole answer in time" };
  if (!started && proxied) return { code: "PROXY", detail: "the proxy did not pass it on" };
  return causeOf(error);
}

const words: Record<string, string> = {
  ECONNREFUSED: "connection refused",
  ENOTFOUND: "the host name could not be resolved",
  EAI_AGAIN: "the host name could not be resolved",
  ECONNRESET: "the connection was reset",
  EPIPE: "the connection was closed",
  ETIMEDOUT: "no connection in time",
  EHOSTUNREACH: "the host is unreachable",
  ENETUNREACH: "the network is unreachable",
  UND_ERR_CONNECT_TIMEOUT: "no connection in time",
  UND_ERR_HEADERS_TIMEOUT: "no answer in time",
  UND_ERR_BODY_TIMEOUT: "the answer stopped half-way",
  UND_ERR_SOCKET: "the connection was closed",
  UND_ERR_RES_EXCEEDED_MAX_SIZE: "the answer was larger than 10 MiB",
  UND_ERR_HEADERS_OVERFLOW: "the answer's headers were too large",
};

/** A code and our own words for it; never the error's own text, which may quote what we sent. */
function causeOf(error: unknown): Cause {
  const code = findCode(error) ?? "NETWORK";
  const kind = kindOf({ code });
  const isTls = kind === "certificate" || kind === "clock";
  return { code, detail: words[code] ?? (isTls ? `the TLS check failed (${code})` : "the network failed") };
}

function findCode(error: unknown): string | undefined {
  for (let inner = error, depth = 0; inner instanceof Error && depth < 5; depth += 1) {
    const { code, errors, cause } = inner as Error & { code?: unknown; errors?: unknown[] };
    if (typeof code === "string") return code;
    inner = errors?.[0] ?? cause;
  }
  return undefined;
}
