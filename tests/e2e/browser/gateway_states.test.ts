import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { expectAccessible, inEveryLook, sizes } from "../support/axe.js";
import { launch } from "../support/browser.js";
import { eventually } from "../support/eventually.js";
import { gateway } from "../support/gateway.js";
import { bigMachine } from "../support/machine.js";
import type { Program } from "../support/program.js";
import { Proxy } from "../support/proxy.js";

// The gateway's page in every state that a person may see, behind a proxy that stands in the way where
// a test wants it to. The proxy is below a path, as many are. Axe looks at each state.
const folder = mkdtempSync(join(tmpdir(), "gateway-e2e-"));
vi.setConfig({ testTimeout: 120_000 });
let browser: Browser;
let server: Program;
let proxy: Proxy;
let page: Page;
beforeAll(async () => {
  browser = await launch();
  server = await gateway(join(folder, "settings"), "--root", bigMachine(join(folder, "machine")));
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  proxy = await Proxy.open(server, "/house/gateway/");
  page = await browser.newPage({ reducedMotion: "reduce" });
  page.setDefaultTimeout(15_000);
});
afterEach(async () => {
  await page.close();
  await proxy.close();
});

const look = (name: string) => expectAccessible(page, `gateway-${name}`);
const says = (text: string | RegExp) => page.locator(".pill").getByText(text).waitFor();
const live = () => says(/^Live, every/);
const button = (name: string) => page.getByRole("button", { name, exact: true });
const field = (label: string) => page.getByLabel(label, { exact: true });
const openLive = async (route = "") => {
  await page.goto(proxy.url + route);
  await live();
};
const isPatch = ([, , , event]: readonly unknown[]) => event === "patch";

describe("the gateway's page says how it stands", () => {
  test("connecting, while nobody answers", async () => {
    await page.addInitScript(() => {
      const silent = { readyState: 0, close: () => undefined, send: () => undefined };
      window.WebSocket = function () {
        return silent;
      } as never;
    });
    await page.goto(proxy.url);
    await says("Connecting");
    await look("connecting");
  });

  test("blocked, when only WebSockets do not get through, and live once they do", async () => {
    proxy.blocking = true;
    await page.goto(proxy.url);
    await says("Blocked");
    await page.getByText("The server answers, but WebSockets do not get through").waitFor();
    await look("blocked");
    proxy.blocking = false;
    await live();
  });

  test("loading, while the socket is open and the store is not mounted", async () => {
    proxy.fate = (frame) => (isPatch(frame) ? "hold" : "pass");
    await page.goto(proxy.url);
    await says("Loading");
    await look("loading");
    proxy.fate = () => "pass";
    proxy.release();
    await live();
  });

  test("live, with long lists of which no half is empty", async () => {
    await openLive();
    await look("live");
    await inEveryLook(page, async (each) => {
      const empty = await page.locator(".card").evaluateAll((cards) =>
        cards.map((card) => {
          const inner = [...card.children].map((child) => child.getBoundingClientRect().bottom);
          const space = card.getBoundingClientRect().bottom - Math.max(...inner);
          return [card.querySelector("h2")?.textContent, space] as const;
        }),
      );
      expect.soft(empty.filter(([, space]) => space > 90), each).toEqual([]);
    });
  });

  test("away, with its last values; then catching up, until the store is there again", async () => {
    await openLive();
    proxy.down = true;
    proxy.cut();
    await says(/^Reconnecting/);
    await page.getByRole("alert").filter({ hasText: /lost since/ }).waitFor();
    await look("away");
    proxy.fate = (frame) => (isPatch(frame) ? "hold" : "pass");
    proxy.down = false;
    await says("Catching up");
    await look("catching-up");
    proxy.fate = () => "pass";
    proxy.release();
    await live();
  });

  test("paused, for everybody", async () => {
    await openLive();
    await button("Pause").click();
    await says("Paused");
    await look("paused");
    await button("Resume").click();
    await live();
  });
});

