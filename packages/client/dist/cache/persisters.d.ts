import type { MusubiCacheEntry, MusubiCachePersister } from "./types.js";
/** Entries in memory: gone with the page. */
export declare function createMemoryPersister(): MusubiCachePersister;
/** What is needed of `localStorage` or `sessionStorage`; the optional part only for clearing. */
export interface StorageLike {
    getItem(key: string): string | null;
    setItem(key: string, value: string): void;
    removeItem(key: string): void;
    readonly length?: number;
    key?(index: number): string | null;
}
/**
 * Entries as JSON in a web storage. What cannot be read is removed; a full storage is warned about.
 * A browser that blocks site data throws at the mere name `localStorage`: give a function,
 * `() => localStorage`, and such a browser caches nothing. Clearing a storage without `key` removes
 * what this persister wrote; what earlier pages wrote there goes when it is read and out of date.
 */
export declare function createStorageCachePersister(storage: StorageLike | (() => StorageLike), { prefix }?: {
    prefix?: string;
}): MusubiCachePersister;
/** Whether a persister gave back what it was given; it may have been anybody's. */
export declare function isEntry(value: unknown): value is MusubiCacheEntry;
