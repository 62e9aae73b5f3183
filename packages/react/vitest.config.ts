import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const oldest = (name: string): string => path(`../tests/react-18/node_modules/${name}`);

export default defineConfig({
  resolve: { alias: { "@musubi/client": path("../client/src/index.ts") } },
  test: {
    include: ["test/**/*.test.{ts,tsx}"],
    environment: "happy-dom",
    restoreMocks: true,
    maxWorkers: 2,
    isolate: false, // the document of one file does for all, and takes its time to be made
    testTimeout: 20_000,
    projects: [
      { extends: true, test: { name: "react 19" } },
      {
        extends: true,
        resolve: { alias: { react: oldest("react"), "react-dom": oldest("react-dom") } },
        test: { name: "react 18" },
      },
    ],
  },
});
