import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { musubiTypes } from "../../../packages/client/vite/plugin.js";

const client = new URL("../../../packages/client/src/index.ts", import.meta.url);

export default defineConfig({
  // Relative, so that the page also works below a path behind a reverse proxy.
  base: "./",
  plugins: [musubiTypes()],
  resolve: { alias: { "@musubi/client": fileURLToPath(client) } },
  build: {
    target: "es2022",
    // Inline nothing, because the security policy of the page forbids it.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: {
    // `npm run dev` serves the page for a gateway that runs on this machine, on its usual port.
    proxy: { "/socket": { target: "http://127.0.0.1:4000", ws: true } },
  },
  test: { include: ["test/**/*.test.ts"], maxWorkers: 2 },
});
