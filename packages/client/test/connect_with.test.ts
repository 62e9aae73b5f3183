import { build } from "vite";
import { gzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { connect, connectWith, storeCache, uploads } from "../src/index.js";
import { FakeSocket } from "./support/fake_socket.js";
import { accept, TARGET } from "./support/mount.js";
import { AVATAR } from "./support/uploads.js";

describe("connectWith", () => {
  test("has the features that it is given", async () => {
    const socket = new FakeSocket();
    const connection = await connectWith(socket, { uploads: uploads(), cache: storeCache() });
    const mounting = connection.mountStore({
      ...TARGET,
      cache: { initialData: { __musubi_store_id__: [], ...AVATAR } },
    });
    const { store, fromCache } = await mounting;
    expect([store.avatar.status, fromCache]).toEqual(["idle", true]);
  });

  test("gives the same connection as connect, for the same socket and topic", async () => {
    const socket = new FakeSocket();
    const connection = await connectWith(socket);
    expect(await connect(socket)).toBe(connection);
    expect(await connect(socket, { topic: "musubi:connection:7" })).not.toBe(connection);
  });

  test("joins below the topic that it is given", async () => {
    const socket = new FakeSocket();
    const connection = await connectWith(socket, { topic: "musubi:connection:7" });
    const mounting = connection.mountStore(TARGET);
    expect(socket.lastChannel.topic).toBe("musubi:connection:7:Demo.Page:main");
    accept(socket.lastChannel);
    await mounting;
  });
});

const bundles = new Map<string, Promise<string>>();

/** What Vite makes of a page that imports only `names`; phoenix.js is not part of it. */
function bundle(names: string): Promise<string> {
  const made = bundles.get(names) ?? makeBundle(names);
  bundles.set(names, made);
  return made;
}

async function makeBundle(names: string): Promise<string> {
  const index = fileURLToPath(new URL("../src/index.ts", import.meta.url));
  const page = "\0page";
  const result: any = await build({
    configFile: false,
    logLevel: "silent",
    plugins: [
      {
        name: "page",
        resolveId: (id) => (id === page ? page : null),
        load: (id) =>
          id === page
            ? `import { ${names} } from ${JSON.stringify(index)}; window.x = [${names}];`
            : null,
      },
    ],
    build: { write: false, target: "es2022", rollupOptions: { input: page } },
  });
  return result.output[0].code;
}

describe("a page's bundle", () => {
  test("holds no uploads and no cache when it does not name them", async () => {
    const code = await bundle("connectWith");
    expect(code).toContain("__musubi_store_id__");
    for (const foreign of ["allow_upload", "__musubi_upload__", "gcTime", "AbortController"]) {
      expect(code).not.toContain(foreign);
    }
    // Bytes that a board spends its flash on: a change of this number is a decision.
    const size = gzipSync(code).length;
    expect(size).toBeLessThan(6800);
  });

  test("grows with what it names", async () => {
    const bare = await bundle("connectWith");
    const both = await bundle("connect");
    const withUploads = await bundle("connectWith, uploads");
    const withCache = await bundle("connectWith, storeCache");
    expect(withUploads).toContain("allow_upload");
    expect(withUploads).not.toContain("gcTime");
    expect(withCache).toContain("gcTime");
    expect(withCache).not.toContain("allow_upload");
    const sizes = [bare, withCache, withUploads, both].map((code) => gzipSync(code).length);
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
  });
});
