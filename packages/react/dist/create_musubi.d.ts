import type { Musubi } from "./musubi.js";
/**
 * The provider and the hooks for one registry of stores, usually `Musubi.Stores`. Call it once, in a
 * module of its own: each call has a context of its own.
 */
export declare function createMusubi<R = any>(): Musubi<R>;
