import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createLogger, createServer, type ViteDevServer } from "vite";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { musubiTypes } from "../vite/plugin.js";

const modules = fileURLToPath(new URL("../../node_modules/", import.meta.url));
const options = { strict: true, noEmit: true, types: [], lib: ["ES2022"] };
const bundleOf = (type: string) =>
  `declare namespace Musubi { interface State { count: ${type} } }\n`;

let root: string;
let server: ViteDevServer;
/** What a browser that has the page open would be told. */
let told: { type: string; err?: { message: string } }[];

const write = (file: string, text: string) => writeFile(join(root, file), text);
const isWatched = (yes: boolean) =>
  vi.waitFor(
    () => expect((server.watcher.getWatched()[root] ?? []).includes("musubi.d.ts")).toBe(yes),
    { timeout: 55_000 },
  );
const isLast = (type: string) =>
  vi.waitFor(() => expect(told.at(-1)?.type).toBe(type), { timeout: 55_000 });

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "musubi-page-"));
  await mkdir(join(root, "node_modules"));
  await write("package.json", "{}");
  await write("main.ts", "export const half = (s: Musubi.State) => s.count / 2;\n");
  await write("musubi.d.ts", bundleOf("number"));
  await write("tsconfig.json", JSON.stringify({ compilerOptions: options, include: ["*.ts"] }));
});
afterEach(async () => {
  await server.close();
  await rm(root, { recursive: true });
});

/** Vite's server for the page, whose own compiler is `compiler`. */
async function serve(compiler: string) {
  await symlink(join(modules, compiler), join(root, "node_modules/typescript"));
  server = await createServer({
    root,
    configFile: false,
    appType: "custom",
    customLogger: { ...createLogger("silent") },
    optimizeDeps: { noDiscovery: true },
    server: { middlewareMode: true, ws: false },
    plugins: [musubiTypes({ bundle: "musubi.d.ts" })],
  });
  await isWatched(true);
  told = [];
  vi.spyOn(server.ws, "send").mockImplementation(((message: (typeof told)[number]) => {
    told.push(message);
  }) as typeof server.ws.send);
}

test("a page that does not fit is told what to change, and when it fits", async () => {
  await serve("typescript");
  await write("musubi.d.ts", bundleOf("string"));
  await isLast("error");
  expect(told.at(-1)?.err?.message).toMatch(/main\.ts\(1,\d+\): error TS2362/);

  await write("musubi.d.ts", bundleOf("number"));
  await isLast("update"); // takes the error off, and leaves the page as it is

  await write("musubi.d.ts", bundleOf("string"));
  await isLast("error");
  await write("main.ts", "export const length = (s: Musubi.State) => s.count.length;\n");
  await isLast("update"); // also what mends the page is seen
});

test.each([
  ["TypeScript 7", "typescript"],
  ["TypeScript 5", "typescript-5"],
])("%s checks all of a page with several projects, as in Vite's templates", async (_, compiler) => {
  await write(
    "tsconfig.json",
    '{ "files": [], /* of "//" projects: */ "references": [ { "path": "./tsconfig.app.json" } ] }',
  );
  const app = { compilerOptions: options, include: ["*.ts"] };
  await write("tsconfig.app.json", JSON.stringify(app));
  await serve(compiler);
  await write("musubi.d.ts", bundleOf("string"));
  await isLast("error");
  expect(told.at(-1)?.err?.message).toMatch(/main\.ts\(1,\d+\): error TS2362/);
});

test("types that were not there before are seen", async () => {
  await serve("typescript");
  await rm(join(root, "musubi.d.ts"));
  await isWatched(false);
  await write("musubi.d.ts", bundleOf("string"));
  await isLast("error");
});

test("a page without TypeScript is told that it needs one", async () => {
  await serve("none");
  await write("musubi.d.ts", bundleOf("string"));
  await isLast("error");
  expect(told.at(-1)?.err?.message).toContain("Cannot find module 'typescript/package.json'");
});
