import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Much of their time the tests wait for sockets and processes: two workers more than there are cores.
    maxWorkers: availableParallelism() + 2,
    // No test replaces a module or changes the environment of its process, so the files may share one.
    isolate: false,
    globalSetup: "test/support/build.ts",
    setupFiles: "test/support/each-file.ts",
    // A guard against hanging, not a measure: every test takes a small part of it.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
