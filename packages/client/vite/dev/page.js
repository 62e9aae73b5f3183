import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { musubiTypes } from "../plugin.js";
import { showProblem } from "../problems.js";

/** Where a page under development expects the program, as the examples' vite.config.ts have it. */
const USUAL = /^(https?|wss?):\/\/(127\.0\.0\.1|localhost):4000\/?$/;

/**
 * Serves a page by its own Vite and its own vite.config. What it would ask of a program on the usual port,
 * and `/socket` in any case, goes to `device` instead, as in "http://127.0.0.1:41234".
 */
export async function servePage(folder, device, isRestarting) {
  const home = join(folder, "package.json");
  let entry;
  try {
    entry = createRequire(home).resolve("vite");
  } catch {
    throw new Error(`${folder} has no Vite yet: run npm install there`);
  }
  const { createServer, createLogger } = await import(pathToFileURL(entry).href);
  process.chdir(folder);

  const logger = createLogger();
  const { error } = logger;
  logger.error = (message, options) => {
    // While the program is restarted, nobody answers; the page tries again by itself.
    if (!(isRestarting() && /proxy (socket )?error/.test(message))) error(message, options);
  };

  let shown; // Vite makes a new server when vite.config changes
  let problem = "";
  const plugin = {
    name: "musubi-dev",
    config(config) {
      const asked = { "/socket": { target: device, ws: true }, ...config.server?.proxy };
      const proxy = Object.fromEntries(
        Object.entries(asked).map(([path, to]) => {
          const options = typeof to === "string" ? { target: to } : to;
          return [path, USUAL.test(String(options.target)) ? { ...options, target: device } : options];
        }),
      );
      return { server: { proxy } };
    },
    configureServer(server) {
      shown = server;
      showProblem(server, "musubi-dev", problem);
    },
  };
  const server = await createServer({ root: folder, customLogger: logger, plugins: [plugin, musubiTypes()] });
  await server.listen();
  return {
    urls: server.resolvedUrls?.local ?? [],
    show(text) {
      problem = text;
      showProblem(shown, "musubi-dev", text);
    },
    close: () => shown.close(),
  };
}
