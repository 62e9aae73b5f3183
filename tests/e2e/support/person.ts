import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { launch } from "./browser.js";

/**
 * A browser for a file of tests, and a person for each of them, who has nothing from the one before. Returns what opens
 * a tab; `patience` is how long it waits for what it should show, in milliseconds.
 */
export function person(patience = 15_000): () => Promise<Page> {
  let browser: Browser;
  let context: BrowserContext;
  beforeAll(async () => void (browser = await launch()));
  afterAll(() => browser.close());
  beforeEach(async () => {
    context = await browser.newContext({ reducedMotion: "reduce" });
    context.setDefaultTimeout(patience);
  });
  afterEach(() => context.close());
  return () => context.newPage();
}
