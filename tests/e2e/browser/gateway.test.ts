import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import WebSocket from "ws";
import { launch, Watch } from "../support/browser.js";
import { eventually } from "../support/eventually.js";
import { gateway } from "../support/gateway.js";
import type { Program } from "../support/program.js";

// The page as its user has it: in a browser, from the gateway itself.
const folder = mkdtempSync(join(tmpdir(), "gateway-e2e-"));
const state = join(folder, "settings");
let browser: Browser;
let server: Program;
let watch: Watch;
beforeAll(async () => void (browser = await launch()));
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

/** A browser of its own, as of another person. */
async function open(path = "/"): Promise<Page> {
  // Charts that glide are a load that these tests have no use for.
  const page = await browser.newPage({ reducedMotion: "reduce" });
  page.setDefaultTimeout(15_000);
  watch = new Watch(page, server.url("http"));
  await page.goto(server.url("http", path));
  return page;
}
async function openLive(path?: string): Promise<Page> {
  const page = await open(path);
  await live(page);
  return page;
}

const pill = (page: Page): Locator => page.locator(".pill");
const live = (page: Page) => pill(page).getByText(/^Live, every/).waitFor();
const title = (page: Page, name: string) =>
  page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });

/** Types over a value and sends it. */
async function set(page: Page, label: string, value: string, action: string) {
  await field(page, label).fill(value);
  await button(page, action).click();
}

describe("the gateway's page", () => {
  let mine: Page;
  let theirs: Page;
  beforeAll(async () => {
    server = await gateway(state);
    mine = await openLive();
    theirs = await openLive();
    return async () => {
      await Promise.all([mine.close(), theirs.close()]);
      await server.stop();
    };
  });

  test("shows values that move", async () => {
    const seen = new Set<string | null>();
    await eventually(async () => {
      seen.add(await mine.locator("main").textContent());
      expect(seen.size).toBeGreaterThan(3);
    });
    const charts = await mine.locator("canvas[role=img]").all();
    expect(charts.length).toBeGreaterThan(2);
    for (const chart of charts) expect(await chart.getAttribute("aria-label")).toMatch(/\d/);
  });

  test("is served whole by the gateway, and runs without an error", async () => {
    const page = await openLive();
    expect({ errors: watch.errors, strangers: watch.strangers }).toEqual({ errors: [], strangers: [] });
    await page.close();
  });

  test("a command in one tab shows in another", async () => {
    await set(mine, "Name", "Boiler room", "Rename");
    await title(theirs, "Boiler room");
    await title(mine, "Boiler room");
    expect(await theirs.title()).toBe("Boiler room");

    await button(theirs, "Pause").click();
    await pill(mine).getByText("Paused").waitFor();
    await button(mine, "Resume").click();
    await live(theirs);

    await set(mine, "Update every", "250", "Set");
    await pill(theirs).getByText("Live, every 250 ms").waitFor();
    await eventually(async () => expect(await field(theirs, "Update every").inputValue()).toBe("250"));
  });

  test("shows why a command was refused, and keeps what was typed", async () => {
    await set(mine, "Update every", "7", "Set");
    const note = mine.locator("form", { has: field(mine, "Update every") }).getByRole("status");
    await note.filter({ hasText: /milliseconds/ }).waitFor();
    expect(await field(mine, "Update every").inputValue()).toBe("7");
    expect(await field(mine, "Update every").getAttribute("aria-invalid")).toBe("true");

    await set(mine, "Update every", "abc", "Set");
    await note.filter({ hasText: /expects/ }).waitFor();
    await field(mine, "Update every").press("Escape");
    await note.waitFor({ state: "hidden" });
    await live(mine);
  });

  test("never overwrites what somebody is typing", async () => {
    await field(mine, "Name").fill("half a na");
    await set(theirs, "Name", "Attic", "Rename");
    await title(mine, "Attic");
    expect(await field(mine, "Name").inputValue()).toBe("half a na");
    await button(mine, "Cancel").click();
    expect(await field(mine, "Name").inputValue()).toBe("Attic");
  });

  test("goes to one interface and back, with the browser's own buttons too", async () => {
    const detail = () => mine.getByText("Largest packet").waitFor();
    await mine.locator('a[href^="#/interface/"]').first().click();
    await detail();
    await mine.goBack();
    await field(mine, "Name").waitFor();
    await mine.goForward();
    await detail();
    await mine.getByRole("link", { name: "Overview" }).click();
    await field(mine, "Name").waitFor();
  });
});

describe("a gateway that goes away", () => {
  let page: Page;
  beforeAll(async () => {
    server = await gateway(state);
    page = await openLive();
    return async () => {
      await page.close();
      await server.stop();
    };
  });

  test.each(["SIGTERM", "SIGKILL"] as const)(
    "with %s: the page says so, keeps its values, and recovers by itself",
    async (signal) => {
      await set(page, "Name", `Before ${signal}`, "Rename");
      await title(page, `Before ${signal}`);

      await server.stop(signal);
      const banner = page.getByRole("alert").filter({ hasText: /lost since/ });
      await banner.waitFor();
      await pill(page).getByText(/^Reconnecting/).waitFor();
      await title(page, `Before ${signal}`);
      await set(page, "Update every", "5000", "Set");
      await page.getByText(/^The connection is lost\. Try again/).waitFor();
      await field(page, "Update every").press("Escape");

      server = await gateway(state, "--port", `${server.port}`);
      await live(page);
      await banner.waitFor({ state: "hidden" });
      // Its name was kept over the restart, and it takes commands again.
      await title(page, `Before ${signal}`);
      await set(page, "Name", `After ${signal}`, "Rename");
      await title(page, `After ${signal}`);
    },
    40_000,
  );
});

describe("a gateway that does not let everybody in", () => {
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    await server.stop();
  });

  test("asks for its token, and says when it is wrong", async () => {
    server = await gateway(state, "--token", "open sesame");
    const page = await open();
    await page.getByText("This gateway requires a token").waitFor();
    await set(page, "Token", "guess", "Open");
    await page.getByText("This token is wrong").waitFor();
    await set(page, "Token", "open sesame", "Open");
    await live(page);
  });

  test("takes its token from the address, and out of it", async () => {
    server = await gateway(state, "--token", "open sesame");
    const page = await openLive("/#token=open%20sesame");
    expect(page.url()).toBe(server.url("http", "/"));
    await page.reload();
    await live(page);
  });

  test("says that it is full, and lets the page in when there is room", async () => {
    server = await gateway(state);
    const others: WebSocket[] = [];
    for (let i = 0; i < 256; ++i) {
      const other = new WebSocket(server.url("ws", "/socket/websocket?vsn=2.0.0"), {
        localAddress: i % 2 === 0 ? "127.0.0.2" : "127.0.0.3", // one address may have half of them
      });
      await new Promise((opened) => other.on("open", opened));
      others.push(other);
    }
    const page = await open();
    await page.getByText("The gateway is full").waitFor();
    others.forEach((other) => other.terminate());
    await live(page);
  });
});
