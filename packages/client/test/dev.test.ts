import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

// The parts of musubi-dev; tests/e2e/browser/live_reload.test.ts has the whole.
const part = (name: string) => import(new URL(`../vite/dev/${name}.js`, import.meta.url).href);
const { beginning, complaints } = await part("build");
const { startProgram } = await part("program");
const { watchSources } = await part("watch");
const { findPage, findProgram } = await part("project");

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), "musubi-dev-"))));
afterEach(() => rm(folder, { recursive: true }));

describe("what is shown of a build that failed", () => {
  test("is what the compiler said, without the build tool's words", () => {
    const output = [
      "[1/3] Building CXX object lamp.cpp.o",
      "FAILED: lamp.cpp.o",
      "/usr/bin/c++ -std=c++20 -c lamp.cpp",
      "lamp.cpp:7:3: error: expected ';'",
      "    7 |   on = true",
      "ninja: build stopped: subcommand failed.",
    ].join("\n");
    expect(complaints(output)).toBe("lamp.cpp:7:3: error: expected ';'\n    7 |   on = true");
  });

  test("is everything when nothing else is left", () => {
    const output = "ninja: error: unknown target 'lamp'\n";
    expect(complaints(output)).toBe("ninja: error: unknown target 'lamp'");
  });

  test("is cut for the page", () => {
    const text = Array.from({ length: 100 }, (_, line) => `${line}`).join("\n");
    expect(beginning(text)).toMatch(/\n39\n… 60 more lines in the terminal$/);
    expect(beginning("short")).toBe("short");
  });
});

describe("sources", () => {
  test("are seen when saved, also in a folder made later, and what is built is not", async () => {
    await mkdir(join(folder, "stores"));
    await mkdir(join(folder, "build"));
    await mkdir(join(folder, "elsewhere"));
    await writeFile(join(folder, "elsewhere/CMakeCache.txt"), "");
    const seen = new Set<string>();
    const stop = await watchSources([folder], (path: string) => seen.add(path));
    for (const file of ["build/a.cpp", "elsewhere/b.cpp", "stores/notes.txt", "stores/lamp.hpp"]) {
      await writeFile(join(folder, file), "");
    }
    await mkdir(join(folder, "later"));
    await vi.waitFor(async () => {
      await writeFile(join(folder, "later/new.cpp"), "");
      expect([...seen].sort()).toEqual([join(folder, "later/new.cpp"), join(folder, "stores/lamp.hpp")]);
    });
    stop();
  });
});

describe("a program", () => {
  test("that ends by itself is told of, with what it said last", async () => {
    const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const script = "console.error('the port is taken'); process.exit(3)";
    const told = await new Promise((ended) => startProgram(process.execPath, ["-e", script], ended));
    expect(told).toBe("The program ended with 3.\nthe port is taken");
    expect(said).toHaveBeenCalled();
  });

  test("that is asked to end is not", async () => {
    const ended = vi.fn();
    const program = startProgram(process.execPath, ["-e", "setInterval(() => {}, 1000)"], ended);
    await program.stop();
    expect(ended).not.toHaveBeenCalled();
  });

  test("that is not there is told of", async () => {
    const told = await new Promise((ended) => startProgram(join(folder, "none"), [], ended));
    expect(told).toMatch(/^The program cannot be started: .*ENOENT/);
  });
});

describe("a project", () => {
  test("that CMake has not configured is named", async () => {
    await expect(findProgram(folder, "lamp")).rejects.toThrow("is no build folder; configure it first");
  });

  test("has its page beside the sources of the program, or above them", async () => {
    const source = join(folder, "src");
    await mkdir(source);
    expect(findPage({ folder: source, sources: [folder] })).toBeUndefined();
    await mkdir(join(folder, "web"));
    await writeFile(join(folder, "web/package.json"), "{}");
    expect(findPage({ folder: source, sources: [folder] })).toBe(join(folder, "web"));
  });
});
