import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const client = new URL("../../packages/client/src/index.ts", import.meta.url);

export default defineConfig({
  resolve: { alias: { "@musubi/client": fileURLToPath(client) } },
  test: {
    include: ["*/*.test.ts"],
    maxWorkers: 2,
    testTimeout: 40_000,
    hookTimeout: 40_000,
  },
});
