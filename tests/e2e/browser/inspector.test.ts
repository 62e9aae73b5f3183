import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { expectAccessible } from "../support/axe.js";
import { launch, Watch } from "../support/browser.js";
import { eventually } from "../support/eventually.js";
import { gateway } from "../support/gateway.js";
import { lettingGuidesIn } from "../support/guide.js";
import { listening, Program } from "../support/program.js";
import { Proxy } from "../support/proxy.js";
import { Stage } from "../support/stage.js";

// The inspector, with every program that serves it instead of a page of its own, and in every state that a
// person may see.
vi.setConfig({ testTimeout: 120_000 });
let browser: Browser;
let page: Page;
beforeAll(async () => void (browser = await launch(lettingGuidesIn)));
afterAll(() => browser.close());
beforeEach(async () => {
  page = await browser.newPage({ reducedMotion: "reduce" });
  page.setDefaultTimeout(15_000);
});
afterEach(() => page.close());

const look = (name: string) => expectAccessible(page, `inspector-${name}`);
const card = (title: string) => page.getByRole("region", { name: title, exact: true });
const state = (root: Locator, word: string) =>
  root.getByRole("status").getByText(word, { exact: true }).first().waitFor();
/** The row of a field that is not in a store below. */
const row = (root: Locator, name: string) =>
  root.locator(".row").filter({ has: page.locator(".name").getByText(name, { exact: true }) }).locator(".value").first();
const says = (value: Locator, text: string) => value.getByText(text, { exact: true }).waitFor();
const form = (root: Locator, command: string) =>
  root.locator("form").filter({ has: page.getByRole("button", { name: command, exact: true }) });
const send = (root: Locator, name: string) => root.getByRole("button", { name, exact: true }).click();
const alert = (root: Locator, text: string) => root.getByRole("alert").filter({ hasText: text }).waitFor();

async function fill(root: Locator, command: string, values: Record<string, string>): Promise<Locator> {
  const made = form(root, command);
  for (const [name, value] of Object.entries(values)) await made.getByLabel(name, { exact: true }).fill(value);
  await send(made, command);
  return made;
}

