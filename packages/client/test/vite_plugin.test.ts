import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createLogger, createServer, type ViteDevServer } from "vite";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { musubiTypes } from "../vite/plugin.js";

// Inside this package, so that the page finds TypeScript.
const here = fileURLToPath(new URL(".", import.meta.url));
const bundleOf = (type: string) =>
  `declare namespace Musubi { interface State { count: ${type} } }\n`;

let root: string;
let server: ViteDevServer;
/** What a browser that has the page open would be told. */
let told: { type: string; err?: { message: string } }[];

beforeEach(async () => {
  root = await mkdtemp(join(here, "page-"));
  await writeFile(join(root, "package.json"), "{}");
  await writeFile(
    join(root, "tsconfig.json"),
    JSON.stringify({
      compilerOptions: { strict: true, types: [], lib: ["ES2022"] },
      include: ["*.ts"],
    }),
  );
  await writeFile(join(root, "main.ts"), "export const half = (s: Musubi.State) => s.count / 2;\n");
  await writeFile(join(root, "musubi.d.ts"), bundleOf("number"));
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
});
afterEach(async () => {
  await server.close();
  await rm(root, { recursive: true });
});
const write = (type: string) => writeFile(join(root, "musubi.d.ts"), bundleOf(type));
const isWatched = (yes: boolean) =>
  vi.waitFor(
    () => expect((server.watcher.getWatched()[root] ?? []).includes("musubi.d.ts")).toBe(yes),
    { timeout: 30_000 },
  );
const isTold = (type: string) =>
  vi.waitFor(() => expect(told.map((each) => each.type)).toContain(type), { timeout: 30_000 });

test("a page that does not fit is told what to change, and reloads when it fits", async () => {
  await write("string");
  await isTold("error");
  const { err } = told.find(({ type }) => type === "error")!;
  expect(err?.message).toMatch(/main\.ts\(1,\d+\): error TS2362/);

  await write("number");
  await isTold("full-reload");
});

test("types that were not there before are seen", async () => {
  await rm(join(root, "musubi.d.ts"));
  await isWatched(false);
  await write("number");
  await isTold("full-reload");
});
