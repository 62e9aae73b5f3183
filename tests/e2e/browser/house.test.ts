import type { Page } from "playwright-core";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { expectAccessible } from "../support/axe.js";
import { Board, buildFirmware } from "../support/board.js";
import { Watch } from "../support/browser.js";
import { person } from "../support/person.js";
import { listening, Program } from "../support/program.js";
import { Stage } from "../support/stage.js";

// The thermostats of a house, on one page: programs, boards in QEMU, and servers that are neither.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 600_000 });
const newTab = person(20_000);

const patient = { timeout: 20_000 };
const look = (page: Page, name: string) => expectAccessible(page, `house-${name}`);
const thermostat = (port = 0) => Program.start("thermostat", ["--port", `${port}`], listening);
const startHouse = (zones: Record<string, number>) => {
  const words = Object.entries(zones).map(([name, port]) => `--thermostat=${name}=ws://127.0.0.1:${port}/socket`);
  return Program.start("house", ["--port", "0", ...words], listening);
};
const card = (page: Page, name: string) => page.getByRole("article", { name });
const label = (page: Page, name: string, says: string | RegExp) => card(page, name).locator("header p").getByText(says);
const target = (page: Page, name: string) => card(page, name).locator("output");
const warmer = (page: Page, name: string) => page.getByRole("button", { name: `Warmer in ${name}` });
const open = async (house: Program) => {
  const page = await newTab();
  await page.goto(house.url("http", "/"));
  await page.getByRole("heading", { name: "The house" }).waitFor();
  return page;
};

describe("a house of five thermostats, two of them boards,", () => {
  const programs = new Map<string, Program>();
  const boards = new Map<string, Board>();
  let house: Program;

  beforeAll(async () => {
    const kinds = { Garage: "lm3s6965", Cellar: "mps2_an385" } as const;
    for (const [name, kind] of Object.entries(kinds)) boards.set(name, await Board.start(kind, buildFirmware(kind)));
    for (const name of ["Kitchen", "Bedroom", "Attic"]) programs.set(name, await thermostat());
    const all = [...programs, ...boards].map(([name, { port }]) => [name, port]);
    house = await startHouse(Object.fromEntries(all));
    return async () => {
      await house.stop("SIGKILL");
      for (const each of programs.values()) await each.stop("SIGKILL");
      for (const each of boards.values()) await each.remove();
    };
  });

  const others = (but: string) => [...programs.keys(), ...boards.keys()].filter((name) => name !== but);
  const allLive = async (page: Page, but = "") => {
    for (const name of others(but)) await label(page, name, "Live").waitFor();
  };

  test("shows all of them live, and each goes its own way", async () => {
    const page = await open(house);
    const watch = new Watch(page, house.url("http"));
    await allLive(page);
    await page.getByText("All 5 thermostats live").waitFor();
    await look(page, "live");
    expect({ errors: watch.errors, strangers: watch.strangers }).toEqual({ errors: [], strangers: [] });
  });

  test("sets a target through the house, which the thermostat's own page shows, program and board", async () => {
    const page = await open(house);
    await allLive(page);
    for (const [name, { port }] of [["Kitchen", programs.get("Kitchen")!], ["Garage", boards.get("Garage")!]] as const) {
      const own = await newTab();
      await own.goto(`http://127.0.0.1:${port}/`);
      await own.getByText("live", { exact: true }).waitFor();
      const before = parseInt(await own.locator("#target").innerText());
      await warmer(page, name).click();
      await expect.poll(() => own.locator("#target").innerText(), patient).toBe(`${before + 1} °C`);
      await expect.poll(() => target(page, name).innerText(), patient).toBe(`${before + 1} °C`);
      await own.locator("#down").click();
      await expect.poll(() => target(page, name).innerText(), patient).toBe(`${before} °C`);
      await own.close();
    }
    expect(await target(page, "Bedroom").innerText()).toBe("21 °C");
  });

  test("shows what a thermostat refuses, in its own words", async () => {
    const page = await open(house);
    await allLive(page);
    for (let celsius = parseInt(await target(page, "Bedroom").innerText()); celsius < 30; ++celsius) {
      await warmer(page, "Bedroom").click();
      await expect.poll(() => target(page, "Bedroom").innerText(), patient).toBe(`${celsius + 1} °C`);
    }
    await warmer(page, "Bedroom").click();
    await card(page, "Bedroom").getByText("Celsius: expected integer from 5 to 30.").waitFor();
    expect(await target(page, "Bedroom").innerText()).toBe("30 °C");
    await look(page, "refusal");
  });

  test("says which one is away and for how long, and finds it again", async () => {
    const page = await open(house);
    await allLive(page);
    const attic = programs.get("Attic")!;
    await attic.stop("SIGKILL");
    await label(page, "Attic", /^No contact for \d+ s$/).waitFor();
    await allLive(page, "Attic");
    await page.getByText("4 of 5 thermostats live").waitFor();
    expect(await warmer(page, "Attic").isDisabled()).toBe(true);
    await card(page, "Attic").getByText("The server cannot be reached.").waitFor();
    await label(page, "Attic", /^No contact for ([3-9]|\d\d) s$/).waitFor();
    await warmer(page, "Cellar").click();
    await expect.poll(() => target(page, "Cellar").innerText(), patient).toBe("22 °C");
    await look(page, "stale");
    programs.set("Attic", await thermostat(attic.port));
    await allLive(page);
    await warmer(page, "Attic").click();
    await expect.poll(() => target(page, "Attic").innerText(), patient).toBe("22 °C");
  });

  test("finds a board again whose power was cut", async () => {
    const page = await open(house);
    await allLive(page);
    const cellar = boards.get("Cellar")!;
    await cellar.switchOff();
    await label(page, "Cellar", /^No contact/).waitFor();
    await allLive(page, "Cellar");
    await cellar.switchOn();
    await allLive(page);
  });
});

