/** How the process ends, on stdio, over HTTP and as the sandbox: once, and after the calls in flight, for a moment. */
import { type Log, say } from "../log.ts";

export interface Process {
  /** Resolves when no call is in flight. */
  idle: () => Promise<unknown>;
  /** Told before that: nothing new is to begin. */
  stop?: () => void;
  close: () => Promise<void>;
  log: Log;
}

export type Shutdown = (code: number, why: string) => void;

/** Ends the process once: calls in flight get 2.5 s, then it is over in any case. A second signal ends it at once. */
export function createShutdown({ idle, stop, close, log }: Process): Shutdown {
  let ending = false;
  return (code, why) => {
    if (ending) return;
    ending = true;
    stop?.();
    if (code === 0) log("info", "shutdown", { why });
    else say(`woodpecker-campaigns-mcp: ${why}`);
    setTimeout(() => process.exit(code), 3_000).unref();
    const grace = new Promise((resolve) => setTimeout(resolve, 2_500).unref());
    Promise.race([idle(), grace])
      .then(close)
      .catch(() => undefined)
      .finally(() => process.exit(code));
  };
}

export function onSignals(shutdown: Shutdown): void {
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
    let seen = false;
    process.on(signal, () => {
      if (seen) process.exit(0);
      seen = true;
      shutdown(0, signal);
    });
  }
  process.on("uncaughtException", (error) => shutdown(1, `internal error (${error.name})`));
  process.on("unhandledRejection", () => shutdown(1, "internal error (rejection)"));
}
