/** A hint for whoever builds the page; silent in production builds. */
export function warn(message, ...details) {
    if (!isProduction())
        console.warn(`[musubi] ${message}`, ...details);
}
/** A failure that no promise carries to the application. */
export function logError(message, error) {
    console.error(`[musubi] ${message}`, error);
}
function isProduction() {
    try {
        return process.env["NODE_ENV"] === "production";
    }
    catch {
        return false;
    }
}
/** What is warned of when a cache cannot be read. */
export const COLD = "cache read failed; falling back to a cold mount:";
