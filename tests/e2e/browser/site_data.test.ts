import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { launchWithoutSiteData } from "../support/browser.js";
import { gateway } from "../support/gateway.js";
import { listening, Program } from "../support/program.js";
import { Stage } from "../support/stage.js";

// Every page of the examples where its user has blocked site data: each touch of a storage throws.
const folder = mkdtempSync(join(tmpdir(), "site-data-"));
let browser: BrowserContext;
let page: Page;
beforeAll(async () => void (browser = await launchWithoutSiteData(join(folder, "profile"))));
beforeEach(async () => {
  page = await browser.newPage();
  page.setDefaultTimeout(15_000);
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

const says = (text: RegExp) => page.getByText(text).first().waitFor();
const storages = () =>
  page.evaluate(() =>
    ["localStorage", "sessionStorage"].map((name) => {
      try {
        return typeof (window as any)[name];
      } catch (error) {
        return (error as Error).name;
      }
    }),
  );

describe("without site data, live is", () => {
  test.each([
    ["counter", { count: 7 }],
    ["thermostat", { room: "r", temperature: 19, outside: 4, target: 21, mode: "comfort", heating: true, fault: null }],
  ])("the page of the %s", async (example, state) => {
    const stage = await Stage.open(example);
    stage.state = state;
    await page.goto(stage.url);
    await says(/^live$/);
    expect(await storages()).toEqual(["SecurityError", "SecurityError"]);
    await stage.close();
  });

  test("the page of the uploads", async () => {
    const server = await Program.start("uploads", [folder, "--port", "0"], listening);
    await page.goto(server.url("http", "/"));
    await says(/^live$/);
    await server.stop("SIGKILL");
  });

  test("the page of the gateway, which asks for its token and keeps it until it is closed", async () => {
    const server = await gateway(join(folder, "settings"), "--token", "open sesame");
    await page.goto(server.url("http", "/"));
    await page.getByLabel("Token", { exact: true }).fill("open sesame");
    await page.keyboard.press("Enter");
    await says(/^Live, every/);
    await server.stop("SIGKILL");
  });
});
