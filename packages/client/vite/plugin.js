import { resolve } from "node:path";
import { showProblem } from "./problems.js";
import { typecheck } from "./typecheck.js";

/** What a page is written in; each may be what mends it. */
const SOURCE = /\.([cm]?[jt]sx?|svelte|vue)$/;
/** Marks a server that has one of these already: `musubi-dev` brings it to pages that do not. */
const CHECKED = Symbol.for("musubi.types");

/** @type {typeof import("./plugin.js").musubiTypes} */
export function musubiTypes({ bundle = "src/musubi.d.ts", project = "tsconfig.json" } = {}) {
  return {
    name: "musubi-types",
    apply: "serve",
    configureServer(server) {
      if (server[CHECKED]) return;
      server[CHECKED] = true;
      const { root, logger } = server.config;
      const watched = resolve(root, bundle);
      let running = false;
      let again = false;
      let fits = true;

      async function check() {
        again = running;
        if (running) return; // and once more when that is over
        running = true;
        const problems = await typecheck(root, project).catch(String);
        running = false;
        if (again) return check();
        fits = problems === "";
        const message = `The page ${fits ? "fits" : "does not fit"} the types of the stores.`;
        if (fits) logger.info(message, { timestamp: true });
        else logger.error(`${message}\n${problems}`, { timestamp: true });
        showProblem(server, "musubi-types", fits ? "" : `${message}\n${problems}`);
      }

      server.watcher.add(watched);
      for (const event of ["add", "change"]) {
        server.watcher.on(event, (file) => {
          if (resolve(file) === watched || (!fits && SOURCE.test(file))) void check();
        });
      }
    },
  };
}
