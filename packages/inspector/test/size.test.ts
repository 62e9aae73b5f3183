import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";

const dist = fileURLToPath(new URL("../dist", import.meta.url));

test("the page, with the client in it, is at most 20 KB of a device's flash", () => {
  const files = (readdirSync(dist, { recursive: true }) as string[]).map((name) => join(dist, name));
  const sizes = files
    .filter((file) => statSync(file).isFile())
    .map((file) => gzipSync(readFileSync(file), { level: 9 }).length);
  expect(sizes.length).toBe(4);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(20 * 1024);
});
