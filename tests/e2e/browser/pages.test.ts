import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { expectAccessible } from "../support/axe.js";
import { launch, Watch } from "../support/browser.js";
import { eventually } from "../support/eventually.js";
import { Stage } from "../support/stage.js";

// The pages of the small examples in every state that a person may see, with a device that says what a
// test wants to hear. Each state is looked at by axe, on a phone and a desktop, dark and light.
vi.setConfig({ testTimeout: 120_000 });
let browser: Browser;
let page: Page;
let stage: Stage;
beforeAll(async () => void (browser = await launch()));
afterAll(() => browser.close());
afterEach(async () => {
  await page.close();
  await stage.close();
});

async function open(example: string, state: Record<string, unknown>): Promise<void> {
  stage = await Stage.open(example);
  stage.state = state;
  page = await browser.newPage({ reducedMotion: "reduce" });
  page.setDefaultTimeout(15_000);
}

const look = (name: string) => expectAccessible(page, name);

const text = (selector: string) => page.locator(selector);
const button = (name: string) => page.getByRole("button", { name, exact: true });

const devices = {
  counter: { state: { count: 7 }, status: "#status", shown: "#count", first: "7", act: "One more" },
  thermostat: {
    state: {
      room: "living room",
      temperature: 19.4,
      outside: 4.2,
      target: 21,
      mode: "comfort",
      heating: true,
      fault: null,
    },
    status: "#link",
    shown: "#target",
    first: "21 °C",
    act: "one degree more",
  },
} as const;

describe.each(["counter", "thermostat"] as const)("the page of the %s", (example) => {
  const device = devices[example];
  const change = example === "counter" ? { count: 8 } : { target: 22 };
  const changed = example === "counter" ? "8" : "22 °C";
  beforeEach(() => open(example, { ...device.state }));

  const says = (state: string) => text(device.status).getByText(state, { exact: true }).waitFor();
  const openLive = async () => {
    const watch = new Watch(page, stage.url);
    await page.goto(stage.url);
    await says("live");
    return watch;
  };

  test("is live when the store is mounted, not when the socket is open", async () => {
    stage.answering = false;
    await page.goto(stage.url);
    await eventually(() => expect(stage.upgrades).toBe(1));
    await says("connecting");
    expect(await button(device.act).isDisabled()).toBe(true);
    await look(`${example}-connecting`);
  });

  test("shows the state, without an error and without asking anybody else", async () => {
    const watch = await openLive();
    await text(device.shown).getByText(device.first, { exact: true }).waitFor();
    stage.tell(change);
    await text(device.shown).getByText(changed, { exact: true }).waitFor();
    await look(`${example}-live`);
    expect({ errors: watch.errors, strangers: watch.strangers }).toEqual({ errors: [], strangers: [] });
  });

  test("says what was refused, until the world has changed", async () => {
    await openLive();
    stage.command = () => ({ reason: "that is too much" });
    await button(device.act).click();
    const problem = page.getByRole("alert").filter({ hasText: "that is too much" });
    await problem.waitFor();
    await look(`${example}-refused-command`);
    stage.tell(change); // somebody else did something
    await problem.waitFor({ state: "hidden" });

    await button(device.act).click();
    await problem.waitFor();
    stage.command = () => undefined;
    await button(device.act).click();
    await problem.waitFor({ state: "hidden" });
  });

  test("keeps its values while the device is away, and follows again by itself", async () => {
    await openLive();
    stage.answering = false;
    stage.cut();
    await says("reconnecting");
    await eventually(() => expect(stage.upgrades).toBe(2));
    await says("reconnecting"); // the socket is open, the store is not there yet
    await text(device.shown).getByText(device.first, { exact: true }).waitFor();
    await look(`${example}-reconnecting`);
    stage.answering = true;
    stage.state = { ...device.state, ...change };
    stage.cut();
    await says("live");
    await text(device.shown).getByText(changed, { exact: true }).waitFor();
  });

  test("says why it is not let in, stops trying, and tries again when it is told to", async () => {
    stage.refusing = { status: 403, reason: "this Origin is not allowed" };
    await page.goto(stage.url);
    await says("not connected");
    await page.getByRole("alert").filter({ hasText: "this Origin is not allowed" }).waitFor();
    await look(`${example}-not-let-in`);
    const tried = stage.upgrades;
    await page.waitForTimeout(1500); // phoenix.js would have tried five times
    expect(stage.upgrades).toBe(tried);
    stage.refusing = undefined;
    await button("Try again").click();
    await says("live");
  });
});

test.each(["counter", "thermostat", "uploads", "template"])("the page of the %s says that WebSockets are blocked", async (example) => {
  await open(example, {});
  stage.refusing = { status: 400, reason: "missing Upgrade: websocket" };
  await page.goto(stage.url);
  await page.getByText("The server answers, but WebSockets do not get through").waitFor();
  await page.getByText("not connected", { exact: true }).waitFor();
  await look(`${example}-blocked`);
});

test("the thermostat's page shows a fault, and takes its end", async () => {
  const fault = "a window is open: not heating";
  await open("thermostat", { ...devices.thermostat.state, heating: false, fault });
  await page.goto(stage.url);
  await page.getByText(fault).waitFor();
  await look("thermostat-fault");
  stage.command = (name) => {
    if (name === "close_window") stage.state["fault"] = null;
    return undefined;
  };
  await button("The window is closed").click();
  await page.getByText(fault).waitFor({ state: "hidden" });
});

test("the page of a new project shows its lamp, and why a command was refused", async () => {
  await open("template", { on: true, brightness: 50 });
  await page.goto(stage.url);
  await text("#status").getByText("live", { exact: true }).waitFor();
  await look("template-live");
  stage.command = () => ({ reason: "the lamp is broken" });
  await button("on").click();
  await page.getByRole("alert").filter({ hasText: "the lamp is broken" }).waitFor();
  await look("template-refused");
  stage.tell({ on: false });
  await button("off").waitFor();
  await page.getByText("the lamp is broken").waitFor({ state: "hidden" });
});
