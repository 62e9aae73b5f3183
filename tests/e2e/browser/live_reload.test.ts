import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { launch } from "../support/browser.js";
import { onText } from "../support/text.js";

// A project that scripts/new writes, under musubi-dev, by the target that CMake has for it: what is saved there is seen in a browser. A compiler
// takes its time on a busy machine.
const PATIENCE = 300_000;
const root = fileURLToPath(new URL("../../../", import.meta.url));
const build = dirname(resolve(root, process.env["MUSUBI_BIN"] ?? "build/gcc-release/bin"));

let work: string;
let dev: ChildProcess;
let said = "";
let browser: Browser;
let page: Page;

// Whatever was started is in one process group, which may be there when cmake has ended, and gone before it is asked.
const signalled = (signal: NodeJS.Signals | 0) => {
  try {
    return dev?.pid !== undefined && process.kill(-dev.pid, signal);
  } catch {
    return false;
  }
};
const allEnded = () => vi.waitUntil(() => !signalled(0), { timeout: PATIENCE });
const run = (...[command = "", ...words]: string[]) => execFileSync(command, words, { stdio: "pipe" });
const edit = (file: string, from: string | RegExp, to: string) => {
  const path = join(work, "blinker", file);
  const text = readFileSync(path, "utf8");
  expect(text).toMatch(from);
  writeFileSync(path, text.replace(from, to));
};
const overlay = (text: string | RegExp) => page.locator("vite-error-overlay").getByText(text).first();
const hasSaid = (what: RegExp) =>
  new Promise<string>((found, failed) => {
    const look = () => {
      const match = what.exec(said);
      if (match === null) return;
      dev.stdout?.off("data", look);
      found(match[1] ?? "");
    };
    dev.stdout?.on("data", look);
    dev.on("exit", (code) => failed(new Error(`musubi-dev ended with ${code}: ${said}`)));
    look();
  });

beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), "musubi-dev-"));
  run("cmake", "--install", build, "--prefix", join(work, "prefix"));
  run(join(root, "scripts/new"), "blinker", join(work, "blinker"));
  const project = join(work, "blinker");
  // What npm install would fetch is here already.
  const modules = join(project, "web/node_modules");
  mkdirSync(join(modules, "@musubi"), { recursive: true });
  symlinkSync(join(root, "packages/client"), join(modules, "@musubi/client"));
  for (const name of ["@types", "phoenix", "typescript", "vite"]) {
    symlinkSync(join(root, "tests/e2e/node_modules", name), join(modules, name));
  }
  const prefix = `-DCMAKE_PREFIX_PATH=${join(work, "prefix")}`;
  run("cmake", "-S", project, "--preset", "dev", "-DMUSUBI_SOURCE=", prefix);

  // In a process group of its own, as a shell starts it: Ctrl-C reaches the build and what it runs.
  dev = spawn("cmake", ["--build", "build/dev", "--target", "blinker_dev"], { cwd: project, detached: true });
  for (const stream of [dev.stdout, dev.stderr]) onText(stream, (text) => (said += text));
  const url = await hasSaid(/its page is at (\S+)/);
  browser = await launch();
  page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  await page.goto(url);
  await page.getByText("live", { exact: true }).waitFor();
}, PATIENCE);

afterAll(async () => {
  await browser?.close();
  signalled("SIGTERM");
  await allEnded();
  rmSync(work, { recursive: true, force: true });
});

test("what does not compile is told on the page, while the program goes on", { timeout: PATIENCE }, async () => {
  await page.evaluate(() => document.body.setAttribute("data-same", "page"));
  edit("lamp.hpp", "{now.on, now.brightness}", "{now.on, now.bright}");
  await overlay(/has no member named .bright./).waitFor();
  expect(await page.locator("#status").textContent()).toBe("live");
  expect(said).toContain("it does not build");
});

test("a saved source is seen in the page, which stays the same", { timeout: PATIENCE }, async () => {
  edit("lamp.hpp", "brightness = 50;", "brightness = 61;");
  const since = performance.now();
  edit("lamp.hpp", "{now.on, now.bright}", "{now.on, now.brightness}");
  await page.locator("#shown").getByText("61 %", { exact: true }).waitFor();
  const took = Math.round(performance.now() - since);
  const compiling = said.match(/built in (\S+) s/g)?.at(-1);
  console.log(`from save to the new value in the browser: ${took} ms, of which it was ${compiling}`);
  await page.locator("vite-error-overlay").waitFor({ state: "detached" });
  expect(await page.locator("body").getAttribute("data-same")).toBe("page");
});

test("a page that does not fit the new types says so, until it does", { timeout: PATIENCE }, async () => {
  edit("lamp.hpp", /(struct State \{\s+bool on;\s+std::int32_t )brightness;/, "$1level;");
  await overlay("Property 'brightness' does not exist").waitFor();
  edit("web/src/main.ts", "`${lamp.brightness} %`", "`${lamp.level} %`");
  edit("web/src/main.ts", "String(lamp.brightness)", "String(lamp.level)");
  await page.locator("vite-error-overlay").waitFor({ state: "detached" });
  await page.locator("#shown").getByText("61 %", { exact: true }).waitFor();
});

test("Ctrl-C ends everything that it started", { timeout: PATIENCE }, async () => {
  const device = await hasSaid(/blinker is at (\S+)/);
  expect(signalled("SIGINT")).toBe(true);
  await allEnded();
  await expect(fetch(device)).rejects.toThrow();
});
