import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { expectAccessible, inEveryLook } from "../support/axe.js";
import { launch } from "../support/browser.js";
import { gateway } from "../support/gateway.js";
import { hasNamespaces } from "../support/namespaces.js";
import { address, askOnNetwork } from "../support/network.js";
import type { Program } from "../support/program.js";
import { readPixels } from "../support/qr.js";

// The code by which a phone opens the gateway's page. The page is that of a gateway on loopback; where other machines
// are needed, it gets the image that a gateway in a network of its own has drawn.
vi.setConfig({ testTimeout: 120_000 });
const folder = mkdtempSync(join(tmpdir(), "phone-code-"));
let browser: Browser;
let server: Program;
let page: Page;
beforeAll(async () => {
  browser = await launch();
  server = await gateway(join(folder, "settings"));
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  page = await browser.newPage({ reducedMotion: "reduce" });
  page.setDefaultTimeout(15_000);
});
afterEach(() => page.close());

const live = () => page.getByText(/^Live, every/).waitFor();
const button = () => page.getByRole("button", { name: "Open on a phone", exact: true });
const dialog = () => page.getByRole("dialog", { name: "Open on a phone" });

/** Opens the page of a gateway that has drawn `image`. */
async function openWith(image: string): Promise<void> {
  await page.route("**/address.svg", (route) => route.fulfill({ contentType: "image/svg+xml", body: image }));
  await page.goto(server.url("http"));
  await live();
}

/** The text of the code as it is on the screen. */
async function seen(): Promise<string | undefined> {
  const png = await dialog().locator(".code").screenshot();
  const picture = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d")!;
    canvas.drawImage(bitmap, 0, 0);
    const { width, height, data } = canvas.getImageData(0, 0, bitmap.width, bitmap.height);
    const reds = Array.from({ length: width * height }, (_, at) => String.fromCharCode(data[4 * at]!));
    return { width, height, reds: btoa(reds.join("")) };
  }, png.toString("base64"));
  return readPixels(Uint8ClampedArray.from(Buffer.from(picture.reds, "base64")), picture.width, picture.height);
}

test("there is nothing to open where no other machine can connect", async () => {
  const asked = page.waitForResponse("**/address.svg");
  await page.goto(server.url("http"));
  await asked;
  await live();
  // By the time that another one like it is read, the page has read its own.
  expect(await page.evaluate(async () => (await fetch("address.svg")).text())).toBe("");
  expect(await button().count()).toBe(0);
});

describe.runIf(hasNamespaces)("the code on the page", () => {
  let image: string;
  let url: string;
  beforeAll(async () => {
    image = (await askOnNetwork(["--no-token", "--state", join(folder, "network")], "/address.svg")).text;
    url = /<title>(.*)<\/title>/.exec(image)?.[1] ?? "";
    expect(url).toContain(address);
  });

  test("is read by a camera, in every size and scheme", async () => {
    await openWith(image);
    await button().click();
    await dialog().waitFor();
    await expectAccessible(page, "phone-code");
    await inEveryLook(page, async (look) => expect(await seen(), look).toBe(url));
  });

  test("has a name, and the address as a link beside it", async () => {
    await openWith(image);
    await button().click();
    await dialog().getByRole("img", { name: `QR code of ${url}`, exact: true }).waitFor();
    expect(await dialog().getByRole("link", { name: url, exact: true }).getAttribute("href")).toBe(url);
    expect(await dialog().getByText("access token").isVisible()).toBe(false);
  });

  test("goes with the keyboard, and gives the focus back", async () => {
    await openWith(image);
    await button().press("Enter");
    await dialog().waitFor();
    await page.keyboard.press("Escape");
    await dialog().waitFor({ state: "hidden" });
    expect(await button().evaluate((element) => element === document.activeElement)).toBe(true);
    await button().click();
    await dialog().getByRole("button", { name: "Close", exact: true }).click();
    await dialog().waitFor({ state: "hidden" });
  });

  test("says that it has a token, and shows that to nobody who reads", async () => {
    await openWith(image.replaceAll(`<title>${url}`, `<title>${url}#token=made-for-this-run`));
    await button().click();
    await dialog().getByText("access token").waitFor();
    expect(await dialog().getByRole("link").getAttribute("href")).toBe(`${url}#token=made-for-this-run`);
    expect(await dialog().textContent()).not.toContain("made-for-this-run");
  });
});
