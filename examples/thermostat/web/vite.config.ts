import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { musubiTypes } from "../../../packages/client/vite/plugin.js";

const client = new URL("../../../packages/client/src/index.ts", import.meta.url);

// phoenix.js from its sources, without the parts that a board does not use: saves a kilobyte of flash.
const phoenix = new URL("node_modules/phoenix/assets/js/phoenix/index.js", import.meta.url);
const withoutLongPolling: Plugin = {
  name: "without-long-polling",
  enforce: "pre",
  load: (id) => (/\/phoenix\/(longpoll|presence)\.js$/.test(id) ? "export default undefined" : null),
};

export default defineConfig({
  base: "./",
  plugins: [musubiTypes(), withoutLongPolling],
  resolve: {
    alias: { "@musubi/client": fileURLToPath(client), phoenix: fileURLToPath(phoenix) },
  },
  build: {
    target: "es2022",
    // Inline nothing, because the security policy of the page forbids it.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: {
    // `npm run dev` serves the page for a board that runs on this machine: scripts/board run 8080.
    proxy: { "/socket": { target: "http://127.0.0.1:8080", ws: true } },
  },
});
