import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const client = new URL("../client/src/index.ts", import.meta.url);

export default defineConfig({
  // Relative, so that the page works at any path, and behind a reverse proxy.
  base: "./",
  resolve: { alias: { "@musubi/client": fileURLToPath(client) } },
  build: {
    target: "es2022",
    // Beside index.html, which a program with a page of its own has under another name.
    assetsDir: "inspector",
    // Inline nothing, because the security policy of the page forbids it.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: {
    // `npm run dev` serves the page for a program that runs on this machine, with the schema of that.
    proxy: {
      "/socket": { target: "http://127.0.0.1:4000", ws: true },
      "/inspector/schema.json": "http://127.0.0.1:4000",
    },
  },
  test: { include: ["test/**/*.test.ts"], maxWorkers: 2, restoreMocks: true, testTimeout: 60_000 },
});