describe("a house whose thermostats are not what it expects", () => {
  let house: Program | undefined;
  const stages: Stage[] = [];
  const stage = async (state: Record<string, unknown>) => {
    const made = await Stage.open("thermostat");
    made.state = state;
    stages.push(made);
    return made;
  };
  afterEach(async () => {
    await house?.stop("SIGKILL");
    for (const each of stages.splice(0)) await each.close();
  });
  const portOf = (made: Stage) => Number(new URL(made.url).port);
  const usual = { room: "x", temperature: 20.5, outside: 4, target: 21, mode: "eco", heating: false, fault: null };

  test("names the field of one of another version, and why one does not let it in", async () => {
    const { target: _, ...older } = usual;
    const old = await stage(older);
    const closed = await stage(usual);
    closed.refusing = { status: 403, reason: "no" };
    const silent = await stage(usual);
    silent.answering = false;
    const open_window = await stage({ ...usual, fault: "a window is open: not heating" });
    house = await startHouse({
      Old: portOf(old),
      Closed: portOf(closed),
      Silent: portOf(silent),
      Open: portOf(open_window),
    });
    const page = await open(house);
    await label(page, "Old", "Other version").waitFor();
    await card(page, "Old").getByText("The state does not fit its struct: target: expected integer.").waitFor();
    await label(page, "Closed", "Refused").waitFor();
    await card(page, "Closed").getByText("The server refuses the connection with 403.").waitFor();
    await label(page, "Silent", "Refused").waitFor();
    await card(page, "Silent").getByText("The join was not answered in time.").waitFor();
    await label(page, "Open", "Live").waitFor();
    await look(page, "versions");

    old.tell(usual); // it was updated
    await label(page, "Old", "Live").waitFor();
    await card(page, "Open").getByRole("button", { name: "It is closed" }).click();
    await house.stop("SIGKILL");
    await page.getByText("Reconnecting…").first().waitFor();
    expect(await warmer(page, "Old").isDisabled()).toBe(true);
    await look(page, "away");
  });
});
