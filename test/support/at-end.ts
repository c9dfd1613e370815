/**
 * Ends what a test has started, the last first. It is told to the test itself: files that run in one worker share their
 * modules (vitest.config.ts), so that a hook of this module would be there for the first of them only. What is started
 * outside of a test, for all tests of a file, ends with the file: support/each-file.ts runs again for each of them.
 */
import { onTestFinished } from "vitest";

export type AtEnd = (cleanup: () => unknown) => void;

const ofFile: (() => unknown)[] = [];

export const atEnd: AtEnd = (cleanup) => {
  try {
    onTestFinished(async () => {
      await cleanup();
    });
  } catch {
    // There is no test to tell it to.
    ofFile.push(cleanup);
  }
};

export async function endFile(): Promise<void> {
  for (const cleanup of ofFile.splice(0).reverse()) await cleanup();
}