describe("the inspector of a program without a page", () => {
  let program: Program;
  let watch: Watch;
  const start = async (name: string) => {
    program = await Program.start(name, ["--port", "0"], listening);
    watch = new Watch(page, program.url("http"));
    await page.goto(program.url("http", "/"));
  };
  afterEach(async () => {
    await program.stop();
  });
  const nothingWrong = () =>
    expect({ errors: watch.errors, strangers: watch.strangers }).toEqual({ errors: [], strangers: [] });

  test("shows a cart and its lines, sends commands to each, and keeps in the address what is mounted", async () => {
    await start("features_cart");
    const cart = card("Example.Cart main");
    await state(cart, "live");
    await cart.getByText("empty", { exact: true }).waitFor();
    await fill(cart, "add", { sku: "mug" });
    await fill(cart, "add", { sku: "pen" });
    const pen = cart.locator(".store .store").filter({ hasText: "lines/pen" });
    await fill(pen, "set_quantity", { quantity: "7" });
    await says(row(pen, "quantity"), "7");
    await says(row(cart, "units"), "8");
    expect(await row(cart, "units").locator("polyline").getAttribute("points")).toMatch(/ /);
    const refused = await fill(pen, "set_quantity", { quantity: "100" });
    await alert(refused.locator(".field"), "a line has from 1 to 99");
    await refused.getByLabel("quantity", { exact: true }).fill("");
    await send(refused, "set_quantity");
    await eventually(async () => expect(await refused.getByRole("alert").first().textContent()).toMatch(/fill out/i));
    await form(pen, "wrap").getByLabel("gift", { exact: true }).check();
    await send(pen, "wrap");
    await says(row(pen, "gift"), "true");
    await look("cart");

    await page.getByText("Mount a store").click();
    await page.getByLabel("id", { exact: true }).fill("two");
    await page.getByRole("button", { name: "Mount", exact: true }).click();
    await state(card("Example.Cart two"), "live");
    await fill(cart, "remove", { sku: "pen" });
    await pen.waitFor({ state: "detached" });
    await page.reload();
    await state(card("Example.Cart main"), "live");
    await state(card("Example.Cart two"), "live");
    for (const name of ["main", "two"]) await page.getByRole("button", { name: `Unmount Example.Cart ${name}` }).click();
    await page.getByText("No store is mounted.").waitFor();
    await look("empty");
    await page.reload();
    await page.getByText("No store is mounted.").waitFor();
    nothingWrong();
  });

  test("asks for the params of a store that needs some, and shows their refusal at its field", async () => {
    await start("features_chat");
    const mount = page.locator("form").filter({ has: page.getByRole("button", { name: "Mount", exact: true }) });
    await mount.getByLabel("name", { exact: true }).waitFor();
    await send(mount, "Mount");
    await alert(mount.locator(".field"), "who are you?");
    await look("params-refused");
    await mount.getByLabel("name", { exact: true }).fill("ann");
    await send(mount, "Mount");
    const chat = card("Example.Chat main");
    await chat.locator(".pill").getByText("loading", { exact: true }).waitFor();
    await chat.locator(".pill").getByText("ok", { exact: true }).waitFor();
    await alert((await fill(chat, "say", { body: "" })).locator(".field"), "say something");
    await fill(chat, "say", { body: "hello" });
    await chat.getByRole("cell", { name: "hello" }).waitFor();
    expect(await chat.getByRole("columnheader").allInnerTexts()).toEqual(["id", "sender", "body"]);
    nothingWrong();
  });

  test("logs the events of a doorbell", async () => {
    await start("features_doorbell");
    const bell = card("Example.Doorbell main");
    await fill(bell, "ring", { who: "the post" });
    const log = bell.getByRole("log");
    await log.getByText('chime {"who":"the post"}').waitFor();
    await log.getByText("The bell has rung.").waitFor();
    await says(row(bell, "rings"), "1");
    await look("events");
    nothingWrong();
  });

  test("follows values that a forecast loads in the background", async () => {
    await start("features_forecast");
    const station = card("Example.WeatherStation main");
    const weather = station.locator(".async .pill");
    await fill(station, "refresh", { where: "Oslo" });
    await weather.getByText("loading", { exact: true }).waitFor();
    await send(station, "diagnose");
    await says(row(station, "diagnosis"), "testing");
    await look("loading");
    await weather.getByText("ok", { exact: true }).waitFor();
    await says(row(station, "celsius"), "21");
    await fill(station, "refresh", { where: "Atlantis" });
    await weather.getByText("failed", { exact: true }).waitFor();
    await station.getByText("no such place").waitFor();
    await says(row(station, "celsius"), "21"); // the last that was known
    await look("failed");
    await fill(station, "refresh", { where: "Rome" });
    await weather.getByText("loading", { exact: true }).waitFor();
    await send(station, "stop");
    await station.getByText("stopped").waitFor();
    nothingWrong();
  });

  test("shows a logbook's stream as a table", async () => {
    await start("features_logbook");
    const book = card("Example.Logbook main");
    await fill(book, "write", { line: "first" });
    await fill(book, "write", { line: "second" });
    await book.getByRole("row", { name: "2 second" }).waitFor();
    await fill(book, "strike", { id: "1" });
    await book.getByRole("row", { name: "1 first" }).waitFor({ state: "detached" });
    nothingWrong();
  });

  test("shows which of several structs a washer holds, and sends the one that is chosen", async () => {
    await start("features_washer");
    const washer = card("Example.Washer main");
    const display = washer.locator(".store .store");
    const part = (name: string) => washer.locator(`details:has(> summary:text-is("${name}"))`).first();
    const phase = part("phase");
    await says(row(phase, "is"), "idle");
    await says(row(display, "line"), "ready");
    const wash = form(washer, "start");
    const load = wash.getByLabel("load", { exact: true });
    expect(await load.locator("option").allInnerTexts()).toEqual(["cotton", "wool"]);
    await wash.getByLabel("celsius", { exact: true }).fill("95");
    await send(wash, "start");
    await alert(wash.locator("fieldset .field"), "at most 90 °C");
    await look("union-refused");
    await wash.getByLabel("celsius", { exact: true }).fill("60");
    await send(wash, "start");
    await says(row(phase, "is"), "washing");
    await says(row(phase, "celsius"), "60");
    await says(row(display, "line"), "hot");
    await load.selectOption("wool"); // has no temperature to ask for
    expect(await wash.getByLabel("celsius", { exact: true }).count()).toBe(0);
    await send(wash, "start");
    await alert(wash, "open it first");

    await fill(washer, "jam", { why: "a sock" });
    await says(row(phase, "is"), "stuck");
    await says(row(phase, "why"), "a sock");
    expect(await row(phase, "celsius").count()).toBe(0); // went with the struct that has it
    await send(washer, "open");
    await says(row(phase, "is"), "idle");
    await send(wash, "start");
    await says(row(phase, "celsius"), "30");
    await says(row(display, "line"), "gentle");
    const past = part("history").locator(".row").filter({ hasText: /^is/ }).locator(".value");
    expect(await past.allInnerTexts()).toEqual(["washing", "stuck", "idle", "washing"]);
    await look("union");
    nothingWrong();
  });

  test("sends a train to a platform", async () => {
    await start("features_platforms");
    const station = card("Example.Station main");
    const refused = await fill(station, "arrive", { number: "12", from: "Bern", platform: "9" });
    await alert(refused.locator(".field"), "no such platform");
    await fill(station, "arrive", { platform: "2" });
    const second = station.locator(".store .store").filter({ hasText: "platforms/2" });
    await says(row(second, "train_from"), "Bern");
    await says(row(station.locator(".store .store").filter({ hasText: "platforms/1" }), "train_from"), "null");
    nothingWrong();
  });

  test("shows what the vault replies, and opens its drawer below a path of a proxy", async () => {
    await start("features_vault");
    const proxy = await Proxy.open(program, "/below/");
    try {
      await page.goto(proxy.url);
      const vault = card("Example.Vault main");
      await send(vault, "sign_out");
      await vault.getByText('{"ok":false,"reason":"sign in first"}').waitFor();
      await alert((await fill(vault, "sign_in", { pin: "1" })).locator(".field"), "wrong pin");
      await fill(vault, "sign_in", { pin: "2580" });
      await says(row(vault, "signed_in"), "true");
      await send(vault.locator(".store .store"), "open");
      await says(row(vault.locator(".store .store"), "open"), "true");
      await says(row(vault, "last"), "open");

      proxy.down = true;
      proxy.cut();
      await state(vault, "reconnecting");
      expect(await vault.getByRole("button", { name: "sign_out" }).isDisabled()).toBe(true);
      await says(row(vault, "last"), "open"); // what is shown stays
      await look("reconnecting");
      proxy.down = false;
      await state(vault, "live");
    } finally {
      await proxy.close();
    }
  });

  test("shows a visitor, whose page comes back after its store has failed", async () => {
    await start("visitors");
    const greeting = card("Example.Greeting main");
    await says(row(greeting, "name"), "null");
    await fill(greeting, "count", { to: "10" });
    await says(row(greeting, "sum"), "45");
    await send(greeting, "break");
    await says(row(greeting, "sum"), "0");
    await state(greeting, "live");
    nothingWrong();
  });
});

