import type { Watchable } from "@musubi/client";
/**
 * What `select` makes of a store's snapshot, after every change of it. A result that is `equal` to the
 * one shown keeps its identity, so it renders nothing.
 */
export declare function useSelection<S, T>(store: Watchable<S>, select: (snapshot: S | undefined) => T, equal: (a: T, b: T) => boolean): T;
