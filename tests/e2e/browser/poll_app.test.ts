import type { Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { expectAccessible } from "../support/axe.js";
import { Watch } from "../support/browser.js";
import { person } from "../support/person.js";
import { listening, Program } from "../support/program.js";
import { Stage } from "../support/stage.js";

// The page of the poll app: two tabs and its program, then the states that only a staged server has.
// Each state that stays is looked at by axe, on a phone and a desktop, dark and light.
vi.setConfig({ testTimeout: 120_000 });
const newTab = person();

const look = (page: Page, name: string) => expectAccessible(page, `poll_app-${name}`);
const heading = (page: Page, text: string) => page.getByRole("heading", { level: 1, name: text }).waitFor();
const live = (page: Page) => page.getByText("Live", { exact: true }).waitFor();
const option = (page: Page, name: string) => page.getByRole("button", { name: new RegExp(`^${name}`) });
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

describe("the page of the poll app", () => {
  let server: Program;
  const start = (port = 0) => Program.start("poll_app", ["--port", `${port}`], listening);
  beforeEach(async () => void (server = await start()));
  afterEach(() => server.stop("SIGKILL"));
  const open = async (poll = "") => {
    const page = await newTab();
    await page.goto(server.url("http", `/#${poll}`));
    await live(page);
    return page;
  };

  test("shows a vote, a removed vote and a closed poll in every tab", async () => {
    const mine = await open();
    const watch = new Watch(mine, server.url("http"));
    const overview = await open();
    await look(overview, "all");
    await mine.getByRole("link", { name: /Coffee or tea/ }).click();
    await mine.getByText("You have not voted yet.").waitFor();
    const yours = await open("coffee-poll");

    await option(mine, "Tea").click();
    await mine.getByText("You voted for Tea.").waitFor();
    expect(await option(mine, "Tea").getAttribute("aria-pressed")).toBe("true");
    await option(yours, "Tea 1 vote 100%").waitFor();
    await option(yours, "Coffee").click();
    await option(mine, "Coffee 1 vote 50%").waitFor();
    await look(mine, "voted");
    await overview.getByRole("link", { name: "Coffee or tea? Open 3 options · 2 votes" }).waitFor();

    await button(mine, "Remove my vote").click();
    await option(yours, "Tea 0 votes 0%").waitFor();
    await mine.getByText("You have not voted yet.").waitFor();

    await button(yours, "Close the poll").click();
    await mine.getByText("You did not vote.").waitFor();
    await option(mine, "Coffee Most votes 1 vote 100%").waitFor();
    expect(await option(mine, "Tea").isDisabled()).toBe(true);
    await look(yours, "closed");
    await overview.getByRole("link", { name: "Coffee or tea? Closed 3 options · 1 vote" }).waitFor();
    expect({ errors: watch.errors, strangers: watch.strangers }).toEqual({ errors: [], strangers: [] });
  });

  test("is used by keyboard alone, and remembers its vote over a reload", async () => {
    const page = await open();
    await page.getByRole("link", { name: /Best code editor/ }).focus();
    await page.keyboard.press("Enter");
    await heading(page, "Best code editor?");
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe("Best code editor?");
    await page.getByText("You have not voted yet.").waitFor();
    await page.keyboard.press("Tab"); // from the heading to the first option
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await page.getByText("You voted for Neovim.").waitFor();
    await page.reload();
    await page.getByText("You voted for Neovim.").waitFor();
    await page.getByRole("link", { name: "All polls" }).focus();
    await page.keyboard.press("Enter");
    await heading(page, "Live polls");
  });

  test("keeps what it shows while the program is away, and follows again by itself", async () => {
    const page = await open("food-poll");
    await option(page, "Ramen").click();
    await page.getByText("You voted for Ramen.").waitFor();
    await server.stop("SIGKILL");
    await page.getByText("Reconnecting…").waitFor();
    await option(page, "Ramen 1 vote 100%").waitFor();
    expect(await option(page, "Ramen").isDisabled()).toBe(true);
    await look(page, "reconnecting");
    server = await start(server.port);
    await live(page);
    await option(page, "Ramen 0 votes 0%").waitFor(); // its votes were in memory
  });

  test("says so when there is no such poll", async () => {
    const page = await newTab();
    await page.goto(server.url("http", "/#tea-poll"));
    await page.getByText("There is no such poll.").waitFor();
    await look(page, "unknown");
    await page.getByRole("link", { name: "All polls" }).click();
    await heading(page, "Live polls");
  });
});

describe("the page of the poll app, with a server that", () => {
  let stage: Stage;
  let page: Page;
  beforeEach(async () => {
    stage = await Stage.open("poll_app");
    page = await newTab();
  });
  afterEach(() => stage.close());

  test("does not answer, is connecting", async () => {
    stage.answering = false;
    await page.goto(stage.url);
    await heading(page, "Connecting…");
    expect(await page.getByText("takes longer than usual").count()).toBe(0);
    await page.getByText("This takes longer than usual. Is the program running?").waitFor();
    await look(page, "connecting");
  });

  test("refuses it, says why", async () => {
    stage.refusing = { status: 403, reason: "this Origin is not allowed" };
    await page.goto(stage.url);
    await page.getByText("This Origin is not allowed.").waitFor();
    await look(page, "not-let-in");
    stage.refusing = { status: 503, reason: "pool exhausted: connections" };
    await button(page, "Try again").click();
    await heading(page, "It is crowded in here");
    stage.refusing = undefined;
    stage.answering = false;
    await heading(page, "Connecting…");
  });

  test("could not count a vote, shows the reason and the vote before", async () => {
    stage.state = {
      poll: { id: "p", title: "An empty poll", status: "active", total_votes: 0 },
      options: { __musubi_stream__: "options" },
      user_vote: {
        __musubi_async__: true,
        status: "failed",
        result: null,
        reason: { kind: "error", value: "the ballot box is full" },
      },
    };
    await page.goto(`${stage.url}#p`);
    await page.getByText("Your vote did not count: the ballot box is full.").waitFor();
    await page.getByText("This poll has no options.").waitFor();
    await look(page, "failed");
  });
});
