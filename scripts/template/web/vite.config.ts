import { musubiTypes } from "@musubi/client/vite";
import { defineConfig } from "vite";

export default defineConfig({
  base: "./", // relative, so that the page also works below a path behind a reverse proxy
  plugins: [musubiTypes()],
  build: {
    target: "es2022",
    assetsInlineLimit: 0, // the page's Content-Security-Policy forbids inline content
    modulePreload: { polyfill: false },
  },
  // For plain `vite`, with the program on its usual port. `npm run dev` brings the program along.
  server: { proxy: { "/socket": { target: "http://127.0.0.1:4000", ws: true } } },
});
