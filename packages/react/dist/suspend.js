import { nextSnapshot } from "@musubi/client";
/**
 * How long a suspended component sleeps at most, in milliseconds. A render that was thrown away and
 * one that waits look the same from here; only the second wakes up, and says that it still needs its
 * root (see `LEASE_MS`, which is longer).
 */
export const WAKE_MS = 2500;
const sleeping = new WeakMap();
/** What a component throws to wait for a store's next change: one promise until it settles. */
export function nextWake(store) {
    let sleep = sleeping.get(store);
    if (sleep === undefined) {
        let timer;
        const wake = new Promise((resolve) => (timer = setTimeout(resolve, WAKE_MS)));
        sleep = Promise.race([nextSnapshot(store), wake]).then(() => {
            clearTimeout(timer);
            sleeping.delete(store);
        });
        sleeping.set(store, sleep);
    }
    return sleep;
}
