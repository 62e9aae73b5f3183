import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";

/** The page's own `tsc`: where its package says that it is, which TypeScript 7 moved out of `exports`. */
async function compiler(root) {
  const about = createRequire(resolve(root, "package.json")).resolve("typescript/package.json");
  const { bin } = JSON.parse(await readFile(about, "utf8"));
  return resolve(dirname(about), bin.tsc);
}

/** JSON as tsconfig.json has it, without its comments. Strings are matched first, as they may hold "//". */
const withoutComments = (text) =>
  text.replace(/("(?:\\.|[^"\\])*")|\/\/.*|\/\*[^]*?\*\//g, (_, string) => string ?? "");

/**
 * Checks a page with its own TypeScript. What that complains about, empty when all is well.
 *
 * A project with references, as Vite's templates have it, is checked as its own `tsc -b` would: with
 * `-p` only the files of the first project are looked at, and there are none.
 */
export async function typecheck(root, project) {
  const file = resolve(root, project);
  const text = withoutComments(await readFile(file, "utf8"));
  const how = /"references"\s*:\s*\[\s*\{/.test(text) ? ["-b"] : ["--noEmit", "-p"];
  const command = [await compiler(root), ...how, file, "--pretty", "false"];
  return new Promise((done) => {
    const tsc = spawn(process.execPath, command, { cwd: root });
    let output = "";
    for (const stream of [tsc.stdout, tsc.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
    tsc.on("error", (error) => done(String(error)));
    tsc.on("close", (code) => done(code === 0 ? "" : output.trim() || `tsc ended with ${code}`));
  });
}
