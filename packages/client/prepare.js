// Run by npm before this folder is used: by `npm ci` in packages/, and by an application that installs it as
// "file:…/packages/client" from a fresh checkout, where neither dist/ nor the compiler is there yet.
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));

function compiler() {
  return createRequire(import.meta.url).resolve("typescript/bin/tsc");
}

function installed() {
  try {
    return compiler();
  } catch {
    // Without the settings of the npm that runs this: they are about the application.
    const env = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
    execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
      cwd: fileURLToPath(new URL("..", import.meta.url)),
      env: Object.fromEntries(env),
      stdio: "inherit",
    });
    return compiler();
  }
}

const tsc = installed();
rmSync(new URL("dist", import.meta.url), { recursive: true, force: true });
execFileSync(process.execPath, [tsc, "-p", "tsconfig.build.json"], { cwd: here, stdio: "inherit" });
