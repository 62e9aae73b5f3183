import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page, WebSocketRoute } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { expectAccessible } from "../support/axe.js";
import { launch, Watch } from "../support/browser.js";
import { listening, Program } from "../support/program.js";
import { Stage } from "../support/stage.js";

// The page of the uploads example, with its program and a folder on a disk. Each state that stays is
// looked at by axe, on a phone and a desktop, dark and light.
vi.setConfig({ testTimeout: 120_000 });
let browser: Browser;
let page: Page;
beforeAll(async () => void (browser = await launch()));
afterAll(() => browser.close());
beforeEach(async () => {
  page = await browser.newPage({ reducedMotion: "reduce" });
  page.setDefaultTimeout(15_000);
});
afterEach(() => page.close());

const look = (name: string) => expectAccessible(page, `uploads-${name}`);
const says = (status: string) => page.locator("#status").getByText(status, { exact: true }).waitFor();
const complaint = (text: string) => page.getByRole("alert").filter({ hasText: text });
const button = (name: string) => page.getByRole("button", { name, exact: true });
const onTheWay = (text: string | RegExp) => page.locator("#entries li").filter({ hasText: text });
const letters = () => page.locator("#letters li").allInnerTexts();

const choose = (name: string, content: string | Buffer) =>
  page.setInputFiles("#files", [{ name, mimeType: "image/jpeg", buffer: Buffer.from(content) }]);
const post = async (name: string, content: string) => {
  await choose(name, content);
  await button("Post this letter").click();
  await onTheWay(name).waitFor({ state: "detached" });
};

describe("the page of the uploads", () => {
  let folder: string;
  let server: Program;
  const start = (port = 0) =>
    Program.start("uploads", [folder, "--port", `${port}`], listening);
  const openLive = async () => {
    await page.goto(server.url("http", "/"));
    await says("live");
  };
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "uploads-e2e-"));
    server = await start();
  });
  afterEach(async () => {
    await server.stop("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });

  test("says what it takes, without an error and without asking anybody else", async () => {
    const watch = new Watch(page, server.url("http"));
    await openLive();
    await page.getByText("No letters yet.").waitFor();
    await page.getByText(".txt .pdf .png .jpg · up to 20 MB, 4 at a time").waitFor();
    await look("empty");
    expect({ errors: watch.errors, strangers: watch.strangers }).toEqual({ errors: [], strangers: [] });
  });

  test("keeps every letter of one name", async () => {
    await openLive();
    await post("image.jpg", "first");
    await post("image.jpg", "second");
    await expect.poll(letters).toEqual(["image.jpg\n6 B\nimage-2.jpg", "image.jpg\n5 B\nimage.jpg"]);
    expect(readdirSync(folder).sort()).toEqual(["image-2.jpg", "image.jpg"]);
    expect(readFileSync(join(folder, "image.jpg"), "utf8")).toBe("first");
    expect(readFileSync(join(folder, "image-2.jpg"), "utf8")).toBe("second");
  });

  test("calls a file arrived when the server has all of it, not when all was sent", async () => {
    // Between the two, as a network may be: chunks or the word of their end are held back.
    const held: (() => void)[] = [];
    let holding: "chunks" | "complete" | "nothing" = "chunks";
    const release = () => held.splice(0).forEach((each) => each());
    await page.routeWebSocket(/\/socket\/websocket/, (socket: WebSocketRoute) => {
      const onward = socket.connectToServer();
      socket.onMessage((message) => {
        if (holding === "chunks" && typeof message !== "string") held.push(() => onward.send(message));
        else onward.send(message);
      });
      onward.onMessage((message) => {
        if (holding === "complete" && String(message).includes('"op":"complete"')) {
          held.push(() => socket.send(message));
        } else {
          socket.send(message);
        }
      });
    });
    await openLive();
    await choose("holiday.jpg", Buffer.alloc(100_000, "photo"));
    await onTheWay("0 %").waitFor();
    holding = "complete";
    release();
    await expect.poll(() => held.length, { timeout: 15_000 }).toBe(1); // every byte was sent
    await onTheWay(/ %/).waitFor();
    expect(await onTheWay("arrived").count()).toBe(0);
    expect(await button("Post this letter").count()).toBe(0);

    holding = "nothing";
    release();
    await onTheWay("arrived").waitFor();
    await look("arrived");
    await button("Do not send holiday.jpg").click();
    await onTheWay("holiday.jpg").waitFor({ state: "detached" });
    await expect.poll(() => readdirSync(folder)).toEqual([]);
  });

  test("says why a file did not arrive", async () => {
    await openLive();
    await choose("program.exe", "code");
    await complaint("file type is not accepted").waitFor();
    rmSync(folder, { recursive: true });
    await choose("image.jpg", "photo");
    await onTheWay("the folder is not writable").waitFor();
    await look("failed");
  });

  test("keeps its letters while the device is away, and follows again by itself", async () => {
    await openLive();
    await post("image.jpg", "photo");
    await server.stop("SIGKILL");
    await says("reconnecting");
    expect(await page.locator("#files").isDisabled()).toBe(true);
    expect(await letters()).toEqual(["image.jpg\n5 B\nimage.jpg"]);
    await look("reconnecting");
    server = await start(server.port);
    await says("live");
    await page.getByText("No letters yet.").waitFor(); // what it shows is what the device knows
  });
});

test("the page of the uploads says why it is not let in", async () => {
  const stage = await Stage.open("uploads");
  try {
    stage.refusing = { status: 403, reason: "this Origin is not allowed" };
    await page.goto(stage.url);
    await says("not connected");
    await complaint("this Origin is not allowed").waitFor();
    await look("not-let-in");
  } finally {
    await stage.close();
  }
});
