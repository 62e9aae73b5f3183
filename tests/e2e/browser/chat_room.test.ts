import type { Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { expectAccessible } from "../support/axe.js";
import { Watch } from "../support/browser.js";
import { person } from "../support/person.js";
import { listening, Program } from "../support/program.js";
import { Stage } from "../support/stage.js";

// The page of the chat room: two tabs and its program, then a server that does not let it in.
vi.setConfig({ testTimeout: 120_000 });
const newTab = person();

const patient = { timeout: 15_000 };
const look = (page: Page, name: string) => expectAccessible(page, `chat_room-${name}`);
const people = (page: Page) => page.getByRole("complementary").getByRole("listitem");
const messages = (page: Page) => page.getByRole("region", { name: "Messages" }).getByRole("listitem");
const share = (page: Page, name: string, buffer: Buffer) =>
  page.setInputFiles("input[type=file]", [{ name, mimeType: "", buffer }]);
const say = async (page: Page, what: string) => {
  await page.getByLabel("Message", { exact: true }).fill(what);
  await page.keyboard.press("Enter");
};
const rename = async (page: Page, name: string) => {
  await page.getByLabel("Your name").fill(name);
  await page.keyboard.press("Enter");
};

describe("the page of the chat room", () => {
  let server: Program;
  const start = (port = 0) => Program.start("chat_room", ["--port", `${port}`], listening);
  beforeEach(async () => void (server = await start()));
  afterEach(() => server.stop("SIGKILL"));
  const open = async () => {
    const page = await newTab();
    await page.goto(server.url("http", "/"));
    await page.getByText("Live", { exact: true }).waitFor();
    return page;
  };

  test("shows in both tabs what is said, who is there, and what they are called", async () => {
    const mine = await open();
    const watch = new Watch(mine, server.url("http"));
    await mine.getByText("Nothing was said yet").waitFor();
    const yours = await open();
    await expect.poll(() => people(mine).count(), patient).toBe(2);
    await look(mine, "empty");

    await rename(mine, "Ada");
    await people(yours).filter({ hasText: "Ada" }).waitFor();
    await say(mine, "Hello");
    await messages(yours).filter({ hasText: "Hello" }).filter({ hasText: "Ada" }).waitFor();
    await mine.getByText("Sent.").waitFor();
    await say(yours, "Hi, Ada!");
    await messages(mine).filter({ hasText: "Hi, Ada!" }).waitFor();
    await look(mine, "talking");

    await mine.reload();
    await messages(mine).filter({ hasText: "Hello" }).waitFor();
    await people(yours).filter({ hasText: "Ada" }).waitFor(); // the name is said again
    await yours.close();
    await expect.poll(() => people(mine).count(), patient).toBe(1);
    expect({ errors: watch.errors, strangers: watch.strangers }).toEqual({ errors: [], strangers: [] });
  });

  test("shares a picture, and says why a file is not shared", async () => {
    const mine = await open();
    const yours = await open();
    await rename(yours, "Grace");
    const picture = await mine.screenshot();
    await share(yours, "screen.png", picture);
    const link = messages(mine).getByRole("link", { name: /screen\.png/ });
    const image = messages(mine).getByRole("img", { name: "screen.png" });
    await expect.poll(() => image.evaluate((shown: HTMLImageElement) => shown.naturalWidth), patient).toBe(1280);
    await look(mine, "picture");

    const url = new URL((await link.getAttribute("href"))!, mine.url()).href;
    const whole = await mine.request.get(url);
    expect(whole.headers()).toMatchObject({ "content-type": "image/png", "x-content-type-options": "nosniff" });
    expect((await whole.body()).equals(picture)).toBe(true);
    const again = await mine.request.get(url, { headers: { "If-None-Match": whole.headers()["etag"]! } });
    expect(again.status()).toBe(304);
    const part = await mine.request.get(url, { headers: { Range: "bytes=1-3" } });
    expect([part.status(), (await part.body()).toString()]).toEqual([206, "PNG"]);

    await share(yours, "a.exe", picture);
    await yours.getByText("The file was not shared: its type is none of .png, .jpg, .jpeg, .gif, .txt, .md.").waitFor();
    await look(yours, "refused");
    await share(yours, "long.txt", Buffer.alloc(2_000_001, "a"));
    await yours.getByText("The file was not shared: it is larger than 2 MB.").waitFor();
    await share(yours, "notes.md", Buffer.from("# Notes"));
    await messages(mine).getByRole("link", { name: /notes\.md/ }).waitFor();
    await yours.getByText("not shared").waitFor({ state: "hidden" });
    await look(mine, "file");
  });

  test("keeps the room on the screen while the program is away, and then says the name again", async () => {
    const page = await open();
    await rename(page, "Ada");
    await say(page, "Is anybody here?");
    await messages(page).filter({ hasText: "Is anybody here?" }).waitFor();
    await server.stop("SIGKILL");
    await page.getByText("Reconnecting…").waitFor();
    await page.getByLabel("Message", { exact: true }).fill("Not sent yet");
    expect(await page.getByRole("button", { name: "Send" }).isDisabled()).toBe(true);
    await look(page, "reconnecting");
    server = await start(server.port);
    await page.getByText("Nothing was said yet").waitFor(); // the messages were in memory
    await people(page).filter({ hasText: "Ada" }).waitFor();
    expect(await page.getByLabel("Message", { exact: true }).inputValue()).toBe("Not sent yet");
  });
});

describe("the page of the chat room, from a server that is not its program,", () => {
  let stage: Stage;
  beforeEach(async () => void (stage = await Stage.open("chat_room")));
  afterEach(() => stage.close());

  test("says that it connects, and why it is not let in", async () => {
    stage.answering = false;
    const page = await newTab();
    await page.goto(stage.url);
    await page.getByRole("heading", { name: "Connecting…" }).waitFor();
    stage.refusing = { status: 403, reason: "this Origin is not allowed" };
    await page.reload();
    await page.getByText("This Origin is not allowed.").waitFor();
    await look(page, "not-let-in");
  });

  test("shows a full room, how its history fares, and why a message was not sent", async () => {
    const everybody = Array.from({ length: 64 }, (_, i) => ({ id: `user-${i}`, name: `Somebody ${i} of a long name` }));
    const value = (status: string, result: unknown) => ({
      __musubi_async__: true,
      status,
      result,
      reason: status === "failed" ? { kind: "exit", value: "timeout" } : null,
    });
    const list = { __musubi_stream__: "messages" };
    stage.state = {
      messages: value("loading", list),
      current_user: everybody[0],
      online_users: value("ok", everybody),
      last_send_status: { type: "idle" },
      attachment: { __musubi_upload__: "attachment" },
    };
    const page = await newTab();
    await page.goto(stage.url);
    await page.getByText("Loading the history…").waitFor();
    await look(page, "loading");
    stage.tell({
      messages: value("failed", list),
      online_users: value("failed", null),
      last_send_status: { type: "failed", reason: "empty_message" },
    });
    await page.getByText("The history could not be loaded.").waitFor();
    await page.getByText("The message was not sent: empty_message.").waitFor();
    await look(page, "failed");
  });
});
