import { vi } from "vitest";

/** Tries until it holds; a machine that is busy may take its time. */
export function eventually<T>(attempt: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(attempt, { timeout: 15_000, interval: 10 }) as Promise<T>;
}
