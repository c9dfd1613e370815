import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // The tests wait for sockets and processes more than they compute.
    maxWorkers: "100%",
    globalSetup: "test/support/build.ts",
    // A guard against hanging, not a measure: every test takes a small part of it.
    testTimeout: 20_000,
  },
});
