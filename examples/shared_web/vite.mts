// How Vite builds the React pages of the examples.
import { fileURLToPath } from "node:url";
import type { PluginOption, UserConfig } from "vite";
import { musubiTypes } from "../../packages/client/vite/plugin.js";

const source = (name: string) => fileURLToPath(new URL(`../../packages/${name}/src/index.ts`, import.meta.url));

/** The program, which `npm run dev` serves the page for. */
const program = "http://127.0.0.1:4000";

/** `gets` are paths that the program answers besides its socket. */
export function page({ react, gets = [] }: { react: PluginOption; gets?: string[] }): UserConfig {
  return {
    // Relative, so that the page also works below a path behind a reverse proxy.
    base: "./",
    plugins: [react, musubiTypes()],
    resolve: {
      alias: { "@musubi/client": source("client"), "@musubi/react": source("react") },
      dedupe: ["phoenix", "react", "react-dom"], // this page's, also in the package and here: two Reacts do not work together
    },
    build: {
      target: "es2022",
      // Inline nothing, because the security policy of the page forbids it.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
    },
    server: {
      proxy: {
        "/socket": { target: program, ws: true },
        ...Object.fromEntries(gets.map((path) => [path, program])),
      },
    },
  };
}
