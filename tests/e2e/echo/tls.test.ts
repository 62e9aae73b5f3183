import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { listening, Program } from "../support/program.js";
import { Authority } from "../support/tls.js";
import { echoCases } from "./cases.js";

// The same over TLS, whose records have nothing to do with where messages and frames end.
const folder = mkdtempSync(join(tmpdir(), "musubi-echo-tls-"));
afterAll(() => rmSync(folder, { recursive: true }));
const company = new Authority(folder, "company");
const [certificate, key] = [join(folder, "server.crt"), join(folder, "server.key")];
company.sign(certificate, key);

const options = ["--port", "0", "--clients", "64", "--certificate", certificate, "--key", key];
echoCases(() => Program.start("bench_host", options, listening), readFileSync(company.file, "utf8"));
