// Replaced by bundlers; absent when a page loads this package without one.
declare const process: { env: Record<string, string | undefined> };

/** A hint for whoever builds the page; silent in production builds. */
export function warn(message: string, ...details: unknown[]): void {
  if (!isProduction()) console.warn(`[musubi] ${message}`, ...details);
}

/** A failure that no promise carries to the application. */
export function logError(message: string, error: unknown): void {
  console.error(`[musubi] ${message}`, error);
}

function isProduction(): boolean {
  try {
    return process.env["NODE_ENV"] === "production";
  } catch {
    return false;
  }
}

/** What is warned of when a cache cannot be read. */
export const COLD = "cache read failed; falling back to a cold mount:";
