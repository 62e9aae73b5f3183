import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { build } from "vite";
import type { Program } from "./program.js";

const folder = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** A page of examples/features/pages, a file's name, as one script. */
async function script(name: string): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: "error",
    resolve: {
      alias: {
        "@musubi/client": folder("packages/client/src/index.ts"),
        "@musubi/react": folder("packages/react/src/index.ts"),
        ...Object.fromEntries(
          ["phoenix", "react", "react-dom"].map((name) => [name, folder(`tests/e2e/node_modules/${name}`)]),
        ),
      },
    },
    define: { "process.env.NODE_ENV": '"production"' },
    esbuild: { jsx: "automatic", jsxDev: false }, // vitest is not in production
    build: {
      write: false,
      target: "es2022",
      rollupOptions: { input: folder(`examples/features/pages/${name}`) },
    },
  });
  const first = "output" in made ? made.output[0] : undefined;
  if (first === undefined) throw new Error(`${name} is not one script`);
  return first.code;
}

/** A page that a test makes up has no address, from which Chromium lets nothing ask loopback. */
export const lettingGuidesIn = "--disable-features=LocalNetworkAccessChecks";

/** Opens the page `name` as if `program`, which has none, served it: same origin, real WebSocket. */
export async function openGuide(browser: Browser, program: Program, name: string): Promise<Page> {
  const page = await browser.newPage();
  page.setDefaultTimeout(15_000);
  const code = await script(name);
  await page.route(program.url("http", "/guide/**"), (route) =>
    route.request().url().endsWith(".js")
      ? route.fulfill({ contentType: "text/javascript", body: code })
      : route.fulfill({
          contentType: "text/html",
          body: `<!doctype html><base href="/"><body><script type="module" src="/guide/page.js"></script>`,
        }),
  );
  await page.goto(program.url("http", "/guide/"));
  return page;
}
