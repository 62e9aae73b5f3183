import { createReadStream, existsSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".json": "application/json",
};

/** The schema with which the stage shows the inspector: of stores that use everything. */
const SCHEMA = join(root, "tests/typescript/everything.json");

/** Where the built page is of something that is not in examples. */
const elsewhere: Record<string, string> = {
  inspector: "packages/inspector/dist",
  template: "scripts/template/web/dist",
};

/** Serves a file of the built page of an example, the inspector or the template, as its program would. */
export function servePage(example: string, request: IncomingMessage, response: ServerResponse): void {
  const path = new URL(request.url ?? "/", "http://page").pathname;
  const folder = elsewhere[example] ?? `examples/${example}/web/dist`;
  const isSchema = example === "inspector" && path === "/inspector/schema.json";
  const file = isSchema ? SCHEMA : join(root, folder, path === "/" ? "index.html" : path);
  if (!existsSync(file)) return void response.writeHead(404).end("not found");
  response.writeHead(200, {
    "Content-Type": TYPES[extname(file)] ?? "application/octet-stream",
    "Content-Security-Policy": "default-src 'self'; connect-src 'self' ws: wss:",
  });
  createReadStream(file).pipe(response);
}
