/**
 * Ends what a test has started, the last first. It is told to the test itself: files that run in one worker share their
 * modules (vitest.config.ts), so that a hook of this module would be there for the first of them only.
 */
import { onTestFinished } from "vitest";

export const atEnd = (cleanup: () => unknown): void =>
  onTestFinished(async () => {
    await cleanup();
  });
