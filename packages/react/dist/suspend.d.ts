import { type Watchable } from "@musubi/client";
/**
 * How long a suspended component sleeps at most, in milliseconds. A render that was thrown away and
 * one that waits look the same from here; only the second wakes up, and says that it still needs its
 * root (see `LEASE_MS`, which is longer).
 */
export declare const WAKE_MS = 2500;
/** What a component throws to wait for a store's next change: one promise until it settles. */
export declare function nextWake(store: Watchable<unknown>): Promise<unknown>;
