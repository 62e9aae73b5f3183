import type { Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { expectAccessible } from "../support/axe.js";
import { person } from "../support/person.js";
import { SharedRooms } from "../support/shared_rooms.js";
import { Stage } from "../support/stage.js";

// Two programs that share their room over a broker, each with a browser, as scripts/demo chat_room --broker starts them.
vi.setConfig({ testTimeout: 120_000 });
const newTab = person(45_000); // a link that lost its broker waits for longer each time

const people = (page: Page) => page.getByRole("list", { name: "Who is here" }).getByRole("listitem");
const message = (page: Page, text: string) =>
  page.getByRole("region", { name: "Messages" }).getByRole("listitem").filter({ hasText: text });
const everything = (page: Page) => page.getByRole("region", { name: "Messages" }).locator(".bubble p").allTextContents();
const say = async (page: Page, text: string) => {
  await page.getByLabel("Message", { exact: true }).fill(text);
  await page.keyboard.press("Enter");
  await message(page, text).waitFor();
};
const rename = async (page: Page, name: string) => {
  await page.getByLabel("Your name").fill(name);
  await page.keyboard.press("Enter");
};
const away = "The broker is away";

describe("two chat rooms that share a broker", () => {
  let rooms: SharedRooms;
  let kitchen: Page;
  let cellar: Page;
  const open = async (room: "kitchen" | "cellar") => {
    const page = await newTab();
    await page.goto(rooms.url(room));
    await page.getByText("Live", { exact: true }).waitFor();
    return page;
  };
  beforeEach(async () => {
    rooms = await SharedRooms.start();
    kitchen = await open("kitchen");
    cellar = await open("cellar");
    await kitchen.getByText("Shared with cellar").waitFor();
    await cellar.getByText("Shared with kitchen").waitFor();
    await rename(kitchen, "Ada");
    await rename(cellar, "Grace");
    await people(cellar).filter({ hasText: "Ada" }).waitFor();
    await people(kitchen).filter({ hasText: "Grace" }).waitFor();
  });
  afterEach(() => rooms.stop());

  test("show what is said in the other, and who comes and goes there", async () => {
    await say(kitchen, "Is the cellar dry?");
    await message(cellar, "Is the cellar dry?").filter({ hasText: "Ada" }).waitFor();
    await say(cellar, "As a bone");
    await message(kitchen, "As a bone").filter({ hasText: "Grace" }).waitFor();
    expect(await people(kitchen).count()).toBe(2);
    const third = await open("cellar");
    await people(kitchen).nth(2).waitFor();
    await third.close();
    await people(kitchen).nth(2).waitFor({ state: "detached" });
    await rename(cellar, "Grace Hopper");
    await people(kitchen).filter({ hasText: "Grace Hopper" }).waitFor();
  });

  test("say that the broker is away, go on by themselves, and agree once it is back", async () => {
    await say(kitchen, "Before");
    await message(cellar, "Before").waitFor();
    rooms.kill("mosquitto");
    await kitchen.getByText(away).waitFor();
    await cellar.getByText(away).waitFor();
    await say(kitchen, "Said in the kitchen");
    await say(cellar, "Said in the cellar");
    await kitchen.getByText("Shared with cellar").waitFor();
    await cellar.getByText("Shared with kitchen").waitFor();
    await message(kitchen, "Said in the cellar").waitFor();
    await message(cellar, "Said in the kitchen").waitFor();
    expect(await everything(kitchen)).toEqual(["Before", "Said in the kitchen", "Said in the cellar"]);
    expect(await everything(cellar)).toEqual(await everything(kitchen));
    expect(await people(kitchen).count()).toBe(2);
    await say(cellar, "After");
    await message(kitchen, "After").waitFor();
  });

  test("say that a program is away, which has everything again when it is back", async () => {
    await say(kitchen, "From the kitchen");
    await say(cellar, "From the cellar");
    await message(kitchen, "From the cellar").waitFor();
    rooms.kill("cellar");
    await kitchen.getByText("cellar is away").waitFor();
    await cellar.getByText("Reconnecting…").waitFor();
    await people(kitchen).filter({ hasText: "Grace" }).waitFor({ state: "detached" });
    await say(kitchen, "Are you there?");
    await kitchen.getByText("Shared with cellar").waitFor();
    await cellar.getByText("Live", { exact: true }).waitFor();
    await people(kitchen).filter({ hasText: "Grace" }).waitFor();
    await message(cellar, "Are you there?").waitFor();
    await message(cellar, "From the cellar").waitFor();
    expect(await everything(cellar)).toEqual(["From the kitchen", "From the cellar", "Are you there?"]);
    expect(await everything(kitchen)).toEqual(await everything(cellar));
  });
});

test("the page shows how the room is shared, whatever becomes of it", async () => {
  const stage = await Stage.open("chat_room");
  const value = (result: unknown) => ({ __musubi_async__: true, status: "ok", result, reason: null });
  const others = (online: boolean) => [
    { site: "cellar", online },
    { site: "workshop", online: true },
  ];
  stage.state = {
    messages: value({ __musubi_stream__: "messages" }),
    current_user: { id: "user-1-kitchen", name: "Ada" },
    online_users: value([{ id: "user-1-kitchen", name: "Ada" }, { id: "user-7-cellar", name: "Grace" }]),
    last_send_status: { type: "idle" },
    attachment: { __musubi_upload__: "attachment" },
    sharing: { site: "kitchen", connected: true, error: "", others: others(true) },
  };
  try {
    const page = await newTab();
    await page.goto(stage.url);
    await page.getByText("Shared with cellar, workshop").waitFor();
    await expectAccessible(page, "chat_room-shared");
    stage.tell({ sharing: { site: "kitchen", connected: true, error: "", others: others(false) } });
    await page.getByText("cellar is away").waitFor();
    await expectAccessible(page, "chat_room-one-is-away");
    const error = "the broker cannot be reached: Connection refused";
    stage.tell({ sharing: { site: "kitchen", connected: false, error, others: others(false) } });
    await page.getByText(away).waitFor();
    await expectAccessible(page, "chat_room-broker-is-away");
  } finally {
    await stage.close();
  }
});
