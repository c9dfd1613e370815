/**
 * Clients call twice: some dispatch a call a second time within milliseconds, models repeat one whose answer was lost.
 * Identical writes at the same time share one run and its result. For ten minutes a create or an import that was
 * already done, or may have been, is answered with what came of it instead of being done again.
 */
import { createHash } from "node:crypto";
import type { CallResult } from "../values/call-result.ts";
import { canonical } from "../values/canonical.ts";
import type { Loose } from "../values/loose.ts";

export const WINDOW_MS = 10 * 60 * 1000;
const MAX_KEPT = 1_000;

export interface Earlier {
  result: CallResult;
  at: number;
  /** Nobody knows whether it was done. */
  unclear: boolean;
}

export interface Repeats {
  /** Runs `make`, unless the same call is running: then its result, `shared`. */
  together(key: string, make: () => Promise<CallResult>): Promise<{ result: CallResult; shared: boolean }>;
  /** The result of the same call within the last ten minutes. */
  earlier(key: string): Promise<Earlier | undefined>;
  /** Told before the first write of a call that must not be done twice; `result` is for those who repeat it if this process ends in the middle. */
  begun(key: string, result: CallResult): Promise<void>;
  /** How a call ended that was done, or may have been. */
  keep(key: string, result: CallResult, unclear: boolean): Promise<void>;
  /** What was begun came to nothing. */
  drop(key: string): Promise<void>;
  /** After a delete, what was made before may rightly be made again; what is unclear stays so. */
  forget(): Promise<void>;
}

export function createRepeats(now: () => number = Date.now): Repeats {
  const kept = new Map<string, Earlier>();
  const together = createTogether();
  return {
    together,
    async earlier(key) {
      const entry = kept.get(key);
      if (entry && now() - entry.at < WINDOW_MS) return entry;
      kept.delete(key);
      return undefined;
    },
    // Whoever could ask ends with this process.
    begun: async () => undefined,
    async keep(key, result, unclear) {
      kept.delete(key);
      kept.set(key, { result, at: now(), unclear });
      for (const oldest of kept.keys()) {
        if (kept.size <= MAX_KEPT) break;
        kept.delete(oldest);
      }
    },
    drop: async () => undefined,
    async forget() {
      for (const [key, { unclear }] of kept) if (!unclear) kept.delete(key);
    },
  };
}

/** Within one process. */
export function createTogether(): Repeats["together"] {
  const running = new Map<string, Promise<CallResult>>();
  return async (key, make) => {
    const known = running.get(key);
    if (known) return { result: await known, shared: true };
    const own = make();
    running.set(key, own);
    try {
      return { result: await own, shared: false };
    } finally {
      running.delete(key);
    }
  };
}

/** Equal for equal calls of one account, and nothing of the arguments can be read from it. */
export function callKey(tenant: string, tool: string, args: Loose): string {
  return createHash("sha256")
    .update(JSON.stringify([tenant, tool, canonical(args)]))
    .digest("base64url");
}
