// @vitest-environment node
import { fileURLToPath } from "node:url";
import { build, type Rolldown } from "vite";
import { describe, expect, test } from "vitest";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** The folders of the Reacts in a page's bundle, and whether the package's build is in it. */
async function reactsOf(dedupe: string[]) {
  const page = path("../../tests/react-18");
  const { output } = (await build({
    root: page,
    configFile: false,
    logLevel: "silent",
    resolve: { dedupe },
    build: { write: false, minify: false, rolldownOptions: { input: `${page}/page.ts` } },
  })) as Rolldown.RolldownOutput;
  const modules = output.flatMap((chunk) => (chunk.type === "chunk" ? chunk.moduleIds : []));
  expect(modules).toContain(path("../dist/create_musubi.js")); // as installed, not the sources
  const folders = modules.map((id) => /(.*\/node_modules\/react)\/index\.js/.exec(id)?.[1]);
  return [...new Set(folders.filter((folder) => folder !== undefined))].sort();
}

describe("a page that has a React of its own beside the one of a checkout", () => {
  const [own, checkout] = [
    path("../../tests/react-18/node_modules/react"),
    path("../../node_modules/react"),
  ];

  test("bundles both, if it does not say which", async () => {
    expect(await reactsOf([])).toEqual([checkout, own]);
  });

  // contract section 16.11
  test("bundles its own alone with resolve.dedupe", async () => {
    expect(await reactsOf(["react", "react-dom"])).toEqual([own]);
  });
});
