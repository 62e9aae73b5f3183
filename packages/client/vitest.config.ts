import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    restoreMocks: true,
    maxWorkers: 2,
    // The properties and the bundles take seconds on a busy machine.
    testTimeout: 60_000,
  },
});
