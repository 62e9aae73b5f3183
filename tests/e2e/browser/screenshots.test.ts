import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { launch } from "../support/browser.js";
import { gateway } from "../support/gateway.js";
import type { Program } from "../support/program.js";

// For people to look at, in build/screenshots; the picture in the README is one of them.
const root = fileURLToPath(new URL("../../..", import.meta.url));
const saved = join(root, "build", "screenshots");
const updating = process.env["UPDATE_SCREENSHOT"] !== undefined;

const sizes = {
  desktop: { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 2 },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
} as const;
const schemes = ["dark", "light"] as const;
const kinds = (["desktop", "phone"] as const).flatMap((size) => schemes.map((scheme) => ({ size, scheme })));

let browser: Browser;
let server: Program;
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), "gateway-e2e-"));
  mkdirSync(saved, { recursive: true });
  server = await gateway(join(folder, "settings"));
  browser = await launch();
  return async () => {
    await browser.close();
    await server.stop();
    rmSync(folder, { recursive: true });
  };
});

test.each(kinds)("$size, $scheme: everything fits, and is saved", async ({ size, scheme }) => {
  const page = await open(size, scheme);
  expect(await sticksOut(page)).toEqual([]);
  await page.screenshot({ path: join(saved, `overview-${size}-${scheme}.png`) });
  if (size === "phone") {
    await page.screenshot({ path: join(saved, `overview-${size}-${scheme}-whole.png`), fullPage: true });
  }
  await page.locator('a[href^="#/interface/"]').first().click();
  await page.getByText("Largest packet").waitFor();
  expect(await sticksOut(page)).toEqual([]);
  await page.screenshot({ path: join(saved, `interface-${size}-${scheme}.png`) });
  await page.close();
});

test.runIf(updating)("the README's picture, with a minute of history", { timeout: 120_000 }, async () => {
  const page = await open("desktop", "dark");
  await page.getByLabel("Name", { exact: true }).fill("Greenhouse");
  await page.getByRole("button", { name: "Rename", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Greenhouse" }).waitFor();
  await page.evaluate(() => scrollTo(0, 0));
  await page.mouse.move(0, 0);
  await page.waitForTimeout(65_000);
  mkdirSync(join(root, "docs", "images"), { recursive: true });
  await page.screenshot({ path: join(root, "docs", "images", "gateway.png") });
  await page.close();
});

async function open(size: keyof typeof sizes, colorScheme: "dark" | "light"): Promise<Page> {
  const page = await browser.newPage({ ...sizes[size], colorScheme, reducedMotion: "reduce" });
  page.setDefaultTimeout(15_000);
  await page.goto(server.url("http"));
  await page.getByText(/^Live, every/).waitFor();
  // A rate is the difference of two looks: until there is one, a dash stands in its place.
  await page.locator("main .rates").filter({ hasNotText: "–" }).first().waitFor();
  return page;
}

/** What lies beyond the right edge, and would make a person scroll sideways. */
function sticksOut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll("body *")]
      .filter((element) => element.getBoundingClientRect().right > width + 0.5)
      .map((element) => `${element.tagName}.${element.className}`);
  });
}
