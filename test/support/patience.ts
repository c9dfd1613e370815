/** How long tests wait for what must come: guards against hanging on a machine that may be slow and busy, no measures. */
import { vi } from "vitest";

/** Shorter than a test may take (vitest.config.ts), so that what did not come is named. */
export const PATIENCE_MS = 120_000;

/** Looks again and again until it holds. */
export const waitFor = <T>(look: () => T | Promise<T>, interval = 50): Promise<T> =>
  vi.waitFor(look, { timeout: PATIENCE_MS, interval });
