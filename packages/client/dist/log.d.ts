/** A hint for whoever builds the page; silent in production builds. */
export declare function warn(message: string, ...details: unknown[]): void;
/** A failure that no promise carries to the application. */
export declare function logError(message: string, error: unknown): void;
/** What is warned of when a cache cannot be read. */
export declare const COLD = "cache read failed; falling back to a cold mount:";
