// The board's page in Debian's Chromium, in real time. Saves screenshots in build/screenshots.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { after, before, it } from "node:test";
import { start_chromium } from "./chromium.mjs";
import { suite } from "./suite.mjs";

const pictures = "build/screenshots";
const sizes = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
};

/** `body(here, tab, refused_tab)`: tests with Chromium; its functions open a tab. */
export function in_chromium(name, elf, body) {
  suite(name, elf, {}, (here) => {
    let browser;
    before(async () => {
      browser = await start_chromium();
      mkdirSync(pictures, { recursive: true });
    });
    after(() => browser.close());

    /** A new live tab. `wrong` collects errors, and requests to other servers than the board. */
    async function tab(size = "desktop", wrong = []) {
      const opened = await browser.newPage({ ...sizes[size], colorScheme: "dark" });
      opened.setDefaultTimeout(30_000);
      opened.on("pageerror", (error) => wrong.push(String(error)));
      opened.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
      opened.on("request", (request) => {
        if (!request.url().includes(`//127.0.0.1:${here.port}/`)) wrong.push(request.url());
      });
      await opened.goto(`http://127.0.0.1:${here.port}/`);
      await is_live(opened);
      return opened;
    }

    /** A new tab, when its WebSocket has been refused. */
    async function refused_tab() {
      const opened = await browser.newPage();
      opened.setDefaultTimeout(30_000);
      const refused = opened.waitForEvent("websocket");
      await opened.goto(`http://127.0.0.1:${here.port}/`);
      await (await refused).waitForEvent("socketerror");
      return opened;
    }

    body(here, tab, refused_tab);
  });
}

export const is_live = (opened) => opened.locator("#link").getByText("live", { exact: true }).waitFor();

export function page(four) {
  in_chromium("its page in a browser", four, (here, tab, refused_tab) => {
    it("shows a temperature that changes by itself", async () => {
      const wrong = [];
      const opened = await tab("desktop", wrong);
      const temperature = opened.locator("#temperature");
      await temperature.getByText(/^\d+\.\d °C$/).waitFor();
      const before = await temperature.textContent();
      await opened.waitForFunction((old) => document.querySelector("#temperature").textContent !== old, before);
      await opened.close();
      assert.deepEqual(wrong, []);
    });

    it("shows in one tab what was done in the other", async () => {
      const [one, two] = [await tab(), await tab()];
      await one.getByLabel("one degree more").click();
      await two.locator("#target").getByText("22 °C").waitFor();
      await two.getByRole("button", { name: "Eco" }).click();
      await one.locator('button[value="eco"][aria-pressed="true"]').waitFor();
      await one.close();
      await two.close();
      await here.board.settled(60);
    });

    it("lets a tab in that was refused, as soon as another one is closed", async () => {
      const tabs = [];
      for (let i = 0; i < 4; ++i) tabs.push(await tab());
      const one_more = await refused_tab();
      await tabs.pop().close();
      await is_live(one_more);
      for (const each of [...tabs, one_more]) await each.close();
    });

    for (const size of Object.keys(sizes)) {
      it(`fits on a ${size}`, async () => {
        const opened = await tab(size);
        await opened.locator("#temperature").getByText(/°C/).waitFor();
        const sideways = await opened.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        await opened.screenshot({ path: `${pictures}/thermostat-${size}.png` });
        await opened.close();
        assert.ok(sideways <= 0, "nobody has to scroll sideways");
      });
    }
  });
}
