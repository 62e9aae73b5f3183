import type { Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { expectAccessible } from "../support/axe.js";
import { Watch } from "../support/browser.js";
import { person } from "../support/person.js";
import { listening, Program } from "../support/program.js";
import { Stage } from "../support/stage.js";

// The page of the cart example: two tabs and its program, then a server that does not let it in.
vi.setConfig({ testTimeout: 120_000 });
const newTab = person();

const look = (page: Page, name: string) => expectAccessible(page, `cart_page-${name}`);
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const quantity = (page: Page, product: string) =>
  page.getByRole("group", { name: `Quantity of ${product}` }).getByRole("status").innerText();

describe("the page of the cart", () => {
  let server: Program;
  const start = (port = 0) => Program.start("cart_page", ["--port", `${port}`], listening);
  beforeEach(async () => void (server = await start()));
  afterEach(() => server.stop("SIGKILL"));
  const open = async () => {
    const page = await newTab();
    await page.goto(server.url("http", "/"));
    await page.getByText("Live", { exact: true }).waitFor();
    return page;
  };

  test("is filled by two tabs, and lets only who is signed in check out", async () => {
    const mine = await open();
    const watch = new Watch(mine, server.url("http"));
    const yours = await open();
    await mine.getByText("There is nothing in it yet.").waitFor();
    await button(mine, "Add Coffee Mug to the cart").click();
    await button(yours, "One Coffee Mug more").click();
    await expect.poll(() => quantity(mine, "Coffee Mug")).toBe("2");
    await mine.getByText("$30.00").first().waitFor();
    await look(mine, "filled");

    await button(yours, "Sign out").click();
    await yours.getByText("Guest").waitFor();
    await button(yours, "Check out").click();
    await yours.getByText("Sign in to check out.").waitFor();
    await button(mine, "Check out").click();
    await mine.getByText("Your order-1 is being packed.").waitFor();
    await yours.getByText("There is nothing in it yet.").waitFor();
    await look(mine, "ordered");
    expect({ errors: watch.errors, strangers: watch.strangers }).toEqual({ errors: [], strangers: [] });
  });

  test("is used by keyboard alone, and finds its cart after a reload", async () => {
    const page = await open();
    await page.getByRole("radio", { name: /Coffee Mug/ }).focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter"); // sends the form
    await page.getByText("Notebook is in the cart.").waitFor();
    await page.reload();
    await expect.poll(() => quantity(page, "Notebook")).toBe("1");
    await button(page, "Remove Notebook").focus();
    await page.keyboard.press("Enter");
    await page.getByText("There is nothing in it yet.").waitFor();
  });

  test("keeps its cart on the screen while the program is away", async () => {
    const page = await open();
    await button(page, "Add Coffee Mug to the cart").click();
    await expect.poll(() => quantity(page, "Coffee Mug")).toBe("1");
    await server.stop("SIGKILL");
    await page.getByText("Reconnecting…").waitFor();
    expect(await button(page, "Check out").isDisabled()).toBe(true);
    await look(page, "reconnecting");
    server = await start(server.port);
    await page.getByText("There is nothing in it yet.").waitFor(); // the carts were in memory
  });
});

describe("the page of the cart, from a server that is not its program,", () => {
  let stage: Stage;
  let page: Page;
  beforeEach(async () => {
    stage = await Stage.open("cart_page");
    page = await newTab();
  });
  afterEach(() => stage.close());

  test("says that it connects, and why it is not let in", async () => {
    stage.answering = false;
    await page.goto(stage.url);
    await page.getByRole("heading", { name: "Connecting…" }).waitFor();
    stage.refusing = { status: 403, reason: "this Origin is not allowed" };
    await page.reload();
    await page.getByText("This Origin is not allowed.").waitFor();
    await look(page, "not-let-in");
    stage.refusing = { status: 403, reason: "unauthorized" };
    await button(page, "Try again").click();
    await page.getByText("You have no access").waitFor();
  });

  test("says that WebSockets are blocked when only they do not get through, and goes on by itself", async () => {
    stage.answering = false;
    stage.refusing = { status: 400, reason: "missing Upgrade: websocket" };
    await page.goto(stage.url);
    await page.getByRole("heading", { name: "No way through" }).waitFor();
    await page.getByText("The server answers, but WebSockets do not get through").waitFor();
    await look(page, "blocked");
    stage.refusing = undefined;
    await page.getByRole("heading", { name: "Connecting…" }).waitFor();
  });

  test("shows that another browser checks out, where that takes a while", async () => {
    const line = { id: "mug-1", sku: "mug", name: "Coffee Mug", price_cents: 1500, qty: 2 };
    stage.state = {
      header: { __musubi_store_id__: ["header"], signed_in: true, user_name: "Ada" },
      cart: {
        __musubi_store_id__: ["cart"],
        lines: [{ __musubi_store_id__: ["cart", "lines", "mug-1"], ...line }],
        total_units: 2,
        subtotal_cents: 3000,
        status: { type: "checking_out" },
      },
    };
    await page.goto(stage.url);
    await button(page, "Checking out…").waitFor();
    expect(await button(page, "Checking out…").isDisabled()).toBe(true);
    await page.getByText("Checking out…", { exact: true }).first().waitFor();
    await look(page, "checking-out");
  });
});
