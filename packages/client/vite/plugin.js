import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { resolve } from "node:path";

/** Runs the page's own `tsc`. What it complains about, empty when all is well. */
async function typecheck(root, project) {
  const compiler = createRequire(resolve(root, "package.json")).resolve("typescript/bin/tsc");
  const asked = [compiler, "--noEmit", "--pretty", "false", "-p", resolve(root, project)];
  return new Promise((done) => {
    const tsc = spawn(process.execPath, asked, { cwd: root });
    let output = "";
    tsc.stdout.on("data", (chunk) => (output += chunk));
    tsc.stderr.on("data", (chunk) => (output += chunk));
    tsc.on("error", (error) => done(String(error)));
    tsc.on("close", (code) => done(code === 0 ? "" : output.trim() || `tsc ended with ${code}`));
  });
}

/** @type {typeof import("./plugin.js").musubiTypes} */
export function musubiTypes({ bundle = "src/musubi.d.ts", project = "tsconfig.json" } = {}) {
  return {
    name: "musubi-types",
    apply: "serve",
    configureServer(server) {
      const { root, logger } = server.config;
      const watched = resolve(root, bundle);
      let running = false;
      let again = false;

      async function check() {
        again = running;
        if (running) return; // and once more when that is over
        running = true;
        const problems = await typecheck(root, project).catch(String);
        running = false;
        if (again) return check();
        if (problems === "") {
          logger.info("The page fits the types of the stores.", { timestamp: true });
          server.ws.send({ type: "full-reload" }); // also takes an error off the page
        } else {
          const message = `The page does not fit the types of the stores.\n${problems}`;
          logger.error(message, { timestamp: true });
          server.ws.send({ type: "error", err: { message, stack: "", plugin: "musubi-types" } });
        }
      }

      server.watcher.add(watched);
      for (const event of ["add", "change"]) {
        server.watcher.on(event, (file) => void (resolve(file) === watched && check()));
      }
    },
  };
}
