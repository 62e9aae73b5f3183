import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";

/** Debian's Chromium, without whatever it would ask of the internet. */
function options() {
  const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
  if (!existsSync(executablePath)) throw new Error(`no ${executablePath}; scripts/setup installs it`);
  return {
    executablePath,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  };
}

export function launch(...further: string[]): Promise<Browser> {
  const { args, ...rest } = options();
  return chromium.launch({ ...rest, args: [...args, ...further] });
}

/** One that trusts these authorities (files in PEM), as a user who has added them; `home` is its home folder. */
export function launchTrusting(home: string, authorities: string[]): Promise<Browser> {
  const database = join(home, ".pki/nssdb");
  mkdirSync(database, { recursive: true });
  const certutil = (...args: string[]) => execFileSync("certutil", ["-d", `sql:${database}`, ...args]);
  certutil("-N", "--empty-password");
  authorities.forEach((file, i) => certutil("-A", "-n", `authority ${i}`, "-t", "C,,", "-i", file));
  return chromium.launch({ ...options(), env: { ...process.env, HOME: home } as Record<string, string> });
}

/** One whose user has blocked site data, in its settings: there even to name a storage throws. */
export function launchWithoutSiteData(profile: string): Promise<BrowserContext> {
  const preferences = { profile: { default_content_setting_values: { cookies: 2 } } };
  mkdirSync(join(profile, "Default"), { recursive: true });
  writeFileSync(join(profile, "Default/Preferences"), JSON.stringify(preferences));
  return chromium.launchPersistentContext(profile, options());
}

/** What went wrong on a page that nobody may see: errors, and requests to anybody else. */
export class Watch {
  readonly errors: string[] = [];
  readonly strangers: string[] = [];

  constructor(page: Page, origin: string) {
    page.on("pageerror", (error) => this.errors.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") this.errors.push(message.text());
    });
    page.on("request", (request) => {
      const { protocol, host } = new URL(request.url());
      if (/^(http|ws)s?:$/.test(protocol) && host !== new URL(origin).host) this.strangers.push(request.url());
    });
  }
}