test("the inspector dims a lamp, which shines as it did when its program comes back", async () => {
  const folder = mkdtempSync(join(tmpdir(), "inspector-e2e-"));
  const start = (port: number) => Program.start("features_lamp", [folder, "--port", `${port}`], listening);
  let program = await start(0);
  try {
    await page.goto(program.url("http", "/"));
    const lamp = card("Example.Lamp main");
    await says(row(lamp, "brightness"), "60");
    await alert((await fill(lamp, "dim", { percent: "101" })).locator(".field"), "the brightness is from 0 to 100");
    await fill(lamp, "dim", { percent: "7" });
    await form(lamp, "night_light").getByLabel("on", { exact: true }).check();
    await send(lamp, "night_light");
    await says(row(lamp, "night_light"), "true");
    await program.stop("SIGKILL");
    await state(lamp, "reconnecting");
    program = await start(program.port);
    await state(lamp, "live");
    await says(row(lamp, "brightness"), "7");
    await says(row(lamp, "night_light"), "true");
  } finally {
    await program.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

test("the inspector beside a page takes files", async () => {
  const folder = mkdtempSync(join(tmpdir(), "inspector-e2e-"));
  const program = await Program.start("uploads", [folder, "--port", "0"], listening);
  try {
    await page.goto(program.url("http", "/"));
    await page.getByText("No letters yet.").waitFor(); // the program's own page
    await page.goto(program.url("http", "/inspector.html"));
    const box = card("Example.Letterbox main");
    await state(box, "live");
    await page.locator("input[type=file]").setInputFiles([
      { name: "hello.txt", mimeType: "text/plain", buffer: Buffer.alloc(150_000, "hello") },
    ]);
    await box.getByText("hello.txt · success").waitFor();
    await look("upload");
    await send(box, "post");
    await eventually(() => expect(readdirSync(folder)).toEqual(["hello.txt"]));
    await page.locator("input[type=file]").setInputFiles([
      { name: "program.exe", mimeType: "text/plain", buffer: Buffer.from("code") },
    ]);
    await alert(box, "file type is not accepted");
  } finally {
    await program.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

test("the inspector asks for the token of a gateway, and says so if it is a wrong one", async () => {
  const folder = mkdtempSync(join(tmpdir(), "inspector-e2e-"));
  const program = await gateway(join(folder, "settings"), "--token", "geheim-wie-nie");
  try {
    // The gateway has a page of its own and no inspector: this is one beside it.
    const store = { params: {}, state: {}, uploads: [], commands: {}, events: {} };
    const schema = { version: 1, roots: ["Gateway.Stores.Overview"], stores: { "Gateway.Stores.Overview": store }, $defs: {} };
    const built = (path: string) => fileURLToPath(new URL(`../../../packages/inspector/dist/${path}`, import.meta.url));
    await page.route("**/inspector.html", (route) => route.fulfill({ path: built("index.html") }));
    await page.route("**/inspector/*", (route) =>
      route.fulfill({ path: built(new URL(route.request().url()).pathname.slice(1)) }),
    );
    await page.route("**/inspector/schema.json", (route) => route.fulfill({ json: schema }));
    await page.goto(program.url("http", "/inspector.html"));
    const barrier = page.locator("main");
    await alert(barrier, "This program lets in only who has a token.");
    const token = page.getByLabel("token", { exact: true });
    await token.fill("geraten");
    await token.press("Enter");
    await alert(barrier, "This token is not accepted.");
    await eventually(async () => expect(await token.evaluate((each) => each === document.activeElement)).toBe(true));
    await token.fill("geheim-wie-nie");
    await token.press("Enter");
    await state(page.locator("body > header"), "live");
    await state(card("Gateway.Stores.Overview main"), "live");
    expect(await page.locator(".barrier").isVisible()).toBe(false);
  } finally {
    await program.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

describe("the inspector", () => {
  let stage: Stage;
  let everything: Locator;
  beforeEach(async () => {
    stage = await Stage.open("inspector");
    everything = card("Everything.Stores.Page main");
  });
  afterEach(() => stage.close());

  test("shows a store that uses everything, with a form for each command", async () => {
    const line = (label: string, place: string[]) => ({ __musubi_store_id__: place, label, qty: 1 });
    const upload = (name: string) => ({ __musubi_upload__: name });
    stage.state = {
      title: "", open: true, small: 255, large: -9007199254740991, price: 1.25, larger: "18446744073709551615",
      ratio: null, weight: "high", perhaps: null, aim: { celsius: 21, "unit-name": null },
      where: { latitude: 1.5, longitude: 2, visited: { id: "x", weight: "low" } }, tags: ["a", "b"], weights: ["low"],
      matrix: [[1, 2], [3, 4]], meta: { key: "value" }, cover: line("cover", ["cover"]), spare: null,
      lines: [line("one", ["lines", "one"]), line("two", ["lines", "two"])], by_name: { n: line("n", ["by_name", "n"]) },
      wings: [{ name: "east", rooms: [line("r", ["wings", "r"]), null] }],
      status: { type: "sent", as: { id: "x", weight: "low" } }, perhaps_there: null,
      answers: [{ ok: true }, { error: "low" }],
      history: { __musubi_stream__: "history" },
      nearest: { __musubi_async__: true, status: "loading", result: null, reason: null },
      log: { __musubi_async__: true, status: "failed", result: null, reason: { kind: "exit", value: "timeout" } },
      avatar: upload("avatar"), floor_plan: upload("floor_plan"),
    };
    let sent: unknown;
    stage.command = (name, payload) => {
      sent = [name, payload];
      return name === "aim" ? { reason: "too cold", field: "at.celsius" } : undefined;
    };
    await page.goto(stage.url);
    await state(everything, "live");
    await says(row(everything, "larger"), "18446744073709551615");
    const rename = form(everything.locator(".commands").last(), "rename");
    await rename.getByLabel("title", { exact: true }).fill("new");
    await rename.getByLabel("give weight", { exact: true }).check();
    await rename.getByLabel("weight", { exact: true }).selectOption("high");
    await send(rename, "rename");
    await eventually(() => expect(sent).toEqual(["rename", { title: "new", weight: "high" }]));
    const aim = form(everything, "aim");
    await aim.getByLabel("celsius", { exact: true }).fill("-5");
    await send(aim, "aim");
    await alert(aim.locator("fieldset .field"), "too cold");
    expect(sent).toEqual(["aim", { at: { celsius: -5, "unit-name": null } }]);
    await everything.getByText('In whole °C; [5, 30] or \\u{21}; "so".').waitFor();
    await look("everything");
    await page.setViewportSize({ width: 390, height: 844 });
    const tooWide = await everything.locator(".row").evaluateAll((rows) =>
      rows.filter((each) => each.scrollWidth > each.clientWidth).map((each) => each.textContent),
    );
    expect(tooWide).toEqual([]); // sixteen digits, too, stay within their row
  });

  test("waits for its first state", async () => {
    stage.answering = false;
    await page.goto(stage.url);
    await state(everything, "loading");
    await look("waiting");
  });

  test("says why it is not let in, and takes a token", async () => {
    stage.refusing = { status: 403, reason: "a token is required" };
    await page.goto(stage.url);
    await alert(page.locator("main"), "a token is required");
    await look("not-let-in");
    const tried = stage.upgrades;
    stage.refusing = undefined;
    await page.getByLabel("token", { exact: true }).fill("geheim");
    await page.getByRole("button", { name: "Try again" }).click();
    await eventually(() => expect(stage.upgrades).toBe(tried + 1));
    await state(page.locator("body > header"), "live");
  });

  test("says that WebSockets are blocked, asks for no token, and goes on by itself", async () => {
    stage.refusing = { status: 400, reason: "missing Upgrade: websocket" };
    await page.goto(stage.url);
    await alert(page.locator("main"), "WebSockets do not get through");
    expect(await page.getByLabel("token", { exact: true }).count()).toBe(0);
    await look("blocked");
    stage.refusing = undefined;
    await state(page.locator("body > header"), "live");
  });

  test("says that it has no schema", async () => {
    await page.route("**/schema.json", (route) => route.fulfill({ status: 404, body: "" }));
    await page.goto(stage.url);
    await alert(page.locator("main"), "The schema could not be loaded: 404");
    await look("without-schema");
  });
});
