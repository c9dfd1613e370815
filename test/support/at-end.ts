/**
 * Ends what a test has started, the last first. It is told to the test itself: files that run in one worker share their
 * modules (vitest.config.ts), so that a hook of this module would be there for the first of them only. What is started
 * outside of a test, for all tests of a file, ends with the worker, if the file does not end it.
 */
import { onTestFinished } from "vitest";

export function atEnd(cleanup: () => unknown): void {
  try {
    onTestFinished(async () => {
      await cleanup();
    });
  } catch {
    // There is no test to tell it to.
    process.once("exit", cleanup);
  }
}
