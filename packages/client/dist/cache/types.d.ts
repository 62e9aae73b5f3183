type MaybePromise<T> = T | Promise<T>;
/** A root's state as it was: its wire tree, when it arrived, and for which build of the page. */
export interface MusubiCacheEntry {
    /** Markers included; streams and uploads are not in the tree, so they are not cached. */
    data: unknown;
    /** In milliseconds since 1970. */
    updatedAt: number;
    buster: string;
}
/** Where entries are kept. What it throws or rejects with is warned about, and costs the entry. */
export interface MusubiCachePersister {
    getEntry(key: string): MaybePromise<MusubiCacheEntry | undefined>;
    setEntry(key: string, entry: MusubiCacheEntry): MaybePromise<void>;
    removeEntry(key: string): MaybePromise<void>;
    clear?(): MaybePromise<void>;
    /** Whether entries outlive the page, and so a change of what the page understands. */
    readonly durable?: boolean;
}
export interface CacheOptions {
    /** How old an entry may be, in milliseconds; five minutes if left out. */
    gcTime?: number;
    /** In the connection's memory if left out. */
    persister?: MusubiCachePersister;
    /** The version of the state's shape: entries written under another one are discarded. */
    buster?: string;
    /** A wire tree to begin with when nothing is cached. */
    initialData?: unknown;
}
/** A root's identity: what it is mounted with. */
export interface CacheTarget {
    module: string;
    id: string;
    params?: Record<string, unknown>;
}
/** A root that may show a cached tree until its live one arrives. */
export interface Seedable {
    /** Shows `tree`; `false` when the live state is there already, or the root has ended. */
    seed(tree: unknown): boolean;
}
/** The cache of one mounted root. */
export interface RootCache {
    /** Reads the entry, or takes the initial data; resolves with whether `root` now shows it. */
    seed(root: Seedable): Promise<boolean>;
    /** Takes the tree of every accepted envelope, to be written soon. */
    keep(tree: unknown): void;
    /** The root has ended: writes what is pending, and begins to forget. */
    release(): void;
}
/** What `connectWith` takes for its cache; made by `storeCache()`. */
export interface CacheFeature {
    attach(target: CacheTarget, options: CacheOptions): RootCache;
    clear(target?: CacheTarget): Promise<void>;
    /** Writes what is pending and forgets what is kept in memory. */
    close(): void;
}
export {};
