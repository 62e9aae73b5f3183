import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { expect } from "vitest";

const pictures = fileURLToPath(new URL("../../../build/screenshots", import.meta.url));
const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Phone and desktop, dark and light: everything is looked at in all of them. */
export const looks = (["desktop", "phone"] as const).flatMap((size) =>
  (["dark", "light"] as const).map((scheme) => ({ size, scheme })),
);
export const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 360, height: 740 } };

/** Lets `check` look at a page in each size and scheme; the page itself goes on. */
export async function inEveryLook(page: Page, check: (look: string) => Promise<void>): Promise<void> {
  for (const { size, scheme } of looks) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await page.setViewportSize(sizes[size]);
    await check(`${size}, ${scheme}`);
  }
}

/** What axe finds wrong by WCAG 2.2 A and AA, contrast above all, and what sticks out at the right. */
export async function findProblems(page: Page): Promise<string[]> {
  // Evaluated, not added as a script: the page's security policy allows none but its own.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(source);
  return page.evaluate(async () => {
    const { violations } = await (window as any).axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      resultTypes: ["violations"],
    });
    const problems: string[] = [];
    for (const { id, nodes } of violations) {
      for (const node of nodes) problems.push(`${id}: ${node.target.join(" ")}: ${node.failureSummary}`);
    }
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > width) {
      for (const element of document.querySelectorAll("body *")) {
        const { right } = element.getBoundingClientRect();
        if (right > width + 0.5) problems.push(`sticks out: ${element.tagName}.${element.className}`);
      }
    }
    return problems;
  });
}

/**
 * Holds a page, as it is now, to that in every look. With SCREENSHOTS set, pictures of it are saved in
 * build/screenshots under `name`, for people to look at.
 */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  await inEveryLook(page, async (look) => {
    if (process.env["SCREENSHOTS"] !== undefined) {
      mkdirSync(pictures, { recursive: true });
      await page.screenshot({ path: join(pictures, `${name}-${look.replace(", ", "-")}.png`) });
    }
    expect.soft(await findProblems(page), look).toEqual([]);
  });
}
