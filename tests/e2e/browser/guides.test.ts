import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { launch } from "../support/browser.js";
import { lettingGuidesIn, openGuide } from "../support/guide.js";
import { listening, Program } from "../support/program.js";

// The pages that docs/guides quotes, each in a browser, with the program that it is for.
let browser: Browser;
let program: Program;
let page: Page;
beforeAll(async () => void (browser = await launch(lettingGuidesIn)));
afterAll(() => browser.close());
afterEach(async () => {
  await page.close();
  await program.stop();
});

async function open(name: string, file = `${name}.ts`): Promise<void> {
  program = await Program.start(`features_${name}`, ["--port", "0"], listening);
  page = await openGuide(browser, program, file);
}
const press = (name: string) => page.getByRole("button", { name, exact: true }).first().click();
const says = (text: string) => page.getByText(text, { exact: true }).waitFor();

test.each(["cart.ts", "cart_react.tsx"])("%s shows the lines, and sends each a command of its own", async (file) => {
  await open("cart", file);
  await page.locator("#sku").fill("mug");
  await press("Add");
  await says("1 pieces, 100 cents");
  await press("One more");
  await says("2 pieces, 200 cents");
  await page.locator("#sku").fill("");
  await press("Add");
  await says("the sku is missing");
});

test("the page of the logbook has what was written, in every browser", async () => {
  await open("logbook");
  await page.locator("#line").fill("power on");
  await press("Write");
  await page.getByText("power on").waitFor();
  await page.locator("#line").fill("door open");
  await press("Write");
  await page.getByText("door open").waitFor();
  const another = await openGuide(browser, program, "logbook.ts");
  await another.getByText("power on").waitFor();
  expect(await another.locator("li").allInnerTexts()).toEqual(["door open Strike", "power on Strike"]);
  await press("Strike");
  await another.getByText("door open").waitFor({ state: "detached" });
  await another.close();
});

test("the page of the forecast loads, keeps the last value and says why there is none", async () => {
  await open("forecast");
  await press("Refresh");
  await says("nothing yet (loading)");
  await says("clear, 21 °C");
  await page.locator("#where").fill("Atlantis");
  await press("Refresh");
  await says("clear, 21 °C (no such place)");
  await press("Refresh");
  await says("clear, 21 °C (loading)");
  await press("Stop");
  await says("clear, 21 °C (stopped)");
});

test("the page of the doorbell hears what is pushed, and counts what was", async () => {
  await open("doorbell");
  await says("0 rings");
  await press("Ring");
  await says("1 rings");
  await says("Ada is at the door");
  await says("The bell has rung.");
});
