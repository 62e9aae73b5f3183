import type { CacheOptions, MusubiCachePersister, RootCache, Seedable } from "./types.js";
/** How old an entry may be unless the mount says otherwise, in milliseconds. */
export declare const DEFAULT_GC_MS = 300000;
/** A slot is written this often at most, in milliseconds: always its latest tree. */
export declare const WRITE_DELAY_MS = 1000;
/** The place of one root identity in its persister. */
export declare class Slot implements RootCache {
    #private;
    constructor(key: string, persister: MusubiCachePersister, options: CacheOptions);
    seed(root: Seedable): Promise<boolean>;
    keep(tree: unknown): void;
    release(): void;
    /** Writes what is pending, now. */
    flush(): void;
    /** Stops every timer; what is stored stays. */
    stop(): void;
    /** Forgets the entry, also what was about to be written, and takes no more. */
    remove(): Promise<void>;
}
/** Calls a persister; its failures cost the entry and nothing else. */
export declare function attempt<T>(call: () => T | Promise<T>, problem?: string): Promise<T | undefined>;
