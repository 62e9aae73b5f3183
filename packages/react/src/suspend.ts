import { nextSnapshot, type Watchable } from "@musubi/client";

/**
 * How long a suspended component sleeps at most, in milliseconds. A render that was thrown away and
 * one that waits look the same from here; only the second wakes up, and says that it still needs its
 * root (see `LEASE_MS`, which is longer).
 */
export const WAKE_MS = 2500;

const sleeping = new WeakMap<object, Promise<unknown>>();

/** What a component throws to wait for a store's next change: one promise until it settles. */
export function nextWake(store: Watchable<unknown>): Promise<unknown> {
  let sleep = sleeping.get(store);
  if (sleep === undefined) {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wake = new Promise<void>((resolve) => (timer = setTimeout(resolve, WAKE_MS)));
    sleep = Promise.race([nextSnapshot(store), wake]).then(() => {
      clearTimeout(timer);
      sleeping.delete(store);
    });
    sleeping.set(store, sleep);
  }
  return sleep;
}
