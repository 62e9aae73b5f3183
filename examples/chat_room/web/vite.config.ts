import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { musubiTypes } from "../../../packages/client/vite/plugin.js";

const source = (name: string) =>
  fileURLToPath(new URL(`../../../packages/${name}/src/index.ts`, import.meta.url));

export default defineConfig({
  // Relative, so that the page also works below a path behind a reverse proxy.
  base: "./",
  plugins: [react(), musubiTypes()],
  resolve: {
    alias: { "@musubi/client": source("client"), "@musubi/react": source("react") },
    dedupe: ["react", "react-dom"], // this page's, also in the package: two Reacts do not work together
  },
  build: {
    target: "es2022",
    // Inline nothing, because the security policy of the page forbids it.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: {
    // `npm run dev` serves the page for a program that runs on this machine.
    proxy: {
      "/socket": { target: "http://127.0.0.1:4000", ws: true },
      "/attachments": "http://127.0.0.1:4000",
    },
  },
});
