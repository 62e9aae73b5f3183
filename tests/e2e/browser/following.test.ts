import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Locator, Page } from "playwright-core";
import { beforeAll, test, vi } from "vitest";
import { animated, type Frame } from "../support/apng.js";
import { launch } from "../support/browser.js";
import { listening, Program } from "../support/program.js";

// Two browsers of one thermostat. With UPDATE_SCREENSHOT this makes the moving picture in the README: each frame
// is what both show at that moment, and where the pointer is.
vi.setConfig({ testTimeout: 180_000 });
const image = fileURLToPath(new URL("../../../docs/images/following.png", import.meta.url));
const updating = process.env["UPDATE_SCREENSHOT"] !== undefined;
const size = { width: 340, height: 548 };
const gap = 24;
const bar = 34; // of a window

let browser: Browser;
let program: Program;
beforeAll(async () => {
  program = await Program.start("thermostat", ["--port", "0"], listening);
  browser = await launch();
  return async () => {
    await browser.close();
    await program.stop();
  };
});

test("what is set in one browser is seen in the other", async () => {
  const phone = await open("dark");
  const desk = await open("light");
  const film = await Film.of([phone, desk]);
  const both = async (target: string) => {
    for (const page of [phone, desk]) await page.locator("#target").getByText(target, { exact: true }).waitFor();
  };
  const press = async (page: Page, name: string, seen: () => Promise<unknown>) => {
    const button = page.getByRole("button", { name, exact: true });
    await film.point(page, button);
    await button.click();
    await seen();
    await film.show(true, 220);
    await film.show(false, 700);
  };
  const pressed = (name: string) => async () => {
    for (const page of [phone, desk]) await page.locator(`nav button[aria-pressed=true]`, { hasText: name }).waitFor();
  };

  await both("21 °C");
  await film.show(false, 900);
  await press(phone, "one degree more", () => both("22 °C"));
  await press(phone, "one degree more", () => both("23 °C"));
  await press(desk, "Eco", pressed("Eco"));
  await press(desk, "Comfort", pressed("Comfort"));
  await press(desk, "one degree less", () => both("22 °C"));
  await press(phone, "one degree less", () => both("21 °C"));
  await film.save();
});

async function open(colorScheme: "dark" | "light"): Promise<Page> {
  const context = await browser.newContext({ viewport: size, deviceScaleFactor: 1.5, colorScheme, reducedMotion: "reduce" });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(program.url("http"));
  await page.locator("#link").getByText("live", { exact: true }).waitFor();
  return page;
}

/** The frames: both pages in a window each, and the pointer above them. */
class Film {
  readonly #frames: Frame[] = [];
  #at = { x: 0, y: 0 };

  private constructor(
    readonly pages: readonly Page[],
    readonly stage: Page,
  ) {}

  static async of(pages: readonly Page[]): Promise<Film> {
    const width = pages.length * size.width + (pages.length + 1) * gap;
    const height = size.height + bar + 2 * gap;
    const stage = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: 1.5 });
    await stage.setContent(`<style>
      body { margin: 0; background: #7a8794; }
      div { position: absolute; top: ${gap}px; width: ${size.width}px; border-radius: 10px; overflow: hidden; }
      div::before { content: "● ● ●"; display: block; height: ${bar}px; line-height: ${bar}px; padding-left: 14px;
        font: 12px/${bar}px sans-serif; letter-spacing: 3px; }
      .dark { background: #2b3036; color: #59626b } .light { background: #dfe4e8; color: #a5aeb6 }
      img { display: block; width: 100%; height: ${size.height}px }
      svg { position: absolute; left: 0; top: 0 }
    </style>${pages
      .map((_, i) => `<div class="${i === 0 ? "dark" : "light"}" style="left:${gap + i * (size.width + gap)}px"><img></div>`)
      .join("")}<svg width="26" height="30" viewBox="0 0 26 30"><circle r="9" cx="9" cy="9" fill="#f6b73c" opacity="0"/>
      <path d="M6 4v19l5-5 3 8 4-2-3-7h7z" fill="#111" stroke="#fff" stroke-width="1.6"/></svg>`);
    const film = new Film(pages, stage);
    film.#at = { x: width / 2, y: height - 2 * gap };
    return film;
  }

  /** Moves the pointer to a button of a page. */
  async point(page: Page, to: Locator): Promise<void> {
    if (!updating) return;
    const box = (await to.boundingBox())!;
    const index = this.pages.indexOf(page);
    const end = {
      x: gap + index * (size.width + gap) + box.x + box.width / 2,
      y: gap + bar + box.y + box.height / 2,
    };
    const start = this.#at;
    if (Math.hypot(end.x - start.x, end.y - start.y) < 2) return;
    for (const part of [0.3, 0.6, 0.85, 1]) {
      this.#at = { x: start.x + (end.x - start.x) * part, y: start.y + (end.y - start.y) * part };
      await this.show(false, part === 1 ? 250 : 70);
    }
  }

  /** Takes a frame. */
  async show(pressing: boolean, milliseconds: number): Promise<void> {
    if (!updating) return;
    const shots = await Promise.all(this.pages.map((page) => page.screenshot()));
    const sources = shots.map((shot) => `data:image/png;base64,${shot.toString("base64")}`);
    await this.stage.evaluate(
      async ([sources, at, pressing]) => {
        const images = [...document.querySelectorAll("img")];
        images.forEach((image, i) => (image.src = sources[i]!));
        await Promise.all(images.map((image) => image.decode()));
        const pointer = document.querySelector("svg")!;
        pointer.style.transform = `translate(${at.x - 6}px, ${at.y - 4}px)`;
        pointer.querySelector("circle")!.setAttribute("opacity", pressing ? "0.9" : "0");
      },
      [sources, this.#at, pressing] as const,
    );
    this.#frames.push({ png: await this.stage.screenshot(), milliseconds });
  }

  async save(): Promise<void> {
    if (!updating) return;
    mkdirSync(join(image, ".."), { recursive: true });
    writeFileSync(image, animated(this.#frames));
  }
}
