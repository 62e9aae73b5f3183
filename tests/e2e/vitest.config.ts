import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (name: string): string =>
  fileURLToPath(new URL(`../../packages/${name}/src/index.ts`, import.meta.url));

export default defineConfig({
  resolve: {
    alias: { "@musubi/client": source("client"), "@musubi/react": source("react") },
    dedupe: ["react", "react-dom"],
  },
  test: {
    include: ["*/*.test.{ts,tsx}"],
    maxWorkers: 2,
    testTimeout: 40_000,
    hookTimeout: 40_000,
  },
});
