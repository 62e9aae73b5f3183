// Debian's Chromium.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "../../../tests/e2e/node_modules/playwright-core/index.mjs";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** Starts it; with `authority`, a certificate's file, it trusts that one, too. */
export async function start_chromium(authority) {
  assert.ok(existsSync(executablePath), `no ${executablePath}; scripts/setup installs it`);
  const home = mkdtempSync(join(tmpdir(), "board-home-"));
  if (authority !== undefined) {
    const database = join(home, ".pki/nssdb");
    mkdirSync(database, { recursive: true });
    execFileSync("certutil", ["-d", `sql:${database}`, "-N", "--empty-password"]);
    execFileSync("certutil", ["-d", `sql:${database}`, "-A", "-n", "board", "-t", "C,,", "-i", authority]);
  }
  const browser = await chromium.launch({
    executablePath,
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
    env: { ...process.env, HOME: home },
  });
  browser.on("disconnected", () => rmSync(home, { recursive: true, force: true }));
  return browser;
}