describe("the gateway's page shows", () => {
  test("lists in the order in which a person counts, and a low battery in red", async () => {
    await openLive();
    const names = await page.locator(".environment .name b").allTextContents();
    const cores = names.filter((name) => name.includes("Core"));
    expect(cores.map((name) => name.replace(/.*Core /, ""))).toEqual(
      Array.from({ length: 12 }, (_, i) => `${i}`),
    );
    const row = (name: string): Locator => page.locator(".batteries .row", { hasText: name });
    const color = (of: Locator) => of.locator(".rate").evaluate((each) => getComputedStyle(each).color);
    expect(await row("BAT0").getAttribute("class")).toContain("alarm");
    expect(await row("BAT1").getAttribute("class")).not.toContain("alarm");
    expect(await color(row("BAT0"))).not.toBe(await color(row("BAT1")));
  });

  test.each([
    ["interface", "#/interface/eth2", /Largest packet/],
    ["disk", "#/disk/sda1", /File system/],
  ])("one %s", async (name, route, text) => {
    await openLive(route);
    await page.getByText(text).waitFor();
    await look(name);
  });

  test("why it cannot show what is not there, and asks again when it is told to", async () => {
    await openLive("#/disk/nothing");
    await page.getByText("There is no such disk").waitFor();
    await look("no-such-disk");
    await button("Try again").click();
    await page.getByText("There is no such disk").waitFor();
  });
});

describe("what was refused", () => {
  const refuse = async () => {
    await field("Update every").fill("7");
    await button("Set").click();
    await page.getByText(/milliseconds/).waitFor();
  };
  const gone = () => page.getByText(/milliseconds/).waitFor({ state: "hidden" });
  beforeEach(async () => {
    await openLive();
    await refuse();
  });
  afterEach(async () => {
    await field("Update every").press("Escape");
  });

  test("is told beside its field", () => look("refused-command"));

  test("is old news when a command has succeeded", async () => {
    await button("Reset counters").click();
    await gone();
  });

  test("is old news when somebody else has set something", async () => {
    const theirs = await browser.newPage();
    await theirs.goto(server.url("http"));
    await theirs.getByRole("button", { name: "500 ms" }).click();
    await gone();
    expect(await field("Update every").inputValue()).toBe("7"); // what was typed stays
    await theirs.getByRole("button", { name: "1 s", exact: true }).click();
    await theirs.close();
  });

  test("is old news when the connection is", async () => {
    proxy.cut();
    await gone();
    await live();
  });
});

describe("a root that the connection does not survive", () => {
  const ends = ([, , topic, event]: readonly unknown[]) =>
    event === "phx_join" && String(topic).endsWith(":poison");

  test("is given up, and the rest of the page lives", async () => {
    proxy.fate = (frame, from) => (from === "page" && ends(frame) ? "kill" : "pass");
    await page.goto(`${proxy.url}#/disk/poison`);
    await page.getByText("This page could not be requested").waitFor();
    await live();
    await look("broken-off");
    const upgrades = proxy.upgrades;
    expect(upgrades).toBeLessThanOrEqual(3);
    await page.getByRole("link", { name: "Overview" }).click();
    await field("Name").waitFor();
    await page.waitForTimeout(1000);
    expect(proxy.upgrades).toBe(upgrades);
  });

  test.each(["%00", "%F0%9F", encodeURIComponent("\ud83d\ude00"), "a".repeat(5000)])(
    "is not one that is only strange: #/disk/%s",
    async (name) => {
      await page.setViewportSize(sizes.desktop);
      await page.goto(`${proxy.url}#/disk/${name}`);
      await live();
      await eventually(async () => expect(await page.locator("main > *").count()).toBe(1));
      const shown = page.getByText(/There is no such disk|This page could not be requested/);
      const overview = field("Name");
      await shown.or(overview).first().waitFor();
      expect(proxy.upgrades).toBeLessThanOrEqual(3);
    },
  );
});
