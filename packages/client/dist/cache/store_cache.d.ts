import type { CacheFeature, CacheTarget } from "./types.js";
/** The key of a root identity: params that are equal as values give the same. */
export declare function storeCacheKey({ module, id, params }: CacheTarget): string;
/** The store cache for `connectWith`: mounts that ask for it show their last state at once. */
export declare function storeCache(): CacheFeature;
